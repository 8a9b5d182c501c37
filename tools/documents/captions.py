"""Papers that print their labels small under the values, as under the lines of a form."""

from tools.documents.grid import Cell, Grid

_SMALLER = 0.85
_NEARER = 0.8
_FEWEST = 3
_LEAST_SHARE = 0.12
"""Of the rows, that captions make up: a few uneven lines of a scan are none."""


def captions_below(grid: Grid) -> bool:
    """Tell whether small print mostly stands close under larger print instead of close above it."""
    under = over = 0
    for cell in grid.cells():
        above, below = grid.above(cell), next(grid.below(cell, reach=1), None)
        up, down = _gap(above, cell), _gap(cell, below)
        if above is not None and _larger(above, cell, grid) and up < _NEARER * down:
            under += 1
        elif below is not None and _larger(below, cell, grid) and down < _NEARER * up:
            over += 1
    fewest = max(_FEWEST, _LEAST_SHARE * len(grid.rows))
    return under >= fewest and under > 2 * over


def _larger(one: Cell, other: Cell, grid: Grid) -> bool:
    """Tell whether all of one line is larger than all of the other: heights of a scan vary."""
    least = min(cell.height for cell in grid.rows[one.row])
    return max(cell.height for cell in grid.rows[other.row]) < _SMALLER * least


def _gap(upper: Cell | None, lower: Cell | None) -> float:
    """Give the room between two cells, points; much where one is missing."""
    if upper is None or lower is None or upper.box is None or lower.box is None:
        return float("inf")
    return lower.box.y0 - upper.box.y1
