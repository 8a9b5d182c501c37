"""Lines that stand together in one column, such as an address in its window."""

from collections.abc import Iterator
from typing import NamedTuple

from tools.documents.grid import Cell, is_label
from tools.documents.paper import Paper

_NEAR_TOP = 24
_FEWEST, _MOST = 2, 6
_WIDEST = 60
"""Characters of a line of an address."""


class Block(NamedTuple):
    """Cells one below the other."""

    cells: tuple[Cell, ...]


def blocks(paper: Paper) -> Iterator[Block]:
    """Give the blocks near the top whose lines are short, in one line of sight and no labels.

    Only lines that stand alone make one span of the text: a block beside other print is left out.
    """
    current: list[Cell] = []
    for row in paper.grid.rows[:_NEAR_TOP]:
        cell = row[0]
        plain = len(row) == 1 and _is_line(cell, paper)
        if current and not (plain and _follows(current[-1], cell, paper)):
            yield from _whole(current)
            current = []
        if plain:
            current.append(cell)
    yield from _whole(current)


def _is_line(cell: Cell, paper: Paper) -> bool:
    return len(cell.text) <= _WIDEST and ":" not in cell.text and not is_label(cell, paper.library)


def _follows(above: Cell, below: Cell, paper: Paper) -> bool:
    if below.row in paper.grid.gaps:
        return False
    if above.box is None or below.box is None:
        return above.box is below.box
    aligned = abs(above.box.x0 - below.box.x0) < 0.6 * above.height
    alike = abs(above.height - below.height) < 0.35 * max(above.height, below.height)
    return above.page == below.page and aligned and alike


def _whole(cells: list[Cell]) -> Iterator[Block]:
    if _FEWEST <= len(cells) <= _MOST:
        yield Block(tuple(cells))
