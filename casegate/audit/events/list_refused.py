"""ListLoadRefused."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class ListLoadRefused(Event):
    """A sanctions list could not be taken: the version in force stays, and somebody has to look."""

    kind: ClassVar[str] = "list_refused"

    list_name: Ref
    source: Ref
    """The format that it was read as."""
    reason: Ref
    """One word: unreadable, empty, smaller, name, checksum, too_large, unreachable."""
    in_force: Ref | None = None
    """The version that stays; None when none was ever loaded."""
