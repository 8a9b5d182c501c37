"""Values beside or below their labels."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from casegate.model.document import Engine
from tools.documents.found import Found, Way
from tools.documents.grid import Cell, is_label, label_start
from tools.documents.likely_labels import likeness_of
from tools.documents.paper import Paper
from tools.documents.reading import Reading, read_value
from tools.documents.schema import FieldSchema, Kind
from tools.documents.values.dates import Order, order_in_label
from tools.documents.values.numbers import passes_any

_TAIL = re.compile(
    r"\s*(?P<note>\([^)]{0,60}\))?\s*(?P<mark>[:=#*]+|\.{2,}|[-\u2013\u2014](?=\s))?\s*"
)
# `Opening balance on 1 March 2026`: the day is no value of the label.
_AS_OF = re.compile(
    r"\s+(?:(?:on|at|as at|as of|per|am|vom|zum|au|le|del|al|a|op|em|na|z dnia|na dzien)\s+)?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?\s(?:de\s)?\d{4}|[^\W\d_]{3,12}\s\d{1,2},\s\d{4})(?!\d)"
)
_VERB = re.compile(
    r"(?<!\w)(?:is|are|has|shall|ist|lautet|hat|wird|fuhrt|est|sont|prend|se denomina|se fija|tiene"
    r"|e costituita|ha sede|ha per|draagt|heeft|wordt|adota|tem|brzmi|jest|dziala)(?!\w)"
)
_MAY_BE_LABEL = re.compile(r"(?=[^\W\d_])[^\d\n]{3,50}")
_LIKELY_RANK = 100_000
"""Behind every label that is known."""
_STRICT = {Kind.DATE, Kind.MONEY, Kind.PERCENT, Kind.NUMBER}
_RUNS_ON = {Kind.ADDRESS, Kind.TEXT}
_MOST_LINES = 5


class Label(NamedTuple):
    """A label at the start of a cell, and what follows it there."""

    field: FieldSchema
    rank: int
    """Its place in the field's list: the lower, the more telling."""
    cell: Cell
    value_at: int
    """Position in the cell's text where a value may begin."""
    marked: bool
    """A colon or the like parts label and value."""
    order: Order | None
    words: str = ""
    """The label as the schema writes it."""
    slips: int = 0
    """Letters in which OCR's reading differs from it."""


def find_labels(paper: Paper) -> Iterator[Label]:
    """Give the labels of a document type, in reading order; the longest label of a cell counts.

    Where several fields share it, each is given: what stands there decides which it is.
    """
    for cell in paper.grid.cells():
        best: list[Label] = []
        reach = 0
        for start in _starts(cell):
            for (field, rank), end in paper.schema.label_index.at(cell.folded, start):
                if end < reach:
                    continue
                if end > reach:
                    best, reach = [], end
                if all(label.field is not field for label in best):
                    best.append(_label(field, rank, cell, end))
        yield from (_misread(cell, paper) if cell.misread else best) or _likely(cell, paper)


def _likely(cell: Cell, paper: Paper) -> Iterator[Label]:
    """Give the label that a cell's beginning is alike to, where it is no label that is known."""
    start = label_start(cell)
    colon = cell.folded.find(":", start)
    end = colon if colon >= 0 else len(cell.folded)
    said = cell.folded[start:end].strip()
    if not _MAY_BE_LABEL.fullmatch(said) or is_label(cell, paper.library):
        return
    likely = likeness_of(paper.schema.type).nearest(said)
    if likely is not None:
        label = _label(likely.field, 0, cell, end)
        yield label._replace(rank=_LIKELY_RANK, words="", slips=1)


def _misread(cell: Cell, paper: Paper) -> Iterator[Label]:
    """Give the labels that OCR may have misread; none where another thing's is as near."""
    if cell.misread is None:
        return
    for field in paper.schema.fields:
        ranks = [field.label_ranks.get(label) for label in cell.misread.labels]
        known = [rank for rank in ranks if rank is not None]
        if known and (len(known) == len(ranks) or cell.misread.slips == 0):
            label = _label(field, min(known), cell, cell.misread.end)
            yield label._replace(slips=cell.misread.slips)


def _starts(cell: Cell) -> list[int]:
    # A bilingual form has `Nom / Surname`.
    return [label_start(cell), *(m.end() for m in re.finditer(r"/\s*", cell.folded[:80]))]


def _label(field: FieldSchema, rank: int, cell: Cell, end: int) -> Label:
    if field.kind is Kind.MONEY and (day := _AS_OF.match(cell.folded, end)):
        end = day.end()
    tail = _TAIL.match(cell.text, end)
    assert tail is not None  # noqa: S101 - the pattern matches nothing as well
    note = tail["note"]
    order = order_in_label(note) if note else None
    at, marked = tail.end(), tail["mark"] is not None
    if not marked and cell.text.startswith("/", at):
        # The rest translates the label, up to a colon or the end of the cell.
        colon = cell.text.find(":", at)
        at, marked = (colon + 1, True) if colon >= 0 else (len(cell.text), False)
    return Label(field, rank, cell, at, marked, order, field.labels[rank])


def values_by_label(paper: Paper) -> Iterator[Found]:
    """Give the values of all single fields; of several labels of a field the most telling wins."""
    ranked: dict[str, list[tuple[int, Found]]] = {}
    for label in find_labels(paper):
        if label.field.group:
            continue
        found = value_of(label, paper)
        if found is not None:
            ranked.setdefault(label.field.name, []).append((label.rank, found))
    chosen = [found for hits in ranked.values() for found in _most_telling(hits)]
    checked = {(found.start, found.end) for found in chosen if found.field.check}
    for found in chosen:
        # One number is one field: that which knows its check digits.
        if found.field.check or (found.start, found.end) not in checked:
            yield found


def _most_telling(hits: list[tuple[int, Found]]) -> list[Found]:
    field = hits[0][1].field
    best = min(rank for rank, _ in hits)
    chosen = [found for rank, found in hits if rank == best or field.many]
    distinct = {found.normalised.casefold(): found for found in reversed(chosen)}
    ordered = sorted(distinct.values(), key=lambda found: found.start)
    if len(ordered) == 1 or field.many:
        return ordered
    if field.largest:
        ordered = [max(ordered, key=lambda found: Decimal(found.normalised))]
    return [replace(found, doubtful=True) for found in ordered]


def value_of(label: Label, paper: Paper) -> Found | None:
    """Read the value of one label: in its cell, beside it, or below it."""
    cell, field = label.cell, label.field
    rest = cell.text[label.value_at :]
    if rest.strip():
        if not label.marked and field.kind not in _STRICT:
            return None
        reading = _read(rest, cell, label.value_at, label, paper)
        goes_on = reading and reading.end < cell.start + len(cell.text.rstrip(" ."))
        if goes_on and not (label.marked or field.part or field.bare):
            return None
        return reading and _found(label, reading, paper)
    if paper.captions:
        over = _over(label, paper)
        reading = over and _read(over.text, over, 0, label, paper)
        return replace(_found(label, reading, paper), doubtful=True) if reading else None
    beside = paper.grid.right_of(cell)
    below = _below(cell, paper)
    if below is not None and beside is not None and _stacked(label, beside, below):
        beside = None
    if below is not None and _heads_table(cell, paper):
        below = None
    for other in (beside, below):
        if other is None or is_label(other, paper.library) or _is_sentence(other, field):
            continue
        reading = _read(other.text, other, 0, label, paper)
        if reading is not None:
            found = _found(label, reading, paper)
            # Some forms print captions under their values: what stands below may be another's.
            unsure = other is below or _cut_off(other, field, paper)
            return replace(found, doubtful=True) if unsure else found
    return None


def _over(label: Label, paper: Paper) -> Cell | None:
    """Give the cell over a caption, or the first of the lines that an address takes there."""
    found = paper.grid.above(label.cell)
    while found is not None and label.field.kind in _RUNS_ON:
        higher = paper.grid.above(found)
        if higher is None or is_label(higher, paper.library) or not _same_column(higher, found):
            break
        found = higher
    return None if found is None or is_label(found, paper.library) else found


def _cut_off(cell: Cell, field: FieldSchema, paper: Paper) -> bool:
    """Tell whether a value goes on below, in a column beside others, where no one span holds it."""
    if field.kind not in _RUNS_ON or cell.column + 1 >= len(paper.grid.rows[cell.row]):
        return False
    under = next(paper.grid.below(cell, reach=1), None)
    return under is not None and not is_label(under, paper.library) and _same_column(cell, under)


def _below(cell: Cell, paper: Paper) -> Cell | None:
    """Give the cell under a label; the rest of a label that takes two lines is no value."""
    for other in paper.grid.below(cell, reach=3):
        if other.text[0].isupper() or other.folded not in paper.library.label_tails:
            return other
    return None


def _is_sentence(cell: Cell, field: FieldSchema) -> bool:
    """Tell whether a cell says something of the field instead of being its value."""
    if field.kind in _STRICT:
        return False
    return cell.text.endswith(".") and bool(_VERB.search(cell.folded))


def _heads_table(cell: Cell, paper: Paper) -> bool:
    """Tell whether a cell heads a column of a table: three columns or more, two rows at least."""
    rows = paper.grid.rows
    columns = len(rows[cell.row])
    following = rows[cell.row + 1 : cell.row + 3]
    return columns >= 3 and len(following) == 2 and all(len(r) >= columns - 1 for r in following)


def _stacked(label: Label, beside: Cell, below: Cell) -> bool:
    """Tell whether the line is one of labels, printed smaller than the values under them."""
    alike = abs(beside.height - label.cell.height) <= 0.05 * label.cell.height
    return alike and below.height > 1.15 * label.cell.height


def _read(text: str, cell: Cell, at: int, label: Label, paper: Paper) -> Reading | None:
    """Read a value and give it positions of the document's text."""
    offset = cell.start + at
    if label.field.kind in _RUNS_ON:
        text = paper.text[offset : _run_on(cell, paper)]
    reading = read_value(text, label.field, paper.rules, order=label.order)
    if reading is None:
        return None
    return reading._replace(start=offset + reading.start, end=offset + reading.end)


def _run_on(cell: Cell, paper: Paper) -> int:
    """Give where a value ends that may go on in the lines below."""
    end = cell.end
    rows = paper.grid.rows
    if cell.column + 1 < len(rows[cell.row]):
        return end
    last = cell
    for index in range(cell.row + 1, min(cell.row + _MOST_LINES, len(rows))):
        row = rows[index]
        if index in paper.grid.gaps or len(row) != 1 or ":" in row[0].text:
            break
        if is_label(row[0], paper.library) or not _same_column(last, row[0]):
            break
        last, end = row[0], row[0].end
    return end


def _same_column(above: Cell, below: Cell) -> bool:
    if above.box is None or below.box is None:
        return above.box is below.box
    if above.page != below.page:
        return False
    near = below.box.y0 - above.box.y1 < 0.8 * above.height
    return near and abs(above.box.x0 - below.box.x0) < max(3, 0.35 * above.height)


def _found(label: Label, reading: Reading, paper: Paper) -> Found:
    """Make the value; doubtful where it fails the check digits that its label promises."""
    modules = paper.library.shared.number_checks.get(label.words)
    checked = label.field.check is not None
    failed = False
    if label.field.kind is Kind.NUMBER and modules:
        checked = passes_any(modules, reading.normalised)
        failed = not checked
    return Found(
        label.field,
        reading.start,
        reading.end,
        reading.normalised,
        Engine.VALIDATOR if checked else Engine.LABEL,
        Way.FORM,
        reading.currency,
        doubtful=failed or label.slips > 0,
    )
