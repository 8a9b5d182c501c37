"""Papers that print labels over their values, in columns: a form of boxes."""

from tools.documents.grid import Cell, Grid, is_label
from tools.documents.schema import Library

_FEWEST = 3


def labels_over(grid: Grid, library: Library) -> bool:
    """Tell whether labels mostly stand over what is no label, and not beside it."""
    over = beside = 0
    for cell in grid.cells():
        if cell.box is None or not is_label(cell, library) or cell.text.rstrip().endswith(":"):
            continue
        right = _value(grid.right_of(cell), library)
        below = _value(next(grid.below(cell, reach=1), None), library)
        over += below and not right
        beside += right and not below
    return over >= _FEWEST and over > 2 * beside


def _value(cell: Cell | None, library: Library) -> bool:
    return cell is not None and not is_label(cell, library)
