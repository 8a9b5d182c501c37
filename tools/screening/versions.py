"""One loaded version of one list as a folder: entries, what is known of them, what changed."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import Field, ValidationError

from casegate.errors import ListRefused, ScreeningUnavailable
from casegate.hashing import canonical_json
from casegate.model.base import Record, Sha256
from casegate.model.evidence import ListVersion
from tools.screening.durable import finished_folder
from tools.screening.entities import ListEntity

PARSER_VERSION = 2
"""Counts every change in what loaders read from the same bytes; part of a version's folder."""
ENTITIES = "entities.jsonl"


class ListDelta(Record):
    """What a version changed against the one before it, by entry id."""

    before: str | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Where a list came from, as it is loaded."""

    retrieved_at: datetime
    """When it was fetched, or read from a file."""
    source: str = ""
    """The format that it was read as."""
    url: str = ""
    """Without user, password and query, which may be secret; empty for a local file."""
    expected: str = ""
    """What the list was taken to be called before it was read."""


@dataclass(frozen=True)
class Counts:
    """How large a list is."""

    entities: int
    names: int
    schemas: dict[str, int]

    @classmethod
    def of(cls, entities: Sequence[ListEntity]) -> "Counts":
        """Count entries."""
        schemas = Counter(entity.schema for entity in entities)
        names = sum(len(entity.names()) for entity in entities)
        return cls(len(entities), names, dict(sorted(schemas.items())))


class VersionManifest(Record):
    """What is known of one loaded version."""

    version: ListVersion
    parser: int
    retrieved_at: datetime | None = None
    """When it was fetched, or read from a file; None in versions that don't tell."""
    source: str = ""
    url: str = ""
    """Where it was fetched from, without query."""
    names: int = 0
    """Names of all entries, weak ones too; 0 in versions that don't tell."""
    schemas: dict[str, int] = Field(default_factory=dict)
    """Entries by FollowTheMoney schema."""
    content: Sha256
    """Of `entities.jsonl`."""
    unmatched_aliases: int = 0
    smaller_accepted: bool = False
    """A person loaded it although it had shrunk."""


@dataclass(frozen=True)
class Past:
    """The version in force before a load; without hashes when its entries can't be read."""

    folder: str | None = None
    entities: int = 0
    names: int = 0
    hashes: dict[str, str] = field(default_factory=dict)


def folder_name(version: ListVersion) -> str:
    """Name a version's folder: other loaders may read something else from the same bytes."""
    return f"{version.version}-p{PARSER_VERSION}"


def hashes_of(entities: Sequence[ListEntity]) -> dict[str, str]:
    """Give the content hash of every entry by its id.

    Raises:
        ListRefused: an entry's text is no Unicode.
    """
    try:
        return {entity.id: entity.content_hash for entity in entities}
    except UnicodeEncodeError:
        raise ListRefused("a text holds half a character: it is no Unicode") from None


def delta_between(past: Past, now: dict[str, str]) -> ListDelta:
    """Compare entries by id and content hash."""
    both = sorted(now.keys() & past.hashes.keys())
    return ListDelta(
        before=past.folder,
        added=tuple(sorted(now.keys() - past.hashes.keys())),
        removed=tuple(sorted(past.hashes.keys() - now.keys())),
        changed=tuple(i for i in both if now[i] != past.hashes[i]),
    )


def read_manifest(folder: Path) -> VersionManifest:
    """Read what is known of a version.

    Raises:
        ScreeningUnavailable: the folder is gone or damaged.
    """
    try:
        return VersionManifest.model_validate_json((folder / "manifest.json").read_bytes())
    except (OSError, ValidationError) as bad:
        raise _unreadable(folder, type(bad).__name__) from None


def read_entities(folder: Path) -> Iterator[ListEntity]:
    """Read a version's entries one by one, after its content was held against its hash.

    Raises:
        ScreeningUnavailable: the folder is gone, or a byte differs; before the first entry.
    """
    manifest = read_manifest(folder)
    if not _as_written(folder, manifest):
        raise _unreadable(folder, "its content differs from its hash")
    with (folder / ENTITIES).open("rb") as rows:
        for row in rows:
            yield ListEntity.of_json(json.loads(row))


def is_whole(folder: Path) -> bool:
    """Tell whether a version is there and undamaged."""
    try:
        return _as_written(folder, read_manifest(folder))
    except ScreeningUnavailable:
        return False


def _as_written(folder: Path, manifest: VersionManifest) -> bool:
    try:
        with (folder / ENTITIES).open("rb") as rows:
            return hashlib.file_digest(rows, "sha256").hexdigest() == manifest.content
    except OSError as bad:
        raise _unreadable(folder, type(bad).__name__) from None


def _unreadable(folder: Path, why: str) -> ScreeningUnavailable:
    name = f"version {folder.name} of list {folder.parent.name}"
    return ScreeningUnavailable(
        f"{name} can't be read: {why}",
        remedy="Load the same file again with `casegate lists load`.",
    )


def write_version(
    folder: Path,
    entities: Sequence[ListEntity],
    version: ListVersion,
    *,
    origin: Origin,
    delta: ListDelta,
    unmatched_aliases: int,
    smaller_accepted: bool,
) -> None:
    """Write a version's folder in one step; its rows are the same for entries in any order."""
    counts = Counts.of(entities)
    with finished_folder(folder) as draft:
        manifest = VersionManifest(
            version=version,
            parser=PARSER_VERSION,
            retrieved_at=origin.retrieved_at,
            source=origin.source,
            url=origin.url,
            names=counts.names,
            schemas=counts.schemas,
            content=_write_rows(draft / ENTITIES, entities),
            unmatched_aliases=unmatched_aliases,
            smaller_accepted=smaller_accepted,
        )
        (draft / "delta.json").write_bytes(canonical_json(delta.model_dump(mode="json")))
        (draft / "manifest.json").write_bytes(canonical_json(manifest.model_dump(mode="json")))


def _write_rows(file: Path, entities: Sequence[ListEntity]) -> str:
    """Write the entries by id, and give the hash of what was written."""
    digest = hashlib.sha256()
    with file.open("wb") as out:
        for entity in sorted(entities, key=lambda entity: entity.id):
            row = entity.row() + b"\n"
            digest.update(row)
            out.write(row)
    return digest.hexdigest()
