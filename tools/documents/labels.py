"""Labels of a document type: those of its lists, misread ones, and those alike to them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tools.documents.grid import Cell, is_label, label_start
from tools.documents.likely_labels import likeness_of
from tools.documents.paper import Paper
from tools.documents.schema import FieldSchema, Kind
from tools.documents.values.dates import Order, order_in_label

_TAIL = re.compile(
    r"\s*(?P<note>\([^)]{0,60}\))?\s*(?P<mark>[:=#*]+(?:\s?[#*]+)?|\.{2,}|[-\u2013\u2014](?=\s))?\s*"
)
# `Opening balance on 1 March 2026`: the day is no value of the label.
_AS_OF = re.compile(
    r"\s+(?:(?:on|at|as at|as of|per|am|vom|zum|au|le|del|al|a|op|em|na|z dnia|na dzien)\s+)?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?\s(?:de\s)?\d{4}|[^\W\d_]{3,12}\s\d{1,2},\s\d{4})(?!\d)"
)
# `Total incl. GST @ 6 %`: the rate is no value of the label.
_RATE = re.compile(r"\s*@?\s?\d{1,2}(?:[.,]\d{1,2})?\s?%")
_NOTE = re.compile(r"\(([^)]{3,60})\)")
_MAY_BE_LABEL = re.compile(r"(?=[^\W\d_])[^\d\n]{3,50}")
LIKELY_RANK = 100_000
"""Behind every label that is known."""


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
        for label in (_misread(cell, paper) if cell.misread else best) or _likely(cell, paper):
            if not _names_several(label, paper):
                yield label


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
        yield label._replace(rank=LIKELY_RANK, words="", slips=1)


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


def _names_several(label: Label, paper: Paper) -> bool:
    """Tell whether a note makes the value more than its field: `Name (Surname, Given names)`."""
    note = _NOTE.search(label.cell.folded[: label.value_at])
    parts = re.split(r"[,/;]|\band\b", note[1]) if note else ()
    meant = {
        field.name
        for part in parts
        for said in (part.strip(), f"{part.strip()} name")
        for (field, _), end in paper.schema.label_index.at(said, 0)
        if end == len(said)
    }
    return len(parts) > 1 and len(meant) > 1 and label.field.name in meant


def _starts(cell: Cell) -> list[int]:
    # A bilingual form has `Nom / Surname`.
    return [label_start(cell), *(m.end() for m in re.finditer(r"/\s*", cell.folded[:80]))]


def _label(field: FieldSchema, rank: int, cell: Cell, end: int) -> Label:
    if field.kind is Kind.MONEY and (day := _AS_OF.match(cell.folded, end)):
        end = day.end()
    elif field.kind is Kind.MONEY and (rate := _RATE.match(cell.folded, end)):
        end = rate.end()
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
