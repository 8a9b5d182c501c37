"""Entries as a table that detectors are written over, and the two steps they share.

What keeps an expression the same on DuckDB, PostgreSQL, Spark and others: time is whole seconds
(`ts_s`) and money whole cents, both BIGINT; windows are RANGE over numbers; no DISTINCT in a
window; no recursion; no function that only one engine has.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import ibis
from ibis.expr.types import Table

DAY_S = 86_400
HOUR_S = 3_600


@contextmanager
def open_entries(path: Path) -> Iterator[Table]:
    """Open a canonical Parquet file in an in-memory DuckDB of its own, as long as the block runs.

    Columns: those of `Transaction`, and `ts_s` (seconds since 1970, UTC), `cents`, `party`
    (the counterparty's account, or its name where there is none; empty if unknown).
    """
    connection = ibis.duckdb.connect()
    try:
        yield with_measures(connection.read_parquet(str(path)))
    finally:
        connection.disconnect()


def with_measures(canonical: Table) -> Table:
    """Add the columns that detectors compute with."""
    named = canonical.counterparty_account != ""
    return canonical.mutate(
        ts_s=canonical.booked_at.epoch_seconds().cast("int64"),
        cents=(canonical.amount * 100).cast("int64"),
        party=named.ifelse(canonical.counterparty_account, canonical.counterparty.upper()),
    )


def cents(amount: Decimal) -> int:
    """Give an amount of two places in whole cents."""
    return int(amount * 100)


def money(whole_cents: int) -> Decimal:
    """Give whole cents as an amount of two places."""
    return Decimal(whole_cents).scaleb(-2)


def day_of(ts_s: int) -> date:
    """Give the UTC day of a moment."""
    return datetime.fromtimestamp(ts_s, tz=UTC).date()


def episodes(rows: Table, *, gap_s: int) -> Table:
    """Number each account's rows into stretches whose neighbours are at most `gap_s` apart."""
    order = [rows.ts_s, rows.id]
    before = ibis.window(group_by=rows.account, order_by=order)
    marked = rows.mutate(previous=rows.ts_s.lag(1).over(before))
    starts = marked.previous.isnull() | (marked.ts_s - marked.previous > gap_s)
    marked = marked.mutate(starts=starts.cast("int64"))
    running = ibis.window(
        group_by=marked.account, order_by=[marked.ts_s, marked.id], rows=(None, 0)
    )
    return marked.mutate(episode=marked.starts.sum().over(running)).drop("previous", "starts")


def depth(rows: Table, *, starts: Table, ends: Table) -> Table:
    """Add `depth`: how many spans cover each row's moment, ends included.

    `starts` and `ends` hold `account` and `ts_s`, one row a span each. One running sum, so the
    work grows with the rows and not with the pairs.
    """
    steps = ibis.union(
        starts.select("account", "ts_s", step=ibis.literal(1, "int64")),
        ends.select("account", ts_s=ends.ts_s + 1, step=ibis.literal(-1, "int64")),
        rows.select("account", "ts_s", step=ibis.literal(0, "int64")),
    )
    moments = steps.group_by("account", "ts_s").agg(step=steps.step.sum())
    running = ibis.window(group_by=moments.account, order_by=moments.ts_s, rows=(None, 0))
    levels = moments.mutate(depth=moments.step.sum().over(running)).drop("step")
    return rows.join(levels, ["account", "ts_s"])
