"""Figures over figures, odd fonts, and what the file says of its making."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from casegate.model.document import Signal, SignalLevel
from tests.documents.pdf_files import page_pdf, pdf
from tools.documents import Limits, parse

LINES = b"".join(
    b"BT /F1 11 Tf 72 %d Td (The company was registered with the share capital below) Tj ET "
    % (700 - 20 * n)
    for n in range(6)
)


def told(data: bytes) -> dict[str, Signal]:
    return {signal.kind: signal for signal in parse(data, "a.pdf", Limits(seconds=60)).signals}


def drawn(*texts: tuple[bytes, int, bytes], resources: bytes = b"") -> bytes:
    parts = [
        b"BT /%s 12 Tf %d 400 Td (%s) Tj ET " % (font, left, text) for text, left, font in texts
    ]
    return page_pdf(LINES + b"".join(parts), resources=resources)


def test_a_figure_drawn_over_another_alarms_and_shows_both_places() -> None:
    signal = told(drawn((b"250,000.00", 100, b"F1"), (b"950,000.00", 101, b"F1")))["overwritten"]
    assert (signal.level, signal.page, len(signal.boxes)) == (SignalLevel.ALARM, 1, 2)


def test_a_figure_under_a_white_patch_with_another_on_it_alarms() -> None:
    patch = b"1 1 1 rg 95 396 90 14 re f 0 0 0 rg "
    content = (
        LINES
        + b"BT /F1 12 Tf 100 400 Td (250,000.00) Tj ET "
        + patch
        + b"BT /F1 12 Tf 100 400 Td (950,000.00) Tj ET"
    )
    assert told(page_pdf(content))["overwritten"].level is SignalLevel.ALARM


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(drawn((b"250,000.00", 100, b"F1")), id="one figure"),
        pytest.param(
            drawn((b"250,000.00", 100, b"F1"), (b"250,000.00", 100, b"F1")), id="drawn twice, bold"
        ),
        pytest.param(
            drawn((b"250,000.00", 100, b"F1"), (b"950,000.00", 200, b"F1")), id="side by side"
        ),
        pytest.param(pdf("Two lines", "one under the other: 1,234.00"), id="plain paper"),
    ],
)
def test_figures_drawn_as_usual_give_no_signal(data: bytes) -> None:
    assert set(told(data)) <= {"changed_later"}


ODD = b"/Odd<</Type/Font/Subtype/Type1/BaseFont/Courier>>"


def page_with_fonts(figure: bytes) -> bytes:
    content = LINES + b"BT /F1 12 Tf 72 400 Td (Closing balance of the account) Tj ET " + figure
    return page_pdf(content).replace(b"<</Font<</F1", b"<</Font<<" + ODD + b"/F1")


def test_one_figure_in_a_font_of_its_own_is_told() -> None:
    data = _moved(page_with_fonts(b"BT /Odd 12 Tf 300 400 Td (9,400.00) Tj ET"))
    assert told(data)["odd_font"].boxes


def test_figures_in_the_font_of_their_line_are_not() -> None:
    data = _moved(page_with_fonts(b"BT /F1 12 Tf 300 400 Td (9,400.00) Tj ET"))
    assert "odd_font" not in told(data)


def _moved(data: bytes) -> bytes:
    """Write the file again: its cross-reference table is off by what was put in."""
    out = io.BytesIO()
    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    writer.write(out)
    return out.getvalue()


def with_properties(**values: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf("A bill"))))
    writer.add_metadata({f"/{name}": value for name, value in values.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_program_that_edits_pictures_is_named() -> None:
    assert "photoshop" in told(with_properties(Producer="Adobe Photoshop 25"))["edited_by"].message


def test_a_change_after_the_making_is_noted() -> None:
    signal = told(with_properties(CreationDate="D:20260301090000Z", ModDate="D:20260305090000Z"))[
        "changed_later"
    ]
    assert signal.level is SignalLevel.NOTE


def test_a_paper_saved_by_what_made_it_says_nothing() -> None:
    found = told(
        with_properties(
            Producer="A bank", CreationDate="D:20260301090000Z", ModDate="D:20260301100000Z"
        )
    )
    assert not {"edited_by", "changed_later"} & set(found)
