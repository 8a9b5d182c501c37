"""What a generated paper is, and what is true of it."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class Split(StrEnum):
    """Which papers may be looked at: the holdout is for the figures alone."""

    TRAIN = "train"
    TUNE = "tune"
    HOLDOUT = "holdout"


class Medium(StrEnum):
    """How a paper reaches the bank."""

    DIGITAL = "digital"
    TURNED = "turned"
    """A digital page with a rotation in its page dictionary."""
    MIXED = "mixed"
    """A scanned page followed by a digital certification."""
    SCAN = "scan"
    ROTATED = "rotated"
    """A scan that lies on its side or upside down."""
    PHOTO = "photo"
    PNG = "png"
    DOCX = "docx"
    EML = "eml"
    HTML = "html"
    TXT = "txt"


IMAGES = frozenset({Medium.MIXED, Medium.SCAN, Medium.ROTATED, Medium.PHOTO, Medium.PNG})
"""Media whose values stand in a picture."""


@dataclass(frozen=True)
class Said:
    """A value that a reader should find: as printed, and as comparisons use it."""

    name: str
    printed: str
    normalised: str


@dataclass(frozen=True)
class Planted:
    """Something wrong that was put into a paper on purpose."""

    kind: str
    detail: str


@dataclass(frozen=True)
class Carrier:
    """Text put into a file to steer a machine."""

    kind: str
    text: str
    visible: bool


@dataclass(frozen=True)
class Paper:
    """A file with its truth."""

    filename: str
    data: bytes
    split: Split
    number: int
    type: str
    medium: Medium
    language: str
    country: str
    layout: str
    said: tuple[Said, ...]
    unjudged: frozenset[str] = frozenset()
    """Fields that the paper may also be said to hold: a value there is neither right nor wrong."""
    planted: tuple[Planted, ...] = ()
    carriers: tuple[Carrier, ...] = ()

    def truth(self) -> dict[str, object]:
        """Give everything but the file, for JSON."""
        kept = {k: v for k, v in asdict(self).items() if k != "data"}
        plain: dict[str, object] = json.loads(
            json.dumps({**kept, "unjudged": sorted(self.unjudged)})
        )
        return plain
