"""CustomerHitRemoved."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class CustomerHitRemoved(Event):
    """A hit on a customer no longer stands; its row stays."""

    kind: ClassVar[str] = "customer_hit_removed"

    customer: Sha256
    list_name: Ref
    entity: Sha256
    """Of the entry's id."""
    reason: Ref
    """`entry_removed` or `no_longer_matches`."""
