"""The hash chain: what an entry's hash covers, byte by byte."""

import hashlib
import json
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from casegate.audit.event import StoredEvent
from casegate.clock import moment

GENESIS = "0" * 64
"""`prev_hash` of the first entry."""


class Head(NamedTuple):
    """The newest entry of a chain; number 0 and `GENESIS` while it is empty."""

    seq: int
    hash: str
    at: str


class EventRow(NamedTuple):
    """An entry as the database holds it; `payload` is RFC 8785 canonical JSON text."""

    seq: int
    id: str
    kind: str
    at: str
    actor: str
    case_id: str | None
    payload: str
    prev_hash: str
    hash: str

    def event(self) -> StoredEvent:
        """Read the entry as a record."""
        fields = self._asdict() | {"at": moment(self.at), "payload": json.loads(self.payload)}
        return StoredEvent.model_validate(fields)


def entry_hash(row: EventRow) -> str:
    """Hash all fields of an entry but `hash` as RFC 8785 canonical JSON.

    The object's keys are written in their canonical order here and the payload is canonical
    already, which spares parsing it: this is what makes verifying a million entries quick. A test
    compares the bytes with the `rfc8785` library's.
    """
    return hashlib.sha256(entry_bytes(row)).hexdigest()


def entry_bytes(row: EventRow) -> bytes:
    """Write the canonical JSON that `entry_hash` covers."""
    case_id = "null" if row[5] is None else quoted(row[5])
    return (
        f'{{"actor":{quoted(row[4])},"at":{quoted(row[3])},"case_id":{case_id},'
        f'"id":{quoted(row[1])},"kind":{quoted(row[2])},"payload":{row[6]},'
        f'"prev_hash":{quoted(row[7])},"seq":{row[0]}}}'
    ).encode()
