"""Labels that no list holds, by the letters they share with labels that one does.

`Datum der Rechnung` is near `Rechnungsdatum`, `Wohnsitz des Antragstellers` near `Wohnsitz`. A
likeness is a guess: a value behind it is for a person to check, whatever it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import log, sqrt
from typing import NamedTuple

from casegate.model.document import DocumentType
from tools.documents.library import library
from tools.documents.prose import fold, groups_of
from tools.documents.schema import FieldSchema

_NEAR, _AHEAD = 0.45, 0.06
"""Cosine from which a label counts as near, and its lead over another field's labels."""
_WORDS = re.compile(r"[^\W\d_]+")
Owner = FieldSchema | None
"""None: a label of something that no field wants."""


class LikelyLabel(NamedTuple):
    """The field whose labels are most alike, and how much."""

    field: FieldSchema
    likeness: float


class LabelLikeness:
    """Labels as weighted letter groups, with the fields that own them."""

    def __init__(self, labels: Iterable[tuple[str, Owner]]) -> None:
        import numpy as np

        known = [(groups, owner) for text, owner in labels if (groups := letter_groups(text))]
        self._owners: list[Owner] = list({id(owner): owner for _, owner in known}.values())
        numbers = {id(owner): number for number, owner in enumerate(self._owners)}
        self._owner_of = np.array([numbers[id(owner)] for _, owner in known])
        seen: dict[str, int] = {}
        for groups, _ in known:
            for group in groups:
                seen[group] = seen.get(group, 0) + 1
        self._rarity = {group: log((1 + len(known)) / (1 + n)) + 1 for group, n in seen.items()}
        self._unknown = log(1 + len(known)) + 1
        rows: dict[str, list[tuple[int, float]]] = {}
        for number, (groups, _) in enumerate(known):
            length = self._length(groups)
            for group in groups:
                rows.setdefault(group, []).append((number, self._rarity[group] / length))
        self._rows = {
            group: (np.array([n for n, _ in row]), np.array([w for _, w in row]))
            for group, row in rows.items()
        }

    def nearest(self, text: str) -> LikelyLabel | None:
        """Give the field whose label is nearest; None if none is near or two are as near."""
        import numpy as np

        groups = letter_groups(text)
        rows = [(self._rows[group], self._rarity[group]) for group in groups if group in self._rows]
        if not rows:
            return None
        numbers = np.concatenate([row[0] for row, _ in rows])
        weights = np.concatenate([row[1] * rarity for row, rarity in rows]) / self._length(groups)
        alike = np.bincount(numbers, weights, minlength=len(self._owner_of))
        best = np.zeros(len(self._owners))
        np.maximum.at(best, self._owner_of, alike)
        first = int(best.argmax())
        owner, likeness = self._owners[first], float(best[first])
        best[first] = 0.0
        if owner is None or likeness < _NEAR or likeness - float(best.max()) < _AHEAD:
            return None
        return LikelyLabel(owner, likeness)

    def _length(self, groups: Sequence[str]) -> float:
        return sqrt(sum(self._rarity.get(group, self._unknown) ** 2 for group in groups))


@cache
def likeness_of(type_: DocumentType) -> LabelLikeness:
    """Give the labels of a type, once a process; those of no field are rivals."""
    return LabelLikeness(_labels(type_))


def _labels(type_: DocumentType) -> Iterator[tuple[str, Owner]]:
    words = library()
    schema = words.of(type_)
    for field in () if schema is None else schema.fields:
        yield from ((label, field) for label in field.labels)
    yield from ((fold(label), None) for label in words.shared.other_labels)


def letter_groups(text: str) -> tuple[str, ...]:
    """Give the groups of three to five letters of the words of folded text, each once."""
    found: dict[str, None] = {}
    for word in _WORDS.findall(text):
        found.update(dict.fromkeys(groups_of(f" {word} ")))
    return tuple(found)
