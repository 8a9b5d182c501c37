"""Regression suites: prompts and models are measured on cases whose truth is known."""
