"""Dates of one paper against the day of the case and against each other."""

from datetime import date

import pytest

from casegate.model.document import (
    Box,
    Engine,
    Field,
    SignalLevel,
    Span,
)
from tools.documents.checks import dates_fit

ON = date(2026, 11, 8)
BOX = Box(x0=10, y0=20, x1=60, y1=30)


def told(**days: str) -> list[tuple[str, SignalLevel, tuple[str, ...]]]:
    fields = tuple(
        Field(
            name=name, value=day, normalised=day, page=1, boxes=(BOX,), span=Span(start=0, end=1),
            engine=Engine.LABEL, confidence=0.9,
        )
        for name, day in days.items()
    )  # fmt: skip
    found = tuple(dates_fit(fields, ON))
    assert all(signal.boxes and signal.page == 1 for signal in found)
    return [(signal.kind, signal.level, signal.fields) for signal in found]


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"expiry_date": "2026-11-08"},
        {"issue_date": "2026-11-08", "expiry_date": "2036-11-07"},
        {"valid_from": "2026-11-08"},
        {"date_of_birth": "1980-02-29", "issue_date": "2020-01-01"},
        {"period_start": "2026-10-01", "period_end": "2026-10-31"},
    ],
)
def test_dates_that_fit_give_no_signal(days: dict[str, str]) -> None:
    assert told(**days) == []


@pytest.mark.parametrize(
    ("days", "signal"),
    [
        ({"expiry_date": "2026-11-07"}, ("expired", SignalLevel.LOOK, ("expiry_date",))),
        ({"valid_from": "2026-11-09"}, ("not_yet_valid", SignalLevel.LOOK, ("valid_from",))),
        ({"issue_date": "2026-11-09"}, ("dated_ahead", SignalLevel.ALARM, ("issue_date",))),
        (
            {"date_of_birth": "2021-05-05", "issue_date": "2020-01-01"},
            ("dates_exclude", SignalLevel.ALARM, ("date_of_birth", "issue_date")),
        ),
        (
            {"issue_date": "2026-01-01", "expiry_date": "2025-12-31"},
            ("dates_exclude", SignalLevel.ALARM, ("issue_date", "expiry_date")),
        ),
        (
            {"incorporation_date": "2026-05-02", "issue_date": "2026-05-01"},
            ("dates_exclude", SignalLevel.ALARM, ("incorporation_date", "issue_date")),
        ),
    ],
)
def test_dates_that_do_not_fit_are_told_with_their_fields(
    days: dict[str, str], signal: tuple[str, SignalLevel, tuple[str, ...]]
) -> None:
    assert signal in told(**days)
