"""Assess: code rates the customer, explains typologies and recommends, before any model speaks."""

from agents.assess.assessing import assess

__all__ = ["assess"]
