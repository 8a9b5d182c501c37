"""GateRuled."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class GateRuled(Event):
    """The rules gate ruled on a proposal, decision or approval."""

    kind: ClassVar[str] = "gate_ruled"

    stage: Ref
    subject: Ref
    rules_version: Ref
    outcome: Ref
    findings: tuple[Ref, ...]
    facts_hash: Sha256
