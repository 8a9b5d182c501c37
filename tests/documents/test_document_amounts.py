"""Amounts: exact, with a currency that is certain, or not read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.documents.values.money import find_amounts, meaning_of_dollar, plain, read_amount

AMOUNTS = st.decimals(min_value=0, max_value=99_999_999, places=2, allow_nan=False)


def _read(text: str, dollar: str | None = "USD") -> tuple[str, str] | None:
    found = read_amount(text, dollar=dollar)
    return (plain(found.money.amount), found.money.currency) if found else None


@pytest.mark.parametrize(
    ("printed", "amount", "currency"),
    [
        ("$48,000.00", "48000.00", "USD"),
        ("EUR 12.500,00", "12500.00", "EUR"),
        ("12 500,00 \u20ac", "12500.00", "EUR"),
        ("CHF 1'250.50", "1250.50", "CHF"),
        ("\u00a31,200", "1200.00", "GBP"),
        ("USD 48000", "48000.00", "USD"),
        ("\u20ac 250.000", "250000.00", "EUR"),
        ("$1.2 million", "1200000.00", "USD"),
        ("US$ 5k", "5000.00", "USD"),
        ("12,34,567.00 INR", "1234567.00", "INR"),
        ("EUR 1,50", "1.50", "EUR"),
        ("KWD 1,500.250", "1500.250", "KWD"),
        ("1.500 KWD", None, None),
        ("48,000.00", None, None),
        ("ABC 123", None, None),
        ("\u00a5 5,000", None, None),
        ("EUR 0,125", None, None),
        ("2026", None, None),
    ],
)
def test_an_amount_is_exact_or_not_read(
    printed: str, amount: str | None, currency: str | None
) -> None:
    expected = None if amount is None else (amount, currency)
    assert _read(printed) == expected


def test_a_bare_dollar_is_open_where_another_dollar_country_is_named() -> None:
    assert meaning_of_dollar("Paid in Boise, Idaho") == "USD"
    assert meaning_of_dollar("Paid in Toronto, Canada") is None
    assert _read("$48,000.00", None) is None
    assert _read("CA$ 48,000.00", None) == ("48000.00", "CAD")


@given(amount=AMOUNTS, form=st.sampled_from(["point", "comma", "apostrophe", "blank", "none"]))
def test_every_printed_amount_is_read_back_as_itself(amount: Decimal, form: str) -> None:
    text = f"{amount:,.2f}"
    if form == "comma":
        text = text.replace(",", "_").replace(".", ",").replace("_", ".")
    elif form == "apostrophe":
        text = text.replace(",", "'")
    elif form == "blank":
        text = text.replace(",", " ").replace(".", ",")
    elif form == "none":
        text = text.replace(",", "")
    assert _read(f"EUR {text}") == (plain(amount), "EUR")
    assert _read(f"{text} EUR") == (plain(amount), "EUR")


@given(text=st.text(alphabet=st.sampled_from("0123456789.,' $\u20acEURUSDk\nm%"), max_size=40))
def test_no_text_breaks_the_reader_and_every_amount_is_finite(text: str) -> None:
    for found in find_amounts(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.money.amount.is_finite()
        assert found.money.amount >= 0
