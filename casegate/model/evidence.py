"""Evidence: what a tool or document says, where from, and its hash. Never edited."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from casegate.model.base import Json, Problem, Record, Sha256
from casegate.model.fact import FactDraft


class EvidenceKind(StrEnum):
    """What a piece of evidence is about."""

    DOCUMENT = "document"
    PROFILE = "profile"
    SCREENING = "screening"
    TRANSACTIONS = "transactions"
    OWNERSHIP = "ownership"
    HISTORY = "history"
    GUIDANCE = "guidance"
    CUSTOMER = "customer"


class Coverage(StrEnum):
    """How much of what was asked could be looked at. Anything but complete is held."""

    COMPLETE = "complete"
    DEGRADED = "degraded"
    UNAVAILABLE = "unavailable"


class DocumentSource(Record):
    """A stored document."""

    type: Literal["document"] = "document"
    document: str
    sha256: Sha256


class SnapshotSource(Record):
    """A data snapshot by its hash: a transaction file, the submitted bundle."""

    type: Literal["snapshot"] = "snapshot"
    name: str
    sha256: Sha256
    rows: int = 0


class ListVersion(Record):
    """One loaded version of one list."""

    list: str
    version: str
    """Publication date plus the first twelve digits of the sha256."""
    published: str
    loaded_at: datetime
    sha256: Sha256
    entities: int


class ListSource(Record):
    """The list versions that a screening ran against."""

    type: Literal["lists"] = "lists"
    versions: tuple[ListVersion, ...]


class CaseSource(Record):
    """Computed from other evidence of the case."""

    type: Literal["case"] = "case"
    evidence: tuple[str, ...] = ()


Source = Annotated[
    DocumentSource | SnapshotSource | ListSource | CaseSource, Field(discriminator="type")
]


class EvidenceDraft(Record):
    """Evidence as a run hands it in, before the case numbers it."""

    kind: EvidenceKind
    title: str
    tool: str
    tool_version: str
    parameters: Json
    source: Source
    coverage: Coverage = Coverage.COMPLETE
    problem: Problem | None = None
    content: Json
    facts: tuple[FactDraft, ...] = ()
    supersedes: str | None = None
    """Id of the evidence that this one takes the place of."""


class Evidence(Record):
    """One numbered piece of evidence of a case, superseded but never edited."""

    id: str
    """`E1`, `E2` ... within the case, in the order of recording."""
    case_id: str
    run_id: str
    kind: EvidenceKind
    title: str
    """One plain line for the reviewer."""
    tool: str
    tool_version: str
    parameters: Json
    source: Source
    coverage: Coverage = Coverage.COMPLETE
    problem: Problem | None = None
    content: Json
    content_hash: Sha256
    """Over tool, tool_version, parameters, source, coverage, problem, content and, where there is
    one, supersedes."""
    supersedes: str | None = None
    """Id of the evidence that this one takes the place of: nothing rests on that any more."""
    recorded_at: datetime


class Hit(Record):
    """A possible match between a party and a list entry. Code or a model never clears it."""

    party: str
    entity_id: str
    list: str
    version: str
    name: str
    """The list entry's caption."""
    score: float
    band: Literal["likely", "review", "corroborate"]
    features: dict[str, float]
    """Score parts by name of the matcher's feature, each already weighted."""
    agreements: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    disposition: Literal["open", "true_match", "false_positive", "unsure"] = "open"
    entity_hash: str = ""
    """Content hash of the entry as it stood in that list version."""
    topics: tuple[str, ...] = ()
    """What the entry is listed for, in FollowTheMoney's words: `sanction`, `role.pep`,
    `reg.warn` (adverse media), `poi` (the institution's own watchlist) and others."""
    entry: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What the list says of the entry, by FollowTheMoney property, for the reader; bounded."""
    suppressed: str = ""
    """Id of the suppression that covers this hit; the hit is still shown and logged."""


class ScreenedParty(Record):
    """That a party was looked up, with or without hits."""

    party: str
    coverage: Coverage
    hits: tuple[Hit, ...]
    query_hash: str = ""
    """Content hash of what was asked about the party: name, births, countries, numbers ..."""


class ScreeningContent(Record):
    """`Evidence.content` of kind screening."""

    screened: tuple[ScreenedParty, ...]
    matcher: str
    config_hash: Sha256
    threshold: float
    candidates: int
    screened_at: datetime


class EffectiveShare(Record):
    """What one party holds of a company over all chains."""

    party: str
    percent: Decimal
    """Rounded down to two places, so that no share is shown at a threshold it does not reach."""
    fraction: str
    """Exact, as a share of one: `3/5`."""
    natural_person: bool
    beneficial_owner: bool
    """A natural person whose exact share reaches the threshold."""
    lower_bound: bool
    """A chain to this party has an unknown share: it may hold more."""


class OwnershipFinding(Record):
    """Something about a structure that a person has to understand."""

    kind: Literal[
        "no_control_person", "unknown_share", "impossible_share", "sum_over_100", "cycle", "gap"
    ]
    company: str
    """Party id of the company that it is about; of a chain, the company that is the subject."""
    parties: tuple[str, ...] = ()
    message: str


class CompanyOwnership(Record):
    """Owners and control of one company that the case is about."""

    company: str
    owners: tuple[EffectiveShare, ...]
    """Largest share first; empty where a cycle leaves no chain with an end."""
    natural_persons_percent: Decimal
    """What natural persons hold together, rounded down to two places."""
    control: tuple[str, ...]
    """Natural persons in control, directly or through others."""
    findings: tuple[OwnershipFinding, ...]


class OwnershipContent(Record):
    """`Evidence.content` of kind ownership."""

    companies: tuple[CompanyOwnership, ...]
    """Empty if the case is about persons only."""
    policy: str = ""
    threshold_percent: Decimal | None = None
    threshold_inclusive: bool | None = None
    """True: a share equal to the threshold counts."""
    source: str = ""
