"""SubscriptionChanged."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class SubscriptionChanged(Event):
    """Somebody has new hits on customers told to an address, or no longer."""

    kind: ClassVar[str] = "subscription_changed"

    subscription: Ref
    url_hash: Sha256
    active: bool
