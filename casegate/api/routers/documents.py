"""The documents of a case: how far each is, and what people say of what was read."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from casegate.api.deps import Actor, CaseId, DeskIn, DocumentId, Version, etag
from casegate.api.examples import DOCUMENT_REVIEWS, FIELD_REVIEWS, GIVEN_VALUES
from casegate.api.problems import problems
from casegate.api.wire import DocumentReviewRequest, FieldReviewRequest, GivenValue
from casegate.model.document import DocumentReview, FieldAnswer, FieldReview
from casegate.model.progress import CaseDocuments

router = APIRouter(prefix="/v1/cases/{case_id}/documents", tags=["documents"])

FieldId = Annotated[str, Path(max_length=80, examples=["F3"])]


@router.get("", responses=problems(401, 403, 404))
def documents(desk: DeskIn, actor: Actor, case_id: CaseId) -> CaseDocuments:
    """Tell how far each document is; ask again while the case is prepared.

    A sending system sees its own, without signals and without what people did with them.
    """
    return desk.documents(actor, case_id)


@router.post(
    "/{document_id}/fields/{field_id}/review",
    status_code=201,
    responses=problems(401, 403, 404, 409),
)
def review_field(
    desk: DeskIn,
    actor: Actor,
    case_id: CaseId,
    document_id: DocumentId,
    field_id: FieldId,
    version: Version,
    said: Annotated[FieldReviewRequest, Body(openapi_examples=FIELD_REVIEWS)],
    response: Response,
) -> FieldReview:
    """Confirm or correct a value. A correction has every check run again; the `ETag` is the case's
    next version."""
    review = desk.review_field(
        actor,
        case_id,
        document_id,
        field_id=field_id,
        answer=said.answer,
        value=said.value,
        version=version,
    )
    # One review is exactly one change of the case.
    response.headers.update(etag(version + 1))
    return review


@router.post("/{document_id}/fields", status_code=201, responses=problems(401, 403, 404, 409))
def give_field(
    desk: DeskIn,
    actor: Actor,
    case_id: CaseId,
    document_id: DocumentId,
    version: Version,
    given: Annotated[GivenValue, Body(openapi_examples=GIVEN_VALUES)],
    response: Response,
) -> FieldReview:
    """Give a value that stands on the document and was not read."""
    review = desk.review_field(
        actor,
        case_id,
        document_id,
        name=given.name,
        answer=FieldAnswer.CORRECT,
        value=given.value,
        version=version,
    )
    response.headers.update(etag(version + 1))
    return review


@router.post("/{document_id}/review", status_code=201, responses=problems(401, 403, 404, 409))
def review_document(
    desk: DeskIn,
    actor: Actor,
    case_id: CaseId,
    document_id: DocumentId,
    version: Version,
    said: Annotated[DocumentReviewRequest, Body(openapi_examples=DOCUMENT_REVIEWS)],
    response: Response,
) -> DocumentReview:
    """Accept a document, reject it, or ask for a better copy; nothing rests on the latter two."""
    review = desk.review_document(
        actor,
        case_id,
        document_id,
        answer=said.answer,
        reason=said.reason,
        reason_code=said.reason_code,
        version=version,
    )
    response.headers.update(etag(version + 1))
    return review
