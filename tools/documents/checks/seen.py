"""What a check sees of one paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casegate.model.document import Box, DocumentType, Field, Signal, SignalLevel, TextSource
from tools.documents.parsed import Parsed


@dataclass(frozen=True)
class Seen:
    """A paper after reading, on the day of the case."""

    parsed: Parsed
    type: DocumentType
    fields: tuple[Field, ...]
    on: date

    def field(self, name: str) -> Field | None:
        """Give the first field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def day(self, name: str) -> tuple[Field, date] | None:
        """Give a date field with its day."""
        field = self.field(name)
        return None if field is None else (field, date.fromisoformat(field.normalised))

    def by_ocr(self) -> bool:
        """Tell whether any page was read by OCR, which may misread a figure."""
        return any(page.read_from is TextSource.OCR for page in self.parsed.pages)


def about(
    kind: str, message: str, *fields: Field, level: SignalLevel = SignalLevel.LOOK
) -> Iterator[Signal]:
    """Make the signal of what some fields say together."""
    boxes: tuple[Box, ...] = tuple(box for field in fields for box in field.boxes)
    page = next((field.page for field in fields if field.page is not None), None)
    yield Signal(
        kind=kind,
        message=message,
        page=page,
        level=level,
        boxes=tuple(b for field in fields if field.page == page for b in field.boxes) or boxes,
        fields=tuple(field.name for field in fields),
    )
