"""How far the documents of a case are, for whoever waits for them to be read."""

from datetime import datetime
from enum import StrEnum

from casegate.model.base import Record
from casegate.model.case import CaseStatus
from casegate.model.document import Band, CopyReason, DocumentAnswer, DocumentType, DocumentVerdict


class ReadingState(StrEnum):
    """Where a document is on its way."""

    PENDING = "pending"
    """No run has reached it."""
    READING = "reading"
    READ = "read"
    UNREADABLE = "unreadable"
    """The reading ended without its text; `verdict` says why."""


WANTED_COPY: dict[CopyReason, str] = {
    CopyReason.UNREADABLE: "a copy on which everything can be read",
    CopyReason.INCOMPLETE: "a copy with all pages, edges and sides",
    CopyReason.EXPIRED: "one that is still valid",
    CopyReason.WRONG_DOCUMENT: "the document that was asked for, in place of this one",
    CopyReason.OTHER: "another copy",
}
"""What the sender of a document is told of each reason, word for word."""


class RequestedAgain(Record):
    """What the sender of a document is asked for: fixed words, none of them about a person."""

    reason_code: CopyReason
    asked: str
    """Such as `passport: a copy on which everything can be read`."""
    at: datetime


class DocumentProgress(Record):
    """How far one document is, without a value of it."""

    id: str
    parent: str | None = None
    replaces: str | None = None
    """The document that was asked for again, and that this one was sent for."""
    filename: str
    state: ReadingState
    verdict: DocumentVerdict
    type: DocumentType
    pages: int
    fields: dict[Band, int]
    """How many values were read, by what to do with them."""
    missing: tuple[str, ...]
    """Required fields that were not read."""
    signals: int | None = None
    """How many signals it carries; None for a sending system, which learns nothing of suspicion."""
    alarms: int | None = None
    answer: DocumentAnswer | None = None
    """What a person did with it; None for a sending system too."""
    requested_again: RequestedAgain | None = None
    """What is asked for in its place, while the case is open; sending systems are told too."""


class CaseDocuments(Record):
    """All documents of a case with how far the run that reads them is."""

    case_id: str
    status: CaseStatus
    node: str | None = None
    """The step that the run entered last; None before the first and for a case without a run."""
    documents: tuple[DocumentProgress, ...]
