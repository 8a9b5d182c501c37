"""A document as lines of cells, with their places: what a form looks like."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from casegate.model.document import Box, Span, TextSource
from tools.documents.misread import MisreadLabel, misread_label
from tools.documents.parsed import Parsed
from tools.documents.prose import fold
from tools.documents.schema import Library
from tools.documents.upright import Turn, turns, upright

_INNER_LABEL = re.compile(r"\s*(?:\([^)]{0,40}\))?(?:\s?/\s?[^:/]{1,30})?\s*:")
_LEAD = re.compile(r"[\s\-\u2022*\u25aa\u2610\u2611]*(?:\d{1,2}[a-z]?[.)]\s+)?")


@dataclass(frozen=True)
class Cell:
    """A piece of a line between wide gaps or before the next `label:`."""

    start: int
    end: int
    row: int
    column: int
    text: str
    folded: str
    page: int | None = None
    box: Box | None = None
    misread: MisreadLabel | None = None
    """Where OCR read the cell and its label is none as it stands."""

    @property
    def height(self) -> float:
        """Points; 0 where the format has no places."""
        return self.box.y1 - self.box.y0 if self.box else 0.0


@dataclass(frozen=True)
class Grid:
    """All cells of a document in reading order."""

    text: str
    rows: tuple[tuple[Cell, ...], ...]
    gaps: frozenset[int] = field(default=frozenset())
    """Rows before which an empty line stands."""

    def cells(self) -> Iterator[Cell]:
        """Give every cell."""
        for row in self.rows:
            yield from row

    def right_of(self, cell: Cell) -> Cell | None:
        """Give the next cell of the line."""
        row = self.rows[cell.row]
        return row[cell.column + 1] if cell.column + 1 < len(row) else None

    def below(self, cell: Cell, *, reach: int = 2) -> Iterator[Cell]:
        """Give the cells under a cell: aligned where places are known, else alone on their line."""
        for index in range(cell.row + 1, min(cell.row + 1 + reach, len(self.rows))):
            row = self.rows[index]
            if cell.box is None:
                if len(row) == 1 and len(self.rows[cell.row]) == 1:
                    yield row[0]
                continue
            found = next((other for other in row if _under(cell, other)), None)
            if found is not None:
                yield found

    def above(self, cell: Cell) -> Cell | None:
        """Give the cell right over a cell, on the line before; None where none is aligned."""
        row = self.rows[cell.row - 1] if cell.row else ()
        return next((other for other in row if _under(other, cell)), None)


def _under(cell: Cell, other: Cell) -> bool:
    if cell.box is None or other.box is None or cell.page != other.page:
        return False
    drop = other.box.y0 - cell.box.y1
    # Boxes of OCR reach over their lines.
    near = -0.7 * min(cell.height, other.height) <= drop <= 2.2 * max(cell.height, other.height)
    return near and abs(other.box.x0 - cell.box.x0) < 0.8 * max(cell.height, other.height)


def make_grid(parsed: Parsed, text: str, library: Library) -> Grid:
    """Split a text into cells; `text` has the length of the parsed text, or parts blanked out."""
    rows: list[tuple[Cell, ...]] = []
    lines = turns(parsed)
    gaps: set[int] = set()
    position = 0
    for line in text.split("\n"):
        if line.strip():
            rows.append(tuple(_row(line, position, len(rows), parsed, library, lines)))
        else:
            gaps.add(len(rows))
        position += len(line) + 1
    return Grid(text, tuple(rows), frozenset(gaps))


def _row(
    line: str, offset: int, row: int, parsed: Parsed, library: Library, lines: Mapping[int, Turn]
) -> Iterator[Cell]:
    column = 0
    for match in re.finditer(r"[^\t]+", line):
        for start, end in _pieces(match[0], library):
            piece = match[0][start:end]
            left = len(piece) - len(piece.lstrip())
            text = piece.strip()
            if not text:
                continue
            begin = offset + match.start() + start + left
            span = Span(start=begin, end=begin + len(text))
            place, folded = parsed.place(span), fold(text)
            misread = _misread(text, folded, library) if _scanned(span, parsed) else None
            turn = lines.get(place.page or 0, Turn.NONE)
            box = _outline(tuple(upright(each, turn) for each in place.boxes))
            yield Cell(begin, span.end, row, column, text, folded, place.page, box, misread)
            column += 1


def _pieces(cell: str, library: Library) -> Iterator[tuple[int, int]]:
    """Part `Name: Ann Lee Date of birth: 4 May 1979` before each further label."""
    folded = fold(cell)
    cuts = [0]
    colons = [match.end() for match in re.finditer(":", folded)]
    for last, colon in pairwise(colons):
        start = _label_before(cell, folded, last, colon, library)
        if start is not None and cell[last:start].strip():
            cuts.append(start)
    yield from zip(cuts, [*cuts[1:], len(cell)], strict=True)


def _label_before(cell: str, folded: str, after: int, colon: int, library: Library) -> int | None:
    """Find the label that ends at a colon, with a word before it that makes it another's."""
    for word in re.finditer(r"(?<!\w)\w", folded[after:colon]):
        start = after + word.start()
        match = library.label_at(folded, start) if cell[start].isupper() else None
        tail = _INNER_LABEL.match(folded, match.end) if match else None
        if tail is not None and tail.end() == colon:
            return _with_qualifier(folded, after, start, library)
    return None


def _with_qualifier(folded: str, after: int, start: int, library: Library) -> int:
    before = re.search(r"([\w']+)\s+$", folded[after:start])
    if before and library.shared.qualifier_pattern.fullmatch(before[1].removesuffix("'s")):
        return after + before.start()
    return start


def _outline(boxes: tuple[Box, ...]) -> Box | None:
    if not boxes:
        return None
    return Box(
        x0=min(b.x0 for b in boxes), y0=min(b.y0 for b in boxes),
        x1=max(b.x1 for b in boxes), y1=max(b.y1 for b in boxes),
    )  # fmt: skip


def is_label(cell: Cell, library: Library) -> bool:
    """Tell whether a cell is a label and nothing else, or begins with one and a colon."""
    match = library.label_at(cell.folded, label_start(cell))
    if cell.misread is not None:
        end = cell.misread.end
    elif match is not None:
        end = match.end
    else:
        return False
    rest = re.sub(r"^\s*\([^)]*\)", "", cell.folded[end:]).strip()
    return not rest or rest[0] in ":/*=#"


def label_start(cell: Cell) -> int:
    """Give where a label may begin in a cell: behind bullets and numbering."""
    return _lead(cell.folded)


def _lead(folded: str) -> int:
    lead = _LEAD.match(folded)
    return lead.end() if lead else 0


def _scanned(span: Span, parsed: Parsed) -> bool:
    return parsed.source_of(span) is TextSource.OCR


def _misread(text: str, folded: str, library: Library) -> MisreadLabel | None:
    """Give the misread label of a cell, unless one stands there as it should be."""
    start = _lead(folded)
    match = library.label_at(folded, start)
    if match is not None and not folded[match.end :].lstrip(" .")[:1].isalpha():
        return None
    misread = misread_label(text, folded, start, library)
    return misread if misread and (match is None or misread.end > match.end) else None
