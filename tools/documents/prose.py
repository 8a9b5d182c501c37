"""Text as sentences and blocks; folding that keeps every position."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import AnyStr, NamedTuple, Protocol

_GROUPS = (3, 4, 5)
_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]?[A-Z0-9])|\n{2,}")
_ABBREVIATION = re.compile(
    r"(?:\b(?:no|nr|mr|mrs|ms|dr|prof|st|ave|rd|inc|ltd|co|corp|e\.g|i\.e|approx|dec|jan|feb|aug"
    r"|sept|oct|nov)|\b[A-Z])\.$",
    re.IGNORECASE,
)


# What Unicode doesn't take apart.
_ALIKE = {
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u0142": "l", "\u0141": "l", "\u00f8": "o",
    "\u00d8": "o", "\u0111": "d", "\u0110": "d", "\u0131": "i",
}  # fmt: skip


class Sentence(NamedTuple):
    """Characters `start` to `end` of the text."""

    start: int
    end: int


def fold(text: str) -> str:
    """Write in lower-case letters without accents, one character for one."""
    return "".join(map(_fold_one, text))


def _fold_one(char: str) -> str:
    if char < "\x80":
        return char.lower()
    if char in _ALIKE:
        return _ALIKE[char]
    base = unicodedata.normalize("NFKD", char)[0].lower()
    return base if len(base) == 1 else char


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def blanked(text: str, stretches: Iterable[_Stretch], blank: str = " ") -> str:
    """Write blanks over stretches of a text; all positions stay as they are."""
    for stretch in stretches:
        length = stretch.end - stretch.start
        text = text[: stretch.start] + blank * length + text[stretch.end :]
    return text


def groups_of(word: AnyStr) -> Iterator[AnyStr]:
    """Give the groups of three to five letters of a word: what words of one stem share."""
    for length in _GROUPS:
        for start in range(len(word) - length + 1):
            yield word[start : start + length]


def sentences(text: str) -> Iterator[Sentence]:
    """Give the sentences; an empty line ends one too."""
    start = 0
    for match in _END.finditer(text):
        if "\n\n" not in match[0] and _ABBREVIATION.search(text, max(start, match.start() - 12),
                                                           match.start()):  # fmt: skip
            continue
        if text[start : match.start()].strip():
            yield Sentence(start, match.start())
        start = match.end()
    if text[start:].strip():
        yield Sentence(start, len(text))


def sentence_at(text: str, start: int, end: int) -> Sentence:
    """Give the sentence or sentences that hold a span."""
    held = [s for s in sentences(text) if s.start < end and start < s.end]
    return Sentence(held[0].start, held[-1].end) if held else Sentence(start, end)
