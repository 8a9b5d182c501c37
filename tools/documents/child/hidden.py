"""Text that stands in the file and that no reader of the page sees."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from PIL import Image

from tools.documents.child.layout import PageWord, Rectangle
from tools.documents.child.report import Report

_TINY = 3.0
"""Points of line height; print of 4 points and more is small, but is read."""
_CONTRAST = 28
"""Steps of 255 by which a word must differ from its ground in one colour at least."""
_DARKEST_PALE_GROUND = 110
_READABLE_PIXELS = 5
"""Below this many pixels of height the image can't tell, and the colour decides."""

_REASONS = {
    "invisible": "is drawn without ink (often the text layer of a scan)",
    "tiny": f"is smaller than {_TINY:g} points",
    "off": "lies outside the page",
    "contrast": "can't be told from its ground (white, transparent or covered)",
}


def unseen(
    words: Sequence[PageWord],
    image: Image.Image,
    width: float,
    height: float,
    number: int,
    report: Report,
) -> list[PageWord]:
    """Give the words that can be seen; the others leave a signal and nothing else."""
    seen: list[PageWord] = []
    dropped: dict[str, list[str]] = defaultdict(list)
    scale = image.width / width
    page = Rectangle(0, 0, width, height)
    for word in words:
        reason = _reason(word, image, scale, page)
        if reason is None:
            seen.append(word)
        else:
            dropped[reason].append(word.text)
    for reason, texts in dropped.items():
        report.signal(
            "hidden_text",
            f"{len(texts)} words were left out: the text {_REASONS[reason]}.",
            number,
        )
        report.conceal("hidden text", " ".join(texts), number)
    return seen


def _reason(word: PageWord, image: Image.Image, scale: float, page: Rectangle) -> str | None:
    if word.invisible:
        return "invisible"
    if word.box.height < _TINY:
        return "tiny"
    x, y = (word.shown.x0 + word.shown.x1) / 2, (word.shown.y0 + word.shown.y1) / 2
    if not (page.x0 <= x <= page.x1 and page.y0 <= y <= page.y1):
        return "off"
    return "contrast" if _fades(word, image, scale) else None


def _fades(word: PageWord, image: Image.Image, scale: float) -> bool:
    if word.box.height * scale < _READABLE_PIXELS:
        return word.pale
    x0, y0, x1, y1 = (side * scale for side in word.shown)
    left, top = max(0, int(x0)), max(0, int(y0))
    right, bottom = min(image.width, int(x1) + 1), min(image.height, int(y1) + 1)
    if right <= left or bottom <= top:
        return True
    bands = [
        cast("tuple[int, int]", band.getextrema())
        for band in image.crop((left, top, right, bottom)).split()
    ]
    contrast = max(high - low for low, high in bands)
    darkest = min(low for low, _ in bands)
    return contrast < _CONTRAST or (word.pale and darkest > _DARKEST_PALE_GROUND)
