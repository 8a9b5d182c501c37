"""Plans, sentences and claims."""

from enum import StrEnum
from typing import Literal

from casegate.model.base import Record


class OutputKind(StrEnum):
    """What kind of text a case needs."""

    SAR_NARRATIVE = "sar_narrative"
    NO_FILE_RATIONALE = "no_file_rationale"
    KYC_MEMO = "kyc_memo"
    HIT_NOTE = "hit_note"


class Section(StrEnum):
    """The three parts of a narrative (FinCEN narrative guidance, 2003)."""

    INTRODUCTION = "introduction"
    BODY = "body"
    CONCLUSION = "conclusion"


class PlannedSentence(Record):
    """One choice of the model: a pattern and the facts that fill it."""

    section: Section
    pattern: str
    facts: tuple[str, ...]
    join: Literal["", "also", "then", "however"] = ""


class Plan(Record):
    """What the model makes: choice, order and joins. It holds no value of the case."""

    sentences: tuple[PlannedSentence, ...]


class Binding(Record):
    """Characters `start` to `end` of a sentence are role `role` of fact `fact`."""

    start: int
    end: int
    fact: str
    role: str


class Sentence(Record):
    """One sentence with what it rests on."""

    text: str
    section: Section
    evidence: tuple[str, ...]
    facts: tuple[str, ...] = ()
    pattern: str | None = None
    bindings: tuple[Binding, ...] = ()
    origin: Literal["plan", "template", "human"]


class Narrative(Record):
    """A text of a case, sentence by sentence."""

    output: OutputKind
    sentences: tuple[Sentence, ...]
    method: Literal["planned", "templated", "edited"]
    """`templated` means that no plan of the model passed and code chose the sentences."""

    @property
    def text(self) -> str:
        """The whole text, sections parted by a blank, as FinCEN strips line breaks."""
        return " ".join(s.text for s in self.sentences)


class ClaimVerdict(StrEnum):
    """What the claim gate says of one value or one sentence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_CHECKABLE = "not_checkable"


class ClaimKind(StrEnum):
    """What kind of value a claim is."""

    AMOUNT = "amount"
    DATE = "date"
    SPAN = "span"
    COUNT = "count"
    ACCOUNT = "account"
    NAME = "name"
    PLACE = "place"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    DURATION = "duration"
    DIRECTION = "direction"
    IDENTIFIER = "identifier"
    CITATION = "citation"
    STATEMENT = "statement"


class Claim(Record):
    """A value found in a text and what the records say of it."""

    text: str
    kind: ClaimKind
    verdict: ClaimVerdict
    record: str | None = None
    """`F3.total`: the fact and role it is bound to."""
    nearest: str | None = None
    """The nearest miss, such as `F3.total 38,200.00 USD`, to show what would be right."""
    reason: str = ""


class CheckedSentence(Record):
    """A sentence's verdict: the worst of its claims."""

    text: str
    verdict: ClaimVerdict
    claims: tuple[Claim, ...]
    reasons: tuple[str, ...] = ()
    """Content findings by code and words: `guilt`, `tipping_off`, `predicate_offence` ..."""


class ClaimReport(Record):
    """The claim gate's answer on a whole text."""

    sentences: tuple[CheckedSentence, ...]
    rubric: tuple["RubricFinding", ...] = ()
    held: bool
    """True if any sentence is contradicted or unsupported, or a fatal rubric check fails."""

    def unsupported_values(self) -> int:
        """Count the claims that no record supports."""
        bad = {ClaimVerdict.UNSUPPORTED, ClaimVerdict.CONTRADICTED}
        return sum(c.verdict in bad for s in self.sentences for c in s.claims)


class RubricFinding(Record):
    """A check of the narrative rubric that failed."""

    check: str
    """Id of the check, such as `WHO-1`."""
    fatal: bool
    message: str
    decided: bool = True
    """False: the records don't tell; a person has to look. Never fatal by itself."""


class SentenceText(Record):
    """A sentence as a person or another program hands it in."""

    text: str
    evidence: tuple[str, ...] = ()
    section: Section = Section.BODY


ClaimReport.model_rebuild()
