"""DecisionMade."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class DecisionMade(Event):
    """A maker decided; `content_hash` is what an approval must name."""

    kind: ClassVar[str] = "decision_made"

    decision: Ref
    proposal: Ref | None
    disposition: Ref
    content_hash: Sha256
    evidence_hash: Sha256 | None
    rules_version: Ref
