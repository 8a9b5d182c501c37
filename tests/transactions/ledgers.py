"""Factories for entries, and the detectors written again as plain loops over lists."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from ibis.expr.types import Table

from casegate.model.transaction import Transaction, TypologyFinding
from tools.transactions.detectors import DETECTORS
from tools.transactions.entries import open_entries
from tools.transactions.load import SCHEMA
from tools.transactions.policy import InForce, PolicyVersion, read_policy
from tools.transactions.scan import scan

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def txn(
    number: int,
    hours: float,
    amount: str,
    direction: str = "in",
    channel: str = "cash",
    **more: str,
) -> Transaction:
    """Make an entry `hours` after the start of the test's time."""
    return Transaction.model_validate(
        {
            "id": f"T{number:05d}",
            "account": "990100",
            "booked_at": START + timedelta(hours=hours),
            "direction": direction,
            "amount": Decimal(amount),
            "currency": "USD",
            "channel": channel,
            **more,
        }
    )


def parquet(rows: Sequence[Transaction], path: Path) -> Path:
    """Write rows as the canonical Parquet file."""
    columns = {name: [getattr(row, name) for row in rows] for name in SCHEMA.names}
    pq.write_table(pa.table(columns, schema=SCHEMA), path)
    return path


@contextmanager
def entries_of(rows: Sequence[Transaction], folder: Path) -> Iterator[Table]:
    """Open rows as detectors see them."""
    with open_entries(parquet(rows, folder / "rows.parquet")) as entries:
        yield entries


def in_force(**changed: dict[str, Any]) -> InForce:
    """Give the shipped US policy, with some values of some sections changed."""
    found = read_policy().in_force("US", date(2026, 3, 2))
    assert found is not None
    sections = {
        name: getattr(found.version, name).model_copy(update=values)
        for name, values in changed.items()
    }
    return found.model_copy(update={"version": found.version.model_copy(update=sections)})


def found_in(
    rows: Sequence[Transaction], folder: Path, policy: InForce, only: str = ""
) -> tuple[TypologyFinding, ...]:
    """Scan rows with all detectors, or with one."""
    chosen = [d for d in DETECTORS if only in ("", d.name)]
    with entries_of(rows, folder) as entries:
        return scan(entries, policy, detectors=chosen)


def by_hand(
    rows: Sequence[Transaction], version: PolicyVersion
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Find all patterns by comparing everything with everything."""
    found = []
    for detector in (_structuring, _pass_through, _fan_in):
        for account in sorted({row.account for row in rows}):
            own = sorted(
                (r for r in rows if r.account == account), key=lambda r: (r.booked_at, r.id)
            )
            members, gap = detector(own, version)
            name = detector.__name__.removeprefix("_")
            found += [(name, account, ids) for ids in _stretches(members, gap)]
    return found


def _stretches(rows: list[Transaction], gap: timedelta) -> Iterator[tuple[str, ...]]:
    current: list[Transaction] = []
    for row in rows:
        if current and row.booked_at - current[-1].booked_at > gap:
            yield tuple(r.id for r in current)
            current = []
        current.append(row)
    if current:
        yield tuple(r.id for r in current)


def _up_to(rows: list[Transaction], end: Transaction, window: timedelta) -> list[Transaction]:
    return [r for r in rows if timedelta(0) <= end.booked_at - r.booked_at <= window]


def _structuring(
    rows: list[Transaction], version: PolicyVersion
) -> tuple[list[Transaction], timedelta]:
    values, window = version.structuring, timedelta(days=version.structuring.window_days)
    cash = [r for r in rows if r.direction == "in" and r.channel == "cash"]
    near = [r for r in cash if values.near_from <= r.amount <= values.near_to]
    members: set[str] = set()
    for end in near:
        seen = _up_to(cash, end, window)
        band = [r for r in seen if r in near]
        total = sum(r.amount for r in band)
        reported = sum(r.amount > values.reporting_threshold for r in seen)
        if (
            len(band) >= values.min_count
            and total >= values.min_total
            and total * 100 >= sum(r.amount for r in seen) * values.min_near_percent
            and reported <= values.max_reported
        ):
            members |= {r.id for r in band}
    return [r for r in near if r.id in members], window


def _pass_through(
    rows: list[Transaction], version: PolicyVersion
) -> tuple[list[Transaction], timedelta]:
    values = version.pass_through
    window = timedelta(hours=values.window_hours)
    counted = [
        r
        for r in rows
        if r.amount >= values.min_entry
        and (r.direction == "in" or r.channel in values.debit_channels)
    ]
    members: set[str] = set()
    for first in (r for r in counted if r.direction == "in"):
        for last in (r for r in counted if r.direction == "out"):
            if not timedelta(0) <= last.booked_at - first.booked_at <= window:
                continue
            span = [r for r in counted if first.booked_at <= r.booked_at <= last.booked_at]
            came = sum(r.amount for r in span if r.direction == "in")
            left = sum(r.amount for r in span if r.direction == "out")
            low, high = values.min_share_percent, values.max_share_percent
            if came >= values.min_credited and came * low <= left * 100 <= came * high:
                members |= {r.id for r in span}
    return [r for r in counted if r.id in members], timedelta(days=values.merge_days)


def _fan_in(rows: list[Transaction], version: PolicyVersion) -> tuple[list[Transaction], timedelta]:
    values, window = version.fan_in, timedelta(days=version.fan_in.window_days)
    paid = [r for r in rows if r.direction == "in" and party(r) and r.amount >= values.min_amount]
    members: set[str] = set()
    for end in paid:
        seen = _up_to(paid, end, window)
        if len({party(r) for r in seen}) >= values.min_parties:
            members |= {r.id for r in seen}
    return [r for r in paid if r.id in members], window


def party(row: Transaction) -> str:
    """Give what tells counterparties apart."""
    return row.counterparty_account or row.counterparty.upper()
