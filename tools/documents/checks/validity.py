"""Dates of one paper: is it valid today, and do its dates fit each other?"""

from collections.abc import Iterator

from casegate.model.document import Signal, SignalLevel
from tools.documents.checks.seen import Seen, about


def dates_fit(seen: Seen) -> Iterator[Signal]:
    """Signal a paper that is expired, not valid yet or dated ahead, and dates that exclude others.

    Gives `expired`, `not_yet_valid`, `dated_ahead`, `dates_exclude`.
    """
    yield from _today(seen)
    yield from _order(seen)


def _today(seen: Seen) -> Iterator[Signal]:
    expiry, start = seen.day("expiry_date"), seen.day("valid_from")
    issue = seen.day("issue_date") or seen.day("date")
    if expiry and expiry[1] < seen.on:
        yield from about("expired", f"The paper expired on {expiry[1]}.", expiry[0])
    if start and start[1] > seen.on:
        yield from about("not_yet_valid", f"The paper is valid from {start[1]} only.", start[0])
    if issue and issue[1] > seen.on:
        message = f"The paper is dated {issue[1]}, after the day of the case."
        yield from about("dated_ahead", message, issue[0], level=SignalLevel.ALARM)


_EARLIER_FIRST = (
    ("date_of_birth", "issue_date", "The holder was born after the paper was issued."),
    ("issue_date", "expiry_date", "The paper expires before it was issued."),
    ("valid_from", "expiry_date", "The paper expires before it becomes valid."),
    ("incorporation_date", "issue_date", "The company was formed after the paper was issued."),
    ("period_start", "period_end", "The period ends before it begins."),
)


def _order(seen: Seen) -> Iterator[Signal]:
    for first, second, message in _EARLIER_FIRST:
        one, other = seen.day(first), seen.day(second)
        if one and other and one[1] > other[1]:
            yield from about("dates_exclude", message, one[0], other[0], level=SignalLevel.ALARM)
