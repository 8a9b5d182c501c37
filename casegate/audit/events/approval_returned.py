"""ApprovalReturned."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class ApprovalReturned(Event):
    """A second person returned a decision to its maker."""

    kind: ClassVar[str] = "approval_returned"

    approval: Ref
    decision: Ref
    content_hash: Sha256
    answer_hash: Sha256
    role: Ref
