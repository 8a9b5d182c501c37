"""The canonical columns: for each, how one cell is read and what it must be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import get_args

from casegate.model.transaction import Channel, Direction

_AMOUNT = re.compile(r"\d{1,16}(\.\d{1,2})?", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_TEXT_MAX = 500
_ID_MAX = 120


@dataclass(frozen=True)
class Column:
    """A column by name; `read` turns a cell into its value or raises ValueError(expectation)."""

    name: str
    read: Callable[[str], object]
    required: bool = True


def read_amount(cell: str) -> Decimal:
    """Read money: plain digits, at most two places, above zero."""
    if not _AMOUNT.fullmatch(cell):
        raise ValueError("expected a plain positive amount such as 9500.00")
    amount = Decimal(cell).quantize(Decimal("0.01"))
    if amount == 0:
        raise ValueError("expected an amount above zero")
    return amount


def read_moment(cell: str) -> datetime:
    """Read an ISO 8601 date or date-time to the second; without an offset it is UTC."""
    if not _MOMENT.fullmatch(cell):
        raise ValueError("expected a date such as 2026-03-04 or 2026-03-04T14:05:00Z")
    try:
        moment = datetime.fromisoformat(cell)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        raise ValueError("expected a day and time that exist") from None


def one_of(*allowed: str) -> Callable[[str], str]:
    """Read one of a few words, spelt exactly."""

    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"expected one of {', '.join(allowed)}")
        return cell

    return read


def matching(pattern: str, expected: str, *, empty: bool = False) -> Callable[[str], str | None]:
    """Read a code of a fixed form; `empty` gives None for an empty cell."""
    compiled = re.compile(pattern, re.ASCII)

    def read(cell: str) -> str | None:
        if empty and not cell:
            return None
        if not compiled.fullmatch(cell):
            raise ValueError(f"expected {expected}")
        return cell

    return read


def read_text(cell: str) -> str:
    """Read words; runs of blanks and line breaks become one blank."""
    text = " ".join(cell.split())
    if len(text) > _TEXT_MAX:
        raise ValueError(f"expected at most {_TEXT_MAX} characters")
    if not text.isprintable():
        raise ValueError("expected text without control characters")
    return text


def read_id(cell: str) -> str:
    """Read an id or number: not empty, no blanks inside."""
    if not cell or len(cell) > _ID_MAX or not cell.isprintable() or " " in cell:
        raise ValueError(f"expected 1 to {_ID_MAX} characters without blanks")
    return cell


_CURRENCY = matching("[A-Z]{3}", "a currency code such as USD")
_COUNTRY = matching("[A-Z]{2}", "a country code such as US, or nothing", empty=True)

CANONICAL: tuple[Column, ...] = (
    Column("id", read_id),
    Column("account", read_id),
    Column("booked_at", read_moment),
    Column("direction", one_of(*get_args(Direction))),
    Column("amount", read_amount),
    Column("currency", _CURRENCY),
    Column("channel", one_of(*get_args(Channel))),
    Column("counterparty", read_text, required=False),
    Column("counterparty_account", read_text, required=False),
    Column("counterparty_country", _COUNTRY, required=False),
    Column("place", read_text, required=False),
    Column("description", read_text, required=False),
)
"""The fields of `casegate.model.transaction.Transaction`, in its order."""

BASE: tuple[Column, ...] = (
    Column("amount_base", read_amount, required=False),
    Column("currency_base", _CURRENCY, required=False),
)
"""The same money in the bank's own currency: what a file of several currencies adds up in."""
