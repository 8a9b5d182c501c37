"""Dates of one paper: is it valid today, and do its dates fit each other?"""

from collections.abc import Iterator, Sequence
from datetime import date

from casegate.model.document import Field, Signal, SignalLevel
from tools.documents.checks.seen import about


def dates_fit(fields: Sequence[Field], on: date) -> Iterator[Signal]:
    """Signal a paper that is expired, not valid yet or dated ahead, and dates that exclude others.

    Gives `expired`, `not_yet_valid`, `dated_ahead`, `dates_exclude`.
    """
    yield from _today(fields, on)
    yield from _order(fields)


def _day(fields: Sequence[Field], name: str) -> tuple[Field, date] | None:
    field = next((field for field in fields if field.name == name), None)
    return None if field is None else (field, date.fromisoformat(field.normalised))


def _today(fields: Sequence[Field], on: date) -> Iterator[Signal]:
    expiry, start = _day(fields, "expiry_date"), _day(fields, "valid_from")
    issue = _day(fields, "issue_date") or _day(fields, "date")
    if expiry and expiry[1] < on:
        yield from about("expired", f"The paper expired on {expiry[1]}.", expiry[0])
    if start and start[1] > on:
        yield from about("not_yet_valid", f"The paper is valid from {start[1]} only.", start[0])
    if issue and issue[1] > on:
        message = f"The paper is dated {issue[1]}, after the day of the case."
        yield from about("dated_ahead", message, issue[0], level=SignalLevel.ALARM)


_EARLIER_FIRST = (
    ("date_of_birth", "issue_date", "The holder was born after the paper was issued."),
    ("issue_date", "expiry_date", "The paper expires before it was issued."),
    ("valid_from", "expiry_date", "The paper expires before it becomes valid."),
    ("incorporation_date", "issue_date", "The company was formed after the paper was issued."),
    ("period_start", "period_end", "The period ends before it begins."),
)


def _order(fields: Sequence[Field]) -> Iterator[Signal]:
    for first, second, message in _EARLIER_FIRST:
        one, other = _day(fields, first), _day(fields, second)
        if one and other and one[1] > other[1]:
            yield from about("dates_exclude", message, one[0], other[0], level=SignalLevel.ALARM)
