"""Names, addresses, countries, numbers: what counts as the same."""

import pytest

from tools.documents.values.addresses import same_place
from tools.documents.values.countries import find_countries, read_country
from tools.documents.values.names import same_company, same_person
from tools.documents.values.numbers import compact, find_percents, passes


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("LINDQVALE LINNEA JOY", "Linnea Joy Lindqvale", True),
        ("Linnea Lindqvale", "Linnea Joy Lindqvale", True),
        ("Linnea J. Lindqvale", "Linnea Joy Lindqvale", True),
        ("Mr. Linnea Lindqvale", "Lindqvale, Linnea", True),
        ("J\u00fcrgen M\u00fcller", "MUELLER JUERGEN", True),
        ("J\u00fcrgen M\u00fcller", "Muller, Jurgen", True),
        ("\u0418\u0432\u0430\u043d\u043e\u0432 \u0421\u0435\u0440\u0433\u0435\u0439",
         "Sergei Ivanov", True),
        ("\u042e\u0440\u0438\u0439 \u0426\u043e\u0439", "Tsoy Yuriy", True),
        ("Catherine O\u2019Shaughnessy", "CATHERINE OSHAUGHNESSY", True),
        ("Jon Smith", "John Smith", False),
        ("Linnea K. Lindqvale", "Linnea Joy Lindqvale", False),
        ("Linnea Ann Lindqvale", "Linnea Joy Lindqvale", False),
        ("Lindqvale", "Linnea Lindqvale", False),
        ("", "Linnea Lindqvale", False),
    ],
)  # fmt: skip
def test_two_names_agree_by_their_words_not_by_likeness(left: str, right: str, same: bool) -> None:
    assert same_person(left, right) is same
    assert same_person(right, left) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Acme Trading Limited", "ACME TRADING LTD.", True),
        ("Copperbeech Cycles, LLC", "Copperbeech Cycles LLC", True),
        ("Acme Trading LLC", "Acme Trading Ltd", False),
        ("Acme Trading Ltd", "Acme Ltd", False),
    ],
)
def test_company_names_agree_with_their_legal_form(left: str, right: str, same: bool) -> None:
    assert same_company(left, right) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("131 Copperfield Avenue, Quincemere, OH 44599",
         "131 Copperfield Ave., Quincemere, Ohio 44599, USA", True),
        ("Keizersgracht 12-A, 1015 CX Amsterdam",
         "Keizersgracht 12A, 1015CX Amsterdam, Netherlands", True),
        ("Hauptstra\u00dfe 5, 10115 Berlin", "Hauptstr. 5, 10115 Berlin", True),
        ("5 High Street, London", "Flat 2, 5 High Street, London", True),
        ("131 Copperfield Avenue, Quincemere", "133 Copperfield Avenue, Quincemere", False),
        ("Flat 2, 5 High Street, London", "Flat 3, 5 High Street, London", False),
        ("5 High Street, London", "5 High Street, Leeds", False),
        ("5 High Street, London", "5 Low Street, London", False),
        ("Quincemere", "131 Copperfield Avenue, Quincemere", False),
    ],
)  # fmt: skip
def test_two_addresses_agree_unless_one_contradicts_the_other(
    left: str, right: str, same: bool
) -> None:
    assert same_place(left, right) is same
    assert same_place(right, left) is same


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("UNITED STATES OF AMERICA", "US"), ("USA", "US"), ("Dutch", "NL"), ("D", "DE"),
        ("GBD", "GB"), ("British Citizen", "GB"), ("the Netherlands", "NL"), ("RKS", "XK"),
        ("Soviet Union", None), ("UTO", None), ("no", None), ("C66114567", None), ("", None),
        ("California", None), ("Amsterdam", None),
    ],
)  # fmt: skip
def test_a_country_is_read_by_name_adjective_or_code(printed: str, code: str | None) -> None:
    assert read_country(printed) == code


def test_countries_in_a_sentence_are_found_with_their_place() -> None:
    text = "I am a Dutch citizen and live in Amsterdam, the Netherlands."
    found = [(text[f.start : f.end], f.code) for f in find_countries(text)]
    assert found == [("Dutch citizen", "NL"), ("Netherlands", "NL")]


@pytest.mark.parametrize(
    ("text", "values"),
    [("60 %", ["60"]), ("33,3333 percent", ["33.3333"]), ("120 %", []), ("25 per cent", ["25"])],
)
def test_a_share_lies_between_0_and_100(text: str, values: list[str]) -> None:
    assert [found.value for found in find_percents(text)] == values


@pytest.mark.parametrize(
    ("check", "number", "right"),
    [
        ("iban", "DE89 3704 0044 0532 0130 00", True),
        ("iban", "DE88 3704 0044 0532 0130 00", False),
        ("lei", "529900T8BM49AURSDO55", True),
        ("lei", "529900T8BM49AURSDO56", False),
        ("vat", "NL4495445B01", True),
        ("vat", "NL4495446B01", False),
    ],
)
def test_numbers_with_check_digits_are_checked(check: str, number: str, right: bool) -> None:
    assert passes(check, number) is right


def test_numbers_compare_by_letters_and_digits() -> None:
    assert compact("llc-193 8762") == compact("LLC1938762")
