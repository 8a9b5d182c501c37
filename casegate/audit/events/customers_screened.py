"""CustomersScreened."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class CustomersScreened(Event):
    """Customers were screened; hits and no-hits alike are in the digest."""

    kind: ClassVar[str] = "customers_screened"

    state: Ref
    """Key of the lists and the matcher that they were screened under."""
    matcher: Sha256
    versions: tuple[Ref, ...]
    customers: int
    incomplete: int
    """Those whose coverage was not complete."""
    hits: int
    digest: Sha256
    """Over number's hash, query hash, coverage and hits' content hashes of each, in order."""
