"""Customers that stay screened, their hits, and where new hits are told of."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import ValidationError

from casegate.access.principals import Principal
from casegate.api.deps import Actor, OngoingIn
from casegate.api.ndjson import as_input_error
from casegate.api.problems import problems
from casegate.api.wire_screening import (
    CustomerBody,
    CustomerHits,
    CustomerView,
    Deliveries,
    SubscriptionMade,
    SubscriptionRequest,
    Subscriptions,
    SubscriptionView,
)
from casegate.errors import NotFound, ScreeningUnavailable
from casegate.model.customer import CustomerRow, HitStatus, Rescreen, Subscription
from casegate.ongoing.desk import OngoingDesk

router = APIRouter(prefix="/v1", tags=["customers"])

Number = Annotated[str, Path(max_length=80, examples=["C-100234"])]
SubscriptionId = Annotated[str, Path(max_length=80)]


@router.put("/customers/{number}", responses=problems(401, 403, 413, 503))
def put_customer(
    ongoing: OngoingIn, actor: Actor, number: Number, body: CustomerBody
) -> CustomerView:
    """Register or change a customer; it is screened before this answers. Safe to repeat.

    With `screening_unavailable` nothing was stored: send it again.
    """
    try:
        customer = body.of(number)
    except ValidationError as bad:
        raise as_input_error(bad) from None
    return _view(ongoing, actor, ongoing.register(actor, customer))


@router.get("/customers/{number}", responses=problems(401, 403, 404))
def customer(ongoing: OngoingIn, actor: Actor, number: Number) -> CustomerView:
    """Give a customer and how it stands."""
    return _view(ongoing, actor, ongoing.customer(actor, number))


@router.delete("/customers/{number}", responses=problems(401, 403, 404))
def close_customer(ongoing: OngoingIn, actor: Actor, number: Number) -> CustomerView:
    """Screen a customer no more. Its hits and cases stay; nothing is deleted."""
    return _view(ongoing, actor, ongoing.close(actor, number))


@router.get("/customers/{number}/hits", responses=problems(401, 403, 404))
def customer_hits(ongoing: OngoingIn, actor: Actor, number: Number) -> CustomerHits:
    """Give all hits of a customer, suppressed and removed ones too."""
    return CustomerHits(hits=ongoing.hits(actor, number))


@router.get("/rescreens/latest", responses=problems(401, 403, 404))
def latest_rescreen(ongoing: OngoingIn, actor: Actor) -> Rescreen:
    """Tell how far the newest re-screening of all customers is."""
    found = ongoing.latest_rescreen(actor)
    if found is None:
        raise NotFound("no list has changed yet since customers were registered")
    return found


@router.post("/subscriptions", status_code=201, responses=problems(401, 403))
def subscribe(ongoing: OngoingIn, actor: Actor, asked: SubscriptionRequest) -> SubscriptionMade:
    """Have new hits on customers told to an address. The secret is shown this once."""
    made = ongoing.webhooks.subscribe(actor, asked.url)
    return SubscriptionMade(**_subscription(made, {}).model_dump(), secret=made.secret)


@router.get("/subscriptions", responses=problems(401, 403))
def subscriptions(ongoing: OngoingIn, actor: Actor) -> Subscriptions:
    """Give your subscriptions; an MLRO or admin sees all."""
    found = ongoing.webhooks.subscriptions(actor)
    return Subscriptions(subscriptions=tuple(_subscription(s, counts) for s, counts in found))


@router.get("/subscriptions/{subscription_id}/deliveries", responses=problems(401, 403, 404))
def deliveries(ongoing: OngoingIn, actor: Actor, subscription_id: SubscriptionId) -> Deliveries:
    """Give the newest messages of a subscription, those given up too."""
    return Deliveries(deliveries=ongoing.webhooks.deliveries(actor, subscription_id))


@router.delete(
    "/subscriptions/{subscription_id}", status_code=204, responses=problems(401, 403, 404)
)
def unsubscribe(ongoing: OngoingIn, actor: Actor, subscription_id: SubscriptionId) -> Response:
    """End a subscription; what was not sent yet is sent no more."""
    ongoing.webhooks.unsubscribe(actor, subscription_id)
    return Response(status_code=204)


def _view(ongoing: OngoingDesk, actor: Principal, row: CustomerRow) -> CustomerView:
    hits = ongoing.hits(actor, row.customer.id)
    return CustomerView(
        customer=row.customer,
        is_open=row.is_open,
        changed_at=row.changed_at,
        screened_at=row.screened_at,
        up_to_date=_is_up_to_date(ongoing, row),
        coverage=row.coverage,
        open_hits=sum(hit.status is HitStatus.OPEN for hit in hits),
    )


def _is_up_to_date(ongoing: OngoingDesk, row: CustomerRow) -> bool:
    try:
        return ongoing.is_up_to_date(row)
    except ScreeningUnavailable:
        return False


def _subscription(found: Subscription, counts: dict[str, int]) -> SubscriptionView:
    shown = found.model_dump(include={"id", "url", "owner", "created_at"})
    return SubscriptionView.model_validate(shown | counts)
