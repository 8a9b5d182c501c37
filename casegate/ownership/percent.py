"""Exact shares as people read them."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction


def percent(share: Fraction) -> Decimal:
    """Give a share of one in percent, two places, rounded down.

    Down, so that no share is shown at a threshold that it misses.
    """
    hundredths = int(share * 10_000)
    return Decimal(hundredths).scaleb(-2).quantize(Decimal("0.01"), ROUND_DOWN)
