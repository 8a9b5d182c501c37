"""What a person changed against the proposal: it settles the proposal and feeds the evals."""

from casegate.model.case import Case
from casegate.model.decision import Decision, Label
from casegate.model.narrative import Sentence
from casegate.model.proposal import Proposal, ProposalStatus

_TASKS = {"narrative": "plan", "disposition": "propose", "rating": ""}
"""Which model call made the field; the rating is computed by code."""


def labels(case: Case, proposal: Proposal, decision: Decision) -> tuple[Label, ...]:
    """Give one label for each field that the decision changed."""
    pairs = {
        "disposition": (str(proposal.disposition), str(decision.disposition)),
        "rating": (str(proposal.rating), str(decision.rating or proposal.rating)),
        "narrative": (_text(proposal.narrative.sentences), _text(decision.sentences)),
    }
    made = []
    for field, (before, after) in pairs.items():
        if before == after:
            continue
        calls = [call for call in proposal.provenance.calls if call.task == _TASKS[field]]
        made.append(
            Label(
                case_id=case.id,
                proposal_id=proposal.id,
                field=field,
                before=before,
                after=after,
                reason_code=decision.reason_code,
                prompt=calls[-1].prompt if calls else "",
                model=calls[-1].model if calls else "",
            )
        )
    return tuple(made)


def settled_status(
    proposal: Proposal, decision: Decision, changed: tuple[Label, ...]
) -> ProposalStatus:
    """Give what became of the proposal."""
    if proposal.disposition is not decision.disposition:
        return ProposalStatus.REJECTED
    return ProposalStatus.EDITED if changed else ProposalStatus.ACCEPTED


def _text(sentences: tuple[Sentence, ...]) -> str:
    return "\n".join(f"[{' '.join(one.evidence)}] {one.text}" for one in sentences)
