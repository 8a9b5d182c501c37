"""Ids sort by time; moments are text of fixed width."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.clock import moment, stamp, utc_now
from casegate.ids import TimeSortedIds

moments = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(st.lists(moments, min_size=1, max_size=50), st.binary(min_size=10, max_size=10))
def test_ids_rise_and_never_repeat_whatever_the_clock_does(
    times: list[datetime], noise: bytes
) -> None:
    clock = iter(times)
    new_id = TimeSortedIds(lambda: next(clock), lambda length: noise[:length])
    made = [new_id("c") for _ in times]
    assert made == sorted(set(made))
    assert all(len(one) == 28 for one in made)


@given(moments, moments)
def test_text_order_of_stamps_is_time_order(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) == (one < other)
    assert moment(stamp(one)) == one


def test_a_stamp_is_utc_and_needs_a_time_zone() -> None:
    east = datetime(2026, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=2)))
    assert stamp(east) == "2026-03-01T07:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        stamp(datetime(2026, 3, 1, 9, 0))  # noqa: DTZ001
    assert utc_now().tzinfo is UTC
