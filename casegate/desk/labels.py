"""What a person changed against the proposal: it settles the proposal and feeds the evals."""

from casegate.model.case import Case
from casegate.model.decision import Decision, Label
from casegate.model.document import Document, Engine, FieldLabel, FieldReview
from casegate.model.dossier import Dossier
from casegate.model.narrative import Sentence
from casegate.model.proposal import Proposal, ProposalStatus, RiskLevel
from casegate.storage import Work

_TASKS = {"narrative": "plan", "disposition": "propose", "rating": ""}
"""Which model call made the field; the rating is computed by code."""


def labels(
    case: Case, proposal: Proposal, decision: Decision, *, rated: RiskLevel
) -> tuple[Label, ...]:
    """Give one label for each field that the decision changed.

    Args:
        rated: the rating as computed last: what code changed of it since the proposal is no
            person's change.
    """
    pairs = {
        "disposition": (str(proposal.disposition), str(decision.disposition)),
        "rating": (str(rated), str(decision.rating or rated)),
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


def field_label(
    work: Work, dossier: Dossier, document: Document, review: FieldReview
) -> FieldLabel:
    """Give the label of a person's word on a value, with what had read it."""
    read = next((field for field in document.fields if field.id == review.field_id), None)
    call = None
    if read is not None and read.engine is Engine.MODEL:
        run_id = str(dossier.case.run_id)
        # The reader asks the model about one document under a key that ends in its id.
        calls = [c for c in work.runs.completions(run_id) if c[0].endswith(f"-{document.id}")]
        call = calls[-1][3] if calls else None
    return FieldLabel(
        review=review.id,
        case_id=review.case_id,
        document_id=document.id,
        document_type=document.type,
        field=review.name,
        answer=review.answer,
        before=review.before,
        after=review.after,
        engine=read.engine if read else None,
        read_from=read.read_from if read else None,
        confidence=read.confidence if read else None,
        band=read.band if read else None,
        prompt=call.prompt if call else "",
        model=call.model if call else "",
    )
