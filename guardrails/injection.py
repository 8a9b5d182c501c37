"""Finds text that gives orders to a machine: a signal for a person, never a verdict.

The lexicon is data (`guardrails/policy/injection.yaml`): regular expressions over folded text, by
kind of order. Folding undoes what hides an order from a reader of bytes: compatibility letters,
zero-width characters, look-alike Cyrillic and Greek letters, letters parted by dots or blanks.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from casegate.errors import RulesInvalid
from casegate.model.base import Json, Record

LEXICON_FILE = Path(__file__).with_name("policy") / "injection.yaml"


class Entry(Record):
    """One kind of order with the expressions that show it."""

    kind: str
    meaning: str
    patterns: tuple[str, ...] = Field(min_length=1)


class Instruction(Record):
    """A passage that reads like an order to a machine."""

    kind: str
    start: int
    """Where the passage begins in the folded text; folding may shorten a text."""
    end: int


@dataclass(frozen=True)
class Detector:
    """The lexicon, compiled."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    look_alikes: dict[int, str]

    def find(self, text: str) -> tuple[Instruction, ...]:
        """Find every passage that reads like an order, in the order of the text."""
        folded = fold(text, self.look_alikes)
        found = [
            Instruction(kind=kind, start=match.start(), end=match.end())
            for kind, pattern in self.patterns
            for match in pattern.finditer(folded)
        ]
        return tuple(sorted(found, key=lambda each: (each.start, each.end, each.kind)))

    def anywhere(self, content: Json) -> bool:
        """Tell whether any text within a JSON value reads like an order."""
        return any(self.find(text) for text in texts(content))


def load_detector(path: Path = LEXICON_FILE) -> Detector:
    """Read and compile the lexicon.

    Raises:
        RulesInvalid: the file is unreadable, or an expression is none; names them all.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries = [Entry.model_validate(entry) for entry in raw["instructions"]]
        look_alikes = {ord(a): b for a, b in raw["look_alikes"].items()}
    except (OSError, yaml.YAMLError, ValidationError, KeyError, TypeError) as bad:
        raise RulesInvalid(f"{path.name} can't be read: {type(bad).__name__}") from None
    compiled, problems = [], []
    for entry in entries:
        for pattern in entry.patterns:
            try:
                compiled.append((entry.kind, re.compile(pattern)))
            except re.error as bad:
                problems.append(f"{path.name}: `{entry.kind}`: {bad.msg} in {pattern!r}")
    if problems:
        raise RulesInvalid("; ".join(problems))
    return Detector(tuple(compiled), look_alikes)


def fold(text: str, look_alikes: dict[int, str]) -> str:
    """Give the text as a reader sees it: one case, plain letters, single blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    shown = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn", "Co"))
    shown = _WORD.sub(lambda m: _latin(m.group(0), look_alikes), shown)
    joined = _SPACED.sub(lambda m: re.sub(r"[\s._*-]", "", m.group(0)), shown)
    return " ".join(joined.split())


_WORD = re.compile(r"[^\W\d_]+")


def _latin(word: str, look_alikes: dict[int, str]) -> str:
    """Replace look-alikes in a word that has Latin letters; a Russian word stays Russian."""
    return word.translate(look_alikes) if re.search("[a-z]", word) else word


_SPACED = re.compile(r"\b(?:[a-z][\s._*-]){4,}[a-z]\b")
"""Five or more single letters parted by one blank, dot, star or dash: `i g n o r e`."""


def texts(content: object) -> Iterator[str]:
    """Give every string within a JSON value; keys are ours and are left out."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from texts(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from texts(value)
