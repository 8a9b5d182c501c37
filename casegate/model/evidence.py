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
    """When these bytes were loaded, the last time if they were loaded again."""
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


class OwnershipLink(Record):
    """One link of a chain: what `owner` holds of `owned` directly; None where nobody knows."""

    owner: str
    owned: str
    fraction: str | None
    """Exact, as a share of one: `3/5`."""
    percent: Decimal | None
    """Rounded down to two places."""


class OwnershipPath(Record):
    """One chain, from the owner that it starts with down to the company that it ends at."""

    links: tuple[OwnershipLink, ...]
    fraction: str | None
    """Product of the links; None where one is unknown."""
    percent: Decimal | None


class BlockingRule(Record):
    """When property counts as blocked because of who owns it, in one jurisdiction on one day."""

    policy: str
    threshold_percent: Decimal
    inclusive: bool
    """True: a share equal to the threshold counts."""
    aggregate: bool
    """Shares of several listed parties are added up; else each counts for itself."""
    control: bool
    """Control by a listed party makes an entity possibly blocked, whatever it owns."""
    source: str
    confidence: Literal["verified", "from_memory"]


class BlockedParty(Record):
    """A party that is blocked, or may be, because listed parties own it.

    The chain cascades: an entity that is blocked counts in full for what it owns in turn.
    """

    party: str
    status: Literal["blocked", "conditional", "possible"]
    """`blocked`: rests on hits that people settled as true. `conditional`: so if open hits are
    true. `possible`: could be so, for shares that nobody knows or that can't be, or for control."""
    fraction: str
    """Exact share that listed and blocked parties hold directly, of what is known. Without
    aggregation, of the listed party that comes to most."""
    percent: Decimal
    most_percent: Decimal
    """What they could hold if the shares that nobody accounts for were theirs."""
    holders: tuple[str, ...]
    """Direct holders, and controllers, that count: listed themselves or blocked in turn."""
    listed: tuple[str, ...]
    """The parties on a sanctions list that it rests on."""
    paths: tuple[OwnershipPath, ...]
    """Chains from those parties; in a cascade each link counts for itself, not the product."""
    paths_cut: bool = False


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
    """Largest share first; empty where a cycle leaves no single answer."""
    natural_persons_percent: Decimal
    """What natural persons hold together, rounded down to two places."""
    control: tuple[str, ...]
    """Natural persons in control, directly or through others."""
    findings: tuple[OwnershipFinding, ...]
    paths: tuple[OwnershipPath, ...] = ()
    """Chains from every owner, largest first; on cycles those in which no party comes twice."""
    paths_cut: bool = False
    """There are more chains than `paths`; shares are over all of them."""


class OwnershipContent(Record):
    """`Evidence.content` of kind ownership."""

    companies: tuple[CompanyOwnership, ...]
    """Empty if the case is about persons only."""
    policy: str = ""
    threshold_percent: Decimal | None = None
    threshold_inclusive: bool | None = None
    """True: a share equal to the threshold counts."""
    source: str = ""
    blocking: BlockingRule | None = None
    blocked: tuple[BlockedParty, ...] | None = None
    """Parties blocked by ownership on what was known when this was computed; the gate computes it
    again. None: without a screening nobody can tell."""
