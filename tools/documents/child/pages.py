"""Words with their places, and page images, by pdfium."""

import ctypes
import io
import math
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from tools.documents.child.hidden import unseen
from tools.documents.child.layout import (
    Glyph,
    PageWord,
    Rectangle,
    Transform,
    to_words,
    turn_upright,
    write,
)
from tools.documents.child.oddities import font_name, note_oddities
from tools.documents.child.plain import visible, without_invisible
from tools.documents.child.replaced import drop_replacements
from tools.documents.child.report import Drawn, Refused, Report

_MAX_PIXELS = 4_000_000
_MOST_TO_READ = 8_000_000
_FULL_SIZE_PNG_BYTES = 32_000_000
"""After so many bytes of page images the rest of the pages are drawn at half the resolution."""
_HARDLY_ANY = 40
"""Visible characters, blanks not counted, below which a page that shows something needs OCR."""
_DRAWN = 40
"""Steps of 255 by which a spot differs from the page's ground."""
_DRAWN_SHARE = 0.003
"""Share of such spots on a page that shows more than a line or a stamp."""
_PALE = 235
_DEVICE = 20_000
_HYPHENS = {"\x02", "\ufffe"}
"""How pdfium marks a hyphen at the end of a line."""
_NOWHERE = Rectangle(0, 0, 0, 0)
_BLANK = Glyph(" ", _NOWHERE, _NOWHERE, False, False)


def read_pages(data: bytes, expected: int, order: dict[str, Any], report: Report) -> None:
    """Read all pages into one text with places, and draw each."""
    try:
        document = pdfium.PdfDocument(data)
        document.init_forms()
    except pdfium.PdfiumError:
        raise Refused("corrupt", "The PDF can't be opened.") from None
    if len(document) != expected:
        report.signal("readers_disagree", "Two readers count different numbers of pages.")
    if len(document) > order["max_pages"]:
        raise Refused("too_many_pages", f"The PDF has more than {order['max_pages']} pages.")
    shown = [_add_page(document, number, order, report) for number in range(1, len(document) + 1)]
    report.unread = [number for number, seen in enumerate(shown, start=1) if seen is _Shown.UNREAD]
    _conclude(all(seen is _Shown.NOTHING for seen in shown), report.unread, len(document), report)


def draw_pages(data: bytes, order: dict[str, Any]) -> Iterator[Drawn]:
    """Give the pages that the order names, as large as reading them needs."""
    document = pdfium.PdfDocument(data)
    document.init_forms()
    for number in sorted(set(order["draw"])):
        page = _flat(document, number)
        width, height = page.get_size()
        image = _draw(page, width, height, order["draw_dpi"] / 72, _MOST_TO_READ)
        yield Drawn(number, width, height, *image.size, image.tobytes())
        page.close()


class _Shown(Enum):
    """What a page shows, and whether it was read."""

    NOTHING = 0
    WORDS = 1
    UNREAD = 2


def _add_page(
    document: pdfium.PdfDocument, number: int, order: dict[str, Any], report: Report
) -> _Shown:
    width, image, words = _read_page(document, number, order, report)
    seen = unseen(words, image, width, report.pages[-1][2], number, report)
    note_oddities(seen, number, report)
    visible(" ".join(word.text for word in seen), report, number)
    cleaned = (word._replace(text=without_invisible(word.text)) for word in seen)
    kept = [word for word in cleaned if word.text]
    _add_text(kept, number, report)
    written = sum(len(word.text) for word in kept)
    if not _shows_more_than_words(image, kept, width):
        return _Shown.WORDS if written else _Shown.NOTHING
    # An unseen text layer says what some earlier reader took a scan for: it proves nothing.
    layered = sum(word.invisible for word in words) > len(kept)
    return _Shown.UNREAD if layered or written < _HARDLY_ANY else _Shown.WORDS


def _conclude(blank: bool, unread: list[int], pages: int, report: Report) -> None:
    if blank:
        raise Refused("empty", "The pages are blank.")
    if not unread:
        return
    report.verdict = "needs_ocr"
    which = "its pages" if len(unread) == pages else f"page {_listed(unread)}"
    report.reason = f"The document was not fully read: {which} can only be read by OCR."
    for number in unread:
        report.signal("page_needs_ocr", "The page was not read: it needs OCR.", number)


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10]))
    return f"{shown} and {len(numbers) - 10} more" if len(numbers) > 10 else shown


def _read_page(
    document: pdfium.PdfDocument, number: int, order: dict[str, Any], report: Report
) -> tuple[float, Image.Image, list[PageWord]]:
    try:
        page = _flat(document, number)
        width, height = page.get_size()
        drawn = sum(len(png) for *_, png in report.pages)
        scale = order["dpi"] / 72 / (2 if drawn > _FULL_SIZE_PNG_BYTES else 1)
        image = _grey_if_grey(_draw(page, width, height, scale, _MAX_PIXELS))
        drop_replacements(page, number, report)
        glyphs = list(_glyphs(page, _transform(page, width, height)))
        words = to_words(turn_upright(glyphs, width, height))
    except pdfium.PdfiumError:
        raise Refused("corrupt", f"Page {number} of the PDF can't be read.") from None
    png = io.BytesIO()
    # Text packs as well at the first level of compression as at others, in a third less time.
    image.save(png, "PNG", compress_level=1)
    report.add_page(number, width, height, png.getvalue())
    return width, image, words


def _flat(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Bake what a form or note shows into the page; what it hides stays out."""
    page = document[number - 1]
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1]


def _draw(
    page: pdfium.PdfPage, width: float, height: float, scale: float, most: int
) -> Image.Image:
    if width < 1 or height < 1:
        raise Refused("corrupt", "A page has no size.")
    scale = min(scale, math.sqrt(most / (width * height)))
    if min(width, height) * scale < 1:
        raise Refused("corrupt", "A page has an impossible shape.")
    image: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return image


def _grey_if_grey(image: Image.Image) -> Image.Image:
    """Give one band where all three say the same: packing it and looking at it takes a third."""
    red, green, blue = image.split()
    same = red.tobytes() == green.tobytes() == blue.tobytes()
    return red if same else image


def _transform(page: pdfium.PdfPage, width: float, height: float) -> Transform:
    """Take the page's own coordinates to points from the top left, as displayed.

    FPDF_PageToDevice minds /Rotate and the offset of the CropBox.
    """

    def display(x: float, y: float) -> tuple[float, float]:
        dx, dy = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            page, 0, 0, _DEVICE, _DEVICE, 0, x, y, ctypes.byref(dx), ctypes.byref(dy)
        )
        return dx.value * width / _DEVICE, dy.value * height / _DEVICE

    return Transform.of(display)


def _glyphs(page: pdfium.PdfPage, transform: Transform) -> Iterator[Glyph]:
    text = page.get_textpage()
    inks = _Inks(text)
    rectangle = raw.FS_RECTF()
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index) or 0xFFFD)
        if char in _HYPHENS:
            char = "-"
        if raw.FPDFText_IsGenerated(text, index) == 1 or char.isspace() or char < " ":
            yield _BLANK
            continue
        raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rectangle))
        box = transform.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        yield Glyph(char, box, box, *inks.at(index))
    text.close()


class _Inks:
    """How each character is drawn, looked up once per text object."""

    def __init__(self, text: pdfium.PdfTextPage) -> None:
        self._text = text
        self._last: int | None = None
        self._ink = (False, False, "")
        self._colour = tuple(ctypes.c_uint() for _ in range(4))

    def at(self, index: int) -> tuple[bool, bool, str]:
        """Tell whether the character leaves no ink, whether its ink is pale, and its font."""
        found = raw.FPDFText_GetTextObject(self._text, index)
        address = ctypes.cast(found, ctypes.c_void_p).value
        if address is None or address != self._last:
            self._last = address
            self._ink = (self._mode(found, address), self._pale(index), font_name(found))
        return self._ink

    def _mode(self, found: object, address: int | None) -> bool:
        # 3: neither fill nor stroke; 7: clipping only.
        return address is not None and raw.FPDFTextObj_GetTextRenderMode(found) in (3, 7)

    def _pale(self, index: int) -> bool:
        if not raw.FPDFText_GetFillColor(self._text, index, *map(ctypes.byref, self._colour)):
            return False
        red, green, blue, alpha = (part.value for part in self._colour)
        return min(red, green, blue) >= _PALE or alpha <= 255 - _PALE


def _add_text(words: list[PageWord], number: int, report: Report) -> None:
    """Write a page's words in reading order and keep where each one stands in the text."""
    for written in write(words, len(report.text)):
        report.words.append((*written.span, number, *written.shown))
        report.text += written.gap + written.word.text


def _shows_more_than_words(image: Image.Image, words: list[PageWord], width: float) -> bool:
    """Tell whether something is drawn on the page beside its words."""
    rest = image.copy()
    scale = image.width / width
    for word in words:
        x0, y0, x1, y1 = (int(side * scale) for side in word.shown)
        rest.paste("white", (x0 - 1, y0 - 1, x1 + 2, y1 + 2))
    counts = rest.convert("L").histogram()
    ground = max(range(256), key=counts.__getitem__)
    drawn = sum(n for shade, n in enumerate(counts) if abs(shade - ground) > _DRAWN)
    return drawn > _DRAWN_SHARE * rest.width * rest.height
