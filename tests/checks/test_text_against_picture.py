"""What a page shows against what its text layer says; the reader of pictures at its seam."""

from collections.abc import Sequence

import pytest

from casegate.model.document import (
    Box,
    DocumentType,
    DocumentVerdict,
    Engine,
    Field,
    SignalLevel,
    Span,
    TextSource,
)
from tools.documents import Page, Parsed
from tools.documents.checks import Seen, check_paper
from tools.documents.ocr.reader import OcrLine, OcrPage, Raster

BOX = Box(x0=10, y0=20, x1=60, y1=30)


class Shown:
    """Reads the same line in every box."""

    def __init__(self, text: str, sure: float = 0.99) -> None:
        self.line = OcrLine(text, sure)
        self.asked: list[Box] = []

    def read_page(self, raster: Raster) -> OcrPage:
        return OcrPage()

    def read_regions(self, raster: Raster, boxes: Sequence[Box]) -> tuple[OcrLine, ...]:
        self.asked += boxes
        return tuple(self.line for _ in boxes)


def levels(
    value: str, shown: Shown, *, read_from: TextSource = TextSource.TEXT_LAYER
) -> list[SignalLevel]:
    page = Page(1, 595, 842, b"", read_from)
    parsed = Parsed(DocumentVerdict.PARSED, "", "application/pdf", pages=(page,))
    field = Field(
        id="F1", name="amount", value=value, normalised=value, page=1, boxes=(BOX,),
        span=Span(start=0, end=1), engine=Engine.LABEL, confidence=0.9, read_from=read_from,
    )  # fmt: skip
    seen = Seen(parsed, DocumentType.INVOICE, (field,))
    found = check_paper(seen, shown)
    assert all(s.kind == "text_not_visible" and s.boxes == (BOX,) for s in found)
    return [signal.level for signal in found]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("250,000.00 EUR", "250,000.00 EUR"),
        ("250,000.00", "250.000,00"),
        ("250,000.00", "EUR 250,000.00"),
        ("12.03.2026", "I2.O3.2O26"),
        ("Łucja Żak", "Lucja Zak"),
        ("Anna Berg", "Anna  Berq"),
        ("CHE", "P<CHEMUSTER<<REGULA<<<<<<<<<<"),
    ],
)
def test_a_picture_that_shows_the_value_gives_no_signal(value: str, shown: str) -> None:
    assert levels(value, Shown(shown)) == []


@pytest.mark.parametrize(
    ("value", "shown", "level"),
    [
        ("250,000.00 EUR", "950,000.00 EUR", SignalLevel.ALARM),
        ("12.03.2026", "12.08.2026", SignalLevel.ALARM),
        ("Anna Berg", "Peter Olsen", SignalLevel.LOOK),
    ],
)
def test_a_picture_that_shows_another_value_is_told(
    value: str, shown: str, level: SignalLevel
) -> None:
    assert levels(value, Shown(shown)) == [level]


@pytest.mark.parametrize("shown", [Shown(""), Shown("950,000.00", sure=0.6)])
def test_a_picture_that_can_not_be_read_for_certain_contradicts_nothing(shown: Shown) -> None:
    assert levels("250,000.00", shown) == []


def test_a_value_that_was_read_from_the_picture_is_not_read_again() -> None:
    shown = Shown("1")
    assert levels("250,000.00", shown, read_from=TextSource.OCR) == []
    assert shown.asked == []
