"""Propose: the model chooses among what the assessment admits; code makes the proposal."""
