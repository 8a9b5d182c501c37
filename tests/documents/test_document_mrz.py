"""Machine readable zones: check digits, and agreement with the printed values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.model.document import Engine
from tests.documents.reading_papers import read_text, values_of
from tools.documents.mrz import find_zone

# The specimens of ICAO 9303, parts 4, 6 and 5.
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
)
TODAY = date(2026, 11, 8)


@pytest.mark.parametrize(
    ("zone", "number"), [(TD3, "L898902C3"), (TD2, "D23145890"), (TD1, "D23145890")]
)
def test_the_specimens_of_the_standard_are_read(zone: str, number: str) -> None:
    found = find_zone(f"Specimen\n\n{zone}\n", TODAY)
    assert found is not None
    assert found.valid
    values = {name: part.normalised for name, part in found.parts.items()}
    assert values == {
        "document_number": number,
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "date_of_birth": "1974-08-12",
        "expiry_date": "2012-04-15",
        "sex": "F",
    }


@given(place=st.integers(0, 43), char=st.sampled_from("ABCDEFGHJ0123456789"))
def test_one_wrong_character_under_a_check_digit_is_found_or_changes_nothing_modulo_10(
    place: int, char: str
) -> None:
    first, second = TD3.split("\n")
    changed = second[:place] + char + second[place + 1 :]
    found = find_zone(f"{first}\n{changed}", TODAY)
    uncovered = range(10, 13), range(20, 21)
    if found is None or changed == second or any(place in part for part in uncovered):
        return
    order = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    old = 0 if second[place] == "<" else order.index(second[place])
    if (order.index(char) - old) % 10:
        assert not found.valid


PASSPORT = """Passport

Passport No.: L898902C3
Surname: {surname}
Given names: ANNA MARIA
Date of birth: 12 AUG 1974

{zone}
"""


def test_a_valid_zone_fills_what_no_label_gave() -> None:
    result = read_text(PASSPORT.format(surname="ERIKSSON", zone=TD3))
    assert values_of(result)["expiry_date"] == "2012-04-15"
    engines = {field.name: field.engine for field in result.fields}
    assert (engines["surname"], engines["expiry_date"]) == (Engine.LABEL, Engine.VALIDATOR)
    assert result.signals == ()


def test_a_zone_that_differs_from_the_print_is_told() -> None:
    result = read_text(PASSPORT.format(surname="ERIKSEN", zone=TD3))
    assert [signal.kind for signal in result.signals] == ["mrz_disagrees"]
    assert "surname" in result.signals[0].message


def test_a_zone_with_a_wrong_check_digit_gives_no_value() -> None:
    result = read_text(PASSPORT.format(surname="ERIKSSON", zone=TD3.replace("1204159", "1304159")))
    assert [signal.kind for signal in result.signals] == ["mrz_invalid"]
    assert "expiry_date" not in values_of(result)
