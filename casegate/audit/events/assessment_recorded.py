"""AssessmentRecorded."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class AssessmentRecorded(Event):
    """The rating and the recommendation were computed."""

    kind: ClassVar[str] = "assessment_recorded"

    run: Ref
    content_hash: Sha256
    rating: Ref
    recommended: Ref
