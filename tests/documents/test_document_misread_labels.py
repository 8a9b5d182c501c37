"""Labels that OCR misread: found within bounds, and only where OCR read the page."""

import re

import pytest

from casegate.model.document import Band, DocumentVerdict, TextSource
from tests.documents.reading_papers import ON
from tools.documents import Page, Parsed, ReadResult, Word, no_answer, read_document
from tools.documents.library import library
from tools.documents.misread import misread_label
from tools.documents.prose import fold


def _scan(lines: tuple[str, ...], source: TextSource, sure: float = 0.99) -> Parsed:
    """Make a page of lines, read by a source."""
    text = ""
    words: list[Word] = []
    for number, line in enumerate(lines):
        top = 50.0 + 24 * number
        for match in re.finditer(r"[^ \t]+", line):
            left = 50.0 + 5 * match.start() + (100 if "\t" in line[: match.start()] else 0)
            right = left + 5 * len(match[0])
            start, end = len(text) + match.start(), len(text) + match.end()
            words.append(Word(start, end, 1, left, top, right, top + 12, sure))
        text += line + "\n"
    page = Page(1, 595.0, 842.0, b"", source)
    return Parsed(
        DocumentVerdict.PARSED, "", "image/png", text=text, words=tuple(words), pages=(page,)
    )


def _read(parsed: Parsed) -> ReadResult:
    return read_document(parsed, parties=(), opened_on=ON, ask=no_answer)


PASSPORT = ("PASSPORT", "Surnarne\tLEE", "Given narnes\tANN", "Dateofbirth\t4 May 1979",
            "Nati0nality\tDutch", "Date of expirv\t1 May 2030")  # fmt: skip
WHAT = {"surname": "LEE", "given_names": "ANN", "date_of_birth": "1979-05-04",
        "nationality": "NL", "expiry_date": "2030-05-01"}  # fmt: skip


def test_a_label_with_slips_is_read_where_ocr_read_the_page() -> None:
    result = _read(_scan(PASSPORT, TextSource.OCR))
    assert {f.name: f.normalised for f in result.fields} == WHAT
    assert {f.read_from for f in result.fields} == {TextSource.OCR}
    assert result.missing == ("document_number",)


def test_behind_a_label_with_slips_of_a_text_layer_nothing_is_just_used() -> None:
    result = _read(_scan(PASSPORT, TextSource.TEXT_LAYER))
    assert {f.band for f in result.fields} == {Band.CHECK}


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ("Surnarne", {"surname"}),
        ("Dateofbirth", {"date of birth"}),
        ("Date ofbirth: 4 May", {"date of birth"}),
        ("Dateofbirth04.05.1979", {"date of birth"}),
        ("Date of blrth", {"date of birth"}),
        ("Accountnumher:", {"account number"}),
        ("Nom", None),
        ("Nane", None),
        ("Street", None),
        ("Due data", {"due date"}),
        ("A sentence that is long and names nothing of a form at all, as they do", None),
    ],
)
def test_a_misread_label_is_near_one_label_and_no_other(
    printed: str, labels: set[str] | None
) -> None:
    found = misread_label(printed, fold(printed), 0, library())
    assert (found and labels and labels <= found.labels) or (found is None and labels is None)


def test_a_value_under_a_guessed_label_is_for_a_person_to_check() -> None:
    result = _read(_scan(PASSPORT, TextSource.OCR))
    guessed = next(f for f in result.fields if f.name == "expiry_date")
    assert guessed.band is not Band.USE
