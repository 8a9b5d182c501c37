"""Papers that print labels over their values, in columns: a form of boxes."""

from collections.abc import Sequence

from tools.documents.grid import Cell, Grid, is_label
from tools.documents.schema import Library

_FEWEST = 2
_MOST_COLUMNS = 3
"""Wider rows are a table's."""


def labels_over(grid: Grid, library: Library) -> bool:
    """Tell whether rows of labels mostly stand over their values, and not beside them."""
    over = beside = 0
    for row in (row for row in grid.rows if len(row) <= _MOST_COLUMNS):
        heads, leads = _heads(row, grid, library), _leads(row, library)
        over += heads and not leads
        beside += leads and not heads
    return over >= _FEWEST and over > 2 * beside


def _heads(row: Sequence[Cell], grid: Grid, library: Library) -> bool:
    """Tell whether a row is one of labels with values under it: it has no figures itself."""
    labels = [cell for cell in row if is_label(cell, library)]
    if not labels or any(char.isdigit() or char == ":" for cell in row for char in cell.text):
        return False
    under = [next(grid.below(cell, reach=1), None) for cell in labels]
    return all(below is not None and not is_label(below, library) for below in under)


def _leads(row: Sequence[Cell], library: Library) -> bool:
    """Tell whether a row begins with a label and goes on with its value."""
    return len(row) > 1 and is_label(row[0], library) and not is_label(row[1], library)
