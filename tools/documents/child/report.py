"""What the child says of a file: plain values, sent as one JSON document."""

import base64
import json
from dataclasses import dataclass, field
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the top left, as displayed."""


_MAY_BE_SHOWN = {"a form field", "a note"}


class Refused(Exception):
    """The file ends with a verdict other than `parsed`."""

    def __init__(self, verdict: str, reason: str) -> None:
        super().__init__(verdict)
        self.verdict = verdict
        self.reason = reason


class Drawn(NamedTuple):
    """A page drawn large enough to be read by OCR."""

    page: int
    width_pt: float
    height_pt: float
    width: int
    height: int
    rgb: bytes


@dataclass
class Report:
    """Filled by the parser of the file's format."""

    media_type: str = "application/octet-stream"
    verdict: str = "parsed"
    reason: str = ""
    text: str = ""
    words: list[tuple[int, int, int, float, float, float, float]] = field(default_factory=list)
    """Start, end, page, x0, y0, x1, y1."""
    pages: list[tuple[int, float, float, str]] = field(default_factory=list)
    """Number, width and height in points, PNG in base64 (empty when there is none)."""
    unread: list[int] = field(default_factory=list)
    """Pages whose words are in a picture, or whose text layer proves nothing."""
    signals: list[tuple[str, str, int | None, str, list[Box]]] = field(default_factory=list)
    """Kind, message, page, level (`note`, `look` or `alarm`), boxes."""
    concealed: list[tuple[str, str, int | None]] = field(default_factory=list)
    """Where, text, page: text that no reader of the page sees."""
    members: list[tuple[str, str]] = field(default_factory=list)
    """Name and content in base64 of the files inside."""
    signed: bool = False
    """The file carries a digital signature."""
    isolated: tuple[bool, ...] = (False, False, False)
    """Whether network, files and system calls were out of reach."""

    def signal(
        self,
        kind: str,
        message: str,
        page: int | None = None,
        *,
        level: str = "look",
        boxes: list[Box] | None = None,
    ) -> None:
        """Note something that a reviewer should know, once."""
        signal = (kind, message, page, level, boxes or [])
        if signal not in self.signals:
            self.signals.append(signal)

    def conceal(self, where: str, text: str, page: int | None = None) -> None:
        """Keep text that stands outside what can be seen."""
        if text.strip():
            self.concealed.append((where, text[:20_000], page))

    def drop_what_is_shown(self) -> None:
        """Drop from the hidden text what a form or a note shows on the page."""
        shown = "".join(self.text.split())
        self.concealed = [
            (where, text, page)
            for where, text, page in self.concealed
            if where not in _MAY_BE_SHOWN or "".join(text.split()) not in shown
        ]

    def add_member(self, name: str, data: bytes) -> None:
        """Hand out a file that lies in this one."""
        self.members.append((name[:500], base64.b64encode(data).decode("ascii")))

    def add_page(self, number: int, width: float, height: float, png: bytes) -> None:
        """Add a page image."""
        self.pages.append((number, width, height, base64.b64encode(png).decode("ascii")))

    def refuse(self, refused: Refused) -> None:
        """End with a verdict; nothing of the content goes on."""
        self.verdict, self.reason = refused.verdict, refused.reason
        self.text, self.words, self.pages, self.unread = "", [], [], []
        self.members = []

    def to_json(self) -> bytes:
        """Write the report."""
        said = {name: value for name, value in self.__dict__.items() if name != "signed"}
        return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii")
