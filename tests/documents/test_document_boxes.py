"""Forms of boxes, pages upside down, and labels that say more than a list does."""

import re

import pytest

from casegate.model.document import Band, DocumentType, DocumentVerdict, TextSource
from tests.documents.reading_papers import ON, read_text, values_of
from tools.documents import Page, Parsed, ReadResult, Word, no_answer, read_document

Line = tuple[float, float, str]
"""Left edge, top and text, points."""

BOXES: tuple[Line, ...] = (
    (60, 60, "Account opening application"),
    (60, 120, "Applicant"), (300, 120, "Came into the world"),
    (60, 140, "Loic Le Goascoz"), (300, 140, "09 May 1984"),
    (60, 170, "Nationality"), (300, 170, "Residential address"),
    (60, 190, "France"), (300, 190, "20 rue du Four, 56999 Lannevan"),
    (60, 220, "Occupation"), (300, 220, "How it was come by"),
    (60, 240, "bus driver"), (300, 240, "savings"),
    (60, 270, "IBAN"),
    (60, 290, "DE89 3704 0044 0532 0130 00"),
)  # fmt: skip


def _page(*lines: Line, upside_down: bool = False) -> ReadResult:
    """Read a page of lines of one height; those with one top stand on one row."""
    text = ""
    words: list[Word] = []
    last: float | None = None
    for left, top, line in lines:
        text += "" if last is None else "\t" if top == last else "\n"
        last = top
        for match in re.finditer(r"\S+", line):
            begin, x = len(text) + match.start(), left + 5 * match.start()
            box = (x, top, x + 5 * len(match[0]), top + 10)
            if upside_down:
                box = (595 - box[2], 842 - box[3], 595 - box[0], 842 - box[1])
            words.append(Word(begin, begin + len(match[0]), 1, *box, 1.0))
        text += line
    page = Page(1, 595.0, 842.0, b"", TextSource.TEXT_LAYER)
    parsed = Parsed(
        DocumentVerdict.PARSED, "", "application/pdf", text=text, words=tuple(words), pages=(page,)
    )
    return read_document(parsed, parties=(), opened_on=ON, ask=no_answer)


def test_in_a_form_of_boxes_a_value_stands_under_its_label_not_beside_it() -> None:
    found = values_of(_page(*BOXES))
    assert found["name"] == "Loic Le Goascoz"
    assert found["occupation"] == "bus driver"
    assert found["nationality"] == "FR"


def test_in_a_form_of_boxes_a_value_ends_before_the_next_row_of_labels() -> None:
    assert values_of(_page(*BOXES))["address"] == "20 rue du Four, 56999 Lannevan"


def test_a_page_scanned_upside_down_is_read_like_the_page() -> None:
    assert values_of(_page(*BOXES, upside_down=True)) == values_of(_page(*BOXES))


def test_a_table_of_entries_is_no_form_of_boxes() -> None:
    table = [
        line
        for top in range(200, 280, 20)
        for line in ((60.0, float(top), "Rent"), (300.0, float(top), "-7.52"))
    ]
    found = _page(
        (60, 60, "Bank statement"),
        (60, 120, "IBAN"), (200, 120, "DE89 3704 0044 0532 0130 00"),
        (60, 140, "Opening balance"), (200, 140, "EUR 100.00"),
        *table,
    )  # fmt: skip
    assert values_of(found)["iban"] == "DE89370400440532013000"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Monthly amount that is expected to come in", "expected_monthly_credits"),
        ("Passport number or that of a card", "document_number"),
    ],
)
def test_a_label_that_says_more_than_a_list_does_gives_a_value_to_check(
    cell: str, name: str
) -> None:
    said = {"expected_monthly_credits": "EUR 8,250.00", "document_number": "PJ411226"}[name]
    read = read_text(f"Account opening application\n\nApplicant: Ann Lee\n{cell}\t{said}\n")
    assert read.type is DocumentType.ACCOUNT_APPLICATION
    found = next(field for field in read.fields if field.name == name)
    assert (found.value, found.band) == (said, Band.CHECK)


def test_beside_a_label_with_a_colon_a_word_that_can_be_a_label_is_its_value() -> None:
    read = read_text(
        "Account opening application\n\nApplicant: Ann Lee\nSource of funds:\tPension\n"
    )
    assert values_of(read)["source_of_funds"] == "Pension"


@pytest.mark.parametrize("name", ["Saskia van 't Klooster", "Irene in 't Veld"])
def test_a_name_may_have_a_word_that_begins_with_an_apostrophe(name: str) -> None:
    assert (
        values_of(read_text(f"Account opening application\n\nApplicant: {name}\n"))["name"] == name
    )


@pytest.mark.parametrize(
    "text",
    [
        "Water Works\n\nBill 5512\n\nWhat you used\t312 kWh\nTo pay\tEUR 80.12\n",
        "Third Bank\n\nDear Sir or Madam,\n\nwe confirm that Ann Lee keeps an account with us.\n",
    ],
)
def test_a_bill_for_use_and_a_confirmation_of_an_account_prove_an_address(text: str) -> None:
    assert read_text(text).type is DocumentType.PROOF_OF_ADDRESS


@pytest.mark.parametrize(
    "text",
    [
        "Amt Nord\n\nBestätigung der Eintragung im Handelsregister\n\nLinde Werke GmbH, HRB 596\n",
        "Amt Nord\n\nFirmenbuchbestätigung\n\nLinde Werke GmbH, FN 596\n",
        "Amt Nord\n\nHiermit wird bestätigt, dass die Linde Werke GmbH am 4. Mai 2019 in das "
        "Register eingetragen wurde.\n",
        "Greffe\n\nLe greffier certifie que la société Tilleul SARL a été immatriculée "
        "le 4 mai 2019.\n",
    ],
)
def test_a_confirmation_of_an_entry_is_a_certificate_not_an_extract_of_the_register(
    text: str,
) -> None:
    assert read_text(text).type is DocumentType.CERTIFICATE_OF_INCORPORATION
