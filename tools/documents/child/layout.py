"""From glyphs to words, from words to lines: reading order by what is seen, not by file order."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

_Point = tuple[float, float]


class Transform(NamedTuple):
    """An affine map from a page's own coordinates to points from the top left, as displayed."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, display: Callable[[float, float], _Point], reach: float = 10_000.0) -> "Transform":
        """Find the map from three points that `display` maps; `reach` keeps rounding small."""
        x0, y0 = display(0, 0)
        x1, y1 = display(reach, 0)
        x2, y2 = display(0, reach)
        return cls(
            (x1 - x0) / reach, (y1 - y0) / reach, (x2 - x0) / reach, (y2 - y0) / reach, x0, y0
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> "Rectangle":
        """Map a rectangle."""
        x0, y0 = self.a * left + self.c * bottom + self.e, self.b * left + self.d * bottom + self.f
        x1, y1 = self.a * right + self.c * top + self.e, self.b * right + self.d * top + self.f
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return Rectangle(x0, y0, x1, y1)


class Rectangle(NamedTuple):
    """Points from the top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    def joined(self, other: "Rectangle") -> "Rectangle":
        """Give the smallest rectangle around both."""
        return Rectangle(
            min(self.x0, other.x0), min(self.y0, other.y0),
            max(self.x1, other.x1), max(self.y1, other.y1),
        )  # fmt: skip

    @property
    def height(self) -> float:
        """Points."""
        return self.y1 - self.y0


class Glyph(NamedTuple):
    """One character as the file places it; a blank ends a word."""

    char: str
    shown: Rectangle
    """Where it is displayed."""
    box: Rectangle
    """Where it stands once the page is turned so that the text runs from left to right."""
    invisible: bool
    """Drawn in a mode that leaves no ink."""
    pale: bool
    """Filled in white or nearly so, or all but transparent."""
    font: str = ""
    """As the file calls it, such as `ABCDEF+Helvetica-Bold`."""


class PageWord(NamedTuple):
    """Glyphs without a blank between them."""

    text: str
    shown: Rectangle
    box: Rectangle
    invisible: bool
    pale: bool
    font: str = ""


class Turn(Enum):
    """Which way the text of a page runs as displayed."""

    RIGHT = "right"
    DOWN = "down"
    LEFT = "left"
    UP = "up"

    def upright(self, box: Rectangle, width: float, height: float) -> Rectangle:
        """Turn a rectangle of a page of that size so that the text runs from left to right."""
        x0, y0, x1, y1 = box
        if self is Turn.DOWN:
            return Rectangle(y0, width - x1, y1, width - x0)
        if self is Turn.LEFT:
            return Rectangle(width - x1, height - y1, width - x0, height - y0)
        if self is Turn.UP:
            return Rectangle(height - y1, x0, height - y0, x1)
        return box


def turn_upright(glyphs: Sequence[Glyph], width: float, height: float) -> list[Glyph]:
    """Give the glyphs with their upright places; most of the page's text decides."""
    votes = Counter(turn for a, b in pairwise(glyphs) if (turn := _direction(a, b)) is not None)
    turn = votes.most_common(1)[0][0] if votes else Turn.RIGHT
    return [glyph._replace(box=turn.upright(glyph.shown, width, height)) for glyph in glyphs]


def _direction(last: Glyph, following: Glyph) -> Turn | None:
    if last.char.isspace() or following.char.isspace() or _RIGHT_TO_LEFT.match(last.char):
        return None
    dx = following.shown.x0 + following.shown.x1 - last.shown.x0 - last.shown.x1
    dy = following.shown.y0 + following.shown.y1 - last.shown.y0 - last.shown.y1
    if abs(dx) >= abs(dy):
        return None if dx == 0 else Turn.RIGHT if dx > 0 else Turn.LEFT
    return Turn.DOWN if dy > 0 else Turn.UP


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def to_words(glyphs: Iterable[Glyph]) -> list[PageWord]:
    """Join glyphs into words, in the file's order."""
    words: list[PageWord] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if current and (glyph.char.isspace() or _apart(current[-1], glyph)):
            words.append(_word(current))
            current = []
        if not glyph.char.isspace():
            current.append(glyph)
    if current:
        words.append(_word(current))
    return words


def _apart(last: Glyph, following: Glyph) -> bool:
    height = max(last.box.height, following.box.height, 0.1)
    gap = following.box.x0 - last.box.x1
    drop = abs(following.box.y1 - last.box.y1)
    other_kind = last.invisible != following.invisible or last.pale != following.pale
    return other_kind or drop > 0.6 * height or gap > 0.6 * height or gap < -3 * height


def _word(glyphs: Sequence[Glyph]) -> PageWord:
    first = glyphs[0]
    shown, box = first.shown, first.box
    for glyph in glyphs[1:]:
        shown, box = shown.joined(glyph.shown), box.joined(glyph.box)
    text = "".join(glyph.char for glyph in glyphs)
    return PageWord(text, shown, box, first.invisible, first.pale, first.font)


def lay_out(words: Sequence[PageWord]) -> list[list[PageWord]]:
    """Gather words into lines from top to bottom, each from left to right."""
    lines: list[list[PageWord]] = []
    for word in sorted(words, key=lambda w: (w.box.y0 + w.box.y1, w.box.x0)):
        line = next((line for line in reversed(lines[-4:]) if _level(line, word)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    for line in lines:
        line.sort(key=lambda w: w.box.x0)
    lines.sort(key=lambda line: line[0].box.y0)
    return lines


def _level(line: Sequence[PageWord], word: PageWord) -> bool:
    anchor = line[0].box
    shared = min(anchor.y1, word.box.y1) - max(anchor.y0, word.box.y0)
    return shared > 0.5 * min(anchor.height, word.box.height)


def separator(left: PageWord, right: PageWord) -> str:
    """Give what stands between two words of a line: a tab where a column begins."""
    gap = right.box.x0 - left.box.x1
    return "\t" if gap > 1.1 * max(left.box.height, right.box.height) else " "


def line_break(above: Sequence[PageWord], below: Sequence[PageWord]) -> str:
    """Give what stands between two lines: an empty line where a paragraph ends."""
    height = min(max(w.box.height for w in above), max(w.box.height for w in below))
    gap = min(w.box.y0 for w in below) - max(w.box.y1 for w in above)
    return "\n\n" if gap > 0.75 * height else "\n"


class Written(NamedTuple):
    """A word as it goes into the text, with what parts it from the one before."""

    gap: str
    word: PageWord
    span: tuple[int, int]
    shown: tuple[float, float, float, float]


def write(words: Sequence[PageWord], position: int) -> Iterator[Written]:
    """Give a page's words in reading order; the text before them has `position` characters."""
    above: list[PageWord] = []
    opening = "\n\n" if position else ""
    for line in lay_out(words):
        for index, word in enumerate(line):
            if index:
                gap = separator(line[index - 1], word)
            else:
                gap = line_break(above, line) if above else opening
            begin = position + len(gap)
            position = begin + len(word.text)
            x0, y0, x1, y1 = (round(side, 2) for side in word.shown)
            yield Written(gap, word, (begin, position), (x0, y0, x1, y1))
        above = line
