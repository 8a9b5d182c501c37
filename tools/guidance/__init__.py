"""Guidance: short notes on why a pattern matters, found by meaning and cited by id."""
