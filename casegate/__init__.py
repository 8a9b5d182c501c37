"""Casegate's kernel: domain types, audit, storage, jobs, inference and the desk's use cases."""

__version__ = "0.1.0"
