"""Machine readable zones: check digits, and agreement with the printed values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.model.document import Band, DocumentType, Engine
from tests.documents.reading_papers import read_text, values_of
from tools.documents.mrz import find_zone
from tools.documents.mrz.names import same_name

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
    values.pop("personal_number", None)
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
        assert found.repaired or not found.valid


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
    assert (engines["surname"], engines["expiry_date"]) == (Engine.LABEL, Engine.MRZ)
    assert result.signals == ()


def test_a_zone_that_differs_from_the_print_is_told() -> None:
    result = read_text(PASSPORT.format(surname="ERIKSEN", zone=TD3))
    assert [signal.kind for signal in result.signals] == ["mrz_disagrees"]
    assert "surname" in result.signals[0].message


def test_a_zone_on_a_paper_of_unknown_type_is_kept_and_no_gate_rests_on_it() -> None:
    visa = "VISA\n\nV" + TD3.replace("ZE184226B<<<<<10", "<<<<<<<<<<<<<<<<")[1:]
    result = read_text(visa)
    assert (result.type, result.fields) == (DocumentType.UNKNOWN, ())
    assert result.mrz is not None
    assert (result.mrz.format, result.mrz.valid, result.mrz.gate_ready) == ("MRV-A", True, False)


def test_a_zone_with_a_wrong_check_digit_gives_no_value() -> None:
    result = read_text(PASSPORT.format(surname="ERIKSSON", zone=TD3.replace("1204159", "1304159")))
    assert [signal.kind for signal in result.signals] == ["mrz_invalid"]
    assert "expiry_date" not in values_of(result)


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [
        ("Passport No.: L898902C3\nSurname: ERIKSSON", True),
        ("Passport No.: L898902C3\nDate of birth: 12 AUG 1974", True),
        ("Passport No.: L898902C3", None),
        ("Surname: ERIKSSON\nGiven names: ANNA MARIA", None),
        ("Passport No.: L898902C8\nSurname: ERIKSSON", False),
        ("Passport No.: L898902C3\nSurname: ERIKSSON\nDate of expiry: 15 APR 2013", False),
        ("Passport No.: L898902C3\nSurname: Eriksson\nGiven names: Anna", False),
    ],
)
def test_a_zone_agrees_by_its_number_and_one_more_value(printed: str, agrees: bool | None) -> None:
    result = read_text(f"Passport\n\n{printed}\n\n{TD3}\n")
    assert result.mrz is not None
    assert (result.mrz.valid, result.mrz.agrees) == (True, agrees)
    assert result.mrz.gate_ready is (agrees is True)


def test_a_repaired_character_is_never_gate_ready() -> None:
    zone = TD3.replace("7408122F", "74O8122F")
    result = read_text(PASSPORT.format(surname="ERIKSSON", zone=zone))
    assert result.mrz is not None
    assert (result.mrz.valid, result.mrz.agrees) == (True, True)
    assert result.mrz.repaired == ("date_of_birth",)
    assert not result.mrz.gate_ready


@pytest.mark.parametrize(
    ("printed", "read", "cut", "same"),
    [
        ("Gr\u00fcnwald", "GRUENWALD", False, True),
        ("O'Shaughnessy", "OSHAUGHNESSY", False, True),
        ("Skov-Larsen", "SKOV LARSEN", False, True),
        ("Bartholomew Alexander", "BARTHOLOMEW ALEX", True, True),
        ("Bartholomew Alexander", "BARTHOLOMEW ALEX", False, False),
        ("Anna Maria", "ANNA", True, False),
        ("Erikson", "ERIKSSON", False, False),
    ],
)
def test_a_name_agrees_as_zones_write_it(printed: str, read: str, cut: bool, same: bool) -> None:
    assert same_name(printed, read, cut=cut) is same


BELOW = "PASSPORT\n\nPassport No.\nL898902C3\n\nSurname\nERIKSSON\n\nDate of birth\n12 AUG 1974\n"


def test_a_value_under_its_label_is_checked_unless_the_zone_repeats_it() -> None:
    def born(text: str) -> Band:
        return {f.name: f.band for f in read_text(text).fields}["date_of_birth"]

    assert born(BELOW) is Band.CHECK
    assert born(f"{BELOW}\n{TD3}") is Band.USE
    assert born(BELOW.replace("AUG 1974", "AUG 1975") + f"\n{TD3}") is Band.CHECK
