"""The page that papers are drawn on: fonts, lines of text, tables; equal calls give equal bytes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0
MADE = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
_FILES = {
    "Roboto": ("font_roboto", "Roboto-Regular.ttf", "Roboto-Bold.ttf"),
    "SourceSerif": (
        "font_source_serif_pro", "SourceSerifPro-Regular.ttf", "SourceSerifPro-Bold.ttf",
    ),
}  # fmt: skip
CORE = ("Helvetica", "Times", "Courier")


@cache
def _font_files(family: str) -> tuple[Path, Path]:
    package, plain, bold = _FILES[family]
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"`{package}` is missing: pip install 'casegate[examples]'")
    folder = Path(found.origin).parent / "files"
    return folder / plain, folder / bold


def is_latin(text: str) -> bool:
    """Tell whether a core font can print a text."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def register(pdf: FPDF, family: str) -> None:
    """Let a document use a font that it carries with it."""
    for style, file in zip(("", "B"), _font_files(family), strict=True):
        pdf.add_font(family, style, file)


class Sheet:
    """An A4 document with a cursor that runs down the page."""

    def __init__(self, family: str, size: float, tint: tuple[int, int, int]) -> None:
        pdf = FPDF(format="A4")
        pdf.set_creation_date(MADE)
        pdf.set_auto_page_break(False)
        pdf.set_margins(MARGIN, MARGIN, MARGIN)
        pdf.c_margin = 0.6
        if family not in CORE:
            register(pdf, family)
        self.odd = ""
        """A value whose last characters are set in another font, as a clumsy edit leaves them."""
        self.pdf, self.family, self.size, self.tint = pdf, family, size, tint
        self.x, self.width = MARGIN, WIDTH - 2 * MARGIN
        self.y = MARGIN
        pdf.add_page()

    def need(self, height: float) -> None:
        """Turn to a new page where the rest of this one is too short."""
        if self.y + height > HEIGHT - MARGIN:
            self.pdf.add_page()
            self.y = MARGIN

    def text(
        self, text: str, *, x: float | None = None, width: float | None = None, size: float = 0,
        bold: bool = False, grey: int = 20, align: str = "L",
        colour: tuple[int, int, int] | None = None,
    ) -> float:  # fmt: skip
        """Write a text at the cursor's height, in as many lines as it takes; give that height."""
        size = size or self.size
        height = size * 0.47
        pdf = self.pdf
        pdf.set_font(self.family, "B" if bold else "", size)
        if colour:
            pdf.set_text_color(*colour)
        else:
            pdf.set_text_color(grey)
        left = self.x if x is None else x
        pdf.set_xy(left, self.y)
        if self.odd and text == self.odd:
            return self._patched(text, left, size)
        pdf.multi_cell(
            self.width if width is None else width, height, text, align=align,
            new_x="LMARGIN", new_y="NEXT",
        )  # fmt: skip
        return float(pdf.get_y()) - self.y

    def _patched(self, text: str, left: float, size: float) -> float:
        height = size * 0.47
        first = next(i for i, char in enumerate(text) if char.isdigit())
        style = self.pdf.font_style
        other = "Courier" if self.family != "Courier" else "Times"
        self.pdf.set_xy(left, self.y)
        for part, family in (
            (text[:first], self.family),
            (text[first : first + 3], other),
            (text[first + 3 :], self.family),
        ):
            if part:
                self.pdf.set_font(family, style, size)
                self.pdf.cell(self.pdf.get_string_width(part), height, part)
        return height

    def down(self, millimetres: float) -> None:
        """Move the cursor."""
        self.y += millimetres

    def rule(self, *, x: float | None = None, width: float | None = None, grey: int = 150) -> None:
        """Draw a line across."""
        self.pdf.set_draw_color(grey)
        self.pdf.set_line_width(0.2)
        left = self.x if x is None else x
        self.pdf.line(left, self.y, left + (self.width if width is None else width), self.y)

    def breadth(self, text: str, size: float, *, bold: bool = False) -> float:
        """Tell how wide a text is, mm."""
        self.pdf.set_font(self.family, "B" if bold else "", size)
        return float(self.pdf.get_string_width(text))

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float],
        amounts: int, *, boxed: bool,
    ) -> None:  # fmt: skip
        """Write a table; it goes on over the next page with its head."""
        self._row(head, widths, amounts, bold=True, boxed=boxed)
        for row in rows:
            if self.y + 7 > HEIGHT - MARGIN:
                self.need(20)
                self._row(head, widths, amounts, bold=True, boxed=boxed)
            self._row(row, widths, amounts, bold=False, boxed=boxed)
        self.down(4)

    def _row(
        self, row: Sequence[str], widths: Sequence[float], amounts: int, *, bold: bool, boxed: bool
    ) -> None:
        height, left = 6.4, self.x
        size = min(self.size, 9.5)
        for index, (share, cell) in enumerate(zip(widths, row, strict=True)):
            room = share * self.width
            fit = size
            while fit > 6 and self.breadth(cell, fit, bold=bold) > room - 2:
                fit -= 0.5
            self.pdf.set_font(self.family, "B" if bold else "", fit)
            self.pdf.set_text_color(20)
            self.pdf.set_draw_color(170)
            self.pdf.set_line_width(0.2)
            right = index >= len(widths) - amounts
            self.pdf.set_xy(left, self.y)
            self.pdf.cell(
                room, height, cell, border=1 if boxed else "B", align="R" if right else "L"
            )
            left += room
        self.down(height)

    def portrait(self, x: float, y: float, width: float, height: float) -> None:
        """Draw where a photograph would be."""
        pdf = self.pdf
        pdf.set_fill_color(214, 219, 224)
        pdf.rect(x, y, width, height, style="F")
        pdf.set_fill_color(150, 158, 168)
        pdf.ellipse(x + width * 0.3, y + height * 0.16, width * 0.4, height * 0.38, style="F")
        pdf.ellipse(x + width * 0.12, y + height * 0.6, width * 0.76, height * 0.7, style="F")
        pdf.set_fill_color(255, 255, 255)
        pdf.rect(x, y + height, width, height * 0.32, style="F")

    def zone(self, lines: Sequence[str]) -> None:
        """Write a machine readable zone."""
        self.need(16)
        longest = max(len(line) for line in lines)
        size = min(11.0, self.width / longest / 0.6 / 0.3528)
        self.pdf.set_font("Courier", "B", size)
        self.pdf.set_text_color(0)
        for line in lines:
            self.pdf.set_xy(self.x, self.y)
            self.pdf.cell(self.width, 5.6, line)
            self.down(5.6)

    def finish(self) -> bytes:
        """Give the file."""
        return bytes(self.pdf.output())


Rows = Sequence[tuple[str, str]]
"""Labels with their values."""
Layout = Callable[[Sheet, Rows], None]
"""A way to write them."""
