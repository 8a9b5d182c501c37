"""RunQueued."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class RunQueued(Event):
    """A run of the case was asked for."""

    kind: ClassVar[str] = "run_queued"

    run: Ref
    job: Ref
