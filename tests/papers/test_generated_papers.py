"""The generator of papers: repeatable, true to its truth, and split without overlap."""

import hashlib
import io
import re
from email import message_from_bytes
from email.policy import default

import pypdfium2
import pytest
from docx import Document
from stdnum import iban, lei

from evals.papers.carriers import KINDS, make_carrier
from evals.papers.make import TYPES, HoldoutLocked, make_paper, make_papers
from evals.papers.numbers import check_digit
from evals.papers.paper import Medium, Paper, Split
from evals.papers.planted import FOLDER_KINDS, PAPER_KINDS, make_folder, make_planted

DIGITAL = tuple(make_papers(Split.TUNE, 30, medium=Medium.DIGITAL))


def text_of(data: bytes) -> str:
    """Read the text layer of a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def flat(text: str) -> str:
    """Keep the characters that print."""
    return re.sub(r"\s+", "", text.replace("\ufffe", "-"))


@pytest.mark.parametrize("medium", [Medium.DIGITAL, Medium.SCAN, Medium.PHOTO, Medium.TURNED])
def test_equal_numbers_give_equal_bytes(medium: Medium) -> None:
    made = [make_paper(Split.TRAIN, 3, medium=medium) for _ in range(2)]
    assert made[0] == made[1]


def test_word_and_mail_papers_are_repeatable_too() -> None:
    for medium in (Medium.DOCX, Medium.EML, Medium.HTML, Medium.TXT):
        first, second = (make_paper(Split.TUNE, 9, medium=medium) for _ in range(2))
        digests = {hashlib.sha256(paper.data).hexdigest() for paper in (first, second)}
        assert len(digests) == 1, medium


def test_every_type_comes_in_turn_and_in_three_forms_at_least() -> None:
    assert [paper.type for paper in DIGITAL[:15]] == list(TYPES)
    papers = make_papers(Split.TRAIN, 90, medium=Medium.DIGITAL)
    layouts: dict[str, set[str]] = {}
    for paper in papers:
        layouts.setdefault(paper.type, set()).add(paper.layout)
    assert {type_ for type_, found in layouts.items() if len(found) < 3} == set()


@pytest.mark.parametrize("paper", DIGITAL, ids=lambda paper: f"{paper.number}-{paper.type}")
def test_every_true_value_stands_in_the_digital_file(paper: Paper) -> None:
    text = flat(text_of(paper.data))
    missing = [said.name for said in paper.said if not _stands(said.printed, text)]
    assert missing == []


def _stands(printed: str, text: str) -> bool:
    # An address is parted into lines where the window of an envelope shows it.
    parts = printed.split(", ")
    return flat(printed) in text or all(flat(part) in text for part in parts)


def test_values_of_word_and_mail_files_stand_in_them() -> None:
    letter = make_paper(Split.TUNE, 9, medium=Medium.DOCX)
    words = "\n".join(p.text for p in Document(io.BytesIO(letter.data)).paragraphs)
    cells = "\n".join(
        c.text for t in Document(io.BytesIO(letter.data)).tables for r in t.rows for c in r.cells
    )
    assert all(_stands(said.printed, flat(words + cells)) for said in letter.said)
    mailed = make_paper(Split.TUNE, 9, medium=Medium.EML)
    body = message_from_bytes(mailed.data, policy=default).get_body()
    assert body is not None
    assert all(_stands(said.printed, flat(body.get_content())) for said in mailed.said)


def test_check_digits_follow_the_specimen_of_the_standard() -> None:
    # ICAO 9303-4, appendix A: the specimen of Utopia.
    parts = {"L898902C3": "6", "740812": "2", "120415": "9", "ZE184226B<<<<<": "1"}
    assert {text: check_digit(text) for text in parts} == parts


def test_account_numbers_and_identifiers_have_right_check_digits() -> None:
    said = [value for paper in DIGITAL for value in paper.said]
    accounts = [value.normalised for value in said if value.name == "iban"]
    assert accounts
    assert all(iban.is_valid(number) for number in accounts)
    assert all(lei.is_valid(value.normalised) for value in said if value.name == "lei")


def test_the_holdout_opens_only_when_asked_to() -> None:
    with pytest.raises(HoldoutLocked):
        make_paper(Split.HOLDOUT, 0)
    with pytest.raises(HoldoutLocked):
        next(make_papers(Split.HOLDOUT, 1))
    with pytest.raises(HoldoutLocked):
        make_carrier(Split.HOLDOUT, "white", 0)
    with pytest.raises(HoldoutLocked):
        make_planted(Split.HOLDOUT, "expired", 0)
    with pytest.raises(HoldoutLocked):
        make_folder(Split.HOLDOUT, "other_name", 0)
    assert make_paper(Split.HOLDOUT, 0, open_holdout=True).split is Split.HOLDOUT


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_a_planted_fault_is_told_in_the_truth(kind: str) -> None:
    paper = make_planted(Split.TUNE, kind, 0)
    assert [planted.kind for planted in paper.planted] == [kind]


def test_an_overwritten_amount_leaves_the_old_one_in_the_text_layer() -> None:
    paper = make_planted(Split.TUNE, "amount_overwritten", 0)
    old, new = re.findall(r": (.*) shown as (.*)", paper.planted[0].detail)[0]
    text = flat(text_of(paper.data))
    assert flat(old) in text
    assert flat(new) in text


def test_a_file_edited_after_signing_goes_on_behind_the_signature() -> None:
    paper = make_planted(Split.TUNE, "edited_after_signing", 0)
    assert paper.data.count(b"%%EOF") >= 2
    assert b"/ByteRange" in paper.data


@pytest.mark.parametrize("kind", FOLDER_KINDS)
def test_papers_of_a_folder_differ_in_the_one_value_planted(kind: str) -> None:
    papers = make_folder(Split.TUNE, kind, 0)
    births = {s.normalised for p in papers for s in p.said if s.name == "date_of_birth"}
    numbers = {s.normalised for p in papers[:1] for s in p.said if s.name == "document_number"}
    assert len(births) == (2 if kind == "other_birth_date" else 1)
    assert len(numbers) == 1
    assert any(paper.planted for paper in papers) == (kind != "agreeing")


@pytest.mark.parametrize("kind", KINDS)
def test_a_carrier_differs_from_its_clean_twin_by_the_text_alone(kind: str) -> None:
    pair = make_carrier(Split.TUNE, kind, 0)
    assert pair.clean.said == pair.carrying.said
    assert pair.clean.data != pair.carrying.data
    assert not pair.clean.carriers
    assert pair.carrying.carriers[0].kind == kind
