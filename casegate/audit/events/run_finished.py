"""RunFinished."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class RunFinished(Event):
    """A run ended: `delivered`, `failed` or, after approval, `settled`."""

    kind: ClassVar[str] = "run_finished"

    run: Ref
    result: Ref
