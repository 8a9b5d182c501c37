"""ProposalSettled."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class ProposalSettled(Event):
    """A person's approved decision settled what became of a proposal."""

    kind: ClassVar[str] = "proposal_settled"

    run: Ref
    proposal: Ref
    decision: Ref
    status: Ref
