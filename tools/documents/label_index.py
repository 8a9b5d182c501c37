"""Labels by their first word, so that a cell is held against few of several thousand."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from tools.documents.prose import fold

_WORDS = re.compile(r"\w+")
_REACH = 60
"""Characters in which the first words of a label stand."""
_NUMBER_WORDS = frozenset({"n", "no", "nr", "num", "numero", "nummer", "number"})
_Owner = TypeVar("_Owner")


class LabelMatch(NamedTuple, Generic[_Owner]):
    """A label that stands at a position, and whose it is."""

    owner: _Owner
    end: int


class LabelIndex(Generic[_Owner]):
    """Labels with their owners; a label's pattern is made when its first words first come up."""

    def __init__(self, labels: Iterable[tuple[str, _Owner]]) -> None:
        self._labels: dict[tuple[str, str], list[tuple[int, str, _Owner]]] = {}
        for number, (label, owner) in enumerate(labels):
            first, second, _ = _first_words(fold(label), 0)
            self._labels.setdefault((first, second), []).append((number, label, owner))

    def at(self, folded: str, start: int) -> Iterator[LabelMatch[_Owner]]:
        """Give every label that stands at a position of folded text, in the order given."""
        first, second, third = _first_words(folded, start)
        # Behind `N.o` and `Name(s)` the second word of the label is the third of the text.
        rows = [self._labels.get((first, word), ()) for word in {"", second, third}]
        for _, label, owner in sorted(chain.from_iterable(rows), key=itemgetter(0)):
            match = label_pattern(label).match(folded, start)
            if match is not None:
                yield LabelMatch(owner, match.end())

    def longest(self, folded: str, start: int) -> LabelMatch[_Owner] | None:
        """Give the longest label that stands at a position; None if none does."""
        return max(self.at(folded, start), key=lambda match: match.end, default=None)


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


def _first_words(folded: str, start: int) -> tuple[str, str, str]:
    """Give the first three words from a position on; empty ones where there are fewer."""
    words = [m[0] for m in islice(_WORDS.finditer(folded, start, start + _REACH), 3)]
    if not words or folded[start : start + 1] != words[0][:1]:
        # A label may begin with a sign, such as `% held`.
        words.insert(0, "")
    alike = ["n" if word in _NUMBER_WORDS else word for word in words]
    first, second, third = (*alike, "", "", "")[:3]
    return first, second, third
