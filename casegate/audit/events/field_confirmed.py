"""FieldConfirmed."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class FieldConfirmed(Event):
    """A person found a value of a document as it was read; hashes are salted by the record."""

    kind: ClassVar[str] = "field_confirmed"

    review: Ref
    document: Ref
    field: Ref
    name: Ref
    value_hash: Sha256
    content_hash: Sha256
