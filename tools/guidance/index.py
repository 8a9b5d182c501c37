"""Search over the notes: Qdrant inside this process, or a Qdrant server through the same client."""

import threading
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from casegate.errors import GuidanceUnavailable
from casegate.hashing import content_hash
from casegate.model.base import Record
from tools.guidance.notes import NOTES, Note, Topic, load_notes
from tools.guidance.vectors import SIZE, Embed, KeptVectors, LocalEmbed, Vector

if TYPE_CHECKING:
    from qdrant_client import QdrantClient
    from qdrant_client.models import Filter, PointStruct

TIMEOUT_S = 5
_DIGITS = 4
_NAMESPACE = uuid.UUID("7d8a5f0e-6a6d-5a33-9d0c-0c6f2b1f7f51")


class Passage(Record):
    """A paragraph of a note that answers a question."""

    note: Note
    quote: str
    """Stands in the note word for word."""
    score: float
    """Cosine similarity; compare within one answer only."""


def open_client(url: str) -> "QdrantClient":
    """Open a server by its URL, or without one a store in this process's memory."""
    from qdrant_client import QdrantClient

    if not url:
        return QdrantClient(":memory:")
    return QdrantClient(url=url, timeout=TIMEOUT_S, check_compatibility=False)


class GuidanceIndex:
    """The searchable notes. Opened on the first search; safe to share between threads."""

    def __init__(
        self,
        vectors: Path,
        *,
        url: str = "",
        folder: Path = NOTES,
        embed: Embed | None = None,
        client: "Callable[[str], QdrantClient]" = open_client,
    ) -> None:
        """Bind; reads nothing yet.

        Args:
            vectors: file that keeps the passages' vectors between starts.
            url: Qdrant server; empty means in this process.
        """
        self._url = url
        self._folder = folder
        self._embed = embed or LocalEmbed()
        self._kept = KeptVectors(vectors, self._embed)
        self._connect = client
        self._lock = threading.Lock()
        self._opened: tuple[QdrantClient, str, dict[str, Note]] | None = None

    def search(self, text: str, *, limit: int = 3, topic: Topic | None = None) -> list[Passage]:
        """Give the passages nearest in meaning, best first, of one topic or of all.

        Raises:
            GuidanceUnavailable: notes, vectors or the server can't be used.
        """
        with self._lock:
            client, collection, notes = self._open()
            try:
                found = client.query_points(
                    collection,
                    query=list(self._embed.query(text)),
                    query_filter=_of(topic),
                    limit=limit,
                    with_payload=True,
                ).points
            except _failures() as bad:
                self._opened = None
                raise _down(bad) from None
        passages = [
            Passage(
                note=notes[point.payload["note"]],
                quote=point.payload["quote"],
                score=round(float(point.score), _DIGITS),
            )
            for point in found
            if point.payload
        ]
        return sorted(passages, key=lambda p: (-p.score, p.note.id, p.quote))

    def _open(self) -> "tuple[QdrantClient, str, dict[str, Note]]":
        if self._opened is None:
            notes = load_notes(self._folder)
            try:
                client = self._connect(self._url)
                collection = self._filled(client, notes)
            except _failures() as bad:
                raise _down(bad) from None
            self._opened = (client, collection, {note.id: note for note in notes})
        return self._opened

    def _filled(self, client: "QdrantClient", notes: Sequence[Note]) -> str:
        """Make the collection of exactly these notes; one that is whole is used as it is."""
        from qdrant_client.models import Distance, VectorParams

        digest = content_hash(
            {"model": self._embed.name, "notes": [n.model_dump(mode="json") for n in notes]}
        )
        name = f"casegate-guidance-{digest[:16]}"
        passages = [(note, quote) for note in notes for quote in note.passages()]
        if not client.collection_exists(name):
            params = VectorParams(size=SIZE, distance=Distance.COSINE)
            client.create_collection(name, vectors_config=params)
        if client.count(name, exact=True).count != len(passages):
            # With the title: a second paragraph alone often lacks the topic's words.
            vectors = self._kept.of([f"{note.title}. {quote}" for note, quote in passages])
            points = [_point(*row) for row in zip(passages, vectors, strict=True)]
            client.upsert(name, points=points, wait=True)
        return name


def _point(passage: tuple[Note, str], vector: Vector) -> "PointStruct":
    from qdrant_client.models import PointStruct

    note, quote = passage
    payload = {"note": note.id, "typology": note.typology.value, "quote": quote}
    # The same passage always gets the same id: filling a collection twice changes nothing.
    identity = str(uuid.uuid5(_NAMESPACE, f"{note.id}\n{quote}"))
    return PointStruct(id=identity, vector=list(vector), payload=payload)


def _of(topic: Topic | None) -> "Filter | None":
    from qdrant_client.models import FieldCondition, Filter, MatchValue

    if topic is None:
        return None
    return Filter(must=[FieldCondition(key="typology", match=MatchValue(value=topic.value))])


def _failures() -> tuple[type[Exception], ...]:
    """Name what the client raises: refused, timed out, wrong answer, broken store."""
    from qdrant_client.http.exceptions import ApiException

    return ApiException, OSError, ValueError, RuntimeError


def _down(bad: Exception) -> GuidanceUnavailable:
    return GuidanceUnavailable(
        f"the guidance notes can't be searched: {type(bad).__name__}",
        remedy="Check CASEGATE_QDRANT_URL; without it the notes are searched inside the worker.",
    )
