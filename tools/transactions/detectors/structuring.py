"""Cash deposits kept just below the reporting threshold."""

import ibis
from ibis.expr.types import Table

from tools.transactions.entries import DAY_S, cents, episodes
from tools.transactions.policy import StructuringValues


def find(entries: Table, values: StructuringValues) -> Table:
    """Give the deposits of each pattern, with `episode`.

    A deposit is in the band from `near_from` to `near_to`. It closes a pattern if the window of
    `window_days` up to it holds at least `min_count` deposits of the band, worth `min_total` and
    `min_near_percent` of the window's cash, and at most `max_reported` above the threshold. The
    pattern is every deposit of the band in such a window; patterns that touch are one episode.
    """
    window_s = values.window_days * DAY_S
    cash = entries.filter((entries.direction == "in") & (entries.channel == "cash"))
    near = cash.cents.between(cents(values.near_from), cents(values.near_to))
    cash = cash.mutate(
        near=near.cast("int64"),
        reported=(cash.cents > cents(values.reporting_threshold)).cast("int64"),
    )
    back = ibis.window(group_by=cash.account, order_by=cash.ts_s, range=(-window_s, 0))
    seen = cash.mutate(
        near_count=cash.near.sum().over(back),
        near_cents=(cash.near * cash.cents).sum().over(back),
        cash_cents=cash.cents.sum().over(back),
        reported_count=cash.reported.sum().over(back),
    )
    closes = (
        (seen.near == 1)
        & (seen.near_count >= values.min_count)
        & (seen.near_cents >= cents(values.min_total))
        & (seen.near_cents * 100 >= seen.cash_cents * values.min_near_percent)
        & (seen.reported_count <= values.max_reported)
    )
    seen = seen.mutate(closes=closes.cast("int64"))
    forward = ibis.window(group_by=seen.account, order_by=seen.ts_s, range=(0, window_s))
    seen = seen.mutate(in_pattern=seen.closes.max().over(forward))
    return episodes(seen.filter((seen.near == 1) & (seen.in_pattern == 1)), gap_s=window_s)
