"""The guidance tool: cites the notes on one topic of the case."""

from typing import Protocol

from casegate.errors import GuidanceUnavailable, ToolInputError
from casegate.hashing import content_hash
from casegate.model.base import Json, Problem
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, EvidenceKind, SnapshotSource
from casegate.model.fact import FactDraft, RoleType, RoleValue
from tools.base import ToolOutcome
from tools.guidance.index import ENCODER, Passage

TOPICS = (
    "structuring",
    "pass_through",
    "fan_in",
    "seasonal_business",
    "exceeds_expected",
    "source_of_funds",
    "beneficial_ownership",
    "screening",
    "pep",
    "funnel",
)
MOST = 3

PARAMETERS: Json = {
    "type": "object",
    "properties": {"topic": {"enum": list(TOPICS)}},
    "required": ["topic"],
    "additionalProperties": False,
}


class Search(Protocol):
    """Where passages come from."""

    def search(
        self, question: str, *, typology: str | None = None, limit: int = 3
    ) -> list[Passage]:
        """Give the nearest notes, best first."""
        ...


class GuidanceTool:
    """Notes on why a pattern matters and what explains it innocently. They prove nothing."""

    name = "guidance"
    version = "1"
    description = "Look up guidance on one topic: why it matters, what explains it innocently."
    parameters = PARAMETERS

    def __init__(self, index: Search) -> None:
        self._index = index

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Look the topic up."""
        topic = parameters.get("topic")
        if topic not in TOPICS or set(parameters) != {"topic"}:
            raise ToolInputError(f"`topic` must be one of {list(TOPICS)}, got {topic!r}")
        question = f"{topic.replace('_', ' ')} in a case of kind {dossier.case.kind.value}"
        try:
            found = self._index.search(question, typology=topic, limit=MOST)
        except GuidanceUnavailable as down:
            return _unavailable(topic, down)
        return ToolOutcome(
            kind=EvidenceKind.GUIDANCE,
            title=f"Guidance on {topic.replace('_', ' ')}: {len(found)} "
            f"{'note' if len(found) == 1 else 'notes'}",
            source=_source(found),
            content={"topic": topic, "encoder": ENCODER, "passages": [_shown(p) for p in found]},
            facts=tuple(_fact(passage) for passage in found),
        )


def _shown(passage: Passage) -> Json:
    return {**passage.note.model_dump(mode="json"), "score": passage.score}


def _source(found: list[Passage]) -> SnapshotSource:
    digest = content_hash([passage.note.sha256 for passage in found])
    return SnapshotSource(name="guidance notes", sha256=digest, rows=len(found))


def _fact(passage: Passage) -> FactDraft:
    return FactDraft(
        predicate="guidance",
        roles={
            "note": RoleValue(type=RoleType.TEXT, value=passage.note.id),
            "typology": RoleValue(type=RoleType.TEXT, value=passage.note.typology),
        },
    )


def _unavailable(topic: str, down: GuidanceUnavailable) -> ToolOutcome:
    return ToolOutcome(
        kind=EvidenceKind.GUIDANCE,
        title=f"Guidance on {topic.replace('_', ' ')}: not available",
        source=_source([]),
        content={"topic": topic, "passages": []},
        coverage=Coverage.UNAVAILABLE,
        problem=Problem(code=down.code, message=down.message, where="guidance"),
    )
