"""CustomerHitFound."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class CustomerHitFound(Event):
    """A new or changed hit on a customer; the case that was opened for it is the event's own."""

    kind: ClassVar[str] = "customer_hit_found"

    customer: Sha256
    list_name: Ref
    version: Ref
    entity: Sha256
    """Of the entry's id."""
    entity_hash: Sha256
    query_hash: Sha256
    suppression: Ref | None = None
    """The one that covers it: no case was opened."""
