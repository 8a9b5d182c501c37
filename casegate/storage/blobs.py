"""Files by the hash of their content."""

import os
import secrets
from pathlib import Path

from casegate.errors import BlobMissing
from casegate.hashing import sha256_hex
from casegate.storage.engine import named_errors


class BlobFolder:
    """A folder of files named by their SHA-256. Written once, verified at every read."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes) -> str:
        """Store `data` durably and give its sha256; the same content is stored once.

        Raises:
            StorageFull: the disk is full; nothing was stored.
        """
        sha256 = sha256_hex(data)
        target = self._place(sha256)
        if self._holds(target, sha256):
            return sha256
        with named_errors():
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{sha256}.{secrets.token_hex(4)}.part")
            try:
                _write_durably(part, data)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
            _sync_folder(target.parent)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Read a blob.

        Raises:
            BlobMissing: it is gone, or a byte of it changed.
        """
        try:
            data = self._place(sha256).read_bytes()
        except OSError as bad:
            raise BlobMissing(f"blob {sha256} can't be read: {type(bad).__name__}") from None
        if sha256_hex(data) != sha256:
            raise BlobMissing(
                f"blob {sha256} does not match its sha256",
                remedy="Restore the file from a backup, or have the document sent again.",
            )
        return data

    def path(self, sha256: str) -> Path:
        """Give the file of a verified blob, for readers that want a file.

        Raises:
            BlobMissing: it is gone, or a byte of it changed.
        """
        self.get(sha256)
        return self._place(sha256)

    def _holds(self, target: Path, sha256: str) -> bool:
        # A damaged blob is written anew when its content arrives again.
        return target.exists() and sha256_hex(target.read_bytes()) == sha256

    def _place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise BlobMissing(
                f"`sha256` must be 64 hexadecimal digits, got {len(sha256)} characters"
            )
        return self._root / sha256[:2] / sha256[2:]


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
