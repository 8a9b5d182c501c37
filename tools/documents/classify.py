"""The type of a document: by cues and likeness, by the model only where they are even."""

import re
from collections.abc import Callable, Iterator, Sequence

from casegate.model.base import Json
from casegate.model.document import DocumentType
from tools.documents.grid import Cell, Grid, is_label, label_start
from tools.documents.likely_types import type_weights
from tools.documents.mrz import Zone
from tools.documents.prose import fold
from tools.documents.schema import DocumentSchema, Library

Ask = Callable[[str, dict[str, str], Json], Json | None]
"""Task, prompt values and JSON schema to the model's answer; None means no usable answer."""


def no_answer(task: str, values: dict[str, str], schema: Json) -> Json | None:
    """Stand for no model: what is not read without one stays unread."""
    return None


_HEADING, _WHOLE_HEADING, _TITLE_ELSEWHERE, _MOST_BODY, _PATTERN, _MOST_LABELS = 8, 2, 1, 5, 6, 3
_MOST_OF_A_HEADING = 0.6
_ENOUGH, _AHEAD, _MOST_CANDIDATES = 5, 2, 4
_LIKENESS, _LIKE_ENOUGH = 8, 0.3
"""Points for a likeness of 1, and the lead that a type without any cue needs."""
_CLEARLY_ALIKE = 0.6
"""The lead that a letter needs over what it may be about."""
_TELLING = 300
"""Characters from which likeness counts in full."""
_HEADING_ROWS = 9
_LONGEST_HEADING = 70
_SUBJECT = re.compile(r"(?:subject|re|betreff|objet|asunto|oggetto|onderwerp|assunto|temat)\s*:")
_ADDRESSED = re.compile(r"[^\W\d_]{1,8}\s?:\s")
_NO_TYPE = "none of these"
_SHOWN = 1_500
"""Characters of the document's beginning that the model sees."""


# ICAO 9303-4 and 9303-5: the first letter of the zone.
_ZONE_TYPES = {
    "P": DocumentType.PASSPORT,
    "I": DocumentType.IDENTITY_CARD,
    "A": DocumentType.IDENTITY_CARD,
    "C": DocumentType.IDENTITY_CARD,
}


def classify(grid: Grid, library: Library, ask: Ask, zone: Zone | None = None) -> DocumentType:
    """Name the type: by cues and by likeness to papers of each type, where they leave no doubt.

    Otherwise the model chooses among the likeliest. An answer outside of those, or none, is
    `unknown`: a person looks.
    """
    cues = count_cues(grid, library, zone)
    alike = type_weights().likeness(grid.text)
    most, telling = max(alike.values()), min(1.0, len(grid.text) / _TELLING)
    points = {
        type_: cues.get(type_, 0) + _LIKENESS * telling * (likeness - most)
        for type_, likeness in alike.items()
    }
    best, second, *others = sorted(points, key=lambda type_: -points[type_])
    known = cues.get(best, 0) > 0 or alike[best] - alike[second] >= _LIKE_ENOUGH
    schema = library.of(best)
    if schema is not None and schema.fallback:
        # What is like a letter may be anything that is written, or a letter about something else.
        rival = cues.get(second, 0) > 0 and alike[best] - alike[second] < _CLEARLY_ALIKE
        known = cues.get(best, 0) > 0 and not rival
    if points[best] - points[second] >= _AHEAD and known:
        return best
    return _asked(grid, library, ask, (best, second, *others)[:_MOST_CANDIDATES])


def _asked(grid: Grid, library: Library, ask: Ask, ranked: Sequence[DocumentType]) -> DocumentType:
    unknown = DocumentType.UNKNOWN
    names = [*(type_.value for type_ in ranked if type_ is not unknown), unknown.value]
    schema: Json = {
        "type": "object",
        "properties": {"type": {"enum": names}},
        "required": ["type"],
        "additionalProperties": False,
    }
    says = {d.type.value: d.says for d in library.documents}
    listed = "".join(f"\n- {name}: {says.get(name, _NO_TYPE)}" for name in names)
    answer = ask("classify", {"types": listed, "text": grid.text[:_SHOWN]}, schema)
    chosen = None if answer is None else answer.get("type")
    return DocumentType(chosen) if chosen in names else DocumentType.UNKNOWN


def count_cues(grid: Grid, library: Library, zone: Zone | None = None) -> dict[DocumentType, int]:
    """Give every type's points."""
    folded = fold(grid.text)
    headings = list(_headings(grid, library))
    titled = _titled(headings, library)
    seen = _labels_seen(grid, library)
    points = {
        d.type: titled[d.type] + _points(d, folded, grid.text) + _label_points(d, seen)
        for d in library.documents
    }
    if zone is not None and zone.lines[0][0] in _ZONE_TYPES:
        points[_ZONE_TYPES[zone.lines[0][0]]] += _PATTERN
    if any(points[d.type] >= _ENOUGH for d in library.documents if not d.fallback):
        points |= {d.type: 0 for d in library.documents if d.fallback}
    return points


def _titled(headings: Sequence[str], library: Library) -> dict[DocumentType, int]:
    """Count titles in the headings; a title inside a longer one of another type doesn't count."""
    points = {d.type: 0 for d in library.documents}
    for heading in headings:
        found = [
            (match.start(), match.end(), d.type)
            for d in library.documents
            if (pattern := d.cues.title_pattern) is not None
            for match in pattern.finditer(heading)
        ]
        found += [
            (*match.span(), d.type)
            for d in library.documents
            for pattern in d.cues.heading
            if (match := re.search(pattern, heading)) is not None
        ]
        for start, end, type_ in found:
            if any(s <= start and end <= e and e - s > end - start for s, e, _ in found):
                continue
            whole = end - start >= _MOST_OF_A_HEADING * len(heading)
            points[type_] = max(points[type_], _HEADING + (_WHOLE_HEADING if whole else 0))
    return points


def _labels_seen(grid: Grid, library: Library) -> frozenset[str]:
    """Give the labels that stand in the document as labels do."""
    matches = (
        library.label_at(cell.folded, label_start(cell))
        for cell in grid.cells()
        if is_label(cell, library)
    )
    return frozenset(match.owner for match in matches if match)


def _label_points(document: DocumentSchema, seen: frozenset[str]) -> int:
    """Count the required fields whose labels a form shows."""
    shown = sum(
        any(label in field.label_ranks for label in seen)
        for field in document.fields
        if field.required
    )
    return min(shown, _MOST_LABELS)


def _headings(grid: Grid, library: Library) -> Iterator[str]:
    """Give what stands near the top and is no form field; a mail's subject is its heading."""
    for row in grid.rows[:_HEADING_ROWS]:
        for cell in row:
            subject = _SUBJECT.match(cell.folded)
            if subject is not None:
                yield cell.folded[subject.end() :]
            elif _ADDRESSED.match(cell.folded):
                continue
            elif _is_heading(cell, grid) and not _is_form_label(cell, grid, library):
                yield cell.folded


def _is_form_label(cell: Cell, grid: Grid, library: Library) -> bool:
    """Tell whether a cell is a label with something beside, behind or right below it."""
    if not is_label(cell, library):
        return False
    return ":" in cell.text or len(grid.rows[cell.row]) > 1 or _above_value(cell, grid)


def _above_value(cell: Cell, grid: Grid) -> bool:
    """Tell whether something short stands right below; a greeting or a sentence is no value."""
    below = cell.row + 1
    if cell.row == 0 or below in grid.gaps or below >= len(grid.rows):
        return False
    text = grid.rows[below][0].text
    return len(text) <= _LONGEST_HEADING and text[-1] not in ",:!"


def _is_heading(cell: Cell, grid: Grid) -> bool:
    """Tell whether a cell near the top is no sentence: short, and apart from a paragraph."""
    if len(cell.text) > _LONGEST_HEADING or cell.text[-1] in ".,;":
        return False
    return cell.row <= 1 or cell.row in grid.gaps or cell.row + 1 in grid.gaps


def _points(document: DocumentSchema, folded: str, text: str) -> int:
    cues = document.cues
    title, body = cues.title_pattern, cues.body_pattern
    points = _TITLE_ELSEWHERE if title is not None and title.search(folded) else 0
    points += min(len(set(body.findall(folded))), _MOST_BODY) if body else 0
    points += _PATTERN if any(re.search(p, text, re.MULTILINE) for p in cues.pattern) else 0
    return points
