"""Guidance as a case tool: quotes with their source, for the reviewer and the writer."""

from casegate.errors import GuidanceUnavailable, ToolInputError
from casegate.hashing import content_hash
from casegate.model.base import Json, Problem
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, EvidenceKind, SnapshotSource
from tools import roles
from tools.base import ToolOutcome
from tools.guidance.index import GuidanceIndex, Passage
from tools.guidance.notes import Topic

PASSAGES = 3


class GuidanceTool:
    """Looks a topic up in the notes. It quotes; it concludes nothing about the case."""

    name = "guidance"
    version = "1"
    description = "Quote guidance on one topic: what speaks for it, what against, and the source."
    parameters: Json = {  # noqa: RUF012 - the contract of a tool
        "type": "object",
        "properties": {"topic": {"enum": [topic.value for topic in Topic]}},
        "required": ["topic"],
        "additionalProperties": False,
    }

    def __init__(self, index: GuidanceIndex) -> None:
        self._index = index

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Give the notes of the topic first, then what lies nearest to it."""
        topic = _topic(parameters)
        try:
            own = self._index.search(topic.words, limit=PASSAGES, topic=topic)
            near = self._index.search(topic.words, limit=PASSAGES)
        except GuidanceUnavailable as down:
            return _unavailable(topic, down)
        passages = list(dict.fromkeys([*own, *near]))[:PASSAGES]
        return ToolOutcome(
            kind=EvidenceKind.GUIDANCE,
            title=f"Guidance on {topic.words}: {len(passages)} passages",
            source=_source(passages),
            content={"topic": topic.value, "passages": [_told(p) for p in passages]},
            facts=tuple(
                roles.fact(
                    "guidance", {"note": roles.text(note), "typology": roles.text(topic.words)}
                )
                for note in dict.fromkeys(p.note.id for p in own)
            ),
        )


def _topic(parameters: Json) -> Topic:
    if set(parameters) != {"topic"}:
        raise ToolInputError(f"only `topic` is taken, got {sorted(parameters)}")
    try:
        return Topic(parameters["topic"])
    except ValueError:
        raise ToolInputError(f"`topic` must be one of {[t.value for t in Topic]}") from None


def _source(passages: list[Passage]) -> SnapshotSource:
    """Name the notes' text by its hash: a note that is rewritten is another source."""
    notes = {passage.note.id: passage.note.model_dump(mode="json") for passage in passages}
    return SnapshotSource(name="guidance notes", sha256=content_hash(notes), rows=len(notes))


def _told(passage: Passage) -> Json:
    note = passage.note
    return {
        "note": note.id,
        "title": note.title,
        "quote": passage.quote,
        "score": passage.score,
        "sources": [source.model_dump() for source in note.sources],
        "date": note.date.isoformat(),
        "confidence": note.confidence,
    }


def _unavailable(topic: Topic, down: GuidanceUnavailable) -> ToolOutcome:
    return ToolOutcome(
        kind=EvidenceKind.GUIDANCE,
        title=f"Guidance on {topic.words} could not be looked up",
        source=_source([]),
        content={"topic": topic.value, "passages": []},
        coverage=Coverage.UNAVAILABLE,
        problem=Problem(code=down.code, message=down.message, remedy=down.remedy, where="guidance"),
    )
