"""One loaded version of one list as a folder: entries, what is known of them, what changed."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from casegate.errors import ScreeningUnavailable
from casegate.hashing import canonical_json, sha256_hex
from casegate.model.base import Record, Sha256
from casegate.model.evidence import ListVersion
from tools.screening.durable import finished_folder
from tools.screening.entities import ListEntity

PARSER_VERSION = 1
"""Counts every change in what loaders read from the same bytes; part of a version's folder."""


class ListDelta(Record):
    """What a version changed against the one before it, by entry id."""

    before: str | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


class VersionManifest(Record):
    """What is known of one loaded version."""

    version: ListVersion
    parser: int
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
    hashes: dict[str, str] = field(default_factory=dict)


def folder_name(version: ListVersion) -> str:
    """Name a version's folder: other loaders may read something else from the same bytes."""
    return f"{version.version}-p{PARSER_VERSION}"


def delta_between(past: Past, entities: tuple[ListEntity, ...]) -> ListDelta:
    """Compare entries by id and content hash."""
    now = {entity.id: entity.content_hash for entity in entities}
    both = sorted(now.keys() & past.hashes.keys())
    return ListDelta(
        before=past.folder,
        added=tuple(sorted(now.keys() - past.hashes.keys())),
        removed=tuple(sorted(past.hashes.keys() - now.keys())),
        changed=tuple(i for i in both if now[i] != past.hashes[i]),
    )


def rows_of(entities: tuple[ListEntity, ...]) -> bytes:
    """Give the content of `entities.jsonl`, the same for entries in any order."""
    ordered = sorted(entities, key=lambda entity: entity.id)
    return b"".join(canonical_json(entity.as_json()) + b"\n" for entity in ordered)


def read_manifest(folder: Path) -> VersionManifest:
    """Read what is known of a version.

    Raises:
        ScreeningUnavailable: the folder is gone or damaged.
    """
    try:
        return VersionManifest.model_validate_json((folder / "manifest.json").read_bytes())
    except (OSError, ValidationError) as bad:
        raise _unreadable(folder, type(bad).__name__) from None


def read_entities(folder: Path) -> tuple[ListEntity, ...]:
    """Read a version's entries; a byte that differs from its manifest is refused."""
    manifest = read_manifest(folder)
    try:
        data = (folder / "entities.jsonl").read_bytes()
    except OSError as bad:
        raise _unreadable(folder, type(bad).__name__) from None
    if sha256_hex(data) != manifest.content:
        raise _unreadable(folder, "its content differs from its hash")
    return tuple(ListEntity.of_json(json.loads(row)) for row in data.splitlines())


def is_whole(folder: Path) -> bool:
    """Tell whether a version is there and undamaged."""
    try:
        return bool(read_entities(folder))
    except ScreeningUnavailable:
        return False


def _unreadable(folder: Path, why: str) -> ScreeningUnavailable:
    name = f"version {folder.name} of list {folder.parent.name}"
    return ScreeningUnavailable(
        f"{name} can't be read: {why}",
        remedy="Load the same file again with `casegate lists load`.",
    )


def write_version(folder: Path, rows: bytes, manifest: VersionManifest, delta: ListDelta) -> None:
    """Write a version's folder in one step."""
    with finished_folder(folder) as draft:
        (draft / "entities.jsonl").write_bytes(rows)
        (draft / "delta.json").write_bytes(canonical_json(delta.model_dump(mode="json")))
        (draft / "manifest.json").write_bytes(canonical_json(manifest.model_dump(mode="json")))
