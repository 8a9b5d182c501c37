"""What the rubric reads: a whole text after the claim gate, and the answers of a check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from casegate.model.dossier import Dossier
from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.model.narrative import CheckedSentence, ClaimVerdict, OutputKind
from casegate.narrative.format import Style, show_role
from guardrails.text import words_key


@dataclass(frozen=True)
class ContentFinding:
    """One forbidden thing in one sentence."""

    code: str
    check: str
    words: str


@dataclass(frozen=True)
class Failed:
    """A check that the text does not meet."""

    message: str


@dataclass(frozen=True)
class Undecided:
    """A check that the records can't decide."""

    message: str


Answer = Failed | Undecided | None
"""None: the check is met."""


@dataclass(frozen=True)
class CheckedText:
    """A whole text after the claim gate, as the rubric reads it."""

    dossier: Dossier
    output: OutputKind
    sentences: tuple[CheckedSentence, ...]
    facts: tuple[frozenset[str], ...]
    """Per sentence the ids of the facts that it tells."""
    content: tuple[ContentFinding, ...]
    required: tuple[tuple[str, frozenset[str]], ...]
    """Required facts by id, each with the ids of facts that tell the same."""
    limits: Mapping[str, int]
    key_terms: Mapping[str, str]

    @cached_property
    def text(self) -> str:
        """All sentences."""
        return " ".join(s.text for s in self.sentences)

    @cached_property
    def words(self) -> str:
        """The text as words parted and framed by blanks."""
        return f" {words_key(self.text)} "

    @cached_property
    def told(self) -> frozenset[tuple[RoleType, str, str]]:
        """Every value that a supported claim tells."""
        values = {f"{f.id}.{r}": v for f in self.dossier.facts for r, v in f.roles.items()}
        records = (
            c.record for s in self.sentences for c in s.claims
            if c.verdict is ClaimVerdict.SUPPORTED and c.record in values
        )  # fmt: skip
        return frozenset(_plain_value(values[str(record)]) for record in records)

    def tells(self, role: str, value: RoleValue) -> bool:
        """Tell whether the text states a value, in any form."""
        if _plain_value(value) in self.told:
            return True
        return any(f" {words_key(show_role(role, value, s))} " in self.words for s in Style)

    def has(self, words: tuple[str, ...], *, within: str | None = None) -> bool:
        """Tell whether one of the words or phrases stands in the text."""
        text = self.words if within is None else f" {words_key(within)} "
        return any(f" {words_key(word)} " in text for word in words)

    def of(self, *predicates: str) -> Iterator[Fact]:
        """Give the facts of some predicates."""
        return (f for f in self.dossier.facts if f.predicate in predicates)


def _plain_value(value: RoleValue) -> tuple[RoleType, str, str]:
    return value.type, value.value, value.unit
