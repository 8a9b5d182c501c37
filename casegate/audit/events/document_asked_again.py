"""DocumentAskedAgain."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class DocumentAskedAgain(Event):
    """A person asked for a better copy of a document: nothing in the case rests on this one."""

    kind: ClassVar[str] = "document_asked_again"

    review: Ref
    document: Ref
    content_hash: Sha256
