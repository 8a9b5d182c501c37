"""A file read to the end: parsed safely, and its pictures of words by OCR."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from casegate.model.document import DocumentVerdict, Signal, TextSource
from tools.documents.child.layout import PageWord, Rectangle, write
from tools.documents.child.plain import without_invisible
from tools.documents.instructions import seen_anew
from tools.documents.limits import Limits
from tools.documents.ocr.reader import OcrPage, OcrWord, Reader
from tools.documents.parsed import Page, Parsed, Word
from tools.documents.sandbox import draw, parse

_AT_ONCE = 6
"""Pages that are drawn by one child: about 70 MB of pixels."""
_WHY = {
    "timeout": "it took too long",
    "crash": "the reader broke off",
    "unavailable": "the reader can't be started",
    "not_drawn": "it can't be drawn",
}


def read_file(
    data: bytes, filename: str, limits: Limits, reader: Reader | None, *, depth: int = 0
) -> Parsed:
    """Parse a file, then read by OCR the pages whose words are in a picture.

    Without a reader this is `parse`. A page that can't be read keeps the verdict `needs_ocr` and
    gets the signal `page_not_read`; never raises for what a file holds.
    """
    parsed = parse(data, filename, limits, depth=depth)
    if reader is None or not parsed.unread:
        return parsed
    read: dict[int, OcrPage] = {}
    for start in range(0, len(parsed.unread), _AT_ONCE):
        numbers = parsed.unread[start : start + _AT_ONCE]
        drawn = draw(data, filename, numbers, limits)
        for number in numbers:
            raster = drawn.get(number)
            page = OcrPage(problem="not_drawn") if raster is None else reader.read_page(raster)
            read[number] = page
    return _merged(parsed, read, limits)


def _merged(parsed: Parsed, read: dict[int, OcrPage], limits: Limits) -> Parsed:
    """Write one text in the order of the pages."""
    done = {number: page for number, page in read.items() if not page.problem}
    layer = {number: list(words) for number, words in groupby(parsed.words, lambda w: w.page)}
    parts: list[str] = []
    words: list[Word] = []
    position = 0
    for page in parsed.pages:
        if page.page in done:
            added = list(_from_ocr(done[page.page].words, page.page, position))
        else:
            added = list(_from_layer(parsed.text, layer.get(page.page, ()), position))
        for text, word in added:
            parts.append(text)
            words.append(word)
            position = word.end
    text = "".join(parts)
    if len(text) > limits.max_text:
        return replace(
            parsed, verdict=DocumentVerdict.TOO_LARGE, text="", words=(), pages=(), unread=(),
            reason="The file holds more text than is allowed.",
        )  # fmt: skip
    merged = replace(
        parsed,
        text=text,
        words=tuple(words),
        pages=tuple(_marked(page, done) for page in parsed.pages),
        unread=tuple(number for number in parsed.unread if number not in done),
    )
    return _concluded(merged, parsed, read)


def _from_ocr(words: Sequence[OcrWord], page: int, position: int) -> Iterator[tuple[str, Word]]:
    """Give each word with what parts it from the one before."""
    # One object a word: a word is known again by it after lines were laid out.
    sure: dict[int, float] = {}
    laid: list[PageWord] = []
    for word in words:
        text = without_invisible(word.text)
        if text:
            placed = PageWord(text, Rectangle(*word.box), Rectangle(*word.upright), False, False)
            sure[id(placed)] = word.sure
            laid.append(placed)
    for written in write(laid, position):
        found = Word(*written.span, page, *written.shown, sure[id(written.word)])
        yield written.gap + written.word.text, found


def _from_layer(text: str, words: Sequence[Word], position: int) -> Iterator[tuple[str, Word]]:
    """Give a page's words of the text layer anew, at their places in the merged text."""
    last: Word | None = None
    for word in words:
        gap = text[last.end : word.start] if last else "\n\n" if position else ""
        begin = position + len(gap)
        position = begin + word.end - word.start
        yield gap + text[word.start : word.end], word._replace(start=begin, end=position)
        last = word


def _marked(page: Page, done: dict[int, OcrPage]) -> Page:
    return page._replace(read_from=TextSource.OCR) if page.page in done else page


def _concluded(merged: Parsed, parsed: Parsed, read: dict[int, OcrPage]) -> Parsed:
    """Say which pages were not read, and why."""
    signals = [s for s in parsed.signals if s.kind != "page_needs_ocr"]
    for number, page in read.items():
        if page.problem:
            why = _WHY.get(page.problem, "the reader broke off")
            message = f"The page was not read: {why}."
            signals.append(Signal(kind="page_not_read", message=message, page=number))
    verdict, reason = DocumentVerdict.PARSED, ""
    if merged.unread:
        verdict = DocumentVerdict.NEEDS_OCR
        shown = ", ".join(map(str, merged.unread[:10]))
        more = f" and {len(merged.unread) - 10} more" if len(merged.unread) > 10 else ""
        reason = f"The document was not fully read: page {shown}{more} could not be read."
    elif not merged.text.strip():
        verdict, reason = DocumentVerdict.EMPTY, "No words were found on the pages."
    signals = list(seen_anew(signals, merged))
    return replace(merged, verdict=verdict, reason=reason, signals=tuple(signals))
