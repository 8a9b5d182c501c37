"""DecisionVoided."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class DecisionVoided(Event):
    """What was decided on is no longer what is stored."""

    kind: ClassVar[str] = "decision_voided"

    decision: Ref
    decided: Sha256
    found: Sha256
