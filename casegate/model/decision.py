"""What people decide: rulings shown to them, decisions, approvals, labels."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from casegate.model.base import Record, Sha256
from casegate.model.case import Disposition
from casegate.model.narrative import ClaimReport, Sentence
from casegate.model.proposal import RiskLevel


class Outcome(StrEnum):
    """What a gate rule says, most severe first. `clear` means: no objection, never approval."""

    BLOCK = "block"
    REJECT = "reject"
    HOLD = "hold"
    ESCALATE = "escalate"
    FLAG = "flag"
    CLEAR = "clear"


PRECEDENCE: tuple[Outcome, ...] = tuple(Outcome)


def worst(outcomes: list[Outcome]) -> Outcome:
    """Give the most severe outcome; nothing found is clear."""
    return min(outcomes, key=PRECEDENCE.index, default=Outcome.CLEAR)


class Finding(Record):
    """What one rule found, for the person who must act on it."""

    rule: str
    """Rule id, such as `SAN-02`; ids never change."""
    outcome: Outcome
    message: str
    to: str = ""
    also: str = ""
    source: str
    """Law and paragraph, or `policy`."""
    confidence: Literal["verified", "from_memory"]
    missing: tuple[str, ...] = ()
    """Names of the facts that were unknown; an unknown fact is always a HOLD."""


class Ruling(Record):
    """The gate's answer on one proposal or decision under one dated rule set."""

    rules_version: str
    """`<jurisdiction>@<date>#<sha12 of the rule files>`."""
    at: date
    outcome: Outcome
    findings: tuple[Finding, ...]
    evaluated: tuple[str, ...]
    """Ids of all rules in force on that day."""
    facts_hash: Sha256


class DecisionDraft(Record):
    """What a maker hands in."""

    disposition: Disposition
    reason_code: str
    rationale: str
    rating: RiskLevel | None = None
    """Only to override the computed rating; needs `rationale` and a second person."""
    sentences: tuple[Sentence, ...] | None = None
    """The edited narrative; None keeps the proposal's, byte for byte."""
    detection_date: date | None = None
    acknowledged: tuple[str, ...] = ()
    """Ids of FLAG findings that the maker has read, and `S<n>` ticks for sentences n
    (0-based) that no record can check."""


class DecisionStatus(StrEnum):
    """What became of a decision."""

    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    VOID = "void"


class Decision(Record):
    """A maker's decision, bound to what was read."""

    id: str
    case_id: str
    proposal_id: str | None
    maker: str
    maker_role: str
    disposition: Disposition
    reason_code: str
    rationale: str
    rating: RiskLevel | None
    sentences: tuple[Sentence, ...]
    claims: ClaimReport
    ruling: Ruling
    detection_date: date | None
    acknowledged: tuple[str, ...]
    content_hash: Sha256
    """Over the decision's own content, the evidence hash and the rules version."""
    status: DecisionStatus
    made_at: datetime


class Approval(Record):
    """A checker's answer on exactly one content hash."""

    id: str
    decision_id: str
    approver: str
    approver_role: str
    approved: bool
    note: str
    content_hash: Sha256
    at: datetime


class Label(Record):
    """What a person changed against the proposal: feeds the evals."""

    case_id: str
    proposal_id: str
    field: str
    before: str
    after: str
    reason_code: str
    prompt: str
    model: str
