"""ProfileRecorded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class ProfileRecorded(Event):
    """The customer profile was reconciled."""

    kind: ClassVar[str] = "profile_recorded"

    run: Ref
    content_hash: Sha256
    conflicts: int
