"""The safe parse: a child process reads the file, this one only reads the child's report."""

import base64
import signal
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError

from casegate.model.base import Json
from casegate.model.document import Box, DocumentVerdict, Quarantined, Signal, SignalLevel
from tools.documents.instructions import instruction_signals
from tools.documents.limits import Limits
from tools.documents.ocr.reader import Raster
from tools.documents.parsed import Member, Page, Parsed, Word
from tools.documents.running import Answer, run_child

_PNG = b"\x89PNG\r\n\x1a\n"
_MEMORY_SIGNALS = {signal.SIGABRT, signal.SIGILL, signal.SIGTRAP, signal.SIGKILL}


class _Report(BaseModel):
    """The child's answer. Whatever took over a parser may have written it: nothing is trusted."""

    model_config = ConfigDict(strict=True, extra="forbid")

    media_type: str
    verdict: DocumentVerdict
    reason: str
    text: str
    words: list[tuple[int, int, int, float, float, float, float]]
    pages: list[tuple[int, float, float, str]]
    unread: list[int]
    signals: list[tuple[str, str, int | None, SignalLevel, list[tuple[float, float, float, float]]]]
    concealed: list[tuple[str, str, int | None]]
    members: list[tuple[str, str]]
    isolated: tuple[bool, bool, bool]


class _DrawnPage(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    page: int
    width_pt: float
    height_pt: float
    width: int
    height: int


class _Drawn(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    pages: list[_DrawnPage]


def parse(data: bytes, filename: str, limits: Limits, *, depth: int = 0) -> Parsed:
    """Read a file of unknown origin. Never raises for its content and never outlasts the limit.

    `filename` only hints at the format; it does not reach the child. `depth` counts the mails and
    archives that the file came in. A file that can't be read safely gives a verdict, a reason for
    the reviewer, and no text.
    """
    if not data:
        return _refused(DocumentVerdict.EMPTY, "The file has no content.")
    if len(data) > limits.max_bytes:
        return _refused(
            DocumentVerdict.TOO_LARGE,
            f"The file has {len(data)} bytes; {limits.max_bytes} are allowed.",
        )
    answer = run_child(data, _order(filename, limits, depth), limits.seconds)
    if answer.late or answer.exit_code == -signal.SIGXCPU:
        late = f"Reading the file took longer than {limits.seconds:g} seconds."
        return _refused(DocumentVerdict.TIMEOUT, late)
    if answer.too_long:
        return _refused(DocumentVerdict.TOO_LARGE, "What the file holds is larger than allowed.")
    if answer.exit_code != 0:
        return _crashed(answer.exit_code)
    try:
        report = _Report.model_validate_json(answer.output)
        return _checked(report, limits)
    except (ValidationError, ValueError):
        return _refused(DocumentVerdict.CORRUPT, "The parser gave no usable answer.")


def draw(data: bytes, filename: str, pages: Collection[int], limits: Limits) -> dict[int, Raster]:
    """Draw pages of a parsed PDF or image, large enough to be read by OCR.

    A page that can't be drawn in time and memory is absent. About 12 MB an A4 page: ask for few.
    """
    order = _order(filename, limits, 0) | {"draw": sorted(pages), "draw_dpi": limits.ocr_dpi}
    answer = run_child(data, order, limits.seconds)
    try:
        return _rasters(answer, set(pages))
    except (ValidationError, ValueError):
        return {}


def _rasters(answer: Answer, wanted: set[int]) -> dict[int, Raster]:
    """Take over the drawings; ValueError if they contradict themselves."""
    if answer.late or answer.too_long or answer.exit_code != 0:
        raise ValueError("not drawn")
    head, _, pixels = answer.output.partition(b"\n")
    rasters: dict[int, Raster] = {}
    position = 0
    for page in _Drawn.model_validate_json(head).pages:
        size = page.width * page.height * 3
        data = pixels[position : position + size]
        if min(page.width, page.height, page.width_pt, page.height_pt) <= 0 or len(data) != size:
            raise ValueError("a page without its pixels")
        if page.page in wanted:
            raster = Raster(page.width_pt, page.height_pt, data, (page.width, page.height))
            rasters[page.page] = raster
        position += size
    return rasters


def _order(filename: str, limits: Limits, depth: int) -> Json:
    return {
        "suffix": Path(filename).suffix.lstrip(".").lower()[:10],
        "max_pages": limits.max_pages,
        "max_text": limits.max_text,
        "max_drawn": limits.max_drawn,
        "max_members": limits.max_members,
        "max_unpacked": limits.max_unpacked,
        "max_member": limits.max_bytes,
        "deeper": depth < limits.max_depth,
        "memory_mb": limits.memory_mb,
        "seconds": limits.seconds,
        "dpi": limits.dpi,
    }


def _refused(verdict: DocumentVerdict, reason: str) -> Parsed:
    return Parsed(verdict=verdict, reason=reason, media_type="application/octet-stream")


def _crashed(exit_code: int) -> Parsed:
    if -exit_code in _MEMORY_SIGNALS:
        return _refused(
            DocumentVerdict.BOMB, "The parser ran out of the memory that one file may use."
        )
    return _refused(DocumentVerdict.CORRUPT, f"The file ended the parser (code {exit_code}).")


def _checked(report: _Report, limits: Limits) -> Parsed:
    """Take over the report; ValueError if it contradicts itself."""
    words = tuple(Word(*word) for word in report.words)
    position = 0
    for word in words:
        if not position <= word.start < word.end <= len(report.text):
            raise ValueError("words out of order")
        position = word.end
    if len(report.pages) > limits.max_pages or len(report.text) > limits.max_text:
        raise ValueError("more than was allowed")
    parsed = Parsed(
        verdict=report.verdict,
        reason=report.reason,
        media_type=report.media_type[:100],
        text=report.text,
        words=words,
        pages=tuple(_page(page) for page in report.pages),
        signals=tuple(
            Signal(
                kind=kind, message=message, page=page, level=level, boxes=tuple(map(_box, boxes))
            )
            for kind, message, page, level, boxes in report.signals
        ),
        quarantined=_quarantined(report, limits),
        members=_members(report, limits),
        unread=tuple(report.unread),
        isolated=report.isolated,
    )
    found = instruction_signals(parsed, report.concealed)
    return replace(parsed, signals=(*parsed.signals, *found))


def _box(sides: tuple[float, float, float, float]) -> Box:
    x0, y0, x1, y1 = sides
    return Box(x0=x0, y0=y0, x1=x1, y1=y1)


def _page(page: tuple[int, float, float, str]) -> Page:
    number, width, height, encoded = page
    png = base64.b64decode(encoded, validate=True)
    if not png.startswith(_PNG):
        raise ValueError("a page image that is none")
    return Page(number, width, height, png)


def _quarantined(report: _Report, limits: Limits) -> tuple[Quarantined, ...]:
    """Keep hidden text for the reviewer, up to a bound; the search for orders saw all of it."""
    kept: list[Quarantined] = []
    left = limits.max_hidden
    for where, text, page in report.concealed:
        shown = text[: min(left, limits.max_hidden_piece)]
        found = Quarantined(where=where, text=shown, page=page)
        if shown.strip() and found not in kept:
            kept.append(found)
            left -= len(shown)
    return tuple(kept)


def _members(report: _Report, limits: Limits) -> tuple[Member, ...]:
    members = [
        Member(_plain_name(name), base64.b64decode(data, validate=True))
        for name, data in report.members
    ]
    total = sum(len(member.data) for member in members)
    if len(members) > limits.max_members or total > limits.max_unpacked:
        raise ValueError("more members than were allowed")
    return tuple(members)


def _plain_name(name: str) -> str:
    """Give a name without folders and without characters that a screen does not show."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(char for char in last if char.isprintable())[:200] or "unnamed"
