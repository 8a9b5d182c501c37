"""SuppressionEnded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class SuppressionEnded(Event):
    """A person ended a suppression before its day."""

    kind: ClassVar[str] = "suppression_ended"

    suppression: Ref
    content_hash: Sha256
