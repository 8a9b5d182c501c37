"""Labels by their first word, so that a cell is held against few of several thousand."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from tools.documents.prose import fold

_WORD = re.compile(r"\w*")
_NUMBER_WORDS = frozenset({"n", "no", "nr", "num", "numero", "nummer", "number"})
_Owner = TypeVar("_Owner")


class LabelMatch(NamedTuple, Generic[_Owner]):
    """A label that stands at a position, and whose it is."""

    owner: _Owner
    end: int


class LabelIndex(Generic[_Owner]):
    """Labels with their owners; a label's pattern is made when its first word first comes up."""

    def __init__(self, labels: Iterable[tuple[str, _Owner]]) -> None:
        self._labels: dict[str, list[tuple[str, _Owner]]] = {}
        self._ready: dict[str, list[tuple[re.Pattern[str], _Owner]]] = {}
        for label, owner in labels:
            self._labels.setdefault(_first_word(fold(label), 0), []).append((label, owner))

    def at(self, folded: str, start: int) -> Iterator[LabelMatch[_Owner]]:
        """Give every label that stands at a position of folded text."""
        for pattern, owner in self._patterns(_first_word(folded, start)):
            match = pattern.match(folded, start)
            if match is not None:
                yield LabelMatch(owner, match.end())

    def longest(self, folded: str, start: int) -> LabelMatch[_Owner] | None:
        """Give the longest label that stands at a position; None if none does."""
        return max(self.at(folded, start), key=lambda match: match.end, default=None)

    def _patterns(self, word: str) -> list[tuple[re.Pattern[str], _Owner]]:
        ready = self._ready.get(word)
        if ready is None and word in self._labels:
            ready = [(label_pattern(label), owner) for label, owner in self._labels[word]]
            self._ready[word] = ready
        return ready or []


@cache
def label_pattern(label: str) -> re.Pattern[str]:
    """Make a pattern that matches a label at a position of folded text, dots and blanks free."""
    words = [_label_word(word.rstrip(".")) for word in fold(label).split()]
    return re.compile(r"[\s.]+".join(words) + r"(?!\w)\.?")


def _label_word(word: str) -> str:
    # `No.`, `N.o`, `N\u00b0`, `Nr.` and `Number` are one word; `Name(s)` is `name`.
    if word in _NUMBER_WORDS:
        return r"n(?:\.?\s?[o\u00b0]|um(?:ero|mer|ber)?|r)?"
    return re.escape(word) + ("" if word.endswith(")") else r"(?:\(\w{1,3}\))?")


def _first_word(folded: str, start: int) -> str:
    word = _WORD.match(folded, start)
    first = word[0] if word else ""
    return "n" if first in _NUMBER_WORDS else first
