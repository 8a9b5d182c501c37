"""SuppressionMade."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class SuppressionMade(Event):
    """Hits of one entry on one customer need no person until the suppression stops counting."""

    kind: ClassVar[str] = "suppression_made"

    suppression: Ref
    review: Ref
    """The review that it rests on."""
    content_hash: Sha256
