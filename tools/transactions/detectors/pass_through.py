"""Money that comes in and leaves again at once."""

import ibis
from ibis.expr.types import Table

from tools.transactions.entries import DAY_S, HOUR_S, cents, depth, episodes
from tools.transactions.policy import PassThroughValues


def find(entries: Table, values: PassThroughValues) -> Table:
    """Give the entries of each movement, with `episode`.

    A movement is a span that begins with a credit, ends with a debit at most `window_hours`
    later, holds credits of at least `min_credited`, and debits between `min_share_percent` and
    `max_share_percent` of those credits. Entries below `min_entry` and debits by other channels
    are left out. Movements at most `merge_days` apart are one episode.
    """
    counted = (entries.cents >= cents(values.min_entry)) & (
        (entries.direction == "in") | entries.channel.isin(values.debit_channels)
    )
    rows = entries.filter(counted)
    spans = _movements(_moments(rows), values)
    covered = depth(
        rows,
        starts=spans.select("account", ts_s=spans.start_s),
        ends=spans.select("account", ts_s=spans.end_s),
    )
    return episodes(covered.filter(covered.depth > 0), gap_s=values.merge_days * DAY_S)


def _moments(rows: Table) -> Table:
    """Add up each moment, as entries of one second have no order, and run the sums."""
    is_in = (rows.direction == "in").cast("int64")
    moments = rows.group_by("account", "ts_s").agg(
        came=(rows.cents * is_in).sum(), left=(rows.cents * (1 - is_in)).sum()
    )
    running = ibis.window(group_by=moments.account, order_by=moments.ts_s, rows=(None, 0))
    return moments.mutate(
        came_until=moments.came.sum().over(running), left_until=moments.left.sum().over(running)
    )


def _movements(moments: Table, values: PassThroughValues) -> Table:
    """Pair each credit with each debit that follows in time, and keep the pairs that fit.

    Only moments whose own window could fit are paired, and through buckets of one window's
    length, so that a busy account is not joined with all of itself.
    """
    window_s = values.window_hours * HOUR_S
    least = cents(values.min_credited)
    ahead = ibis.window(group_by=moments.account, order_by=moments.ts_s, range=(0, window_s))
    behind = ibis.window(group_by=moments.account, order_by=moments.ts_s, range=(-window_s, 0))
    near = moments.mutate(
        came_ahead=moments.came.sum().over(ahead),
        left_ahead=moments.left.sum().over(ahead),
        came_behind=moments.came.sum().over(behind),
    )
    begins = (
        (near.came > 0)
        & (near.came_ahead >= least)
        & (near.left_ahead * 100 >= values.min_share_percent * least)
    )
    start = near.filter(begins)
    start = start.select(
        "account",
        start_s=start.ts_s,
        came_before=start.came_until - start.came,
        left_before=start.left_until - start.left,
        bucket=start.ts_s // window_s,
    )
    end = near.filter((near.left > 0) & (near.came_behind >= least))
    end = end.select(
        "account",
        "came_until",
        "left_until",
        end_s=end.ts_s,
        bucket=end.ts_s // window_s,
    )
    looks = ibis.union(start, start.mutate(bucket=start.bucket + 1))
    pairs = looks.join(end, ["account", "bucket"])
    came = pairs.came_until - pairs.came_before
    left = pairs.left_until - pairs.left_before
    fits = (
        (pairs.end_s >= pairs.start_s)
        & (pairs.end_s - pairs.start_s <= window_s)
        & (came >= least)
        & (left * 100 >= came * values.min_share_percent)
        & (left * 100 <= came * values.max_share_percent)
    )
    return pairs.filter(fits).select("account", "start_s", "end_s")
