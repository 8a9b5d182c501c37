"""What the safe parse gives."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from casegate.model.document import Box, DocumentVerdict, Quarantined, Signal, Span, TextSource


class Word(NamedTuple):
    """A word of a page: characters `start` to `end` of the document's text."""

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    sure: float = 1.0
    """How sure the reader of its characters is; 1 for a text layer."""


class Page(NamedTuple):
    """A page with its image."""

    page: int
    width_pt: float
    height_pt: float
    png: bytes
    read_from: TextSource = TextSource.TEXT_LAYER


class Member(NamedTuple):
    """A file inside the file: an attachment of a mail, an entry of an archive."""

    filename: str
    data: bytes


class Place(NamedTuple):
    """Where a span of the text stands."""

    page: int | None
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Parsed:
    """A file after the safe parse. Text that can't be seen is not in it."""

    verdict: DocumentVerdict
    reason: str
    media_type: str
    text: str = ""
    """Words of a line are parted by a blank, columns by a tab, lines and paragraphs by one and
    two line ends."""
    words: tuple[Word, ...] = ()
    """In the order of the text; empty for formats without pages."""
    pages: tuple[Page, ...] = ()
    signals: tuple[Signal, ...] = field(default=())
    quarantined: tuple[Quarantined, ...] = ()
    members: tuple[Member, ...] = ()
    """Files inside, to be parsed each on its own."""
    unread: tuple[int, ...] = ()
    """Pages that were not read: their words are in a picture, or what lies under it is no proof."""
    isolated: tuple[bool, bool, bool] = (False, False, False)
    """Whether network, files and system calls were out of the parser's reach."""

    def words_of(self, span: Span) -> Iterator[Word]:
        """Give the words that a span touches."""
        first = bisect_left(self._ends, span.start + 1)
        for word in self.words[first:]:
            if word.start >= span.end:
                return
            yield word

    def place(self, span: Span) -> Place:
        """Give page and boxes of a span, one box a line."""
        boxes: list[Box] = []
        page: int | None = None
        for word in self.words_of(span):
            if page is None:
                page = word.page
            elif word.page != page:
                break
            box = Box(x0=word.x0, y0=word.y0, x1=word.x1, y1=word.y1)
            if boxes and _same_line(boxes[-1], box):
                boxes[-1] = _around(boxes[-1], box)
            else:
                boxes.append(box)
        return Place(page, tuple(boxes))

    def page_of(self, position: int) -> int | None:
        """Give the page on which a position of the text stands."""
        index = bisect_left(self._ends, position + 1)
        return self.words[min(index, len(self.words) - 1)].page if self.words else None

    def source_of(self, span: Span) -> TextSource:
        """Tell where the characters of a span come from."""
        page = self.page_of(span.start)
        if page is None:
            return TextSource.MARKUP
        return next((p.read_from for p in self.pages if p.page == page), TextSource.TEXT_LAYER)

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]


def _same_line(left: Box, right: Box) -> bool:
    shared = min(left.y1, right.y1) - max(left.y0, right.y0)
    return shared > 0.5 * min(left.y1 - left.y0, right.y1 - right.y0)


def _around(left: Box, right: Box) -> Box:
    return Box(
        x0=min(left.x0, right.x0), y0=min(left.y0, right.y0),
        x1=max(left.x1, right.x1), y1=max(left.y1, right.y1),
    )  # fmt: skip
