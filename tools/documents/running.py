"""A child process for one file: the bytes go in, at most so many bytes come out, in time."""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from typing import IO, NamedTuple

from casegate.model.base import Json
from tools.documents.environment import child_environment

MAX_ANSWER = 200_000_000


class Answer(NamedTuple):
    """What the child wrote, and how it ended."""

    output: bytes
    exit_code: int
    late: bool
    too_long: bool


def run_child(data: bytes, order: Json, seconds: float) -> Answer:
    """Hand a file to a child of its own; the child is gone when this returns."""
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
        return _collect(child, seconds)
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


def _collect(child: "subprocess.Popen[bytes]", seconds: float) -> Answer:
    assert child.stdout is not None  # noqa: S101 - tells the type checker what PIPE made
    deadline = time.monotonic() + seconds
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return Answer(b"", 0, late=True, too_long=False)
            part = os.read(child.stdout.fileno(), 1 << 20)
            if not part:
                break
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER:
                return Answer(b"", 0, late=False, too_long=True)
    try:
        code = child.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return Answer(b"", 0, late=True, too_long=False)
    return Answer(b"".join(parts), code, late=False, too_long=False)


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        child.kill()
        child.wait()
    if child.stdout is not None:
        child.stdout.close()
