"""Places as they stand to a reader: a page scanned turned is put upright, for geometry alone."""

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import pairwise

from casegate.model.document import Box
from tools.documents.parsed import Parsed, Word

_FEWEST = 6
_LONG = 4
"""Letters from which a word is wider than high."""


class Turn(Enum):
    """How the lines of a page run."""

    NONE = "none"
    UP = "up"
    """From the foot to the head of the page as it is stored."""
    DOWN = "down"
    OVER = "over"
    """From right to left: the page is upside down."""


def turns(parsed: Parsed) -> Mapping[int, Turn]:
    """Give how each page's lines run."""
    by_page: dict[int, list[Word]] = {}
    for word in parsed.words:
        by_page.setdefault(word.page, []).append(word)
    return {page: _turn(words) for page, words in by_page.items()}


def _turn(words: Sequence[Word]) -> Turn:
    long = [word for word in words if word.end - word.start >= _LONG]
    high = sum(word.y1 - word.y0 > word.x1 - word.x0 for word in long)
    if len(long) < _FEWEST:
        return Turn.NONE
    if 2 * high <= len(long):
        return _upside_down(words)
    up = down = 0
    for word, following in pairwise(words):
        if abs(word.x0 - following.x0) < (word.x1 - word.x0):
            up += following.y1 <= word.y0
            down += following.y0 >= word.y1
    return Turn.UP if up >= down else Turn.DOWN


def _upside_down(words: Sequence[Word]) -> Turn:
    right = left = 0
    for word, following in pairwise(words):
        if abs(word.y0 - following.y0) < (word.y1 - word.y0) / 2:
            right += following.x0 >= word.x1
            left += following.x1 <= word.x0
    return Turn.OVER if left > max(2, 2 * right) else Turn.NONE


def upright(box: Box, turn: Turn) -> Box:
    """Turn a box so that its line runs to the right and the next line is below."""
    if turn is Turn.UP:
        return Box(x0=-box.y1, y0=box.x0, x1=-box.y0, y1=box.x1)
    if turn is Turn.DOWN:
        return Box(x0=box.y0, y0=-box.x1, x1=box.y1, y1=-box.x0)
    if turn is Turn.OVER:
        return Box(x0=-box.x1, y0=-box.y1, x1=-box.x0, y1=-box.y0)
    return box
