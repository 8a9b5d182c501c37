"""Many different parties that pay into one account within days."""

import ibis
from ibis.expr.types import Table

from tools.transactions.entries import DAY_S, cents, depth, episodes
from tools.transactions.policy import FanInValues


def find(entries: Table, values: FanInValues) -> Table:
    """Give the credits of each pattern, with `episode`.

    A credit of at least `min_amount` from a known party closes a pattern if the window of
    `window_days` up to it holds credits of at least `min_parties` different parties. The pattern
    is every such credit in such a window; patterns that touch are one episode.
    """
    window_s = values.window_days * DAY_S
    known = (entries.direction == "in") & (entries.party != "")
    rows = entries.filter(known & (entries.cents >= cents(values.min_amount)))
    seen = _with_parties(rows, window_s)
    seen = seen.mutate(closes=(seen.depth >= values.min_parties).cast("int64"))
    forward = ibis.window(group_by=seen.account, order_by=seen.ts_s, range=(0, window_s))
    seen = seen.mutate(in_pattern=seen.closes.max().over(forward))
    return episodes(seen.filter(seen.in_pattern == 1), gap_s=window_s)


def _with_parties(rows: Table, window_s: int) -> Table:
    """Add `depth`: the number of different parties in the window up to each row.

    A party is in the window from each of its credits until `window_s` later; credits closer than
    that join to one stretch, so that it is counted once. No engine needs a DISTINCT in a window.
    """
    order = ibis.window(group_by=[rows.account, rows.party], order_by=[rows.ts_s, rows.id])
    linked = rows.mutate(previous=rows.ts_s.lag(1).over(order), next=rows.ts_s.lead(1).over(order))
    first = linked.filter(linked.previous.isnull() | (linked.ts_s - linked.previous > window_s))
    last = linked.filter(linked.next.isnull() | (linked.next - linked.ts_s > window_s))
    return depth(
        rows,
        starts=first.select("account", "ts_s"),
        ends=last.select("account", ts_s=last.ts_s + window_s),
    )
