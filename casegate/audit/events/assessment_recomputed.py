"""AssessmentRecomputed."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class AssessmentRecomputed(Event):
    """A person's review of a document changed the rating or the recommendation."""

    kind: ClassVar[str] = "assessment_recomputed"

    run: Ref
    review: Ref
    content_hash: Sha256
    rating: Ref
    recommended: Ref
