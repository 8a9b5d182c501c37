"""What people do with a case: claim, check a text, decide, approve."""

from fastapi import APIRouter, Response

from casegate.api.deps import Actor, CaseId, DeskIn, Version, etag
from casegate.api.problems import problems
from casegate.api.wire import ApprovalRequest, CheckRequest
from casegate.model.case import Case
from casegate.model.decision import Approval, Decision, DecisionDraft
from casegate.model.narrative import ClaimReport

router = APIRouter(prefix="/v1/cases", tags=["decide"])


@router.post("/{case_id}/claim", responses=problems(401, 403, 404, 409))
def claim(
    desk: DeskIn, actor: Actor, case_id: CaseId, version: Version, response: Response
) -> Case:
    """Take the case into work, or over from a colleague."""
    case = desk.claim(actor, case_id, version=version)
    response.headers.update(etag(case.version))
    return case


@router.post("/{case_id}/check", responses=problems(401, 403, 404))
def check(desk: DeskIn, actor: Actor, case_id: CaseId, asked: CheckRequest) -> ClaimReport:
    """Have the claim gate read a text: every value against the records. Nothing is stored."""
    return desk.check(actor, case_id, asked.sentences, disposition=asked.disposition)


@router.post("/{case_id}/decision", status_code=201, responses=problems(401, 403, 404, 409))
def decide(
    desk: DeskIn, actor: Actor, case_id: CaseId, version: Version, draft: DecisionDraft
) -> Decision:
    """Hand in a decision. Both gates read it again; then it waits for a second person."""
    return desk.decide(actor, case_id, version=version, draft=draft)


@router.post("/{case_id}/approval", status_code=201, responses=problems(401, 403, 404, 409))
def approve(desk: DeskIn, actor: Actor, case_id: CaseId, answer: ApprovalRequest) -> Approval:
    """Approve or return exactly the decision whose content hash is given."""
    return desk.approve(
        actor,
        case_id,
        decision_id=answer.decision_id,
        content_hash=answer.content_hash,
        approved=answer.approved,
        note=answer.note,
    )
