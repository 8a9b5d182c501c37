"""One owner of the model: callers wait in line, each with its deadline."""

import contextlib
import errno
import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from casegate.errors import ModelTimeout
from casegate.inference.ports import Complete, Completion, ModelIdentity, Request

POLL_S = 0.05


class WaitingLine:
    """A `Complete` that serves one caller at a time, first come first served.

    Within the process callers queue; a second process on the machine waits at the lock file, as
    two models that compute at once are far slower than one after the other. Waiting counts
    against the caller's deadline.
    """

    def __init__(
        self,
        complete: Complete,
        *,
        lock_file: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Put a line before `complete`.

        Args:
            complete: Is called by one thread at a time, with what is left of the deadline.
            lock_file: Shared by the processes of this machine; None for this process alone.
            clock: Seconds that never go back.
        """
        self._complete = complete
        self._lock_file = lock_file
        self._clock = clock
        self._changed = threading.Condition()
        self._line: deque[object] = deque()

    @property
    def identity(self) -> ModelIdentity:
        """Name the weights."""
        return self._complete.identity

    def waiting(self) -> int:
        """Count the callers in line, the one being served included."""
        with self._changed:
            return len(self._line)

    def __call__(self, request: Request) -> Completion:
        """Wait for one's turn, then answer; see `Complete`."""
        deadline = self._clock() + request.deadline_s
        with self._turn(request, deadline), self._machine(request, deadline):
            left = deadline - self._clock()
            if left <= 0:
                raise self._late(request)
            return self._complete(request.model_copy(update={"deadline_s": left}))

    @contextlib.contextmanager
    def _turn(self, request: Request, deadline: float) -> Iterator[None]:
        ticket = object()
        with self._changed:
            self._line.append(ticket)
        try:
            with self._changed:
                if not self._changed.wait_for(
                    lambda: self._line[0] is ticket, timeout=deadline - self._clock()
                ):
                    raise self._late(request)
            yield
        finally:
            with self._changed:
                self._line.remove(ticket)
                self._changed.notify_all()

    @contextlib.contextmanager
    def _machine(self, request: Request, deadline: float) -> Iterator[None]:
        if self._lock_file is None:
            yield
            return
        try:
            self._lock_file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            if error.errno not in (errno.EROFS, errno.EACCES):
                raise
            # A models folder that can't be written belongs to a container with one worker.
            yield
            return
        try:
            while not _locked(handle):
                if self._clock() > deadline:
                    raise self._late(request)
                time.sleep(POLL_S)
            yield
        finally:
            os.close(handle)

    def _late(self, request: Request) -> ModelTimeout:
        return ModelTimeout(
            f"task {request.task!r} waited {request.deadline_s:g} s in line for the model",
            remedy="Run fewer cases at once, or raise CASEGATE_MODEL_DEADLINE_S.",
        )


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
