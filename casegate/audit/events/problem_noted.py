"""ProblemNoted."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class ProblemNoted(Event):
    """Something went wrong on a case and is shown there."""

    kind: ClassVar[str] = "problem_noted"

    run: Ref
    code: Ref
    content_hash: Sha256
