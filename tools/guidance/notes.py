"""The notes themselves: Markdown with front matter, written for this repository."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from casegate.errors import GuidanceUnavailable
from casegate.model.base import Record

NOTES = Path(__file__).with_name("notes")
LONGEST = 900
_FENCE = "---\n"


class Topic(StrEnum):
    """What a note is about; also what the agent may ask for."""

    STRUCTURING = "structuring"
    NEAR_THRESHOLD = "near_threshold"
    PASS_THROUGH = "pass_through"  # noqa: S105 - a typology, no password
    FAN_IN = "fan_in"
    FUNNEL_ACCOUNT = "funnel_account"
    SEASONAL_BUSINESS = "seasonal_business"
    SOURCE_OF_FUNDS = "source_of_funds"
    BENEFICIAL_OWNERSHIP = "beneficial_ownership"
    SANCTIONS_HIT = "sanctions_hit"
    POLITICALLY_EXPOSED = "politically_exposed"
    EXPECTED_PROFILE = "expected_profile"
    FOUR_EYES = "four_eyes"
    TIPPING_OFF = "tipping_off"
    FILING_CLOCK = "filing_clock"

    @property
    def words(self) -> str:
        """The topic as a person writes it."""
        return self.value.replace("_", " ")


class NoteSource(Record):
    """What a note rests on."""

    law: str
    """Law, guidance or list of questions, such as `31 CFR 1020.320`."""
    paragraph: str


class Note(Record):
    """One note of at most 900 characters."""

    id: str = Field(pattern=r"^[a-z][a-z_]{2,39}$")
    typology: Topic
    title: str
    sources: tuple[NoteSource, ...] = Field(min_length=1)
    date: date
    """When it was written or last held against its sources."""
    confidence: Literal["verified", "from_memory"]
    """`verified`: the text of every source was read; `from_memory`: confirm before quoting."""
    text: str = Field(min_length=100, max_length=LONGEST)

    @field_validator("text")
    @classmethod
    def _is_plain(cls, text: str) -> str:
        return text.strip()

    def passages(self) -> tuple[str, ...]:
        """Give the paragraphs: what is searched and quoted."""
        return tuple(part.strip() for part in self.text.split("\n\n") if part.strip())


def load_notes(folder: Path = NOTES) -> tuple[Note, ...]:
    """Read all notes, in the order of their ids.

    Raises:
        GuidanceUnavailable: there is none, or one has an unknown key, no source or too much text.
    """
    notes = tuple(_read(path) for path in sorted(folder.glob("*.md")))
    if not notes:
        raise GuidanceUnavailable("there are no guidance notes")
    if len({note.id for note in notes}) != len(notes):
        raise GuidanceUnavailable("two guidance notes have one id")
    return notes


def _read(path: Path) -> Note:
    try:
        empty, head, text = path.read_text(encoding="utf-8").split(_FENCE, 2)
        note = Note.model_validate({**yaml.safe_load(head), "text": text.strip()})
    except (OSError, ValueError, TypeError, yaml.YAMLError, ValidationError) as bad:
        raise GuidanceUnavailable(f"note {path.name} can't be read: {type(bad).__name__}") from None
    if empty or note.id != path.stem:
        raise GuidanceUnavailable(f"note {path.name} must have the id {path.stem!r}")
    return note
