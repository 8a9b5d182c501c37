"""Values beside, below or above their labels."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from casegate.model.document import Engine
from tools.documents.context import names_origin
from tools.documents.found import Found, Way
from tools.documents.grid import Cell, is_label
from tools.documents.labels import LIKELY_RANK, Label, find_labels
from tools.documents.lines import same_column, with_lines_below
from tools.documents.paper import Paper
from tools.documents.reading import Reading, read_value
from tools.documents.schema import FieldSchema, Kind
from tools.documents.values.money import read_figure
from tools.documents.values.numbers import passes_any

_VERB = re.compile(
    r"(?<!\w)(?:is|are|has|shall|ist|lautet|hat|wird|fuhrt|est|sont|prend|se denomina|se fija|tiene"
    r"|e costituita|ha sede|ha per|draagt|heeft|wordt|adota|tem|brzmi|jest|dziala)(?!\w)"
)
_STRICT = {Kind.DATE, Kind.MONEY, Kind.PERCENT, Kind.NUMBER}
_ON_LINE = {Kind.DATE, Kind.MONEY}
"""Kinds that no label is taken for: beside a label they are its value."""
_RUNS_ON = {Kind.ADDRESS, Kind.TEXT}
_MOST_LINES = 5


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
    if field.largest:
        # A receipt may sum up nothing, such as discounts, before it gives its total.
        hits = [hit for hit in hits if Decimal(hit[1].normalised)] or hits
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
        if reading is None and _longer_label(label, rest):
            apart = _apart(label, paper)
            return apart and replace(apart, doubtful=True)
        goes_on = reading and reading.end < cell.start + len(cell.text.rstrip(" ."))
        if goes_on and not (label.marked or field.part or field.bare):
            return None
        return reading and with_lines_below(_found(label, reading, paper), cell, cell, paper)
    return _apart(label, paper)


def _longer_label(label: Label, rest: str) -> bool:
    """Tell whether what follows a known label in its cell only says more of what is asked."""
    return not label.marked and not any(char.isdigit() for char in rest)


def _apart(label: Label, paper: Paper) -> Found | None:
    """Read the value that stands in another cell than its label."""
    cell = label.cell
    if paper.captions:
        return _on_its_line(label, paper) or _captioned(label, paper)
    for other in _near(label, paper):
        if _is_sentence(other, label.field):
            continue
        if is_label(other, paper.library) and not _answers(label, other):
            continue
        reading = _read(other.text, other, 0, label, paper)
        if reading is not None and not _under_title(label, reading, other, paper):
            found = with_lines_below(_found(label, reading, paper), other, cell, paper)
            # Some forms print captions under their values: what stands below may be another's.
            beside = other.row == cell.row
            return _of_sum(found, label, other, paper) if beside else replace(found, doubtful=True)
    return None


def _answers(label: Label, other: Cell) -> bool:
    """Tell whether words that can be a label answer one: `Source of funds:` beside `Pension`."""
    beside = other.row == label.cell.row and other.column == label.cell.column + 1
    return (
        beside
        and label.field.kind is Kind.TEXT
        and label.cell.text.rstrip().endswith(":")
        and ":" not in other.text
    )


def _of_sum(found: Found, label: Label, first: Cell, paper: Paper) -> Found:
    """Of a row of net, tax and gross take the gross; of other amounts it stays open which."""
    if not label.field.largest:
        return found
    following = paper.grid.rows[first.row][first.column + 1 :]
    more = (_read(cell.text, cell, 0, label, paper) for cell in following)
    found_here = (found, *(_found(label, reading, paper) for reading in more if reading))
    amounts = [Decimal(one.normalised) for one in found_here]
    if len(set(amounts)) == 1:
        return found
    gross = max(found_here, key=lambda one: Decimal(one.normalised))
    summed = len(amounts) > 2 and sum(amounts) == 2 * max(amounts)
    return gross if summed else replace(found, doubtful=True)


def _under_title(label: Label, reading: Reading, value: Cell, paper: Paper) -> bool:
    """Tell whether a label is the title of a letter about it, and no value stands below."""
    below = value.row != label.cell.row
    return label.field.origin and below and not names_origin(reading.normalised, paper.rules)


def _near(label: Label, paper: Paper) -> Iterator[Cell]:
    """Give the cells in which the value of a label may stand: beside it, then below."""
    cell = label.cell
    if _heads_table(cell, paper):
        return
    beside, below = paper.grid.right_of(cell), _below(cell, paper)
    over = below is not None and _stands_over(label, beside, below, paper)
    if beside is not None and not over:
        yield beside
    # What stands below a mere likeness and a gap is a paragraph under its heading.
    if below is not None and not (label.rank == LIKELY_RANK and below.row in paper.grid.gaps):
        yield below


def _on_its_line(label: Label, paper: Paper) -> Found | None:
    """Read the day or amount beside a label: captions have none on their lines."""
    beside = paper.grid.right_of(label.cell)
    if beside is None or label.field.kind not in _ON_LINE:
        return None
    reading = _read(beside.text, beside, 0, label, paper)
    return reading and replace(_found(label, reading, paper), doubtful=True)


def _captioned(label: Label, paper: Paper) -> Found | None:
    over = _over(label, paper)
    reading = None if over is None else _read(over.text, over, 0, label, paper)
    return None if reading is None else replace(_found(label, reading, paper), doubtful=True)


def _over(label: Label, paper: Paper) -> Cell | None:
    """Give the cell over a caption, or the first of the lines that an address takes there."""
    found = paper.grid.above(label.cell)
    while found is not None and label.field.kind in _RUNS_ON:
        higher = paper.grid.above(found)
        if higher is None or is_label(higher, paper.library) or not same_column(higher, found):
            break
        found = higher
    return None if found is None or is_label(found, paper.library) else found


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
    if any(read_figure(other.text) for other in rows[cell.row]):
        return False
    following = rows[cell.row + 1 : cell.row + 3]
    return columns >= 3 and len(following) == 2 and all(len(r) >= columns - 1 for r in following)


def _stands_over(label: Label, beside: Cell | None, below: Cell, paper: Paper) -> bool:
    """Tell whether the line is one of labels: the paper's others are, or values are larger."""
    if beside is None or label.field.kind in _ON_LINE or is_label(below, paper.library):
        return False
    if paper.stacked:
        return True
    alike = abs(beside.height - label.cell.height) <= 0.05 * label.cell.height
    return alike and below.height > 1.15 * label.cell.height


def _read(text: str, cell: Cell, at: int, label: Label, paper: Paper) -> Reading | None:
    """Read a value and give it positions of the document's text."""
    offset = cell.start + at
    if label.field.kind in _RUNS_ON:
        text = paper.text[offset : _run_on(cell, paper)]
    reading = read_value(text, label.field, paper.rules, order=label.order)
    return reading and reading.moved(offset)


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
        if is_label(row[0], paper.library) or not same_column(last, row[0]):
            break
        last, end = row[0], row[0].end
    return end


def _found(label: Label, reading: Reading, paper: Paper) -> Found:
    """Make the value; doubtful where it fails the check digits that its label promises."""
    modules = paper.library.shared.number_checks.get(label.words)
    checked = label.field.check is not None
    # Behind its label a source of funds may say more than any list of origins knows.
    failed = label.field.origin and not names_origin(reading.normalised, paper.rules)
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
