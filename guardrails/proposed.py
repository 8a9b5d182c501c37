"""What the gate is asked about a stored proposal."""

from casegate.errors import InvalidInput
from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject
from casegate.model.proposal import Proposal


def proposed(dossier: Dossier) -> GateSubject:
    """Show the gate what the agent proposed on a case.

    Raises:
        InvalidInput: the case has no proposal yet.
    """
    proposal = dossier.proposal
    if proposal is None:
        raise InvalidInput(
            f"case {dossier.case.id} has no proposal to rule on", remedy="Run the case first."
        )
    return subject_of(proposal)


def subject_of(proposal: Proposal) -> GateSubject:
    """Show the gate what the agent proposes."""
    return GateSubject(
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
