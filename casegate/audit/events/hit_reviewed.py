"""HitReviewed."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class HitReviewed(Event):
    """A person said what a screening hit is; which entry and why stay out of the log."""

    kind: ClassVar[str] = "hit_reviewed"

    review: Ref
    evidence: Ref
    answer: Ref
    needs_second: bool
    """The answer counts only once a second person agrees."""
    content_hash: Sha256
