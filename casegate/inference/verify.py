"""Nothing is loaded whose bytes are not the catalogue's."""

import hashlib
import json
import os
from pathlib import Path

from casegate.errors import ModelHashWrong, ModelMissing
from casegate.inference.catalogue import Entry

CHUNK = 1 << 20


def sha256_file(path: Path) -> str:
    """Hash a file of any size without holding it in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def verified(entry: Entry, models_dir: Path, *, again: bool = False) -> Path:
    """Give the path of a model file that is byte for byte the catalogue's.

    The file is hashed once; a stamp beside it remembers for which inode, size and times that
    was, so that later starts take no time. `again` hashes in any case.

    Raises:
        ModelMissing: the file is not there.
        ModelHashWrong: it has another size or another sha256.
    """
    path = models_dir / entry.file
    if not path.is_file():
        raise ModelMissing(
            f"model {entry.name!r} is not in the models folder",
            remedy=f"Run `casegate models pull {entry.name}`.",
        )
    stamp = _stamp_path(path)
    seen = _identity(path, entry)
    if not again and _read(stamp) == seen:
        return path
    check(path, entry)
    if _identity(path, entry) != seen:
        raise ModelHashWrong(f"model {entry.name!r} changed while it was read")
    _write(stamp, seen)
    return path


def remember(path: Path, entry: Entry) -> None:
    """Stamp a file that was checked a moment ago."""
    _write(_stamp_path(path), _identity(path, entry))


def check(path: Path, entry: Entry) -> None:
    """Compare a file with the catalogue's size and sha256.

    Raises:
        ModelHashWrong: they differ.
    """
    remedy = f"Delete the file and run `casegate models pull {entry.name}`."
    size = path.stat().st_size
    if size != entry.size:
        raise ModelHashWrong(
            f"model {entry.name!r} has {size} bytes, expected {entry.size}", remedy=remedy
        )
    sha256 = sha256_file(path)
    if sha256 != entry.sha256:
        raise ModelHashWrong(
            f"model {entry.name!r} has sha256 {sha256}, expected {entry.sha256}", remedy=remedy
        )


def _stamp_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.verified")


def _identity(path: Path, entry: Entry) -> dict[str, str | int]:
    """What must be unchanged for the last hash to stand; the change time can't be set back."""
    stat = path.stat()
    return {
        "path": str(path),
        "inode": stat.st_ino,
        "size": stat.st_size,
        "mtime_ns": stat.st_mtime_ns,
        "ctime_ns": stat.st_ctime_ns,
        "sha256": entry.sha256,
    }


def _read(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write(stamp: Path, seen: dict[str, str | int]) -> None:
    fresh = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    try:
        fresh.write_text(json.dumps(seen), encoding="utf-8")
        fresh.replace(stamp)
    except OSError:
        # A read-only models folder is fine: the file is hashed at every start instead.
        fresh.unlink(missing_ok=True)
