"""FieldCorrected."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class FieldCorrected(Event):
    """A person corrected or added a value of a document; hashes are salted by the record."""

    kind: ClassVar[str] = "field_corrected"

    review: Ref
    document: Ref
    field: Ref | None
    """None for a value that was not read at all."""
    name: Ref
    before_hash: Sha256
    after_hash: Sha256
    content_hash: Sha256
