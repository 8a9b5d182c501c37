"""A value on its way to a field: where it stands, what it means, how it was found."""

from dataclasses import dataclass
from enum import StrEnum

from casegate.model.document import Engine
from tools.documents.schema import FieldSchema


class Way(StrEnum):
    """By what a value was recognised: how often that is right is measured, way by way."""

    FORM = "form"
    """Its label, in the same cell, beside it or above it."""
    ROW = "row"
    """The head of its column."""
    PLACE = "place"
    """Where papers of this kind have it: letterhead, addressee, date line, closing."""
    SENTENCE = "sentence"
    ZONE = "zone"
    """Under a check digit of the machine readable zone."""
    ZONE_UNCHECKED = "zone_unchecked"
    MODEL = "model"


@dataclass(frozen=True)
class Found:
    """Characters `start` to `end` of the document's text."""

    field: FieldSchema
    start: int
    end: int
    normalised: str
    engine: Engine
    way: Way
    currency: str = ""
    row: int = 0
    """Which row of a group it belongs to, counted from 0."""
    further: tuple[tuple[int, int], ...] = ()
    """The other lines of a value that goes on in its column, below."""
    doubtful: bool = False
    """A person has to look whatever the figures say: another value competes, or the label is
    guessed from a misread one."""
