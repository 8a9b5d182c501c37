"""What a check sees of one paper, and how it says what it found."""

from collections.abc import Iterator
from dataclasses import dataclass

from casegate.model.document import DocumentType, Field, Signal, SignalLevel, TextSource
from tools.documents.parsed import Parsed


@dataclass(frozen=True)
class Seen:
    """A paper after reading."""

    parsed: Parsed
    type: DocumentType
    fields: tuple[Field, ...]

    def by_ocr(self) -> bool:
        """Tell whether any page was read by OCR, which may misread a figure."""
        return any(page.read_from is TextSource.OCR for page in self.parsed.pages)


def about(
    kind: str, message: str, *fields: Field, level: SignalLevel = SignalLevel.LOOK
) -> Iterator[Signal]:
    """Make the signal of what some fields say together."""
    page = next((field.page for field in fields if field.page is not None), None)
    yield Signal(
        kind=kind,
        message=message,
        page=page,
        level=level,
        boxes=tuple(b for field in fields if field.page == page for b in field.boxes),
        fields=tuple(field.name for field in fields),
    )
