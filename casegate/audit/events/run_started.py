"""RunStarted."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class RunStarted(Event):
    """The worker began a run."""

    kind: ClassVar[str] = "run_started"

    run: Ref
