"""The one warm process that reads pictures: started on first use, ended with this one."""

import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casegate.model.document import Box
from tools.documents.environment import child_environment
from tools.documents.ocr.reader import OcrLine, OcrPage, OcrWord, Raster

_START_SECONDS = 60.0
_MAX_ANSWER = 50_000_000
_MAX_WORDS = 50_000

_Corner = tuple[float, float]
_Corners = tuple[_Corner, _Corner, _Corner, _Corner]


class _Started(BaseModel):
    model_config = ConfigDict(extra="forbid")

    isolated: tuple[bool, bool, bool]


class _Words(BaseModel):
    """The process's answer. A picture may have taken it over: nothing is trusted."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    words: list[tuple[str, _Corners, _Corners, float]] = Field(max_length=_MAX_WORDS)
    turned: Literal[0, 90, 180, 270]
    skew: float
    size: tuple[int, int]


class _Lines(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    lines: list[tuple[str, float]]


class _NotRead(Exception):
    """The process gave no answer."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class WarmReader:
    """Reads pictures of pages in one process, one at a time; restarts it when it hangs or dies.

    Safe for threads. The process sees pixels alone, never a file, and ends with this one.
    """

    def __init__(self, *, seconds: float = 60.0, threads: int = 0, memory_mb: int = 3072) -> None:
        self._seconds = seconds
        self._order = {"threads": threads or os.cpu_count() or 1, "memory_mb": memory_mb}
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self.isolated: tuple[bool, bool, bool] | None = None
        """Whether network, files and system calls were out of its reach; None before its start."""

    def read_page(self, raster: Raster) -> OcrPage:
        """Find and read all words of a page."""
        try:
            answer = _Words.model_validate_json(self._ask({"do": "page"}, raster))
        except _NotRead as failed:
            return OcrPage(problem=failed.problem)
        except ValidationError:
            return OcrPage(problem="crash")
        across = raster.width_pt / max(answer.size[0], 1)
        down = raster.height_pt / max(answer.size[1], 1)
        if answer.turned in (90, 270):
            up_across, up_down = down, across
        else:
            up_across, up_down = across, down
        words = (
            OcrWord(
                " ".join(text.split()), _around(corners, across, down),
                _around(upright, up_across, up_down), min(max(sure, 0.0), 1.0),
            )
            for text, corners, upright, sure in answer.words
        )  # fmt: skip
        return OcrPage(tuple(w for w in words if w.text), answer.turned, answer.skew)

    def read_regions(self, raster: Raster, boxes: Sequence[Box]) -> tuple[OcrLine, ...]:
        """Read what stands in each box, as one line each."""
        nothing = tuple(OcrLine("", 0.0) for _ in boxes)
        size = raster.size or _png_size(raster.data)
        if size is None or not boxes or raster.width_pt <= 0 or raster.height_pt <= 0:
            return nothing
        across, down = size[0] / raster.width_pt, size[1] / raster.height_pt
        places = [(b.x0 * across, b.y0 * down, b.x1 * across, b.y1 * down) for b in boxes]
        try:
            answer = self._ask({"do": "lines", "boxes": places}, raster)
            lines = _Lines.model_validate_json(answer).lines
        except (_NotRead, ValidationError):
            return nothing
        read = tuple(OcrLine(text, min(max(sure, 0.0), 1.0)) for text, sure in lines)
        return read if len(read) == len(boxes) else nothing

    def start(self) -> bool:
        """Start the process if it does not run; tell whether it does."""
        with self._lock:
            try:
                self._running()
            except _NotRead:
                return False
            return True

    def close(self) -> None:
        """End the process. The next picture starts another."""
        with self._lock:
            self._end()

    def _ask(self, order: dict[str, object], raster: Raster) -> bytes:
        width, height = raster.size or (None, None)
        order |= {"width": width, "height": height, "bytes": len(raster.data)}
        head = json.dumps(order).encode("ascii")
        with self._lock:
            process = self._running()
            try:
                return _exchange(
                    process, (struct.pack(">I", len(head)), head, raster.data), self._seconds
                )
            except _NotRead:
                self._end()
                raise

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._owner != os.getpid():
            # After a fork the process belongs to the parent.
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = self._started()
        return self._process

    def _started(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(  # noqa: S603 - our own module, arguments without a shell
            [sys.executable, "-P", "-s", "-m", "tools.documents.ocr", json.dumps(self._order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(threads=self._order["threads"]),
            cwd="/",
            start_new_session=True,
            bufsize=0,
        )
        try:
            said = _Started.model_validate_json(_exchange(process, (), _START_SECONDS))
        except (_NotRead, ValidationError):
            _end(process)
            raise _NotRead("unavailable") from None
        self.isolated = said.isolated
        return process

    def _end(self) -> None:
        if self._process is not None:
            _end(self._process)
            self._process = None


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _exchange(process: "subprocess.Popen[bytes]", parts: Sequence[bytes], seconds: float) -> bytes:
    """Write an order and read the answer before the time is over."""
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
    deadline = time.monotonic() + seconds
    os.set_blocking(process.stdin.fileno(), False)
    for part in parts:
        _write(process.stdin.fileno(), part, deadline)
    head = _read(process.stdout.fileno(), 4, deadline)
    size = int(struct.unpack(">I", head)[0])
    if size > _MAX_ANSWER:
        raise _NotRead("crash")
    return _read(process.stdout.fileno(), size, deadline)


def _write(pipe: int, data: bytes, deadline: float) -> None:
    rest = memoryview(data)
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_WRITE)
        while rest:
            _wait(selector, deadline)
            try:
                rest = rest[os.write(pipe, rest) :]
            except OSError:
                raise _NotRead("crash") from None


def _read(pipe: int, size: int, deadline: float) -> bytes:
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while len(data) < size:
            _wait(selector, deadline)
            part = os.read(pipe, min(size - len(data), 1 << 20))
            if not part:
                raise _NotRead("crash")
            data += part
    return bytes(data)


def _wait(selector: selectors.BaseSelector, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not selector.select(left):
        raise _NotRead("timeout")


def _around(corners: _Corners, across: float, down: float) -> tuple[float, float, float, float]:
    xs = [x * across for x, _ in corners]
    ys = [y * down for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return (width, height) if width and height else None
