"""Reading cases: the queue, the dossier and its parts, files, events."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from casegate.api.deps import Actor, CaseId, DeskIn, DocumentId, etag
from casegate.api.problems import Responses, problems
from casegate.api.rows import read_rows
from casegate.api.wire import (
    Events,
    Progress,
    QueuePage,
    QueueRow,
    StepView,
    TransactionPage,
)
from casegate.errors import NotFound
from casegate.model.case import CaseStatus
from casegate.model.decision import Decision, Ruling
from casegate.model.dossier import Dossier
from casegate.model.evidence import Evidence
from casegate.model.proposal import Proposal

router = APIRouter(prefix="/v1/cases", tags=["read"])

_FILE: Responses = {200: {"content": {"application/octet-stream": {}}}}
_PNG: Responses = {200: {"content": {"image/png": {}}}}
_TEXT: Responses = {200: {"content": {"text/plain": {}}}}


@router.get("", responses=problems(401, 403))
def cases(
    desk: DeskIn,
    actor: Actor,
    status: CaseStatus | None = None,
    assignee: Annotated[str | None, Query(max_length=200)] = None,
    after: Annotated[str | None, Query(max_length=80, description="`next` of the page before")] = (
        None
    ),
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> QueuePage:
    """Give a part of the queue, newest case first. API clients see their own cases, bare."""
    page = desk.cases(actor, status=status, assignee=assignee, after=after, limit=limit)
    rows = tuple(
        QueueRow(case=row.case, **row.summary.model_dump(exclude={"submitted_by"}))
        for row in page.rows
    )
    return QueuePage(rows=rows, next=page.next)


@router.get("/{case_id}", responses=problems(401, 403, 404))
def dossier(desk: DeskIn, actor: Actor, case_id: CaseId, response: Response) -> Dossier:
    """Give everything that is known of a case; the `ETag` is its version."""
    found = desk.read(actor, case_id)
    response.headers.update(etag(found.case.version))
    return found


@router.get("/{case_id}/evidence", responses=problems(401, 403, 404))
def evidence(desk: DeskIn, actor: Actor, case_id: CaseId) -> tuple[Evidence, ...]:
    """Give the evidence, oldest first."""
    return desk.read(actor, case_id).evidence


@router.get("/{case_id}/proposal", responses=problems(401, 403, 404))
def proposal(desk: DeskIn, actor: Actor, case_id: CaseId) -> Proposal:
    """Give what the agent proposes."""
    found = desk.read(actor, case_id).proposal
    if found is None:
        raise NotFound(f"case {case_id} has no proposal that you may see")
    return found


@router.get("/{case_id}/findings", responses=problems(401, 403, 404))
def findings(desk: DeskIn, actor: Actor, case_id: CaseId) -> Ruling:
    """Give what the rules gate found in the proposal."""
    found = desk.read(actor, case_id).ruling
    if found is None:
        raise NotFound(f"case {case_id} has no ruling that you may see")
    return found


@router.get("/{case_id}/decisions", responses=problems(401, 403, 404))
def decisions(desk: DeskIn, actor: Actor, case_id: CaseId) -> tuple[Decision, ...]:
    """Give all decisions, oldest first."""
    return desk.decisions(actor, case_id)


@router.get("/{case_id}/steps", responses=problems(401, 403, 404))
def steps(desk: DeskIn, actor: Actor, case_id: CaseId) -> Progress:
    """Give the steps that the run which prepares the case has entered."""
    found = desk.steps(actor, case_id)
    return Progress(steps=tuple(StepView(node=step.node, at=step.at) for step in found))


@router.get("/{case_id}/events", responses=problems(401, 403, 404))
def events(desk: DeskIn, actor: Actor, case_id: CaseId) -> Events:
    """Give what happened to the case, oldest first, with the hashes of the chain."""
    return Events(events=desk.events(actor, case_id))


@router.get(
    "/{case_id}/documents/{document_id}/file",
    response_class=Response,
    responses=_FILE | problems(401, 403, 404),
)
def document_file(desk: DeskIn, actor: Actor, case_id: CaseId, document_id: DocumentId) -> Response:
    """Give a document's bytes as they came, never to be shown inside a browser."""
    data = desk.document_file(actor, case_id, document_id)
    named = {"Content-Disposition": f'attachment; filename="{document_id}"'}
    return Response(data, media_type="application/octet-stream", headers=named)


@router.get(
    "/{case_id}/documents/{document_id}/pages/{page}.png",
    response_class=Response,
    responses=_PNG | problems(401, 403, 404),
)
def document_page(
    desk: DeskIn, actor: Actor, case_id: CaseId, document_id: DocumentId, page: int
) -> Response:
    """Give the image of a page; pages count from 1."""
    data = desk.document_page(actor, case_id, document_id, page)
    return Response(data, media_type="image/png")


@router.get(
    "/{case_id}/documents/{document_id}/text",
    response_class=Response,
    responses=_TEXT | problems(401, 403, 404),
)
def document_text(desk: DeskIn, actor: Actor, case_id: CaseId, document_id: DocumentId) -> Response:
    """Give the text that the spans of fields point into."""
    text = desk.document_text(actor, case_id, document_id)
    return Response(text, media_type="text/plain")


@router.get("/{case_id}/transactions", responses=problems(401, 403, 404))
def transactions(
    desk: DeskIn,
    actor: Actor,
    case_id: CaseId,
    after: Annotated[int, Query(ge=0, description="How many rows to pass over")] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> TransactionPage:
    """Give rows of the case's accounts in the order of the canonical file."""
    rows, total = read_rows(desk.transactions(actor, case_id), after=after, limit=limit)
    seen = after + len(rows)
    return TransactionPage(rows=rows, total=total, next=seen if rows and seen < total else None)
