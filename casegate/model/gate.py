"""What the gates are asked about."""

from datetime import date
from typing import Literal

from casegate.model.base import Record, Sha256
from casegate.model.case import Disposition
from casegate.model.narrative import ClaimReport
from casegate.model.proposal import Proposal, Provenance, RiskLevel


class GateSubject(Record):
    """A proposal, decision or approval that the rules gate rules on.

    None means unknown; a rule in force that needs an unknown fact holds the case.
    """

    stage: Literal["proposal", "decision", "approval"]
    disposition: Disposition
    rating: RiskLevel | None
    rationale: str | None
    claims: ClaimReport | None
    provenance: Provenance | None
    maker: str | None
    """Principal id; `agent` at stage proposal."""
    editors: tuple[str, ...] = ()
    """Everyone who changed what is ruled on, the maker included."""
    approver: str | None = None
    evidence_hash_seen: Sha256 | None = None
    """The evidence hash that the maker decided on."""
    detection_date: date | None = None
    acknowledged: tuple[str, ...] = ()

    @classmethod
    def of_proposal(cls, proposal: Proposal) -> "GateSubject":
        """Show the gate what the agent proposes."""
        return cls(
            stage="proposal",
            disposition=proposal.disposition,
            rating=proposal.rating,
            rationale=proposal.narrative.text,
            claims=proposal.claims,
            provenance=proposal.provenance,
            maker=proposal.made_by,
            editors=(proposal.made_by,),
            evidence_hash_seen=proposal.provenance.evidence_hash,
        )
