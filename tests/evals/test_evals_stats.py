# ruff: noqa: S311 - statistics, not secrets
"""Intervals: known values, bounds, and the same answer for the same seed."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.stats import Ratio, bootstrap, pooled, wilson


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
    ],
)
def test_the_wilson_interval_has_its_published_values(
    hits: int, trials: int, low: float, high: float
) -> None:
    found = wilson(hits, trials)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


@given(st.integers(1, 500), st.data())
def test_a_wilson_interval_holds_its_share_and_stays_within_one(
    trials: int, data: st.DataObject
) -> None:
    hits = data.draw(st.integers(0, trials))
    low, high = wilson(hits, trials)
    assert 0 <= low <= hits / trials + 1e-12
    assert hits / trials - 1e-12 <= high <= 1


@pytest.mark.parametrize(("hits", "trials"), [(0, 0), (3, 2), (-1, 5)])
def test_a_share_that_is_none_has_no_interval(hits: int, trials: int) -> None:
    with pytest.raises(ValueError, match="`hits` must lie"):
        wilson(hits, trials)


def test_equal_seeds_give_equal_bootstrap_intervals() -> None:
    parts = [Ratio(n % 3, 3) for n in range(20)]
    runs = [
        bootstrap(20, lambda drawn: pooled([parts[i] for i in drawn]), Random(7)) for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert runs[0] is not None
    assert runs[0][0] < (pooled(parts) or 0) < runs[0][1]


def test_equal_samples_have_no_spread_and_one_sample_is_a_point() -> None:
    parts = [Ratio(1, 2)] * 8
    assert bootstrap(8, lambda d: pooled([parts[i] for i in d]), Random(1)) == (0.5, 0.5)
    assert bootstrap(1, lambda d: pooled([parts[i] for i in d]), Random(1)) == (0.5, 0.5)


def test_what_was_never_counted_has_neither_value_nor_interval() -> None:
    assert pooled([Ratio(0, 0), Ratio(0, 0)]) is None
    assert bootstrap(3, lambda drawn: None, Random(1)) is None
