"""Identifying numbers in the one spelling in which they are compared."""

import re
import unicodedata
from collections.abc import Iterable

from rigour.ids import BIC, StrictFormat

from tools.screening.sources.values import country_code

_IMO = re.compile(r"^IMO(\d{7})$")
_INSTITUTION = 8
"""Characters of a BIC that name the institution; three more may name a branch."""
_WITH_BRANCH = 11
_COUNTRY = re.compile(r"^\s*([A-Za-z]{2}):(.+)$", re.DOTALL)
_BASE58 = re.compile(r"^[1-9A-HJ-NP-Za-km-z]{25,120}$")


def identifier_keys(values: Iterable[str], *, shortest: int) -> frozenset[str]:
    """Give what an exact lookup compares: capital letters and digits, an IMO number without prefix.

    A BIC of a branch also gives that of its institution. Values with fewer than `shortest`
    characters are left out: they identify nobody.
    """
    keys: set[str] = set()
    for value in values:
        strict = StrictFormat.normalize(_latin_digits(_number(value)))
        if strict is None:
            continue
        keys.add(_IMO.sub(r"\1", strict))
        if len(strict) == _WITH_BRANCH and BIC.is_valid(strict):
            keys.add(strict[:_INSTITUTION])
    return frozenset(key for key in keys if len(key) >= shortest)


def shared_keys(ours: Iterable[str], theirs: Iterable[str], *, shortest: int) -> frozenset[str]:
    """Give the keys that both sides have.

    Two wallet addresses that differ in a capital letter are two wallets, and share nothing.
    """
    asked, listed = (
        [(value, identifier_keys((value,), shortest=shortest)) for value in side]
        for side in (ours, theirs)
    )
    return frozenset(
        key
        for one, keys in asked
        for other, others in listed
        for key in keys & others
        if not _other_wallet(one, other)
    )


def is_case_sensitive(value: str) -> bool:
    """Tell whether a value is written as a base58 address is, capital and small letters mixed."""
    bare = _number(value).strip()
    kinds = (str.isupper, str.islower, str.isdigit)
    return bool(_BASE58.match(bare)) and all(any(map(kind, bare)) for kind in kinds)


def issuing_country(value: str) -> str | None:
    """Give the country that a number is said to be from: `RU:750123456`."""
    found = _COUNTRY.match(value)
    return country_code(found[1]) if found else None


def _number(value: str) -> str:
    found = _COUNTRY.match(value)
    return found[2] if found and country_code(found[1]) else value


def _other_wallet(one: str, other: str) -> bool:
    return is_case_sensitive(one) and is_case_sensitive(other) and one.strip() != other.strip()


def _latin_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
