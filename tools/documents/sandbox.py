"""The safe parse: a child process reads the file, this one only reads the child's report."""

import base64
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import IO, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from casegate.model.document import Box, DocumentVerdict, Signal, SignalLevel
from tools.documents.environment import child_environment
from tools.documents.instructions import instruction_signals
from tools.documents.limits import Limits
from tools.documents.parsed import Page, Parsed, Word

_MAX_REPORT = 200_000_000
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
    signals: list[tuple[str, str, int | None, SignalLevel, list[tuple[float, float, float, float]]]]
    concealed: list[tuple[str, str, int | None]]
    isolated: tuple[bool, bool, bool]


class _Answer(NamedTuple):
    output: bytes
    exit_code: int
    late: bool
    too_long: bool


def parse(data: bytes, filename: str, limits: Limits) -> Parsed:
    """Read a file of unknown origin. Never raises for its content and never outlasts the limit.

    `filename` only hints at the format; it does not reach the child. A file that can't be read
    safely gives a verdict, a reason for the reviewer, and no text.
    """
    if not data:
        return _refused(DocumentVerdict.EMPTY, "The file has no content.")
    if len(data) > limits.max_bytes:
        return _refused(
            DocumentVerdict.TOO_LARGE,
            f"The file has {len(data)} bytes; {limits.max_bytes} are allowed.",
        )
    answer = _run_child(data, _suffix(filename), limits)
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


def _refused(verdict: DocumentVerdict, reason: str) -> Parsed:
    return Parsed(verdict=verdict, reason=reason, media_type="application/octet-stream")


def _crashed(exit_code: int) -> Parsed:
    if -exit_code in _MEMORY_SIGNALS:
        return _refused(
            DocumentVerdict.BOMB, "The parser ran out of the memory that one file may use."
        )
    return _refused(DocumentVerdict.CORRUPT, f"The file ended the parser (code {exit_code}).")


def _suffix(filename: str) -> str:
    return Path(filename).suffix.lstrip(".").lower()[:10]


def _run_child(data: bytes, suffix: str, limits: Limits) -> _Answer:
    order = {
        "suffix": suffix,
        "max_pages": limits.max_pages,
        "max_text": limits.max_text,
        "memory_mb": limits.memory_mb,
        "seconds": limits.seconds,
        "dpi": limits.dpi,
    }
    with _unlinked_file(data) as file:
        child = subprocess.Popen(  # noqa: S603 - our own module, arguments without a shell
            [sys.executable, "-P", "-s", "-m", "tools.documents.child", json.dumps(order)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            cwd="/",
            start_new_session=True,
        )
    try:
        return _collect(child, limits.seconds)
    finally:
        _end(child)


def _unlinked_file(data: bytes) -> IO[bytes]:
    """Give a file without a name: in memory where the system can, so that nothing is left over."""
    file: IO[bytes]
    if hasattr(os, "memfd_create"):
        file = os.fdopen(os.memfd_create("document"), "w+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(data)
    file.flush()
    file.seek(0)
    return file


def _collect(child: "subprocess.Popen[bytes]", seconds: float) -> _Answer:
    assert child.stdout is not None  # noqa: S101 - tells the type checker what PIPE made
    deadline = time.monotonic() + seconds
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return _Answer(b"", 0, late=True, too_long=False)
            part = os.read(child.stdout.fileno(), 1 << 20)
            if not part:
                break
            parts.append(part)
            size += len(part)
            if size > _MAX_REPORT:
                return _Answer(b"", 0, late=False, too_long=True)
    try:
        code = child.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return _Answer(b"", 0, late=True, too_long=False)
    return _Answer(b"".join(parts), code, late=False, too_long=False)


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        child.kill()
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


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
