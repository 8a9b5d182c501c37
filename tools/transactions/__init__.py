"""Transactions: strict loading, detectors, and what they mean for a case."""
