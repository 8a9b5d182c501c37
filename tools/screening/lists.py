"""List versions on disk: checked before they count, kept side by side, swapped in one step.

    lists/current.json                       which version of each list is in force, which index
    lists/versions/<list>/<version>/         entities.jsonl, manifest.json, delta.json
    lists/index/<hash>/                      one index over the versions in force
    lists/refused.json                       lists whose newest load was refused

`current.json` is replaced after version and index are whole and synced, so a reader finds either
the old state or the new one, and a loader that dies changes nothing.
"""

import fcntl
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from casegate.desk.ports import Clock
from casegate.errors import ListRefused, ScreeningUnavailable
from casegate.hashing import canonical_json, content_hash
from casegate.model.base import Record, Sha256
from casegate.model.evidence import ListVersion
from tools.screening.durable import finished_folder, replace_file
from tools.screening.index import INDEX_FORMAT, CandidateIndex, IndexedEntity, build_index
from tools.screening.policy import ScreeningPolicy
from tools.screening.refusals import Refusal, Refusals
from tools.screening.sources import LIST_NAME, ParsedList
from tools.screening.versions import (
    Counts,
    ListDelta,
    Origin,
    Past,
    VersionManifest,
    delta_between,
    folder_name,
    hashes_of,
    is_whole,
    read_entities,
    read_manifest,
    write_version,
)

UNDATED = date(1970, 1, 1)
"""Stands for "nobody said": no reader can take such a list for a current one."""


class LoadedList(Record):
    """The answer to a load."""

    version: ListVersion
    delta: ListDelta
    unmatched_aliases: int
    unchanged: bool
    """The same bytes were loaded before; only the day of loading is new."""


class Current(Record):
    """`current.json`."""

    versions: dict[str, str]
    """List to the name of its version's folder."""
    index: str
    loaded: dict[str, datetime] = {}  # noqa: RUF012 - pydantic copies it
    """When each list was last loaded, changed or not: how fresh it is."""


class ListStore:
    """The lists of one installation. One loader at a time; readers never wait."""

    def __init__(self, data_dir: Path, *, clock: Clock, policy: ScreeningPolicy) -> None:
        self.root = data_dir / "lists"
        self._clock = clock
        self._policy = policy
        self._refusals = Refusals(self.root)

    @property
    def current_file(self) -> Path:
        """The file whose replacement puts a load in force."""
        return self.root / "current.json"

    def load(
        self,
        parsed: ParsedList,
        *,
        sha256: Sha256,
        published: date | None = None,
        accept_smaller: bool = False,
        origin: Origin | None = None,
    ) -> LoadedList:
        """Put a parsed list in force.

        Raises:
            ListRefused: it is empty or much smaller than the version in force, which stays.
        """
        if not LIST_NAME.match(parsed.name):
            raise ListRefused(
                "a list's name has small letters, digits, `_` and `-` alone", reason="name"
            )
        origin = origin or Origin(retrieved_at=self._clock())
        hashes = hashes_of(parsed.entities)
        with self._alone():
            version = self._version(parsed, sha256, published)
            past = self._past(parsed.name)
            self._check(parsed, past, accept_smaller=accept_smaller)
            folder = self.root / "versions" / parsed.name / folder_name(version)
            delta = delta_between(past, hashes)
            unchanged = is_whole(folder)
            if not unchanged:
                write_version(
                    folder,
                    parsed.entities,
                    version,
                    origin=origin,
                    delta=delta,
                    unmatched_aliases=parsed.unmatched_aliases,
                    smaller_accepted=accept_smaller,
                )
            self._put_in_force(parsed.name, folder.name)
            self._refusals.settle({parsed.name, origin.expected})
            stored = _as_of(read_manifest(folder), self.current().loaded)
        return LoadedList(
            version=stored.version,
            delta=delta,
            unmatched_aliases=parsed.unmatched_aliases,
            unchanged=unchanged,
        )

    def versions(self) -> tuple[ListVersion, ...]:
        """Give the versions in force, by list name; empty when no list was ever loaded.

        Raises:
            ScreeningUnavailable: the state on disk can't be read.
        """
        return self._versions_of(self.current())

    def manifests(self) -> tuple[VersionManifest, ...]:
        """Give all that is known of the versions in force, by list name.

        Raises:
            ScreeningUnavailable: the state on disk can't be read.
        """
        return self._manifests_of(self.current())

    def refused(self) -> tuple[Refusal, ...]:
        """Give the lists whose newest load was refused, by name.

        Raises:
            ScreeningUnavailable: the state on disk can't be read.
        """
        return self._refusals.open()

    def refuse(self, name: str, source: str, reason: str) -> Refusal:
        """Remember that a list was not taken, until it is loaded."""
        with self._alone():
            held = {version.list: version.version for version in self._readable_versions()}
            refusal = Refusal(
                list=name, source=source, reason=reason, at=self._clock(), in_force=held.get(name)
            )
            self._refusals.remember(refusal)
        return refusal

    def index_folder(self) -> Path:
        """Give the folder of the index in force.

        Raises:
            ScreeningUnavailable: no list is loaded, or the state on disk can't be read.
        """
        current = self.current()
        if not current.versions:
            raise ScreeningUnavailable("no sanctions list is loaded")
        return self.root / "index" / current.index

    def delta(self, name: str) -> ListDelta:
        """Give what the version in force of a list changed."""
        folder = self.current().versions.get(name)
        if folder is None:
            raise ScreeningUnavailable(f"no list named {name!r} is loaded")
        path = self.root / "versions" / name / folder / "delta.json"
        return ListDelta.model_validate_json(path.read_bytes())

    def current(self) -> Current:
        """Read `current.json`; an installation without lists has none.

        Raises:
            ScreeningUnavailable: the file is there but can't be read.
        """
        try:
            return Current.model_validate_json(self.current_file.read_bytes())
        except FileNotFoundError:
            return Current(versions={}, index="")
        except (OSError, ValidationError) as bad:
            raise ScreeningUnavailable(
                f"lists/current.json can't be read: {type(bad).__name__}",
                remedy="Delete lists/current.json in the data folder and load every list again.",
            ) from None

    def _version(self, parsed: ParsedList, sha256: Sha256, published: date | None) -> ListVersion:
        day = published or parsed.published or UNDATED
        return ListVersion(
            list=parsed.name,
            version=f"{day.isoformat()}-{sha256[:12]}",
            published=day.isoformat(),
            loaded_at=self._clock(),
            sha256=sha256,
            entities=len(parsed.entities),
        )

    def _past(self, name: str) -> Past:
        """Read the version in force; damaged entries may be loaded over, but not by fewer."""
        current = self.current()
        folder = current.versions.get(name)
        if folder is None:
            return Past()
        known = next(m for m in self._manifests_of(current) if m.version.list == name)
        past = Past(folder, known.version.entities, known.names)
        try:
            entities = read_entities(self.root / "versions" / name / folder)
            return replace(past, hashes={e.id: e.content_hash for e in entities})
        except ScreeningUnavailable:
            return past

    def _check(self, parsed: ParsedList, past: Past, *, accept_smaller: bool) -> None:
        now = Counts.of(parsed.entities)
        if not now.entities:
            raise ListRefused(f"list {parsed.name!r} has no entries", reason="empty")
        if accept_smaller:
            return
        share = 1 - self._policy.largest_shrink
        pairs = (("entries", now.entities, past.entities), ("names", now.names, past.names))
        for what, ours, theirs in pairs:
            if ours < theirs * share:
                raise ListRefused(
                    f"list {parsed.name!r} has {ours} {what}, the version in force {theirs}; at "
                    f"most {self._policy.largest_shrink:.0%} fewer are taken without a person's "
                    "word",
                    reason="smaller",
                )

    def _put_in_force(self, name: str, folder: str) -> None:
        """Build the index if need be, then swap; the index before it is kept for its readers."""
        past = self.current()
        versions = {**past.versions, name: folder}
        wanted = content_hash({"format": INDEX_FORMAT, "versions": versions})[:16]
        target = self.root / "index" / wanted
        if not _opens(target):
            self._build(target, versions)
        loaded = {**past.loaded, name: self._clock()}
        state = Current(versions=versions, index=wanted, loaded=loaded)
        replace_file(self.current_file, canonical_json(state.model_dump(mode="json")))
        self._forget_indexes({wanted, past.index})

    def _build(self, target: Path, versions: dict[str, str]) -> None:
        with finished_folder(target) as folder:
            records = self._versions_of(Current(versions=versions, index=""))
            build_index(folder, self._all_entities(versions, records), records)

    def _all_entities(
        self, versions: dict[str, str], records: tuple[ListVersion, ...]
    ) -> Iterator[IndexedEntity]:
        for record in records:
            folder = self.root / "versions" / record.list / versions[record.list]
            for entity in read_entities(folder):
                yield IndexedEntity(entity, record.list, record.version)

    def _manifests_of(self, current: Current) -> tuple[VersionManifest, ...]:
        found = (
            read_manifest(self.root / "versions" / name / folder)
            for name, folder in sorted(current.versions.items())
        )
        return tuple(_as_of(manifest, current.loaded) for manifest in found)

    def _versions_of(self, current: Current) -> tuple[ListVersion, ...]:
        return tuple(manifest.version for manifest in self._manifests_of(current))

    def _readable_versions(self) -> tuple[ListVersion, ...]:
        """Give the versions in force; none where the state is damaged, which is told elsewhere."""
        try:
            return self.versions()
        except ScreeningUnavailable:
            return ()

    def _forget_indexes(self, kept: set[str]) -> None:
        for folder in (self.root / "index").iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the loaders' lock; the kernel frees it when a loader dies."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _as_of(manifest: VersionManifest, loaded: Mapping[str, datetime]) -> VersionManifest:
    """Say of a version when it was last loaded: the same bytes again are as fresh as new ones."""
    at = loaded.get(manifest.version.list)
    if at is None:
        return manifest
    version = manifest.version.model_copy(update={"loaded_at": at})
    return manifest.model_copy(update={"version": version})


def _opens(folder: Path) -> bool:
    try:
        CandidateIndex(folder)
    except ScreeningUnavailable:
        return False
    return True
