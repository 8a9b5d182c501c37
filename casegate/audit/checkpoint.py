"""Signed checkpoints: what the end of the chain was, kept outside the database.

The file in the data folder is written after every transaction that appended an event, so that
entries cut off the end are found even when the database's own rows were cleaned up with them.
"""

import fcntl
import logging
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from pydantic import ValidationError

from casegate.audit.chain import Head
from casegate.errors import AuditBroken
from casegate.hashing import canonical_json
from casegate.model.base import Record, Sha256

log = logging.getLogger("casegate.audit")


class Checkpoint(Record):
    """That entry `seq` had hash `hash`, signed with Ed25519 (RFC 8032)."""

    seq: int
    hash: Sha256
    at: str
    """When that entry was written."""
    signature: str
    """128 hexadecimal digits over the RFC 8785 canonical JSON of the three fields above."""


class Checkpoints:
    """Signs and checks checkpoints with the key of one data folder."""

    def __init__(self, folder: Path, key: Ed25519PrivateKey) -> None:
        self._file = folder / "checkpoint.json"
        self._key = key

    @classmethod
    def open(cls, folder: Path) -> "Checkpoints":
        """Read the key of `folder`, or make one that only its owner can read.

        Raises:
            AuditBroken: the key file can't be read as an Ed25519 key.
        """
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / "checkpoint.key"
        _make_key(place)
        try:
            key = load_pem_private_key(place.read_bytes(), password=None)
        except ValueError:
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise AuditBroken(
                f"{place.name} holds no Ed25519 key", remedy="Restore the key file from a backup."
            )
        return cls(folder, key)

    def public_pem(self) -> str:
        """Give the public key, with which an auditor checks without the data folder."""
        public = self._key.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, head: Head) -> Checkpoint:
        """Sign the end of a chain."""
        signature = self._key.sign(_signed_bytes(head.seq, head.hash, head.at)).hex()
        return Checkpoint(seq=head.seq, hash=head.hash, at=head.at, signature=signature)

    def genuine(self, checkpoint: Checkpoint) -> bool:
        """Tell whether this folder's key signed the checkpoint."""
        signed = _signed_bytes(checkpoint.seq, checkpoint.hash, checkpoint.at)
        try:
            self._key.public_key().verify(bytes.fromhex(checkpoint.signature), signed)
        except (InvalidSignature, ValueError):
            return False
        return True

    def witness(self, head: Head) -> None:
        """Keep the end of the chain in the file, unless a newer one is there already.

        Never raises: the entry is committed by then. An older checkpoint stays true of its part
        of the chain, and a file that is no checkpoint stays as it is, for the verifier to report.
        """
        try:
            self._keep(head)
        except (OSError, AuditBroken) as bad:
            log.error("entry %d was not checkpointed: %s", head.seq, type(bad).__name__)

    def _keep(self, head: Head) -> None:
        with self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            kept = self.kept()
            if kept is not None and kept.seq >= head.seq:
                return
            part = self._file.with_suffix(".part")
            with part.open("w") as file:
                file.write(self.sign(head).model_dump_json())
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._file)

    def kept(self) -> Checkpoint | None:
        """Give the file's checkpoint; None if there is no file.

        Raises:
            AuditBroken: the file is no checkpoint.
        """
        try:
            return Checkpoint.model_validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError:
            raise AuditBroken(f"{self._file.name} is no checkpoint") from None


def _signed_bytes(seq: int, hash: str, at: str) -> bytes:
    return canonical_json({"seq": seq, "hash": hash, "at": at})


def _make_key(place: Path) -> None:
    if place.exists():
        return
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Not the process id: in containers over one volume every process may have the same.
    part = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
    part.touch(mode=0o600)
    part.write_bytes(pem)
    try:
        # Of two processes that start at once, the first one's key stays.
        os.link(part, place)
    except FileExistsError:
        pass
    finally:
        part.unlink()
