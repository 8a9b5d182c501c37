"""DocumentRejected."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class DocumentRejected(Event):
    """A person rejected a document: nothing in the case rests on it."""

    kind: ClassVar[str] = "document_rejected"

    review: Ref
    document: Ref
    content_hash: Sha256
