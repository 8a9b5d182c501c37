"""What the field schemas of the document types hold; `library` loads them from `schemas/`."""

import re
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from casegate.model.document import DocumentType
from tools.documents.label_index import LabelIndex, LabelMatch, label_pattern
from tools.documents.prose import fold
from tools.documents.values.dates import Century


class Kind(StrEnum):
    """What a value must be to be taken."""

    NAME = "name"
    DATE = "date"
    COUNTRY = "country"
    NUMBER = "number"
    ADDRESS = "address"
    MONEY = "money"
    TEXT = "text"
    PERCENT = "percent"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldSchema(_Data):
    """One field of a document type."""

    name: str
    kind: Kind
    says: str = ""
    """What it is, in words for the model; a field without words is never asked of it."""
    required: bool = False
    """The paper is incomplete without it; the model is asked only where one of these is missing."""
    many: bool = False
    """Several values are several facts, not a contradiction."""
    about: Literal["subject", "other"] = "subject"
    company: bool = False
    group: str = ""
    """Fields of one group make up one row, such as an owner."""
    labels: tuple[str, ...] = ()
    """What stands beside or above the value on a form; the more telling ones first."""
    prose: tuple[str, ...] = ()
    """Regular expressions of what leads to the value in a sentence."""
    marks: tuple[str, ...] = ()
    """Words that stand in brackets behind a name in a contract: whose part it is."""
    context: tuple[str, ...] = ()
    """Words of which one must be the nearest cue to a value that the model found."""
    pattern: str = ""
    check: Literal["iban", "lei", "vat"] | None = None
    """Check digits that the number must pass."""
    instead: tuple[str, ...] = ()
    """Not missing where one of these fields was read."""
    part: Literal["", "first", "second"] = ""
    """Of two dates that one label gives, such as a period, which one."""
    bare: bool = False
    """An amount may stand without its currency."""
    signed: bool = False
    """An amount may be below zero."""
    numbered: str = ""
    """The number that stands for a label, as on a driving licence."""
    century: Century | None = None
    origin: bool = False
    """The value must name where money came from, not where it goes."""
    heading: bool = False
    """May stand as the letterhead."""
    closing: bool = False
    """May stand below the closing words of a letter."""
    saluted: bool = False
    """May stand in the salutation of a letter."""
    dateline: bool = False
    """May stand alone on a line near the top."""
    anywhere: bool = False
    """May stand without a label, where the document has no other date or amount."""
    among_people: bool = False
    """Its sentence may speak of others: a contract names both sides."""
    addressee: bool = False
    """May stand in the block of lines to which a letter is addressed."""
    under_heading: bool = False
    """May stand in the lines below the letterhead."""
    certified: bool = False
    """May stand in a sentence, where the paper names one company only."""
    largest: bool = False
    """Of several values of equally telling labels the largest is meant."""

    @cached_property
    def label_patterns(self) -> tuple[re.Pattern[str], ...]:
        """Labels as patterns over folded text, in their order."""
        return tuple(label_pattern(label) for label in self.labels)

    @cached_property
    def label_ranks(self) -> dict[str, int]:
        """Labels, folded, with their place in the list."""
        return {fold(label): rank for rank, label in reversed(tuple(enumerate(self.labels)))}

    @cached_property
    def prose_patterns(self) -> tuple[re.Pattern[str], ...]:
        """Lead-ins as patterns."""
        return tuple(
            re.compile(rf"(?:{cue})(?:(?<=['\u2019])|(?!\w))[\s:]*", re.IGNORECASE | re.MULTILINE)
            for cue in self.prose
        )

    @cached_property
    def context_pattern(self) -> re.Pattern[str] | None:
        """Any context word, over folded text."""
        return words_pattern(self.context)


class Cues(_Data):
    """What tells a document type."""

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    """Regular expressions over a folded heading, for words that are put together in many ways."""
    pattern: tuple[str, ...] = ()
    """Regular expressions that only this type shows, such as a machine readable zone."""

    @cached_property
    def title_pattern(self) -> re.Pattern[str] | None:
        """Any title, over folded text."""
        return words_pattern(self.title)

    @cached_property
    def body_pattern(self) -> re.Pattern[str] | None:
        """Any word of the body, over folded text."""
        return words_pattern(self.body)


class DocumentSchema(_Data):
    """A document type."""

    type: DocumentType
    says: str
    """What it is, in words for the model."""
    cues: Cues
    subject: tuple[str, ...]
    """Fields that together name whom the document is about."""
    fields: tuple[FieldSchema, ...]
    fallback: bool = False
    """Counts only where no other type does: every letter has the cues of a letter."""
    statement: str = ""
    """A regular expression whose named groups are fields of one row, for sentences; `{name}`
    stands for any name."""

    def field(self, name: str) -> FieldSchema:
        """Give the field of that name."""
        return next(field for field in self.fields if field.name == name)

    @cached_property
    def label_index(self) -> LabelIndex[tuple[FieldSchema, int]]:
        """The labels of all fields, each with its field and its place in the field's list."""
        return LabelIndex(
            (label, (field, rank))
            for field in self.fields
            for rank, label in enumerate(field.labels)
        )


class Shared(_Data):
    """Words that hold for all types."""

    version: int
    other_labels: tuple[str, ...]
    rivals: dict[str, tuple[str, ...]]
    other_people: tuple[str, ...]
    denials: tuple[str, ...]
    qualifiers: tuple[str, ...]
    origins: tuple[str, ...]
    number_checks: dict[str, tuple[str, ...]]
    """Check digits by label, as modules of python-stdnum; one of them must pass."""
    source_ends: tuple[str, ...]
    titles: tuple[str, ...]
    not_in_names: tuple[str, ...]

    @cached_property
    def people_pattern(self) -> re.Pattern[str]:
        """Anyone who is not the customer."""
        return _any(self.other_people)

    @cached_property
    def denial_pattern(self) -> re.Pattern[str]:
        """Not so, or no more."""
        return _any(self.denials)

    @cached_property
    def qualifier_pattern(self) -> re.Pattern[str]:
        """What, right before a label, makes it the label of something else."""
        return _any((*self.qualifiers, *self.denials, *self.other_people))

    @cached_property
    def origin_pattern(self) -> re.Pattern[str]:
        """Anything that money comes from."""
        return _any(self.origins)

    @cached_property
    def rival_patterns(self) -> tuple[re.Pattern[str], ...]:
        """What else a nearby value may be about."""
        return tuple(_any(words) for words in self.rivals.values())

    @cached_property
    def payment_pattern(self) -> re.Pattern[str]:
        """Where money goes."""
        return _any(self.rivals["payment"])

    @cached_property
    def end_pattern(self) -> re.Pattern[str]:
        """Where a source named in a sentence ends."""
        return _any(self.source_ends)


class Library(_Data):
    """All schemas."""

    documents: tuple[DocumentSchema, ...] = Field(min_length=1)
    shared: Shared

    def of(self, type_: DocumentType) -> DocumentSchema | None:
        """Give the schema of a type; None if it has none."""
        return next((d for d in self.documents if d.type is type_), None)

    @cached_property
    def all_labels(self) -> frozenset[str]:
        """Every label of every type, folded."""
        labels = {label for d in self.documents for f in d.fields for label in f.labels}
        return frozenset(map(fold, labels | set(self.shared.other_labels)))

    @cached_property
    def label_tails(self) -> frozenset[str]:
        """The last words of labels, which a narrow column puts on a line of their own."""
        words = (label.split() for label in self.all_labels)
        return frozenset(" ".join(w[i:]) for w in words for i in range(1, len(w)))

    def label_at(self, folded: str, start: int) -> LabelMatch[str] | None:
        """Give the longest label of any type at a position: what is one of them is not a value."""
        return self._index.longest(folded, start)

    @cached_property
    def any_title(self) -> re.Pattern[str]:
        """Every title of every type, over folded text."""
        return _any(tuple(title for d in self.documents for title in d.cues.title))

    @cached_property
    def _index(self) -> LabelIndex[str]:
        return LabelIndex((label, label) for label in sorted(self.all_labels))


def words_pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Make a pattern of any of the words; None for none."""
    return _any(words) if words else None


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    forms = (r"\s+".join(map(re.escape, fold(word).split())) for word in words)
    alternatives = "|".join(sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")
