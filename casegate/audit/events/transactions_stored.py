"""TransactionsStored."""

from typing import ClassVar

from casegate.audit.event import Event
from casegate.model.base import Sha256


class TransactionsStored(Event):
    """A transaction file arrived and its bytes were stored."""

    kind: ClassVar[str] = "transactions_stored"

    sha256: Sha256
    size: int
