"""A value on its way to a field: where it stands, what it means, how it was found."""

from dataclasses import dataclass

from casegate.model.document import Engine
from tools.documents.schema import FieldSchema


@dataclass(frozen=True)
class Found:
    """Characters `start` to `end` of the document's text."""

    field: FieldSchema
    start: int
    end: int
    normalised: str
    engine: Engine
    confidence: float
    currency: str = ""
    row: int = 0
    """Which row of a group it belongs to, counted from 0."""
