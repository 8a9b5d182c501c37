"""DocumentReplaced."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class DocumentReplaced(Event):
    """The copy that was asked for came and was read: nothing rests on the old one any more."""

    kind: ClassVar[str] = "document_replaced"

    review: Ref
    document: Ref
    replacement: Ref
    content_hash: Sha256
