"""ScreeningAnswered."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256
from casegate.model.evidence import Coverage


class ScreeningAnswered(Event):
    """A question about one party was answered; no hit is logged like a hit."""

    kind: ClassVar[str] = "screening_answered"

    screening: Ref
    query_hash: Sha256
    coverage: Coverage
    hits: int
    versions: tuple[Ref, ...]
    matcher: Sha256
