"""StatusChanged."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class StatusChanged(Event):
    """A case moved through its status machine."""

    kind: ClassVar[str] = "status_changed"

    before: Ref
    after: Ref
    version: int
