"""Deterministic gates: dated rules, claims, rubric, injection. No model, no network, no clock."""
