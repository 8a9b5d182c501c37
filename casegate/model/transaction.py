"""Transactions and what detectors find in them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from casegate.model.base import Country, Currency, Json, Record, Sha256

Direction = Literal["in", "out"]
Channel = Literal["cash", "wire", "card", "ach", "check", "internal", "other"]


class Transaction(Record):
    """One entry on an account of the case, seen from that account."""

    id: str
    account: str
    booked_at: datetime
    direction: Direction
    amount: Decimal
    currency: Currency
    channel: Channel
    counterparty: str = ""
    counterparty_account: str = ""
    counterparty_country: Country | None = None
    place: str = ""
    """Branch or terminal, such as `Harbour Street`."""
    description: str = ""


class TransactionSet(Record):
    """A stored transaction file of a case."""

    sha256: Sha256
    """Of the file as sent."""
    parquet: Sha256
    """Of the canonical rows: what the tools read."""
    rows: int
    currency: Currency
    first: date | None
    last: date | None


class TypologyFinding(Record):
    """What a detector found: rows first, totals computed from exactly those rows."""

    typology: str
    account: str
    start: date
    end: date
    txn_ids: tuple[str, ...]
    count: int
    total: Decimal
    currency: Currency
    parameters: Json
    """The dated policy values that were applied, with their source."""
