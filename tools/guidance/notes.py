"""The notes: Markdown files with front matter, written by this repository, each with its source."""

from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError

from casegate.errors import GuidanceUnavailable
from casegate.hashing import sha256_hex
from casegate.model.base import Record, Sha256

FOLDER = Path(__file__).with_name("notes")


class Note(Record):
    """One note. `source` names law and paragraph; `confidence` says whether its text was read."""

    id: str
    typology: str
    title: str
    source: str
    confidence: Literal["verified", "from_memory"]
    date: date
    text: str
    sha256: Sha256


def read_notes(folder: Path = FOLDER) -> tuple[Note, ...]:
    """Read all notes, by id.

    Raises:
        GuidanceUnavailable: there is none, or one that can't be read; names the file.
    """
    notes = tuple(_note(path) for path in sorted(folder.glob("*.md")))
    if not notes:
        raise GuidanceUnavailable(f"no guidance notes in {folder.name}")
    return notes


def _note(path: Path) -> Note:
    raw = path.read_bytes()
    try:
        _, front, text = raw.decode().split("---\n", 2)
        fields = yaml.safe_load(front)
        return Note.model_validate({**fields, "text": text.strip(), "sha256": sha256_hex(raw)})
    except (ValueError, TypeError, yaml.YAMLError, ValidationError) as bad:
        raise GuidanceUnavailable(f"note {path.name}: {type(bad).__name__}") from None
