"""The one-page sheet that all papers are drawn on, and what a paper says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from fpdf import FPDF

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
LONG_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip


@dataclass(frozen=True)
class Value:
    """A field that a reader should find: as printed, and as comparisons use it."""

    name: str
    value: str
    normalised: str
    subject: str


@dataclass(frozen=True)
class Paper:
    """A document with what it says."""

    filename: str
    type: str
    data: bytes
    values: tuple[Value, ...]


def short_date(day: date) -> str:
    """Print a date as passports do: `04 MAR 1986`."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def long_date(day: date) -> str:
    """Print a date as letters do: `March 4, 2026`."""
    return f"{LONG_MONTHS[day.month - 1]} {day.day}, {day.year}"


def dollars(amount: Decimal) -> str:
    """Print an amount as letters do: `$48,000.00`."""
    return f"${amount:,.2f}"


class Sheet:
    """An A4 page with a few type sizes; equal calls give equal bytes."""

    def __init__(self, title: str, *, tint: tuple[int, int, int] = (32, 64, 96)) -> None:
        pdf = FPDF(format="A4")
        # A compressed stream would depend on the machine's zlib.
        pdf.set_compression(False)
        pdf.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
        pdf.set_producer("fictional example")
        pdf.set_title(title)
        pdf.set_auto_page_break(False)
        pdf.set_margins(22, 20, 22)
        pdf.add_page()
        self._pdf = pdf
        self._tint = tint

    def heading(self, text: str, under: str = "") -> None:
        """Write the head of the paper with a rule below."""
        self._pdf.set_text_color(*self._tint)
        self._pdf.set_font("Helvetica", "B", 17)
        self._line(text, 9)
        if under:
            self._pdf.set_font("Helvetica", "", 9.5)
            self._pdf.set_text_color(90)
            self._line(under, 5)
        y = self._pdf.get_y() + 2
        self._pdf.set_draw_color(*self._tint)
        self._pdf.set_line_width(0.6)
        self._pdf.line(22, y, 188, y)
        self._pdf.set_y(y + 6)

    def text(self, text: str, *, size: float = 10.5, gap: float = 3) -> None:
        """Write a paragraph in dark grey."""
        self._pdf.set_font("Helvetica", "", size)
        self._pdf.set_text_color(30)
        self._pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align="L")
        self.space(gap)

    def section(self, text: str) -> None:
        """Write a small section title."""
        self._pdf.set_font("Helvetica", "B", 11)
        self._pdf.set_text_color(*self._tint)
        self._line(text, 7)

    def pairs(self, rows: Sequence[tuple[str, str]], *, width: float = 58) -> None:
        """Write label and value side by side."""
        for label, value in rows:
            self._pdf.set_font("Helvetica", "", 9.5)
            self._pdf.set_text_color(100)
            self._pdf.cell(width, 6.5, label)
            self._pdf.set_font("Helvetica", "B", 10.5)
            self._pdf.set_text_color(20)
            self._pdf.cell(0, 6.5, value, new_x="LMARGIN", new_y="NEXT")
        self.space(3)

    def stacked(self, rows: Sequence[Sequence[tuple[str, str]]], *, width: float = 83) -> None:
        """Write each row's labels in small type with the values right below them."""
        for row in rows:
            self._pdf.set_font("Helvetica", "", 7.5)
            self._pdf.set_text_color(110)
            for label, _ in row:
                self._pdf.cell(width, 4, label)
            self._pdf.ln(4)
            self._pdf.set_font("Helvetica", "B", 11)
            self._pdf.set_text_color(20)
            for _, value in row:
                self._pdf.cell(width, 6, value)
            self._pdf.ln(9)

    def machine_zone(self, lines: Sequence[str]) -> None:
        """Write a machine readable zone in a fixed-width face."""
        self._pdf.set_font("Courier", "", 10)
        self._pdf.set_text_color(0)
        for line in lines:
            self._line(line, 6)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table whose first column is the widest."""
        widths = [70.0, *([96.0 / (len(head) - 1)] * (len(head) - 1))]
        for index, row in enumerate([head, *rows]):
            self._pdf.set_font("Helvetica", "B" if index == 0 else "", 9.5)
            self._pdf.set_text_color(20)
            self._pdf.set_draw_color(170)
            self._pdf.set_line_width(0.2)
            for width, cell in zip(widths, row, strict=True):
                self._pdf.cell(width, 7.5, cell, border="B")
            self._pdf.ln(7.5)
        self.space(4)

    def space(self, millimetres: float) -> None:
        """Leave room."""
        self._pdf.set_y(self._pdf.get_y() + millimetres)

    def footer(self, text: str) -> None:
        """Write one small line at the foot of the page."""
        self._pdf.set_y(277)
        self._pdf.set_font("Helvetica", "", 7.5)
        self._pdf.set_text_color(130)
        self._line(text, 4)

    def finish(self) -> bytes:
        """Give the file."""
        return bytes(self._pdf.output())

    def _line(self, text: str, height: float) -> None:
        self._pdf.cell(0, height, text, new_x="LMARGIN", new_y="NEXT")
