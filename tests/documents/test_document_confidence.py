"""Confidence is a measured share, and what was not measured is checked by a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.model.document import Band, DocumentVerdict, Engine, TextSource
from tests.documents.reading_papers import read_text
from tools.documents import Parsed
from tools.documents.confidence import (
    Calibration,
    Like,
    Row,
    calibration,
    counted,
    sureness,
    wilson_low,
)
from tools.documents.found import Found, Way
from tools.documents.schema import FieldSchema, Kind

LIKE = Like(engine=Engine.LABEL, way=Way.FORM, kind=Kind.DATE, source=TextSource.MARKUP)


def _figures(right: int, n: int) -> Calibration:
    return calibration().model_copy(update={"rows": (Row(like=LIKE, n=n, right=right),)})


def _found(kind: Kind = Kind.DATE, *, doubtful: bool = False) -> Found:
    field = FieldSchema(name="date", kind=kind)
    return Found(field, 0, 4, "x", Engine.LABEL, Way.FORM, doubtful=doubtful)


TEXT = Parsed(DocumentVerdict.PARSED, "", "text/plain", text="text")


@pytest.mark.parametrize(
    ("right", "n", "low"), [(0, 0, 0.0), (10, 10, 0.7225), (95, 100, 0.8882), (0, 10, 0.0)]
)
def test_the_lower_end_is_that_of_wilson(right: int, n: int, low: float) -> None:
    assert wilson_low(right, n) == pytest.approx(low, abs=1e-4)


@given(n=st.integers(1, 2000), right=st.integers(0, 2000))
def test_confidence_never_exceeds_the_share_that_was_right(n: int, right: int) -> None:
    right = min(right, n)
    assert 0 <= wilson_low(right, n) <= right / n


@pytest.mark.parametrize(
    ("right", "n", "band"),
    [(1000, 1000, Band.USE), (20, 20, Band.CHECK), (900, 1000, Band.CHECK),
     (300, 1000, Band.RE_REQUEST)],
)  # fmt: skip
def test_the_band_follows_from_the_measured_share(right: int, n: int, band: Band) -> None:
    assert sureness(_found(), TEXT, _figures(right, n)).band is band


def test_what_was_never_measured_is_checked() -> None:
    figures = _figures(1000, 1000)
    sure = sureness(_found(Kind.MONEY), TEXT, figures)
    assert (sure.confidence, sure.band) == (figures.unseen, Band.CHECK)


def test_what_was_measured_on_too_few_is_checked_and_not_asked_for_again() -> None:
    assert sureness(_found(), TEXT, _figures(3, 3)).band is Band.CHECK


def test_a_doubtful_value_is_never_used_unseen() -> None:
    assert sureness(_found(doubtful=True), TEXT, _figures(1000, 1000)).band is Band.CHECK


def test_two_values_for_one_field_are_both_checked() -> None:
    form = "Account application\n\nFull name: Ann Lee\nFull name: Ben Lee\n"
    fields = [field for field in read_text(form).fields if field.name == "name"]
    assert [field.band for field in fields] == [Band.CHECK, Band.CHECK]


def test_the_stored_figures_say_what_they_were_measured_on() -> None:
    figures = calibration()
    assert figures.papers > 100
    assert "tune" in figures.measured_on
    assert all(row.right <= row.n for row in figures.rows)
    assert 0 < figures.check_from < figures.use_from < 1
    assert figures.steps[0] == 0


def test_values_are_counted_by_their_likeness() -> None:
    other = LIKE.model_copy(update={"kind": Kind.NAME})
    rows = counted([(LIKE, True), (other, True), (LIKE, False)])
    assert {(row.like.kind, row.n, row.right) for row in rows} == {
        (Kind.DATE, 2, 1), (Kind.NAME, 1, 1),
    }  # fmt: skip
