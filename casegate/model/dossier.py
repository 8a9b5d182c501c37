"""Everything that is known of one case at one moment: what tools, gates and screens read."""

from datetime import date

from casegate.model.base import Problem, Record, Sha256
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case
from casegate.model.decision import Approval, Decision, Ruling
from casegate.model.document import Document, DocumentReview, FieldReview
from casegate.model.evidence import (
    DocumentSource,
    Evidence,
    EvidenceKind,
    Hit,
    ListSource,
    ListVersion,
    ScreenedParty,
    ScreeningContent,
)
from casegate.model.fact import Fact
from casegate.model.narrative import ClaimReport
from casegate.model.party import CustomerProfile, Party, PartyRole
from casegate.model.proposal import Assessment, Proposal, RiskLevel
from casegate.model.screening import HitReview, Suppression, SuppressionEnd
from casegate.model.standing import HitStanding, Words, standing
from casegate.model.transaction import TransactionSet, TypologyFinding


class Dossier(Record):
    """A case with all its parts, by value. Reading it never touches storage."""

    case: Case
    bundle: CaseBundle
    documents: tuple[Document, ...] = ()
    """With what people corrected in them, and without what no longer holds."""
    field_reviews: tuple[FieldReview, ...] = ()
    document_reviews: tuple[DocumentReview, ...] = ()
    hit_reviews: tuple[HitReview, ...] = ()
    """What people said of hits, oldest first, also of hits that have changed since."""
    suppressions: tuple[Suppression, ...] = ()
    """Those made on this case, and those that the newest screening names."""
    suppression_ends: tuple[SuppressionEnd, ...] = ()
    transactions: TransactionSet | None = None
    evidence: tuple[Evidence, ...] = ()
    """Superseded evidence included."""
    facts: tuple[Fact, ...] = ()
    """Those of evidence that nothing supersedes."""
    profile: CustomerProfile | None = None
    assessment: Assessment | None = None
    proposal: Proposal | None = None
    ruling: Ruling | None = None
    """The gate's ruling on the proposal, on what is known now."""
    claims: ClaimReport | None = None
    """The claim gate's report on the proposal's narrative since a person's review changed what is
    known; None while the proposal's own report holds."""
    decision: Decision | None = None
    """The latest decision."""
    approvals: tuple[Approval, ...] = ()
    problems: tuple[Problem, ...] = ()
    evidence_hash: Sha256 | None = None

    def party(self, party_id: str) -> Party:
        """Give the party of that id; KeyError if the bundle has none."""
        return next(p for p in self.bundle.parties if p.id == party_id)

    def subjects(self) -> tuple[Party, ...]:
        """Give the parties that the case is about."""
        return tuple(p for p in self.bundle.parties if p.role is PartyRole.SUBJECT)

    def of_kind(self, kind: EvidenceKind) -> tuple[Evidence, ...]:
        """Give the evidence of one kind, oldest first."""
        return tuple(e for e in self.evidence if e.kind is kind)

    def superseded(self) -> frozenset[str]:
        """Give the ids of the evidence that other evidence took the place of."""
        return frozenset(e.supersedes for e in self.evidence if e.supersedes is not None)

    def in_force(self, evidence_id: str) -> str:
        """Give the evidence that stands in the place of `evidence_id` now: mostly itself."""
        successors = {e.supersedes: e.id for e in self.evidence if e.supersedes is not None}
        while evidence_id in successors:
            evidence_id = successors[evidence_id]
        return evidence_id

    def rating_of(self, proposal: Proposal) -> RiskLevel:
        """Give the rating that holds: the one computed last, else the proposal's."""
        return proposal.rating if self.assessment is None else self.assessment.rating

    def document_evidence(self) -> dict[str, Evidence]:
        """Give the evidence in force of each document, by document id."""
        superseded = self.superseded()
        return {
            item.source.document: item
            for item in self.of_kind(EvidenceKind.DOCUMENT)
            if isinstance(item.source, DocumentSource) and item.id not in superseded
        }

    def screened(self) -> tuple[ScreenedParty, ...]:
        """Give every party's screening record of the newest screening evidence."""
        found = self.of_kind(EvidenceKind.SCREENING)
        if not found or not found[-1].content:
            return ()
        return ScreeningContent.model_validate(found[-1].content).screened

    def standings(self, *, at: date) -> tuple[HitStanding, ...]:
        """Give all hits of the newest screening with what people said of each, as of day `at`."""
        found = self.of_kind(EvidenceKind.SCREENING)
        words = Words(self.hit_reviews, self.suppressions, self.suppression_ends)
        parties = {party.id: party for party in self.bundle.parties}
        return tuple(
            standing(words, found[-1].id, party, hit, parties.get(hit.party), at=at)
            for party in self.screened()
            for hit in party.hits
        )

    def hits(self) -> tuple[Hit, ...]:
        """Give all hits of the newest screening, each with the disposition that holds."""
        # No disposition depends on the day; what is suppressed does, and is not asked here.
        return tuple(one.hit for one in self.standings(at=date.min))

    def open_hits(self, *, at: date) -> tuple[Hit, ...]:
        """Give the hits that wait for a person on day `at`: neither settled nor suppressed."""
        return tuple(one.hit for one in self.standings(at=at) if one.is_open)

    def list_versions(self) -> tuple[ListVersion, ...]:
        """Give the list versions of the newest screening."""
        found = self.of_kind(EvidenceKind.SCREENING)
        if not found or not isinstance(found[-1].source, ListSource):
            return ()
        return found[-1].source.versions

    def typology_findings(self) -> tuple[TypologyFinding, ...] | None:
        """Give what the newest scan of the transactions found; None when none was made."""
        found = [e for e in self.of_kind(EvidenceKind.TRANSACTIONS) if "findings" in e.content]
        if not found:
            return None
        return tuple(TypologyFinding.model_validate(f) for f in found[-1].content["findings"])
