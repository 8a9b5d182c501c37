"""Bank statements for tests, drawn as tables, right or with one figure changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from fpdf import FPDF


@dataclass(frozen=True)
class Row:
    """One entry as it is printed."""

    day: str
    what: str
    out: str = ""
    into: str = ""
    balance: str = ""


HEADS = ("Date", "Description", "Paid out", "Paid in", "Balance")
WIDTHS = (26, 70, 28, 28, 30)
ROWS = (
    Row("02.03.2026", "Rent", out="850.00", balance="1,150.00"),
    Row("05.03.2026", "Salary", into="2,400.00", balance="3,550.00"),
    Row("09.03.2026", "Groceries", out="120.55", balance="3,429.45"),
    Row("18.03.2026", "Card payment", out="29.45", balance="3,400.00"),
)


def statement(
    rows: Sequence[Row] = ROWS,
    *,
    opening: str = "2,000.00",
    closing: str = "3,400.00",
    heads: Sequence[str] = HEADS,
) -> bytes:
    """Draw a statement; figures stand flush right in their columns."""
    document = FPDF(format="A4")
    document.add_page()
    document.set_font("Helvetica", "B", 15)
    document.cell(0, 10, "Bank statement", new_x="LMARGIN", new_y="NEXT")
    document.set_font("Helvetica", "", 10)
    for line in ("Account holder: Ada Berg", "Currency: EUR"):
        document.cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")
    _line(document, heads)
    _line(document, ("", "Opening balance", "", "", opening))
    for row in rows:
        _line(document, (row.day, row.what, row.out, row.into, row.balance))
    _line(document, ("", "Closing balance", "", "", closing))
    return bytes(document.output())


def _line(document: FPDF, cells: Sequence[str]) -> None:
    for number, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True)):
        last = number == len(WIDTHS) - 1
        document.cell(
            width,
            7,
            cell,
            align="L" if number < 2 else "R",
            new_x="LMARGIN" if last else "RIGHT",
            new_y="NEXT" if last else "TOP",
        )
