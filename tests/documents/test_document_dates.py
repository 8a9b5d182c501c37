"""Dates: every stated form is read, and nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.documents.values.dates import (
    Century,
    DateRules,
    Order,
    find_dates,
    infer_order,
    order_in_label,
    read_date,
)

TODAY = date(2026, 11, 8)
RULES = DateRules(TODAY)
DAYS = st.dates(date(1850, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("04 MAR 1986", "1986-03-04"),
        ("04 MAR/MARS 1986", "1986-03-04"),
        ("04 MARS / MAR 1986", "1986-03-04"),
        ("August 3 , 2014", "2014-08-03"),
        ("March 4, 2026", "2026-03-04"),
        ("3rd of May 1979", "1979-05-03"),
        ("3rd day of May, 1979", "1979-05-03"),
        ("4. M\u00e4rz 1986", "1986-03-04"),
        ("12 ao\u00fbt 2001", "2001-08-12"),
        ("1 de enero de 1990", "1990-01-01"),
        ("12-MAY-2020", "2020-05-12"),
        ("1986-03-04", "1986-03-04"),
        ("1986/03/04", "1986-03-04"),
        ("4.3.1986", "1986-03-04"),
        ("13/04/1986", "1986-04-13"),
        ("04/13/1986", "1986-04-13"),
        ("05/05/1986", "1986-05-05"),
    ],
)
def test_a_date_that_allows_one_reading_is_read(printed: str, day: str) -> None:
    found = read_date(printed, RULES)
    assert found is not None
    assert found.day.isoformat() == day
    assert (found.start, found.end) == (0, len(printed))


@pytest.mark.parametrize(
    "printed",
    ["04/03/1986", "4-3-1986", "31/02/2001", "29 February 2023", "May 1979", "12 Main 2020",
     "4/3/86", "1986", "00.00.2000", "32 May 1999", "12.13.2001", "10.11.2026/12",
     "04 MAR/APR 1986", "1 - July 31", "page 1 - March 2014"],
)  # fmt: skip
def test_a_date_that_allows_two_readings_or_none_is_not_read(printed: str) -> None:
    assert list(find_dates(printed, RULES)) == []


@pytest.mark.parametrize(
    ("order", "day"), [(Order.DAY_FIRST, "1986-03-04"), (Order.MONTH_FIRST, "1986-04-03")]
)
def test_a_stated_order_decides_between_day_and_month(order: Order, day: str) -> None:
    found = read_date("04/03/1986", DateRules(TODAY, order))
    assert found is not None
    assert found.day.isoformat() == day


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("paid 13/04/2026, due 05/06/2026", Order.DAY_FIRST),
        ("paid 04/13/2026, due 05/06/2026", Order.MONTH_FIRST),
        ("paid 04/13/2026, due 25/06/2026", None),
        ("due 05/06/2026", None),
        ("am 13.04.2026", None),
    ],
)
def test_the_order_comes_from_the_documents_own_certain_dates(
    text: str, order: Order | None
) -> None:
    assert infer_order(text) is order


@pytest.mark.parametrize(
    ("label", "order"),
    [
        ("(dd/mm/yyyy)", Order.DAY_FIRST),
        ("(MM/DD/YYYY)", Order.MONTH_FIRST),
        ("(TT.MM.JJJJ)", None),
        ("(d-m-y)", Order.DAY_FIRST),
        ("(as in the passport)", None),
    ],
)
def test_a_label_may_state_the_order(label: str, order: Order | None) -> None:
    assert order_in_label(label) is order


@pytest.mark.parametrize(
    ("printed", "century", "day"),
    [
        ("04.03.86", Century.PAST, "1986-03-04"),
        ("04.03.26", Century.PAST, None),
        ("04.03.26", Century.RECENT, "2026-03-04"),
        ("04.12.26", Century.RECENT, "1926-12-04"),
        ("04.03.99", Century.RECENT, "1999-03-04"),
        ("04.12.26", Century.PAST, "1926-12-04"),
        ("04.03.19", Century.PAST, None),
        ("04.06.34", Century.FUTURE, "2034-06-04"),
        ("04.06.25", Century.FUTURE, "2025-06-04"),
        ("28 MAR/MARS 59", Century.PAST, "1959-03-28"),
        ("04.03.86", None, None),
    ],
)
def test_two_digits_of_a_year_are_read_only_under_a_rule_that_leaves_one_century(
    printed: str, century: Century | None, day: str | None
) -> None:
    found = read_date(printed, DateRules(TODAY, None, century))
    assert (found.day.isoformat() if found else None) == day


FORMS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%b-%Y")


@given(day=DAYS, form=st.sampled_from(FORMS))
def test_every_printed_date_is_read_back_as_itself(day: date, form: str) -> None:
    printed = day.strftime(form.replace("%Y", f"{day.year:04d}"))
    found = read_date(printed, DateRules(TODAY, Order.DAY_FIRST))
    assert found is not None
    assert found.day == day


@given(day=DAYS)
def test_without_an_order_a_numeric_date_is_right_or_not_read(day: date) -> None:
    found = read_date(f"{day.day:02d}/{day.month:02d}/{day.year}", RULES)
    assert found is None or found.day == day


@given(text=st.text(alphabet=st.sampled_from("0123456789./- MARmay,thof\n"), max_size=40))
def test_no_text_breaks_the_reader_and_every_hit_lies_in_the_text(text: str) -> None:
    last = 0
    for found in find_dates(text, DateRules(TODAY, Order.DAY_FIRST, Century.PAST)):
        assert last <= found.start < found.end <= len(text)
        last = found.end
