"""Folders and files that appear whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def finished_folder(target: Path) -> Iterator[Path]:
    """Give a draft folder that takes the place of `target` once it is whole and synced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(".draft-*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=target.parent))
    yield draft
    for path in (*draft.rglob("*"), draft):
        _sync(path)
    if target.exists():
        shutil.rmtree(target)
    draft.rename(target)
    _sync(target.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file in one step."""
    draft = path.with_suffix(".new")
    draft.write_bytes(data)
    _sync(draft)
    draft.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
