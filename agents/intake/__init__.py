"""Intake: read what was sent, each paper by itself, then hold the papers against each other."""
