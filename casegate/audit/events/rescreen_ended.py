"""RescreenEnded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class RescreenEnded(Event):
    """A re-screening came to its end, or another took over because a list changed."""

    kind: ClassVar[str] = "rescreen_ended"

    rescreen: Ref
    outcome: Ref
    """`done` or `superseded`."""
    done: int
    hits: int
    removed: int
