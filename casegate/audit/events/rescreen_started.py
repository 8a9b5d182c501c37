"""RescreenStarted."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class RescreenStarted(Event):
    """All customers are screened again."""

    kind: ClassVar[str] = "rescreen_started"

    rescreen: Ref
    scope: Ref
    """`delta` or `full`."""
    before: Ref | None
    target: Ref
