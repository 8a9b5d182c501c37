"""What one file may cost."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casegate.config import Settings


@dataclass(frozen=True)
class Limits:
    """Bounds of one parse; past any of them the file gets a verdict, never a partial reading."""

    max_bytes: int = 20_000_000
    max_pages: int = 100
    seconds: float = 30.0
    """Wall time of the child process, its start included."""
    memory_mb: int = 2048
    """Address space of the child process."""
    max_text: int = 2_000_000
    """Characters of text."""
    dpi: int = 110
    """Resolution of the page images."""

    ocr_dpi: int = 200
    """Resolution of the pages that OCR reads."""
    max_drawn: int = 100_000_000
    """Bytes of all page images of an image file."""
    max_members: int = 100
    """Files in a mail or an archive."""
    max_unpacked: int = 100_000_000
    """Bytes of all files in a mail or an archive."""
    max_depth: int = 2
    """How many archives and mails may lie in one another."""
    max_hidden: int = 50_000
    """Characters of hidden text that are kept for the reviewer."""
    max_hidden_piece: int = 4_000

    @classmethod
    def of(cls, settings: "Settings") -> "Limits":
        """Take the limits from the settings of this installation."""
        return cls(
            max_bytes=settings.max_document_bytes,
            max_pages=settings.max_document_pages,
            seconds=settings.parse_seconds,
            memory_mb=settings.parse_memory_mb,
        )
