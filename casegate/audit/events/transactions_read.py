"""TransactionsRead."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class TransactionsRead(Event):
    """The transaction file was parsed into canonical rows."""

    kind: ClassVar[str] = "transactions_read"

    run: Ref
    sha256: Sha256
    parquet: Sha256
    rows: int
