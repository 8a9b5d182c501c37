"""What the gate is asked about a stored proposal."""

from casegate.errors import InvalidInput
from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject


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
    return GateSubject.of_proposal(proposal)
