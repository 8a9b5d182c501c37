"""How values are written, and read back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.model.fact import RoleType, RoleValue
from casegate.narrative.format import Style, read, show, show_role

STYLES = st.sampled_from(list(Style))
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)).map(date.isoformat)


def value(kind: RoleType, text: str, unit: str = "") -> RoleValue:
    return RoleValue(type=kind, value=text, unit=unit)


MONEY = st.builds(
    lambda cents, currency: value(RoleType.MONEY, f"{Decimal(cents) / 100:.2f}", currency),
    st.integers(-(10**11), 10**13),
    st.sampled_from(["USD", "EUR", "GBP", "JPY"]),
)
VALUES = st.one_of(
    MONEY,
    DAYS.map(lambda d: value(RoleType.DATE, d)),
    st.tuples(DAYS, DAYS).map(lambda s: value(RoleType.SPAN, "/".join(s))),
    st.integers(0, 10**7).map(lambda n: value(RoleType.COUNT, str(n))),
    st.decimals(0, 1000, places=1).map(lambda n: value(RoleType.PERCENT, f"{n}")),
    st.decimals(0, 1000, places=1).map(lambda n: value(RoleType.MULTIPLE, f"{n}")),
    st.builds(
        lambda n, unit: value(RoleType.DURATION, str(n), unit),
        st.integers(0, 5000),
        st.sampled_from(["days", "hours", "months"]),
    ),
)


@given(VALUES, STYLES)
def test_what_is_written_is_read_back_as_the_same_value(made: RoleValue, style: Style) -> None:
    assert read(show(made, style), made.type, style) == made


@pytest.mark.parametrize(
    ("made", "style", "shown"),
    [
        (value(RoleType.MONEY, "9500.00", "USD"), Style.LONG, "$9,500.00"),
        (value(RoleType.MONEY, "9500.00", "EUR"), Style.ISO, "EUR 9,500.00"),
        (value(RoleType.DATE, "2026-03-04"), Style.LONG, "March 4, 2026"),
        (value(RoleType.DATE, "2026-03-04"), Style.ISO, "2026-03-04"),
        (value(RoleType.SPAN, "2026-03-04/2026-03-11"), Style.ISO, "2026-03-04 to 2026-03-11"),
        (value(RoleType.DURATION, "1", "hours"), Style.ISO, "1 hour"),
        (value(RoleType.DURATION, "36", "hours"), Style.ISO, "36 hours"),
        (value(RoleType.PLACE, "EE"), Style.LONG, "Estonia"),
        (value(RoleType.PLACE, "Harbour Street"), Style.LONG, "Harbour Street"),
        (value(RoleType.TEXT, "cash_structuring"), Style.LONG, "cash structuring"),
        (value(RoleType.TEXT, "2026-07"), Style.ISO, "July 2026"),
        (value(RoleType.TEXT, "7, 8"), Style.ISO, "July and August"),
        (value(RoleType.TEXT, "1,2,12"), Style.ISO, "January, February and December"),
        (value(RoleType.TEXT, "two\nlines\tand a tab"), Style.ISO, "two lines and a tab"),
    ],
)
def test_each_role_has_one_form_for_each_style(made: RoleValue, style: Style, shown: str) -> None:
    assert show(made, style) == shown


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$9,500", RoleType.MONEY),
        ("9500.00 dollars", RoleType.MONEY),
        ("March 32, 2026", RoleType.DATE),
        ("Smarch 4, 2026", RoleType.DATE),
        ("92", RoleType.PERCENT),
        ("3.2", RoleType.MULTIPLE),
        ("some hours", RoleType.DURATION),
        ("four", RoleType.COUNT),
    ],
)
def test_any_other_form_is_not_read(text: str, kind: RoleType) -> None:
    assert read(text, kind, Style.LONG) is None


def test_channel_codes_become_words_only_in_the_channel_role() -> None:
    wire = value(RoleType.TEXT, "wire")
    assert show_role("channel", wire, Style.ISO) == "wire transfer"
    assert show_role("typology", wire, Style.ISO) == "wire"
