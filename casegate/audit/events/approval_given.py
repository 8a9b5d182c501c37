"""ApprovalGiven."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class ApprovalGiven(Event):
    """A second person approved exactly one content hash."""

    kind: ClassVar[str] = "approval_given"

    approval: Ref
    decision: Ref
    content_hash: Sha256
    answer_hash: Sha256
    role: Ref
