"""What reads pictures of pages, and what it gives."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from casegate.model.document import Box


class Raster(NamedTuple):
    """A picture of a page. Pixels are RGB, rows from the top; or the bytes of a PNG."""

    width_pt: float
    height_pt: float
    data: bytes
    size: tuple[int, int] | None = None
    """Width and height of raw pixels; None where `data` is a PNG."""


class OcrWord(NamedTuple):
    """A word as it was read."""

    text: str
    box: tuple[float, float, float, float]
    """Left, top, right, bottom in points, as the page is displayed."""
    upright: tuple[float, float, float, float]
    """The same with the page turned so that its lines run level from left to right."""
    sure: float
    """How sure the reader is of the least sure character, 0 to 1."""


class OcrPage(NamedTuple):
    """What a page says. `problem` is set, and there are no words, where it was not read."""

    words: tuple[OcrWord, ...] = ()
    """In the order of detection: lines are laid out by whoever writes them down."""
    turned: int = 0
    """Degrees by which the page had to be turned clockwise to be read: 0, 90, 180 or 270."""
    skew: float = 0.0
    """Degrees by which its lines slope, downward to the right."""
    problem: str = ""
    """`timeout`, `crash` or `unavailable`."""


class OcrLine(NamedTuple):
    """The words in one box, as one line."""

    text: str
    sure: float
    """Mean over its characters, 0 to 1; 0 where nothing was read."""


class Reader(Protocol):
    """Reads pictures of pages. Never raises for what a picture shows."""

    def read_page(self, raster: Raster) -> OcrPage:
        """Find and read all words of a page."""

    def read_regions(self, raster: Raster, boxes: Sequence[Box]) -> tuple[OcrLine, ...]:
        """Read what stands in each box (points, as displayed; one line of text each).

        Without a search for lines this takes tens of milliseconds. A box that can't be read gives
        an empty line.
        """
