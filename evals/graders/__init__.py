"""Graders: what a finished case is worth against its truth. Pure functions."""
