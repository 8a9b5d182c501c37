"""DocumentStored."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class DocumentStored(Event):
    """A document arrived and its bytes were stored; `parent` is the mail or archive around it.

    `replaces` is the document that a person asked for again.
    """

    kind: ClassVar[str] = "document_stored"

    document: Ref
    sha256: Sha256
    size: int
    parent: Ref | None = None
    replaces: Ref | None = None
