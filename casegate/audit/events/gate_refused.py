"""GateRefusedDecision."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class GateRefusedDecision(Event):
    """The gates refused what a person handed in; nothing else was stored."""

    kind: ClassVar[str] = "gate_refused"

    stage: Ref
    disposition: Ref
    outcome: Ref
    findings: tuple[Ref, ...]
    unsupported: int
    rules_version: Ref
