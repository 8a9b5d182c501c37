"""An account's entries, written as `transactions.csv`."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument
from typing import Literal

COLUMNS = (
    "id", "account", "booked_at", "direction", "amount", "currency", "channel", "counterparty",
    "counterparty_account", "counterparty_country", "place", "description",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One entry; `mark` names the planted pattern that it belongs to."""

    at: datetime
    direction: Literal["in", "out"]
    amount: Decimal
    channel: str
    counterparty: str = ""
    counterparty_account: str = ""
    counterparty_country: str = ""
    place: str = ""
    description: str = ""
    marks: tuple[str, ...] = ()


def moment(day: date, rng: Random, first_hour: int, last_hour: int) -> datetime:
    """Pick a minute of `day` from `first_hour`:00 up to, not including, `last_hour`:00 UTC."""
    minute = rng.randrange(first_hour * 60, last_hour * 60)
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=UTC)


def amount(rng: Random, low: int, high: int, step: str = "0.01") -> Decimal:
    """Pick an amount between `low` and `high` in steps of `step`."""
    unit = Decimal(step)
    return (rng.randint(int(low / unit), int(high / unit)) * unit).quantize(Decimal("0.01"))


def in_order(entries: Sequence[Entry]) -> list[tuple[str, Entry]]:
    """Number the entries by time: `T0001`, `T0002` ..."""
    ordered = sorted(entries, key=lambda e: (e.at, e.direction, e.amount, e.counterparty))
    return [(f"T{n:04d}", entry) for n, entry in enumerate(ordered, start=1)]


def to_csv(entries: Sequence[Entry], *, account: str) -> bytes:
    """Write the entries as the canonical CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for txn, e in in_order(entries):
        writer.writerow(
            [txn, account, e.at.strftime("%Y-%m-%dT%H:%M:%SZ"), e.direction, f"{e.amount:.2f}",
             "USD", e.channel, e.counterparty, e.counterparty_account, e.counterparty_country,
             e.place, e.description]
        )  # fmt: skip
    return out.getvalue().encode()


def marked(entries: Sequence[Entry], mark: str) -> list[str]:
    """Give the ids of the entries that belong to the planted pattern `mark`."""
    return [txn for txn, entry in in_order(entries) if mark in entry.marks]
