"""Ownership of a case's parties as exact computation: no files, no clock, no policy of its own."""
