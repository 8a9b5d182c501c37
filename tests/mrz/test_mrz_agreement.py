"""Agreement of a zone with print that stands without known labels: what counts, what must not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.reading_papers import read_text, values_of
from tests.mrz.zones import Holder, make_zone

ANNA = Holder("ERIKSSON", "ANNA MARIA", "L898902C3", "UTO", "UTO", "740812", "F", "120415", "")
NUMBER = "Pasport Ne de psspurt L898902C3"
BORN = "Dare cl bith 12.08.1974"


def agreement(holder: Holder, *printed: str, form: str = "TD3") -> bool | None:
    """Read a paper with these lines over the zone, and tell whether they agree."""
    result = read_text("\n".join(("PASSPORT", "UTOPIA", *printed, "", *make_zone(form, holder))))
    assert result.mrz is not None
    assert result.mrz.valid
    assert result.mrz.repaired == ()
    assert result.mrz.gate_ready is (result.mrz.agrees is True)
    return result.mrz.agrees


@pytest.mark.parametrize(
    "printed",
    [
        (NUMBER, BORN),
        ("P\tUTO\tL8 989 02C3", BORN),
        ("P UTO L898902C3", BORN),
        ("Nr. L898902C3.", BORN),
        (NUMBER, "12 AUG/AOU 74"),
        (NUMBER, "12 AOUT/AUG 1974"),
        (NUMBER, "12AUG1974"),
        (NUMBER, "Velid urtil 15 APR/AVR 12"),
        (NUMBER, "1974-08-12"),
        (NUMBER, "Samener Noos\tEriksson"),
        (NUMBER, "Anna Maria"),
        (NUMBER, "SPECIMEN\tERIKSSON, ANNA MARIA"),
    ],
)
def test_a_zone_agrees_with_print_whose_labels_were_misread(printed: tuple[str, ...]) -> None:
    assert agreement(ANNA, *printed) is True


@pytest.mark.parametrize(
    "printed",
    [
        (NUMBER,),
        (BORN, "ERIKSSON", "ANNA MARIA"),
        ("L898902C8", BORN),
        ("XL898902C3", BORN),
        ("L898902C31", BORN),
        ("L898902C3 1", BORN),
        ("AB L898902C3", BORN),
        ("12 L898902C3", BORN),
        ("12/L898902C3", BORN),
        ("L898902C3-7", BORN),
        ("L898902\tC3", BORN),
        ("L898902\nC3", BORN),
        (NUMBER, "12.08.1874"),
        (NUMBER, "12.08.1975"),
        (NUMBER, "08/12/74"),
        (NUMBER, "12 AUG/SEP 74"),
        (NUMBER, "ERIKSEN", "ANNA"),
        (NUMBER, "ERIKSSONS", "MARIANNA"),
    ],
)
def test_print_that_says_too_little_or_something_else_is_no_agreement(
    printed: tuple[str, ...],
) -> None:
    assert agreement(ANNA, *printed) is None


@pytest.mark.parametrize(
    ("read", "stands"),
    [("0", "O"), ("1", "I"), ("5", "S"), ("2", "Z"), ("8", "B"), ("O", "0"), ("B", "8")],
)
def test_a_look_alike_in_the_print_is_another_number(read: str, stands: str) -> None:
    holder = ANNA._replace(number=f"K{read}4473961")
    same, other = f"Nomber K{read}4473961", f"Nomber K{stands}4473961"
    assert agreement(holder, same, BORN) is True
    assert agreement(holder, other, BORN) is None
    # Printed twice, for instance perforated as well: one of the two readings is wrong.
    assert agreement(holder, same, other, BORN) is None
    assert agreement(holder, same, f"K{stands} 4473 961", BORN) is None


@settings(max_examples=60)
@given(
    number=st.text("OQDILZSGB0125867", min_size=9, max_size=9).filter(
        lambda text: any(char.isdigit() for char in text)
    ),
    at=st.sets(st.integers(0, 8), min_size=1, max_size=3),
)
def test_a_number_read_wrong_in_the_zone_is_not_ready_while_the_print_is_read_right(
    number: str, at: set[int]
) -> None:
    swap = dict(zip("OIZSBGDQL0125867", "0125860016ZSIBGT", strict=True))
    wrong = "".join(swap[char] if i in at else char for i, char in enumerate(number))
    if wrong != number:
        holder = ANNA._replace(number=wrong)
        assert agreement(holder, f"Nomber {number}", BORN, "ERIKSSON") is not True


def test_a_labelled_value_that_differs_is_a_contradiction_whatever_else_stands() -> None:
    assert agreement(ANNA, NUMBER, BORN, "Date of expiry: 15 APR 2013") is False
    assert agreement(ANNA, NUMBER, BORN, "Passport No.: L898902C8") is False


def test_the_zone_read_twice_is_no_print() -> None:
    first, second = make_zone("TD3", ANNA)
    assert agreement(ANNA, first, second, BORN) is None
    assert agreement(ANNA, second.replace("<", ""), BORN) is None
    assert agreement(ANNA, f"{second[:9]} {second[9:28]}", BORN) is None
    assert agreement(ANNA, second[:9], second[9:28], BORN) is None
    assert agreement(ANNA, f"{second[:9]} <<<", BORN) is None
    assert agreement(ANNA, f"Passport No.\n{second[:9]} {second[9:28]}", BORN) is None


def test_a_number_that_may_be_another_one_is_no_agreement() -> None:
    twice = ANNA._replace(number="123456782", optional="123456782")
    assert agreement(twice, "Nomber 123456782", BORN) is None
    other = ANNA._replace(number="123456782")
    assert agreement(other, "Personal No.: 123456782", BORN) is None
    assert agreement(other, "Nomber 123456782", BORN) is True
    assert agreement(ANNA._replace(number="12345"), "Nomber 12345", BORN) is None
    day = ANNA._replace(number="15041974")
    assert agreement(day, "Nomber 15 04 1974", BORN) is None


def test_short_names_and_names_in_dates_are_no_agreement() -> None:
    holder = ANNA._replace(surname="SEX", given="JUNE")
    assert agreement(holder, NUMBER, "SEX\tF", "1 June 2004") is None
    assert agreement(holder, NUMBER, "June") is True


def test_a_card_agrees_by_its_long_number() -> None:
    holder = ANNA._replace(number="D23145890734")
    assert agreement(holder, "Nomber D23145890 734", BORN, form="TD1") is True
    assert agreement(holder, "Nomber D23145890", BORN, form="TD1") is None


def test_a_name_with_both_parts_under_one_label_contradicts_no_surname() -> None:
    printed = ("Name (Surname, Given names)", "ERIKSSON, ANNA MARIA")
    assert agreement(ANNA, *printed, NUMBER, BORN) is True
    text = "\n".join(("PASSPORT", "UTOPIA", *printed, "", *make_zone("TD3", ANNA)))
    assert values_of(read_text(text))["surname"] == "ERIKSSON"
