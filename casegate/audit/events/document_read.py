"""DocumentRead."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class DocumentRead(Event):
    """A document was parsed; `content_hash` covers the whole record."""

    kind: ClassVar[str] = "document_read"

    run: Ref
    document: Ref
    sha256: Sha256
    verdict: Ref
    content_hash: Sha256
    text_blob: Sha256 | None
    fields: int
    dropped: int
    signals: int
