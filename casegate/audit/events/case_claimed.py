"""CaseClaimed."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class CaseClaimed(Event):
    """A person took the case; `before` had it until then."""

    kind: ClassVar[str] = "case_claimed"

    assignee: Ref
    before: Ref | None
