"""Whether a value stands where its field is spoken of: being in the text is not enough."""

import re
from enum import StrEnum

from tools.documents.grid import Cell, is_label
from tools.documents.paper import Paper
from tools.documents.prose import fold, sentence_at
from tools.documents.reading import Rules
from tools.documents.schema import FieldSchema, Kind
from tools.documents.values.names import same_person

_AFTER = 15
"""How many characters farther a cue counts that stands behind the value."""
_DENIAL_REACH = 40


class Context(StrEnum):
    """What the words around a value say of it."""

    FOR = "for"
    """Its field is spoken of there."""
    OPEN = "open"
    """Nothing known is: papers have more words than any list."""
    AGAINST = "against"
    """Another field, another person, or a denial."""


def context_of(field: FieldSchema, start: int, end: int, paper: Paper) -> Context:
    """Tell whether characters `start` to `end` are a value of this field.

    On a form the label beside or above decides. In a sentence the nearest cue decides: words of
    the field, of the type's other fields, or of a rival such as an address.
    """
    cell = next((c for c in paper.grid.cells() if c.start <= start < c.end), None)
    said = None if cell is None else _by_label(field, cell, start, paper)
    if said is not None:
        return Context.FOR if said else Context.AGAINST
    return _by_sentence(field, start, end, paper)


def _by_label(field: FieldSchema, cell: Cell, start: int, paper: Paper) -> bool | None:
    """Ask the labels around a cell; None if there is none."""
    grid = paper.grid
    before = fold(grid.text[cell.start : start])
    if ":" in before:
        return _speaks_of(field, before)
    if start > cell.start:
        return None
    row = grid.rows[cell.row]
    beside = row[cell.column - 1] if cell.column else None
    above = next(
        (
            other
            for other in (grid.rows[cell.row - 1] if cell.row else ())
            if cell in tuple(grid.below(other, reach=1))
        ),
        None,
    )
    labels = [c for c in (beside, above) if c is not None and is_label(c, paper.library)]
    return any(_speaks_of(field, label.folded) for label in labels) if labels else None


def _speaks_of(field: FieldSchema, label: str) -> bool:
    named = any(pattern.search(label) for pattern in field.label_patterns)
    return named or bool(field.context_pattern and field.context_pattern.search(label))


def _by_sentence(field: FieldSchema, start: int, end: int, paper: Paper) -> Context:
    sentence = sentence_at(paper.text, start, end)
    folded = fold(paper.text[sentence.start : sentence.end])
    left, right = start - sentence.start, end - sentence.start
    own = field.context_pattern and _nearest(field.context_pattern, folded, left, right)
    fields = [f.context_pattern for f in paper.schema.fields if f.name != field.name]
    rivals = [*fields, *paper.library.shared.rival_patterns]
    distances = [_nearest(rival, folded, left, right) for rival in rivals if rival]
    nearest = min((d for d in distances if d is not None), default=None)
    if nearest is not None and (own is None or nearest < own):
        return Context.AGAINST
    if not holds_for_subject(field, start, end, paper):
        return Context.AGAINST
    return Context.OPEN if own is None else Context.FOR


def holds_for_subject(field: FieldSchema, start: int, end: int, paper: Paper) -> bool:
    """Tell whether the sentence states the value, and of whom the document is about."""
    shared = paper.library.shared
    sentence = sentence_at(paper.text, start, end)
    said = paper.text[sentence.start : sentence.end]
    folded = fold(said)
    left = start - sentence.start
    if shared.denial_pattern.search(folded[max(0, left - _DENIAL_REACH) : left]):
        return False
    if field.about == "other" or field.origin or field.among_people or field.kind is Kind.MONEY:
        return True
    if shared.people_pattern.search(folded):
        return False
    return not any(_names(said, other) for other in paper.others)


def _names(sentence: str, name: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'-]+", sentence)
    runs = (" ".join(words[i : i + n]) for n in (2, 3) for i in range(len(words) - n + 1))
    return any(same_person(run, name) for run in runs)


def _nearest(cue: re.Pattern[str], folded: str, left: int, right: int) -> int | None:
    distances = []
    for match in cue.finditer(folded):
        if match.end() <= left:
            distances.append(left - match.end())
        elif match.start() >= right:
            distances.append(match.start() - right + _AFTER)
        else:
            distances.append(0)
    return min(distances, default=None)


def names_origin(value: str, rules: Rules) -> bool:
    """Tell whether a source of funds names where money came from, not only where it goes."""
    folded = fold(value)
    goes = rules.shared.payment_pattern.search(folded)
    return goes is None and bool(rules.shared.origin_pattern.search(folded))
