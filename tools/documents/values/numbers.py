"""Numbers that authorities and banks give, and shares in percent."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

_PERCENT = re.compile(
    r"(?<![\d.,])(?<!\d\s)(\d{1,3}(?:[.,]\d{1,4})?)\s?(?:%|per\s?cent\b|percent\b)", re.I
)
_BARE = re.compile(r"^\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*$")


class FoundNumber(NamedTuple):
    """A number in its canonical form and the characters that it stands on."""

    start: int
    end: int
    value: str


def compact(number: str) -> str:
    """Keep letters and digits, upper case: what two numbers are compared by."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def shown(number: str) -> str:
    """Write a number upper-case without blanks, its own dashes and slashes kept."""
    return re.sub(r"\s+", "", number.upper())


def find_percents(text: str, *, bare: bool = False) -> Iterator[FoundNumber]:
    """Give every share between 0 and 100; `bare` allows a number alone (a column of shares)."""
    for match in (_BARE if bare and _BARE.match(text) else _PERCENT).finditer(text):
        share = Decimal(match[1].replace(",", "."))
        if 0 <= share <= 100:
            value = f"{share.normalize():f}"
            yield FoundNumber(
                match.start(1), match.end() if not bare else len(text.rstrip()), value
            )


def passes(check: str, number: str) -> bool:
    """Tell whether a number's check digits are right.

    Source: ISO 13616 (iban), ISO 17442 (lei), the national formats of EU VAT numbers (vat).
    """
    from stdnum import iban, lei
    from stdnum.eu import vat

    if check == "iban":
        # The check digits of a country's own account number are no part of ISO 13616.
        return bool(iban.is_valid(number, check_country=False))
    return bool({"lei": lei.is_valid, "vat": vat.is_valid}[check](number))


def passes_any(modules: Sequence[str], number: str) -> bool:
    """Tell whether a number is valid by one of python-stdnum's modules, such as `fr.siren`."""
    from importlib import import_module

    return any(bool(import_module(f"stdnum.{name}").is_valid(number)) for name in modules)
