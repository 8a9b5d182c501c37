"""The five formats of ICAO 9303: specimens, round trips, wrong characters, what OCR does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mrz.zones import VALUES, Holder, make_zone
from tools.documents.mrz import Zone, find_zone

TODAY = date(2026, 11, 8)
FORMS = ("TD1", "TD2", "TD3", "MRV-A", "MRV-B")
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DAYS = st.dates(date(1940, 1, 1), date(2015, 12, 31))
WORDS = st.text(CAPITALS, min_size=2, max_size=6)
HOLDERS = st.builds(
    Holder,
    surname=st.lists(WORDS, min_size=1, max_size=2).map(" ".join),
    given=st.lists(WORDS, min_size=1, max_size=2).map(" ".join),
    number=st.text(CAPITALS + "0123456789", min_size=5, max_size=9),
    state=st.sampled_from(("UTO", "D", "NLD", "FRA")),
    nationality=st.sampled_from(("UTO", "D", "NLD", "FRA")),
    birth=DAYS.map(lambda day: day.strftime("%y%m%d")),
    sex=st.sampled_from("MF<"),
    expiry=DAYS.map(lambda day: day.strftime("%y%m%d")),
    optional=st.text(CAPITALS + "0123456789", max_size=7),
)


def found(text: str) -> Zone:
    """Find the one zone of a text."""
    zone = find_zone(text, TODAY)
    assert zone is not None
    return zone


@pytest.mark.parametrize(
    ("form", "lines", "number"),
    [
        ("TD3", ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"), "L898902C3"),
        ("TD2", ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                 "D231458907UTO7408122F1204159<<<<<<<6"), "D23145890"),
        ("TD1", ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
                 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"), "D23145890"),
        ("TD1", ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2",
                 "STEVENSON<<PETER<JOHN<<<<<<<<<"), "D23145890734"),
        ("MRV-A", ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                   "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"), "L8988901C"),
        ("MRV-B", ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                   "L8988901C4XXX4009078F9612109<<<<<<<<"), "L8988901C"),
    ],
)  # fmt: skip
def test_the_published_specimens_are_valid(form: str, lines: tuple[str, ...], number: str) -> None:
    zone = found("Specimen\n\n" + "\n".join(lines))
    assert (zone.format, zone.lines, zone.repaired) == (form, lines, ())
    assert zone.valid
    assert zone.parts["document_number"].normalised == number


@pytest.mark.parametrize("form", FORMS)
@given(holder=HOLDERS)
def test_what_is_written_by_the_book_is_read_back(form: str, holder: Holder) -> None:
    text = "\n".join(("PASSPORT", *make_zone(form, holder), "end"))
    zone = found(text)
    assert zone.format == form
    assert zone.valid
    assert zone.repaired == ()
    parts = {name: part.raw.replace("<", " ") for name, part in zone.parts.items()}
    assert parts["document_number"] == holder.number
    assert (parts["surname"], parts["given_names"]) == (holder.surname, holder.given)
    assert parts.get("sex", "<") == holder.sex
    for part in zone.parts.values():
        assert text[part.start : part.end] == part.raw


@given(holder=HOLDERS, more=st.text(CAPITALS + "0123456789", min_size=1, max_size=11))
def test_a_long_number_of_a_card_goes_on_in_the_optional_data(holder: Holder, more: str) -> None:
    long = holder._replace(number=holder.number.ljust(9, "7") + more)
    zone = found("\n".join(make_zone("TD1", long)))
    assert zone.valid
    assert zone.parts["document_number"].normalised == long.number


COVERED = {
    "TD1": {(0, at) for at in range(5, 30)} | {(1, at) for at in range(30)} - {(1, 7)}
    - {(1, at) for at in range(15, 18)},
    "TD2": {(1, at) for at in range(36)} - {(1, at) for at in (10, 11, 12, 20)},
    "TD3": {(1, at) for at in range(44)} - {(1, at) for at in (10, 11, 12, 20)},
    "MRV-A": {(1, at) for at in range(28)} - {(1, at) for at in (10, 11, 12, 20)},
    "MRV-B": {(1, at) for at in range(28)} - {(1, at) for at in (10, 11, 12, 20)},
}  # fmt: skip
"""Line and place of every character that a check digit covers or is."""


@pytest.mark.parametrize("form", FORMS)
@given(
    holder=HOLDERS,
    place=st.tuples(st.integers(0, 2), st.integers(0, 43)),
    char=st.sampled_from(CAPITALS + "0123456789<"),
)
def test_one_wrong_character_is_never_gate_ready_where_a_check_digit_looks(
    form: str, holder: Holder, place: tuple[int, int], char: str
) -> None:
    lines = list(make_zone(form, holder))
    line, at = place
    if line >= len(lines) or at >= len(lines[line]):
        return
    old = lines[line][at]
    lines[line] = lines[line][:at] + char + lines[line][at + 1 :]
    zone = find_zone("\n".join(lines), TODAY)
    same = (VALUES[char] - VALUES[old]) % 10 == 0
    if zone is None or same or place not in COVERED[form]:
        return
    assert zone.repaired or not zone.valid


TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
       "L898902C36UTO7408122F1204159ZE184226B<<<<<10")  # fmt: skip
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
       "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("P<UTO ERIKSSON << ANNA<MARIA <<<<<<<<<<<<<<<<<<<\n" + TD3[1], ()),
        (TD3[0].lower() + "\n" + TD3[1].lower(), ()),
        (TD3[0][:-2] + "\n" + TD3[1], ()),
        (TD3[0] + "<<\n" + TD3[1], ()),
        (TD3[0].replace("<<ANNA", "\u00abANNA") + "\n" + TD3[1], ()),
        ("P\u304fUTOERIKSSON\u2039\u2039ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n" + TD3[1], ()),
        (TD3[0][:20] + "\t" + TD3[0][20:] + "\n" + TD3[1][:28] + "\t" + TD3[1][28:], ()),
        (TD3[0][:20] + "\n" + TD3[0][20:] + "\n" + TD3[1][:28] + "\n" + TD3[1][28:], ()),
        (TD3[0] + "\nSignature of bearer\n" + TD3[1], ()),
        ("noise\t" + TD3[0] + "\tnoise\n" + TD3[1], ()),
        ("\n".join((TD1[0], TD1[1], TD1[2][:-1])), ()),
        (TD3[0] + "\n" + TD3[1].replace("7408122F", "74O8122F"), ("date_of_birth",)),
        (TD3[0].replace("ERIKSSON", "ERIKSS0N") + "\n" + TD3[1], ("surname", "given_names")),
        (TD3[0] + "\n" + TD3[1].replace("<<<<<10", "<<<<10"), ("optional",)),
        (TD1[0][:-1] + "\n" + TD1[1] + "\n" + TD1[2], ("optional",)),
        (TD3[0] + "\n" + TD3[1].replace("10", "IO"), ("composite",)),
        ("1" + "\n".join(TD1)[1:], ("document_code",)),
    ],
)
def test_what_ocr_does_to_a_zone_is_undone_or_told(text: str, repaired: tuple[str, ...]) -> None:
    zone = found(text)
    assert zone.valid
    assert set(zone.repaired) >= set(repaired)
    assert bool(zone.repaired) is bool(repaired)
    assert zone.parts["surname"].normalised == "ERIKSSON"
    assert zone.parts["given_names"].normalised == "ANNA MARIA"


@pytest.mark.parametrize(
    "text",
    [
        TD3[0] + "\n" + TD3[1].replace("L898902C3", "L898902C8"),
        TD3[0] + "\n" + TD3[1].replace("L898902C3", "L8989O2C3"),
        TD3[0] + "\n" + TD3[1].replace("L898902C36", "L898902C3<"),
    ],
)
def test_a_wrong_number_stays_wrong(text: str) -> None:
    assert not found(text).valid


@pytest.mark.parametrize(
    "text",
    ["", "<<", "P<UTO\nL898902C36", "Price < 50 and > 20\nfor all of page 3",
     "\n".join(["A<" * 22, "B" * 44]), TD3[0], TD3[1], "I<" + "X" * 28 + "\n" + "Y" * 30],
)  # fmt: skip
def test_a_text_without_a_zone_has_none(text: str) -> None:
    assert find_zone(text, TODAY) is None


@given(text=st.text("P<IVACUTO0123456789KL \t\n\u00ab(", max_size=300))
def test_any_text_ends_in_a_zone_or_none(text: str) -> None:
    zone = find_zone(text, TODAY)
    assert zone is None or zone.lines
