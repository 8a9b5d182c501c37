"""UserAdded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class UserAdded(Event):
    """A local user was created."""

    kind: ClassVar[str] = "user_added"

    user: Ref
    roles: tuple[Ref, ...]
    demo: bool
