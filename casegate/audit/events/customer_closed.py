"""CustomerClosed."""

from typing import ClassVar

from casegate.audit.event import Event
from casegate.model.base import Sha256


class CustomerClosed(Event):
    """A customer is screened no more."""

    kind: ClassVar[str] = "customer_closed"

    customer: Sha256
