"""Identifying numbers in the one spelling in which they are compared."""

from collections.abc import Iterable

from rigour.ids import StrictFormat
from rigour.ids.imo import IMO


def identifier_keys(values: Iterable[str], *, shortest: int) -> frozenset[str]:
    """Give what an exact lookup compares: letters and digits, and the bare digits of an IMO.

    Values with fewer than `shortest` characters are left out: they identify nobody.
    """
    keys: set[str] = set()
    for value in values:
        strict = StrictFormat.normalize(value)
        if strict is not None:
            keys.add(strict)
        if "IMO" in value.upper() and (number := IMO.normalize(value)) is not None:
            keys.add(number.removeprefix("IMO"))
    return frozenset(key for key in keys if len(key) >= shortest)
