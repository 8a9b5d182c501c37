"""NarrativeLabel."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class NarrativeLabel(Event):
    """A person changed what the agent proposed; the texts stay out of the log."""

    kind: ClassVar[str] = "narrative_label"

    proposal: Ref
    field: Ref
    before_hash: Sha256
    after_hash: Sha256
