"""The lines of a bank statement: amounts and balances, by the columns that they stand under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from casegate.model.document import Box
from tools.documents.grid import Cell, Grid
from tools.documents.prose import fold
from tools.documents.values.money import read_number

Column = Literal["balance", "debit", "credit", "amount"]
Line = Literal["opening", "closing", "total", "entry"]

_NUMBER = re.compile(
    r"(?P<lead>[-+\u2212(]?)\s?(?:[A-Z]{3}|[€$£])?\s?(?P<lead2>[-+\u2212]?)"
    r"(?P<digits>\d[\d.,'\u2019 \u00a0\u202f]*[.,]\d{2})(?P<tail>[-+\u2212)]?)"
    r"\s?(?:[A-Z]{3}(?![A-Za-z])|[€$£])?\s?(?P<mark>[A-Za-z]{0,6})"
)


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    columns: dict[Column, tuple[str, ...]]
    lines: dict[Line, tuple[str, ...]]
    debit_marks: tuple[str, ...]
    credit_marks: tuple[str, ...]


@cache
def _words() -> _Words:
    data = yaml.safe_load(Path(__file__).with_name("statement.yaml").read_text("utf-8"))
    return _Words.model_validate(data)


class Amount(NamedTuple):
    """A printed figure with its place."""

    value: Decimal
    """Positive where the paper shows no sign."""
    signed: bool
    """The paper says whether it adds or takes."""
    page: int | None
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class LedgerLine:
    """One line: what it moves and what it leaves."""

    kind: Line
    moved: Amount | None = None
    balance: Amount | None = None


class _Head(NamedTuple):
    column: Column
    cell: Cell


def ledger(grid: Grid) -> tuple[LedgerLine, ...]:
    """Give the lines below the first row that heads a balance and a column of amounts."""
    heads: list[_Head] = []
    lines: list[LedgerLine] = []
    for row in grid.rows:
        found = _heads(row)
        if {head.column for head in found} & {"debit", "credit", "amount"} and len(found) >= 2:
            heads = found
            continue
        line = _line(row, heads)
        if line is not None:
            lines.append(line)
    return tuple(lines) if heads else ()


def _heads(row: Sequence[Cell]) -> list[_Head]:
    return [_Head(column, cell) for cell in row if (column := _column(cell)) is not None]


def _column(cell: Cell) -> Column | None:
    bare = re.sub(
        r"\s*[(\[][^)\]]*[)\]]|\s+(?:in\s+)?(?:eur|usd|gbp|chf|pln|[€$£])$", "", cell.folded
    )
    for column, names in _words().columns.items():
        if bare.strip(" .:") in names:
            return column
    return None


def _line(row: Sequence[Cell], heads: Sequence[_Head]) -> LedgerLine | None:
    kind = _kind(row)
    figures = list(_figures(row))
    if kind in ("opening", "closing") and figures:
        return LedgerLine(kind, balance=figures[-1][1])
    if kind == "total" or not heads or not figures:
        return None
    moved: list[Amount] = []
    balance: Amount | None = None
    for cell, figure in figures:
        head = _head_of(cell, heads)
        if head is None:
            continue
        if head.column == "balance":
            balance = figure
        else:
            moved.append(_moved(figure, head.column))
    if len(moved) > 1 or (not moved and balance is None):
        return None
    return LedgerLine("entry", moved[0] if moved else None, balance)


def _kind(row: Sequence[Cell]) -> Line:
    text = " ".join(cell.folded for cell in row)
    for kind, names in _words().lines.items():
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names):
            return kind
    return "entry"


def _figures(row: Sequence[Cell]) -> Iterator[tuple[Cell, Amount]]:
    for cell in row:
        # An opening balance may stand in one cell with its words.
        match = _NUMBER.fullmatch(cell.text.strip()) or _at_end(cell)
        value = match and read_number(match["digits"].strip())
        if match is None or value is None:
            continue
        mark = fold(match["mark"])
        takes = bool({match["lead"], match["lead2"], match["tail"]} & {"-", "\u2212", "("})
        takes = takes or mark in _words().debit_marks
        adds = "+" in (match["lead"], match["lead2"], match["tail"])
        adds = adds or mark in _words().credit_marks
        boxes = (cell.box,) if cell.box is not None else ()
        yield cell, Amount(-value if takes else value, takes or adds, cell.page, boxes)


def _at_end(cell: Cell) -> "re.Match[str] | None":
    if ":" not in cell.text and not any(
        re.match(rf"{re.escape(name)}(?!\w)", cell.folded)
        for kind in ("opening", "closing")
        for name in _words().lines[kind]
    ):
        return None
    found = list(_NUMBER.finditer(cell.text))
    return found[-1] if found and found[-1].end() >= len(cell.text.rstrip()) else None


def _head_of(cell: Cell, heads: Sequence[_Head]) -> _Head | None:
    """Give the head above a figure: figures stand flush right under it, or overlap it."""
    if cell.box is None:
        return next((h for h in heads if h.cell.column == cell.column), None)
    near: list[tuple[float, _Head]] = []
    for head in heads:
        if head.cell.box is None:
            continue
        shared = min(cell.box.x1, head.cell.box.x1) - max(cell.box.x0, head.cell.box.x0)
        right = abs(cell.box.x1 - head.cell.box.x1)
        if shared > 0 or right < 2 * head.cell.height:
            near.append((right if right < 2 * head.cell.height else right + 1000 - shared, head))
    return min(near, key=lambda found: found[0])[1] if near else None


def _moved(figure: Amount, column: Column) -> Amount:
    if column == "debit":
        return figure._replace(value=-abs(figure.value), signed=True)
    if column == "credit":
        return figure._replace(value=abs(figure.value), signed=True)
    return figure
