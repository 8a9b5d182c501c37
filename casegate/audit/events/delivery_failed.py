"""DeliveryFailed."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class DeliveryFailed(Event):
    """A message to a subscription was given up."""

    kind: ClassVar[str] = "delivery_failed"

    delivery: Ref
    subscription: Ref
    attempts: int
