"""Values that come in rows, such as the owners of a company: tables, repeated labels, sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casegate.model.document import Engine
from tools.documents.found import Found, Way
from tools.documents.grid import Cell, is_label
from tools.documents.label_values import value_of
from tools.documents.labels import Label, find_labels
from tools.documents.paper import Paper
from tools.documents.prose import sentences
from tools.documents.reading import CAPITALISED, Rules, read_value
from tools.documents.schema import FieldSchema


def values_in_rows(paper: Paper) -> tuple[Found, ...]:
    """Give the values of all grouped fields, by the way that finds most."""
    labels = [label for label in find_labels(paper) if label.field.group]
    table, listed = tuple(_from_table(labels, paper)), tuple(_from_labels(labels, paper))
    return (listed if len(listed) > len(table) else table) or tuple(_from_sentences(paper))


def _from_table(labels: Sequence[Label], paper: Paper) -> Iterator[Found]:
    row_number = 0
    for row in sorted({label.cell.row for label in labels}):
        heads = [x for x in labels if x.cell.row == row and not x.cell.text[x.value_at :].strip()]
        if len({head.field.name for head in heads}) < 2:
            continue
        for index in range(row + 1, len(paper.grid.rows)):
            fewer = len(paper.grid.rows[index]) < len(heads)
            if index > row + 1 and index in paper.grid.gaps and fewer:
                break
            values = list(_table_row(heads, index, paper, row_number))
            if not any(found.field is heads[0].field for found in values):
                break
            yield from values
            row_number += 1


def _table_row(heads: Sequence[Label], index: int, paper: Paper, number: int) -> Iterator[Found]:
    cells = paper.grid.rows[index]
    for head in heads:
        cell = _in_column(head.cell, cells, len(paper.grid.rows[head.cell.row]))
        if cell is None or is_label(cell, paper.library):
            continue
        reading = read_value(cell.text, head.field, paper.rules, order=head.order)
        if reading is not None:
            yield Found(
                head.field,
                cell.start + reading.start,
                cell.start + reading.end,
                reading.normalised,
                Engine.LABEL,
                Way.ROW,
                row=number,
            )


def _in_column(head: Cell, cells: Sequence[Cell], columns: int) -> Cell | None:
    if head.box is None:
        return cells[head.column] if len(cells) == columns else None
    for cell in cells:
        if cell.box is None or cell.page != head.page:
            continue
        shared = min(cell.box.x1, head.box.x1) - max(cell.box.x0, head.box.x0)
        if shared > 0 or abs(cell.box.x0 - head.box.x0) < head.height:
            return cell
    return None


def _from_labels(labels: Sequence[Label], paper: Paper) -> Iterator[Found]:
    """Read `Owner: ... Date of birth: ... Share: ...`, again and again; a repetition is a row."""
    seen: set[str] = set()
    number = 0
    for label in labels:
        found = value_of(label, paper)
        if found is None:
            continue
        if found.field.name in seen:
            number += 1
            seen = set()
        seen.add(found.field.name)
        yield replace(found, row=number)


def _from_sentences(paper: Paper) -> Iterator[Found]:
    if not paper.schema.statement:
        return
    # Blanks first: the pattern of a name has its own.
    spaced = paper.schema.statement.replace(" ", r"\s+")
    pattern = re.compile(spaced.replace("{name}", CAPITALISED.pattern))
    text = paper.text
    matches = (m for s in sentences(text) for m in pattern.finditer(text, s.start, s.end))
    for number, match in enumerate(matches):
        for name, value in match.groupdict().items():
            if value is not None:
                yield from _part(
                    paper.schema.field(name), match.start(name), value, number, paper.rules
                )


def _part(field: FieldSchema, start: int, value: str, number: int, rules: Rules) -> Iterator[Found]:
    reading = read_value(value, field, rules)
    if reading is not None:
        yield Found(
            field, start + reading.start, start + reading.end, reading.normalised,
            Engine.LABEL, Way.SENTENCE, row=number,
        )  # fmt: skip
