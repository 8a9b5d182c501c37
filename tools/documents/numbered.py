"""Values behind the numbers of a driving licence.

Source: Directive 2006/126/EC, Annex I, point 3: 1 surname, 2 other names, 3 date and place of
birth, 4a issue, 4b expiry, 4c authority, 5 number of the licence, 8 residence, 9 categories.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casegate.model.document import Engine
from tools.documents.found import Found, Way
from tools.documents.grid import Cell, is_label
from tools.documents.lines import with_lines_below
from tools.documents.paper import Paper
from tools.documents.reading import read_value
from tools.documents.schema import FieldSchema

_MARK = re.compile(
    r"(?<![^\s])(?P<n>[1-9]|4\s?[abcd])\s?[.)]:?(?=\s|$|[^\d\s])|^(?P<m>4[abc])\s+(?=\S)"
)
_FEWEST = 4
"""Numbered values that make a paper one with numbered fields."""


class _Mark(NamedTuple):
    number: str
    cell: Cell
    start: int
    end: int
    """Of the text up to the next number, within the cell."""


def values_by_number(fields: Sequence[FieldSchema], paper: Paper) -> Iterator[Found]:
    """Give the values of numbered fields; none where a number comes twice."""
    by_number = {field.numbered: field for field in paper.schema.fields if field.numbered}
    if not by_number:
        return
    marks = [mark for cell in paper.grid.cells() for mark in _marks(cell)]
    known = [mark for mark in marks if mark.number in by_number]
    if len({mark.number for mark in known}) < _FEWEST:
        return
    wanted = {field.name for field in fields}
    for number, field in by_number.items():
        found = [value for mark in known if mark.number == number
                 if (value := _value(mark, field, paper)) is not None]  # fmt: skip
        if field.name in wanted and len({value.normalised for value in found}) == 1:
            yield found[0]
        if number == "3" and len(found) == 1:
            yield from _birth_place(found[0], wanted, paper)


def _marks(cell: Cell) -> Iterator[_Mark]:
    found = list(_MARK.finditer(cell.folded))
    if not found or found[0].start() > 0:
        return
    for match, following in zip(found, [*found[1:], None], strict=True):
        number = (match["n"] or match["m"]).replace(" ", "")
        end = following.start() if following else len(cell.text)
        yield _Mark(number, cell, match.end(), end)


def _value(mark: _Mark, field: FieldSchema, paper: Paper) -> Found | None:
    text, offset = mark.cell.text[mark.start : mark.end], mark.cell.start + mark.start
    cell = mark.cell
    if not text.strip():
        other = paper.grid.right_of(mark.cell)
        if other is None or _MARK.match(other.folded):
            other = next(paper.grid.below(mark.cell, reach=1), None)
        if other is None or is_label(other, paper.library) or _MARK.match(other.folded):
            return None
        text, offset, cell = other.text, other.start, other
    reading = read_value(text, field, paper.rules)
    if reading is None:
        return None
    found = Found(
        field, offset + reading.start, offset + reading.end, reading.normalised, Engine.LABEL,
        Way.FORM, reading.currency,
    )  # fmt: skip
    return with_lines_below(found, cell, mark.cell, paper)


def _birth_place(born: Found, wanted: set[str], paper: Paper) -> Iterator[Found]:
    """Give what follows the date of birth on its line."""
    if "place_of_birth" not in wanted:
        return
    line = re.compile(r"[\s,]+([^\W\d_][^\n\t\d]{1,40})").match(paper.text, born.end)
    if line is not None:
        field = paper.schema.field("place_of_birth")
        place = line[1].rstrip(" ,.")
        start = line.start(1)
        # A long name goes on in the next line, where nothing says so.
        yield Found(field, start, start + len(place), place, Engine.LABEL, Way.FORM, doubtful=True)
