"""Identifying numbers in the one spelling in which they are compared."""

import re
from collections.abc import Iterable

from rigour.ids import StrictFormat

_IMO = re.compile(r"^IMO(\d{7})$")


def identifier_keys(values: Iterable[str], *, shortest: int) -> frozenset[str]:
    """Give what an exact lookup compares: letters and digits, an IMO number without its prefix.

    Values with fewer than `shortest` characters are left out: they identify nobody.
    """
    keys: set[str] = set()
    for value in values:
        strict = StrictFormat.normalize(value)
        if strict is not None:
            keys.add(_IMO.sub(r"\1", strict))
    return frozenset(key for key in keys if len(key) >= shortest)
