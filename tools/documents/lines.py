"""Values of several lines: where the next line goes on, also in a column beside others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casegate.model.document import Box
from tools.documents.found import Found
from tools.documents.grid import Cell, is_label
from tools.documents.paper import Paper
from tools.documents.reading import read_value
from tools.documents.schema import Kind

_WORDS = {Kind.ADDRESS, Kind.TEXT, Kind.NAME}
"""Kinds whose values may take several lines."""
_MOST_LINES = 4
_OTHER_PRINT = 0.2
"""Height by which print differs that is another thing, such as a caption."""
_NEAR = 0.8
"""Room between two lines of one value, in heights of a line."""


def with_lines_below(found: Found, cell: Cell, label: Cell, paper: Paper) -> Found:
    """Add the lines in which a value goes on; one that may go on is for a person to check."""
    ends = found.end >= cell.start + len(cell.text.rstrip(" .,;"))
    if found.field.kind not in _WORDS or not ends or found.end > cell.end:
        return found
    lines = tuple(_lines_below(cell, label, paper))
    if not lines:
        return replace(found, doubtful=True) if _print_below(cell, paper) else found
    end = cell.end if cell.text.endswith(",") else found.end
    parts = [paper.text[found.start : end], *(line.text for line in lines)]
    reading = read_value(_joined(parts, found.field.kind), found.field, paper.rules)
    if reading is None:
        return replace(found, doubtful=True)
    further = tuple((line.start, line.end) for line in lines)
    return replace(found, end=end, normalised=reading.normalised, further=further, doubtful=True)


def _joined(parts: list[str], kind: Kind) -> str:
    """Put lines together; a comma parts those of an address unless a word goes on."""
    text = parts[0]
    for part in parts[1:]:
        broken = kind is not Kind.ADDRESS or text.endswith((",", "-")) or not part[0].isdigit()
        text += (" " if broken else ", ") + part
    return text


def _lines_below(cell: Cell, label: Cell, paper: Paper) -> Iterator[Cell]:
    last, hanging = cell, cell is label
    for row in paper.grid.rows[cell.row + 1 : cell.row + _MOST_LINES]:
        if cell.row == label.row and any(_next_label(label, other, paper) for other in row):
            return
        other = next((o for o in row if _continues(last, o, hanging=hanging)), None)
        if other is None or other.row in paper.grid.gaps or ":" in other.text:
            return
        if is_label(other, paper.library) or (paper.stacked and _of_labels(row, paper)):
            return
        yield other
        last, hanging = other, False


def _of_labels(row: Sequence[Cell], paper: Paper) -> bool:
    """Tell whether a row of a form of boxes is one of labels, known or not."""
    return any(is_label(cell, paper.library) for cell in row)


def _continues(above: Cell, below: Cell, *, hanging: bool) -> bool:
    """Tell whether a cell is the next line: behind `Label: value` it hangs under the value."""
    if above.box is None or below.box is None or not _near(above, below):
        return False
    placed = _hangs if hanging else _flush
    return placed(above.box, below.box, _slack(above))


def _next_label(label: Cell, other: Cell, paper: Paper) -> bool:
    """Tell whether a cell under a label is the next one, not the rest of a long label."""
    if label.box is None or other.box is None:
        return True
    if other.box.x0 >= label.box.x1 or label.box.x0 >= other.box.x1:
        return False
    rest = other.folded.rstrip(" :")
    goes_on = other.text[0].islower() or rest in paper.library.label_tails
    return is_label(other, paper.library) or not goes_on


def same_column(above: Cell, below: Cell) -> bool:
    """Tell whether a cell is the next line of the same text, set flush left or flush right."""
    if above.box is None or below.box is None:
        return above.box is below.box
    slack = _slack(above)
    flush_right = abs(above.box.x1 - below.box.x1) < slack
    hangs = ":" in above.text and _hangs(above.box, below.box, slack)
    return _near(above, below) and (_flush(above.box, below.box, slack) or flush_right or hangs)


def _slack(cell: Cell) -> float:
    """Give how far edges of one text may lie apart, points."""
    return max(3.0, 0.35 * cell.height)


def _flush(above: Box, below: Box, slack: float) -> bool:
    return abs(above.x0 - below.x0) < slack


def _hangs(above: Box, below: Box, slack: float) -> bool:
    return above.x0 + slack < below.x0 < above.x1


def _near(above: Cell, below: Cell) -> bool:
    if above.box is None or below.box is None or above.page != below.page:
        return False
    close = below.box.y0 - above.box.y1 < _NEAR * above.height
    return close and abs(above.height - below.height) < _OTHER_PRINT * above.height


def _print_below(cell: Cell, paper: Paper) -> bool:
    """Tell whether print that is no label stands right under a cell."""
    following = paper.grid.rows[cell.row + 1] if cell.row + 1 < len(paper.grid.rows) else ()
    return any(_touches(cell, other) and not is_label(other, paper.library) for other in following)


def _touches(cell: Cell, other: Cell) -> bool:
    if cell.box is None or other.box is None or cell.page != other.page:
        return False
    near = other.box.y0 - cell.box.y1 < _NEAR * cell.height
    return near and other.box.x0 < cell.box.x1 and cell.box.x0 < other.box.x1
