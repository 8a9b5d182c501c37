"""EvidenceRecorded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class EvidenceRecorded(Event):
    """A tool's outcome became numbered evidence, with its facts."""

    kind: ClassVar[str] = "evidence_recorded"

    run: Ref
    evidence: Ref
    evidence_kind: Ref
    tool: Ref
    tool_version: Ref
    coverage: Ref
    source_hash: Sha256
    content_hash: Sha256
    facts: tuple[Ref, ...]
    facts_hash: Sha256
