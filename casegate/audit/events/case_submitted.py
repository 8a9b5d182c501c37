"""CaseSubmitted."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class CaseSubmitted(Event):
    """A bundle was taken in and a case opened."""

    kind: ClassVar[str] = "case_submitted"

    reference_hash: Sha256
    case_kind: Ref
    jurisdiction: Ref
    bundle_hash: Sha256
    parties: int
    accounts: int
