"""CustomersLoaded."""

from typing import ClassVar

from casegate.audit.event import Event
from casegate.model.base import Sha256


class CustomersLoaded(Event):
    """A file of customers was taken in, all of it or nothing."""

    kind: ClassVar[str] = "customers_loaded"

    customers: int
    changed: int
    """New ones and those with other content; each is to be screened."""
    digest: Sha256
    """Over the content hashes of all, in the order of the file."""
