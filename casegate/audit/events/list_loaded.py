"""ListLoaded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class ListLoaded(Event):
    """A sanctions list version came into force."""

    kind: ClassVar[str] = "list_loaded"

    list_name: Ref
    version: Ref
    sha256: Sha256
    entities: int
    added: int
    removed: int
    changed: int
