"""Labels as OCR misreads them: blanks lost, letters taken for others.

Only for text that OCR read, and bounded: a long label may differ in two letters, a short one in
none but look-alikes. What is as near to another label stays unread.
"""

from functools import lru_cache
from typing import NamedTuple

from tools.documents.schema import Library

_LONGEST = 60
_SHORTEST = 4
_ONE_SLIP, _TWO_SLIPS = 7, 12
"""Letters from which a label may differ in one and in two."""
_LOOK_ALIKES = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_ALIKE = str.maketrans("01|!l58", "oiiiisb")


class MisreadLabel(NamedTuple):
    """The labels that a cell's beginning is nearest to, and where it ends there."""

    labels: frozenset[str]
    end: int
    slips: int
    """Letters that differ; 0 where only blanks and look-alikes do."""


def misread_label(text: str, folded: str, start: int, library: Library) -> MisreadLabel | None:
    """Give the label that the beginning of a cell most likely is; None if none is near."""
    colon = folded.find(":", start, start + _LONGEST)
    end = colon if colon >= 0 else len(folded)
    if end - start > _LONGEST or end - start < _SHORTEST:
        return None
    table = _table(library)
    plain, ends = _squash(folded, start, end)
    whole = table.get(plain)
    if whole is not None:
        return MisreadLabel(whole, end, 0)
    near = _nearest(plain, end, table)
    if near is not None:
        return near
    for length in range(len(plain) - 1, _SHORTEST - 1, -1):
        known = table.get(plain[:length])
        if known is not None and _ends_there(text, ends[length - 1]):
            return MisreadLabel(known, ends[length - 1], 0)
    return None


def _ends_there(text: str, end: int) -> bool:
    """Tell whether a label may end here: before a digit, a sign, or a new capital."""
    if end >= len(text) or not text[end].isalpha():
        return True
    return text[end].isupper() and text[end - 1].islower()


def _nearest(plain: str, end: int, table: dict[str, frozenset[str]]) -> MisreadLabel | None:
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    allowed = 2 if len(plain) >= _TWO_SLIPS else 1 if len(plain) >= _ONE_SLIP else 0
    if not allowed:
        return None
    hits = extract(
        plain, table.keys(), scorer=Levenshtein.distance, score_cutoff=allowed, limit=None
    )
    if not hits:
        return None
    least = min(distance for _, distance, _ in hits)
    near = [table[label] for label, distance, _ in hits if distance == least]
    return MisreadLabel(frozenset().union(*near), end, int(least))


def _squash(folded: str, start: int, end: int) -> tuple[str, list[int]]:
    """Drop what OCR loses and write look-alikes as one; with the end of each letter in the cell."""
    letters: list[str] = []
    ends: list[int] = []
    for index in range(start, end):
        char = folded[index].translate(_ALIKE)
        if not (char.isalnum() or char == "%"):
            continue
        letters.append(char)
        ends.append(index + 1)
        for pair, one in _LOOK_ALIKES:
            if "".join(letters[-2:]) == pair.translate(_ALIKE):
                letters[-2:] = [one]
                ends[-2:] = [index + 1]
    return "".join(letters), ends


@lru_cache(maxsize=2)
def _make_table(labels: frozenset[str]) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for label in labels:
        plain, _ = _squash(label, 0, len(label))
        if len(plain) >= _SHORTEST:
            table.setdefault(plain, set()).add(label)
    return {plain: frozenset(words) for plain, words in table.items()}


def _table(library: Library) -> dict[str, frozenset[str]]:
    return _make_table(library.all_labels)
