"""What the entries of the case's accounts add up to. Sums are exact: DECIMAL and whole cents."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from ibis.expr.types import Table

from casegate.model.base import Record
from casegate.model.transaction import Transaction
from tools.transactions.entries import day_of, money

CANONICAL = tuple(Transaction.model_fields)


class Activity(Record):
    """An account's entries over the whole file."""

    account: str
    first: date
    last: date
    credit_count: int
    credits: Decimal
    debit_count: int
    debits: Decimal


class Month(Record):
    """An account's entries of one calendar month (UTC)."""

    account: str
    month: str
    """`2026-10`."""
    credit_count: int
    credits: Decimal
    cash_credits: Decimal
    debit_count: int
    debits: Decimal


class Counterparty(Record):
    """What went between the accounts of the case and one other party, in one direction."""

    id: str
    """`C1`, `C2` ... by falling total: what the lookup of one counterparty takes."""
    name: str
    account: str
    country: str | None
    direction: str
    count: int
    total: Decimal
    share_percent: Decimal
    """Of all money in that direction, one place."""
    first_seen: date
    last_seen: date


class Flow(Record):
    """An account's entries of one month, channel and direction."""

    account: str
    month: str
    channel: str
    direction: str
    count: int
    total: Decimal


def activities(entries: Table) -> tuple[Activity, ...]:
    """Add up each account, ordered by number."""
    is_in = (entries.direction == "in").cast("int64")
    rows = entries.group_by("account").agg(
        first_s=entries.ts_s.min(),
        last_s=entries.ts_s.max(),
        credit_count=is_in.sum(),
        credit_cents=(entries.cents * is_in).sum(),
        debit_count=(1 - is_in).sum(),
        debit_cents=(entries.cents * (1 - is_in)).sum(),
    )
    return tuple(
        Activity(
            account=row["account"],
            first=day_of(row["first_s"]),
            last=day_of(row["last_s"]),
            credit_count=row["credit_count"],
            credits=money(row["credit_cents"]),
            debit_count=row["debit_count"],
            debits=money(row["debit_cents"]),
        )
        for row in rows.order_by("account").to_pyarrow().to_pylist()
    )


def months(entries: Table) -> tuple[Month, ...]:
    """Add up each account's calendar months, ordered by account and month."""
    is_in = (entries.direction == "in").cast("int64")
    is_cash = (entries.channel == "cash").cast("int64")
    utc = entries.ts_s.as_timestamp("s")
    rows = entries.group_by("account", year=utc.year(), month=utc.month()).agg(
        credit_count=is_in.sum(),
        credit_cents=(entries.cents * is_in).sum(),
        cash_cents=(entries.cents * is_in * is_cash).sum(),
        debit_count=(1 - is_in).sum(),
        debit_cents=(entries.cents * (1 - is_in)).sum(),
    )
    return tuple(
        Month(
            account=row["account"],
            month=f"{row['year']:04d}-{row['month']:02d}",
            credit_count=row["credit_count"],
            credits=money(row["credit_cents"]),
            cash_credits=money(row["cash_cents"]),
            debit_count=row["debit_count"],
            debits=money(row["debit_cents"]),
        )
        for row in rows.order_by("account", "year", "month").to_pyarrow().to_pylist()
    )


def flows(entries: Table) -> tuple[Flow, ...]:
    """Add up each account's months by channel and direction."""
    utc = entries.ts_s.as_timestamp("s")
    rows = entries.group_by(
        "account", "channel", "direction", year=utc.year(), month=utc.month()
    ).agg(count=entries.count(), cents=entries.cents.sum())
    ordered = rows.order_by("account", "year", "month", "channel", "direction")
    return tuple(
        Flow(
            account=row["account"],
            month=f"{row['year']:04d}-{row['month']:02d}",
            channel=row["channel"],
            direction=row["direction"],
            count=row["count"],
            total=money(row["cents"]),
        )
        for row in ordered.to_pyarrow().to_pylist()
    )


def counterparties(entries: Table) -> tuple[Counterparty, ...]:
    """Add up each known counterparty and direction, largest total first."""
    known = entries.filter(entries.party != "")
    rows = known.group_by("party", "direction").agg(
        name=known.counterparty.max(),
        account=known.counterparty_account.max(),
        country=known.counterparty_country.max(),
        count=known.count(),
        cents=known.cents.sum(),
        first_s=known.ts_s.min(),
        last_s=known.ts_s.max(),
    )
    listed = rows.to_pyarrow().to_pylist()
    listed.sort(key=lambda row: (-row["cents"], row["direction"], row["party"]))
    all_cents = entries.group_by("direction").agg(cents=entries.cents.sum())
    whole = {row["direction"]: row["cents"] for row in all_cents.to_pyarrow().to_pylist()}
    return tuple(
        Counterparty(
            id=f"C{number}",
            name=row["name"],
            account=row["account"],
            country=row["country"],
            direction=row["direction"],
            count=row["count"],
            total=money(row["cents"]),
            share_percent=round(money(row["cents"] * 100) / money(whole[row["direction"]]), 1),
            first_seen=day_of(row["first_s"]),
            last_seen=day_of(row["last_s"]),
        )
        for number, row in enumerate(listed, start=1)
    )


def transactions(entries: Table, ids: Collection[str] | None = None) -> tuple[Transaction, ...]:
    """Give the entries themselves by time and id: those of `ids`, or all."""
    chosen = entries if ids is None else entries.filter(entries.id.isin(sorted(ids)))
    rows = chosen.order_by("ts_s", "id").select(*CANONICAL).to_pyarrow().to_pylist()
    return tuple(Transaction.model_validate(_without_null(row)) for row in rows)


def _without_null(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}


def credits_by_month(months_: Iterable[Month], accounts: Collection[str]) -> dict[str, Decimal]:
    """Add up the credits of several accounts by month, oldest first."""
    totals: dict[str, Decimal] = {}
    for month in sorted(months_, key=lambda m: m.month):
        if month.account in accounts:
            totals[month.month] = totals.get(month.month, Decimal(0)) + month.credits
    return totals
