"""CustomerRegistered."""

from typing import ClassVar

from casegate.audit.event import Event
from casegate.model.base import Sha256


class CustomerRegistered(Event):
    """A customer was registered, or its content changed; it is screened whenever a list changes."""

    kind: ClassVar[str] = "customer_registered"

    customer: Sha256
    """Of the institution's own number."""
    content_hash: Sha256
    new: bool
