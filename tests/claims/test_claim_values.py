"""Numbers, amounts, days and words as people write them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.claims.amounts import Amounts, find_bare, find_measures
from guardrails.claims.days import find_days
from guardrails.claims.mention import Form, Mention
from guardrails.claims.numerals import readings
from guardrails.claims.words import load_vocabulary
from guardrails.text import HIDDEN, LOOKALIKE, UNREADABLE, clean, stem, tokens
from tests.bench._claim_free import _spelt

CURRENCIES = load_vocabulary().lexicon.currencies
AMOUNTS = Amounts(
    {**CURRENCIES.signs, **CURRENCIES.words, **{c: (c,) for c in CURRENCIES.codes}},
    upper_only=CURRENCIES.codes,
)


def money(text: str) -> list[str]:
    return [r.key for m in AMOUNTS.find_money(text, spelt=True) for r in m.readings]


def days(text: str, *, month_first: bool = True) -> list[str]:
    return [r.key for m in find_days(text, month_first=month_first) for r in m.readings]


@given(st.integers(0, 999_999))
def test_any_whole_number_is_read_back_from_its_words(number: int) -> None:
    assert readings(_spelt(number)) == (Decimal(number),)


@given(st.integers(0, 10**10))
def test_an_amount_is_read_in_american_german_and_swiss_writing(cents: int) -> None:
    amount = Decimal(cents) / 100
    american = f"{amount:,.2f}"
    german = american.replace(",", "_").replace(".", ",").replace("_", ".")
    for written in (american, german, american.replace(",", "'"), f"{amount:.2f}"):
        assert amount in readings(written), written


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_every_writing(day: date) -> None:
    iso = day.isoformat()
    month = f"{day:%B}"
    for written in (iso, f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}",
                    f"{day:%b} {day.day}, {day.year}", f"{day.month}/{day.day}/{day.year}",
                    f"{day:%A}, {month} {day.day}, {day.year}",
                    f"the {day.day}th of {month} {day.year}", f"{day:%Y/%m/%d}"):  # fmt: skip
        assert days(f"on {written}.") == [iso], written


@given(st.dates(date(1950, 1, 1), date(2098, 11, 1)), st.integers(1, 400))
def test_a_span_gives_its_two_ends(first: date, length: int) -> None:
    last = first + timedelta(length)
    for word in ("to", "and", "through", "-"):
        text = f"{first:%B} {first.day}, {first.year} {word} {last:%B} {last.day}, {last.year}"
        assert days(text) == [first.isoformat(), last.isoformat()], text


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("$9,500", ["9500|USD"]),
        ("USD 9.5k", ["9500|USD"]),
        ("9500 dollars", None),
        ("nine thousand five hundred dollars", None),
        ("€9.500,00", ["9500|EUR"]),
        ("9 500,00 €", ["9500|EUR"]),
        ("$1.2 million", ["1200000|USD"]),
        ("US$ 9,500.50", ["9500.5|USD"]),
        ("-$9,500", ["-9500|USD"]),
        ("CHF 9'500", ["9500|CHF"]),
        ("eight dollars and fifty cents", None),
        ("$9,5000", []),
        ("all 4", []),
    ],
)
def test_amounts_are_read_with_their_currency(text: str, keys: list[str] | None) -> None:
    found = money(text)
    if keys is None:
        expected = "8.5|USD" if "eight" in text else "9500|USD"
        assert expected in found
    else:
        assert found == keys


@pytest.mark.parametrize(
    ("text", "form", "key"),
    [
        ("92%", Form.PERCENT, "92"),
        ("ninety-two percent", Form.PERCENT, "92"),
        ("12.50 per cent", Form.PERCENT, "12.5"),
        ("3.2 times", Form.MULTIPLE, "3.2"),
        ("3.2x", Form.MULTIPLE, "3.2"),
        ("twice", Form.MULTIPLE, "2"),
        ("threefold", Form.MULTIPLE, "3"),
        ("by a factor of 7.9", Form.MULTIPLE, "7.9"),
        ("four times", Form.COUNT, "4"),
        ("48 hours", Form.HOURS, "48"),
        ("two days", Form.HOURS, "48"),
        ("6 months", Form.MONTHS, "6"),
        ("half of the funds", Form.PERCENT, "50"),
    ],
)
def test_measures_are_read_in_digits_and_words(text: str, form: Form, key: str) -> None:
    found = [r for m in find_measures(text, spelt=True) for r in m.readings]
    assert (form, key) in [(r.form, r.key) for r in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from March 4 to 11, 2026", ["2026-03-04", "2026-03-11"]),
        ("4-11 March 2026", ["2026-03-04", "2026-03-11"]),
        ("2026-03-04/2026-03-11", ["2026-03-04", "2026-03-11"]),
        ("in March 2026", ["2026-03"]),
        ("in March", ["03"]),
        ("since 2021", ["2021"]),
        ("02/30/2026", []),
        ("They may deposit", []),
        ("The march of time", []),
    ],
)
def test_partial_and_paired_days_are_read(text: str, expected: list[str]) -> None:
    assert days(text) == expected


def test_a_day_that_does_not_exist_is_a_mention_all_the_same() -> None:
    mentions: list[Mention] = list(find_days("on February 30, 2026", month_first=True))
    assert [(m.readings, m.wrong) for m in mentions] == [((), "no such day")]


def test_one_alone_is_no_number() -> None:
    assert list(find_bare("one of the deposits", spelt=True)) == []


@pytest.mark.parametrize(
    ("text", "shown", "flags"),
    [
        ("plain – with a dash", "plain - with a dash", set()),  # noqa: RUF001
        ("Müller, 12 €", "Müller, 12 €", set()),
        ("$9,5\u200b00", "$9,500", {HIDDEN}),
        ("\u202e$9,500", "$9,500", {HIDDEN}),
        ("$\uff19,\uff15\uff10\uff10", "$9,500", {LOOKALIKE}),
        ("M\u0430rta", "Marta", {LOOKALIKE}),
        ("\u0661\u0662 deposits", "12 deposits", {LOOKALIKE}),
        ("\U0001d7d7 deposits", "9 deposits", {LOOKALIKE}),
        ("bad \ufffd byte", "bad   byte", {UNREADABLE}),
        ("nul \x00 byte", "nul   byte", {UNREADABLE}),
    ],
)
def test_disguised_characters_are_brought_back_and_named(
    text: str, shown: str, flags: set[str]
) -> None:
    assert clean(text) == (shown, frozenset(flags))


@given(st.text(max_size=200))
def test_any_text_can_be_cleaned_and_cut(text: str) -> None:
    cleaned = clean(text).text
    assert clean(cleaned).text == cleaned or not cleaned.isascii()
    for token in tokens(cleaned):
        assert cleaned[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("left", "right"),
    [("deposits", "deposited"), ("totalling", "total"), ("transferred", "transfers")],
)
def test_forms_of_one_word_meet(left: str, right: str) -> None:
    assert stem(left) == stem(right)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Ms. Velde paid. She left.", 2),
        ("It was sent to Acme Ltd. The account was empty.", 2),
        ("It was sent to Acme Ltd. on Monday.", 1),
        ("Paid to J. Smith. [E3] Then it ended.", 2),
        ("Amounts of $9.50 and 3.2 times.", 1),
        ("First line\nsecond line", 2),
        ("See No. 5. Done.", 2),
        ("", 0),
    ],
)
def test_plain_text_is_cut_into_sentences(text: str, pieces: int) -> None:
    found = load_vocabulary().split(text)
    assert len(found) == pieces, found


def test_a_citation_after_the_full_stop_stays_with_its_sentence() -> None:
    found = load_vocabulary().split("It was paid. [E3] Then it ended.")
    assert found == ("It was paid. [E3]", "Then it ended.")
