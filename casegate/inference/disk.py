"""Room on the disk, asked before and noticed during a write."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from casegate.errors import StorageFull

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def full_disk_is_named(folder: Path) -> Iterator[None]:
    """Turn the operating system's "no space" into `StorageFull`."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise StorageFull(
            f"no space left in {folder}", remedy="Free space there, then repeat the step."
        ) from error


def need(folder: Path, size: int) -> None:
    """Refuse to begin what can't fit.

    Raises:
        StorageFull: fewer than `size` bytes are free in `folder`.
    """
    free = shutil.disk_usage(folder).free
    if free < size:
        raise StorageFull(
            f"{size} bytes are needed in {folder}, {free} are free",
            remedy="Free space there, then repeat the step.",
        )
