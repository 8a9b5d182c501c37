"""DocumentAccepted."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class DocumentAccepted(Event):
    """A person accepted a document; why stays out of the log."""

    kind: ClassVar[str] = "document_accepted"

    review: Ref
    document: Ref
    content_hash: Sha256
