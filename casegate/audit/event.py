"""The base of all events and the form in which they are stored."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from casegate.model.base import Json, Record, Sha256

Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:@#/+-]{1,200}$")]
"""An id, code or version. No blanks and ASCII only, so that no name or address can pass for one."""


class Event(Record):
    """Something that happened. Carries ids and hashes, never personal data."""

    kind: ClassVar[str]


class StoredEvent(Record):
    """An event in the chain.

    `hash` is SHA-256 over the RFC 8785 canonical JSON of all other fields, `prev_hash` the hash of
    the entry before it (64 zeros for the first).
    """

    seq: int
    """From 1, without gaps."""
    id: str
    kind: str
    at: datetime
    actor: str
    case_id: str | None
    payload: Json
    prev_hash: Sha256
    hash: Sha256
