"""Verifies the chain: alteration, deletion, reordering and truncation are found."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Protocol

from pydantic import ValidationError

from casegate.audit.chain import GENESIS, EventRow, entry_bytes
from casegate.audit.checkpoint import Checkpoint, Checkpoints
from casegate.errors import AuditBroken
from casegate.model.base import Record, Sha256


class AuditReport(Record):
    """What verifying found."""

    entries: int
    """Entries read, up to and with the first bad one."""
    root: Sha256
    """Hash of the last good entry; it stands for everything before it."""
    ok: bool
    first_bad: int | None = None
    """Number of the first entry that is wrong or missing."""
    reason: str = ""
    checkpoint: int | None = None
    """The newest checkpointed entry; what lies after it could be cut off unseen."""


class Chain(Protocol):
    """Where the entries and the database's checkpoint come from."""

    def rows(self) -> Iterator[EventRow]:
        """Stream the entries in the order of their numbers."""
        ...

    def newest_checkpoint(self) -> str | None:
        """Give the newest checkpoint in the database."""
        ...


def verify(chain: Chain, checkpoints: Checkpoints) -> AuditReport:
    """Read the whole chain and compare it with itself and with the checkpoints."""
    try:
        marks = _marks(chain, checkpoints)
    except AuditBroken as bad:
        return AuditReport(entries=0, root=GENESIS, ok=False, reason=bad.message)
    newest = max(marks, default=None)
    found = _walk(chain.rows(), marks)
    if found.ok and newest is not None and newest > found.entries:
        missing = found.entries + 1
        reason = f"entries from {missing} are missing; entry {newest} was signed"
        found = found.model_copy(update={"ok": False, "first_bad": missing, "reason": reason})
    return found.model_copy(update={"checkpoint": newest})


def _walk(rows: Iterable[EventRow], marks: dict[int, str]) -> AuditReport:
    number, last = 0, GENESIS
    for row in rows:
        number += 1
        reason = ""
        if row[0] != number:
            reason = f"entry {number} is missing; entry {row[0]} follows"
        elif sha256(entry_bytes(row)).hexdigest() != row[8]:
            reason = f"entry {number} was altered: its hash does not match"
        elif row[7] != last:
            reason = f"entry {number} does not follow the entry before it"
        elif number in marks and marks[number] != row[8]:
            reason = f"entry {number} is not the one that was signed"
        if reason:
            return AuditReport(entries=number, root=last, ok=False, first_bad=number, reason=reason)
        last = row[8]
    return AuditReport(entries=number, root=last, ok=True)


def _marks(chain: Chain, checkpoints: Checkpoints) -> dict[int, str]:
    stored = chain.newest_checkpoint()
    kept = checkpoints.kept()
    if stored is not None and kept is None:
        raise AuditBroken("the checkpoint file is gone though the database has a checkpoint")
    marks: dict[int, str] = {}
    for where, checkpoint in (("database", _read(stored)), ("file", kept)):
        if checkpoint is None:
            continue
        if not checkpoints.genuine(checkpoint):
            raise AuditBroken(f"the checkpoint in the {where} has a wrong signature")
        if marks.setdefault(checkpoint.seq, checkpoint.hash) != checkpoint.hash:
            raise AuditBroken(f"two different entries {checkpoint.seq} were signed")
    return marks


def _read(stored: str | None) -> Checkpoint | None:
    if stored is None:
        return None
    try:
        return Checkpoint.model_validate_json(stored)
    except ValidationError:
        raise AuditBroken("the database holds something that is no checkpoint") from None


def export(chain: Chain) -> Iterator[str]:
    """Write the chain as JSON lines, one entry a line, for verification elsewhere."""
    for row in chain.rows():
        yield json.dumps(row._asdict() | {"payload": json.loads(row.payload)}, ensure_ascii=False)
