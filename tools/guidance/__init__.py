"""Guidance: short notes on typologies and duties, found by meaning, quoted with their source."""
