"""What the agent proposes and every version that made it."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from casegate.model.base import Record, Sha256
from casegate.model.case import Disposition
from casegate.model.narrative import ClaimReport, Narrative


class RiskLevel(StrEnum):
    """Customer risk rating."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    PROHIBITED = "prohibited"


class RiskFactor(Record):
    """One factor of the rating: points 1 to 5, weight as a share of one, why."""

    family: str
    points: int
    weight: float
    because: str
    evidence: tuple[str, ...] = ()


class Assessment(Record):
    """What code concludes from the evidence before any model speaks."""

    rating: RiskLevel
    score: float
    factors: tuple[RiskFactor, ...]
    typologies: tuple[str, ...]
    """Typologies found and not explained by the expected profile."""
    explained: tuple[str, ...] = ()
    """Typologies found that a mitigating fact explains."""
    recommended: Disposition
    admissible: tuple[Disposition, ...]
    """What the model may choose from: the recommendation and whatever is more cautious."""
    reason_codes: tuple[str, ...]
    open_questions: tuple[str, ...] = ()


class ModelRef(Record):
    """One model call, by everything that could change its answer."""

    task: str
    model: str
    model_sha256: Sha256
    prompt: str
    """`id@version#sha12`."""
    sampler: dict[str, float | int]
    request_hash: Sha256
    completion: str
    """Id of the recorded completion."""
    prompt_tokens: int
    completion_tokens: int
    seconds: float


class Provenance(Record):
    """The versions behind a proposal (rule GOV-03 refuses one that lacks any)."""

    calls: tuple[ModelRef, ...]
    rules_version: str = ""
    lists: tuple[str, ...] = ()
    evidence_hash: Sha256 | None = None
    """Over the ids and content hashes of all evidence that the proposal saw."""


class ProposalStatus(StrEnum):
    """What became of a proposal."""

    DRAFTED = "drafted"
    GATE_PASSED = "gate_passed"
    GATE_HELD = "gate_held"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Proposal(Record):
    """The agent's answer on a case. Abstention (`inconclusive`) is an answer."""

    id: str
    case_id: str
    run_id: str
    status: ProposalStatus
    disposition: Disposition
    reason_codes: tuple[str, ...]
    rating: RiskLevel
    narrative: Narrative
    claims: ClaimReport
    open_questions: tuple[str, ...] = ()
    model_choice: Disposition | None = None
    """What the model chose; None when it gave no usable answer."""
    provenance: Provenance
    content_hash: Sha256
    """Over everything above except `status`."""
    made_at: datetime
    made_by: Literal["agent"] = "agent"
