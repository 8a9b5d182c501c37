"""The screening hits of a case, what people say of them, and what is suppressed."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from casegate.api.deps import Actor, CaseId, DeskIn, Version, etag
from casegate.api.examples import HIT_REVIEWS, HIT_SECONDS, SUPPRESSION_ENDS
from casegate.api.problems import problems
from casegate.api.wire import HitReviewRequest, HitSecondRequest, SuppressionEndRequest
from casegate.model.screening import HitReview, SuppressionEnd
from casegate.model.standing import CaseHits, SuppressionPage

router = APIRouter(prefix="/v1", tags=["hits"])

ReviewId = Annotated[str, Path(max_length=80, examples=["v-01k9zq3v9c"])]
SuppressionId = Annotated[str, Path(max_length=80, examples=["sup-01k9zq3v9c"])]


@router.get("/cases/{case_id}/hits", responses=problems(401, 403, 404))
def hits(desk: DeskIn, actor: Actor, case_id: CaseId) -> CaseHits:
    """Give the hits of the newest screening: the disposition that holds, the words that people
    gave, what waits for a second person, and the suppression that covers one."""
    return desk.hits(actor, case_id)


@router.post(
    "/cases/{case_id}/hits/reviews", status_code=201, responses=problems(401, 403, 404, 409)
)
def review_hit(
    desk: DeskIn,
    actor: Actor,
    case_id: CaseId,
    version: Version,
    said: Annotated[HitReviewRequest, Body(openapi_examples=HIT_REVIEWS)],
    response: Response,
) -> HitReview:
    """Say what a hit is. Where policy asks, it counts only once a second person agrees; the gates
    run again, and the `ETag` is the case's next version."""
    review = desk.review_hit(
        actor,
        case_id,
        party=said.party,
        list=said.list,
        entity_id=said.entity_id,
        answer=said.answer,
        reason=said.reason,
        version=version,
    )
    # One word is exactly one change of the case.
    response.headers.update(etag(version + 1))
    return review


@router.post(
    "/cases/{case_id}/hits/reviews/{review}/second",
    status_code=201,
    responses=problems(401, 403, 404, 409),
)
def second_hit(
    desk: DeskIn,
    actor: Actor,
    case_id: CaseId,
    review: ReviewId,
    version: Version,
    said: Annotated[HitSecondRequest, Body(openapi_examples=HIT_SECONDS)],
    response: Response,
) -> HitReview:
    """Agree with a colleague's word on a hit, or set the hit back to open; a false positive may be
    suppressed for this customer until a day."""
    answered = desk.second_hit(
        actor,
        case_id,
        review=review,
        agrees=said.agrees,
        reason=said.reason,
        suppress_until=said.suppress_until,
        version=version,
    )
    response.headers.update(etag(version + 1))
    return answered


@router.get("/suppressions", responses=problems(401, 403, 404))
def suppressions(
    desk: DeskIn,
    actor: Actor,
    case: Annotated[str | None, Query(max_length=80, description="Only those of a case.")] = None,
    after: Annotated[str | None, Query(max_length=80)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> SuppressionPage:
    """Give suppressions, oldest first, expired and ended ones included."""
    return desk.suppressions(actor, case_id=case, after=after, limit=limit)


@router.post(
    "/suppressions/{suppression}/end", status_code=201, responses=problems(401, 403, 404, 409)
)
def end_suppression(
    desk: DeskIn,
    actor: Actor,
    suppression: SuppressionId,
    said: Annotated[SuppressionEndRequest, Body(openapi_examples=SUPPRESSION_ENDS)],
) -> SuppressionEnd:
    """End a suppression now: its hits wait for a person again."""
    return desk.end_suppression(actor, suppression, reason=said.reason)
