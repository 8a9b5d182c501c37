"""ProposalRecorded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class ProposalRecorded(Event):
    """The agent proposed; the versions behind it are named."""

    kind: ClassVar[str] = "proposal_recorded"

    run: Ref
    proposal: Ref
    content_hash: Sha256
    disposition: Ref
    method: Ref
    rules_version: Ref | None
    lists_hash: Sha256
    evidence_hash: Sha256 | None
    completions: tuple[Ref, ...]
