"""HitSeconded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class HitSeconded(Event):
    """A second person agreed or disagreed with a colleague's word on a hit."""

    kind: ClassVar[str] = "hit_seconded"

    review: Ref
    seconds: Ref
    """The colleague's review."""
    evidence: Ref
    agrees: bool
    content_hash: Sha256
