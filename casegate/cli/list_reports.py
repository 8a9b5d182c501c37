"""What `casegate lists` prints of versions, loads and refusals."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.screening.lists import LoadedList
    from tools.screening.refusals import Refusal
    from tools.screening.versions import VersionManifest

REASONS = {
    "unreadable": "the file could not be read to its end",
    "empty": "it had no entries",
    "smaller": "it was much smaller than the version in force",
    "name": "its name can't be that of a list",
    "checksum": "it was not the file that the checksum is of",
    "too_large": "it was larger than any list",
    "unreachable": "it could not be fetched",
}


def loaded_row(loaded: "LoadedList") -> dict[str, object]:
    """Give the JSON answer to a load."""
    delta = loaded.delta
    return {
        **loaded.version.model_dump(mode="json"),
        "added": len(delta.added),
        "removed": len(delta.removed),
        "changed": len(delta.changed),
        "unmatched_aliases": loaded.unmatched_aliases,
        "unchanged": loaded.unchanged,
    }


def loaded_text(loaded: "LoadedList") -> Iterator[str]:
    """Tell a person of a load."""
    version, delta = loaded.version, loaded.delta
    yield (
        f"{version.list} {version.version}: {version.entities:,} entries, "
        f"{len(delta.added):,} added, {len(delta.removed):,} removed, "
        f"{len(delta.changed):,} changed"
    )
    yield f"sha256 {version.sha256}"
    if loaded.unmatched_aliases:
        yield (
            f"{loaded.unmatched_aliases:,} rows of the files beside the list name no entry: "
            "they are of another day"
        )


def status_rows(manifests: "Sequence[VersionManifest]") -> list[dict[str, object]]:
    """Give the JSON rows of the versions in force."""
    told = {"parser", "retrieved_at", "source", "url", "names", "schemas"}
    return [
        {
            **manifest.version.model_dump(mode="json"),
            **manifest.model_dump(mode="json", include=told),
        }
        for manifest in manifests
    ]


def status_text(
    manifests: "Sequence[VersionManifest]", refused: "Sequence[Refusal]"
) -> Iterator[str]:
    """Tell a person which versions are in force, and which were refused since."""
    if not manifests:
        yield "No list is loaded: nobody can be screened."
    left = {refusal.list: refusal for refusal in refused}
    for manifest in manifests:
        version = manifest.version
        names = f"{manifest.names:>9,} names" if manifest.names else ""
        yield f"{version.list:20} {version.version:26} {version.entities:>9,} entries{names}"
        if version.list in left:
            yield _refused(left.pop(version.list))
    for refusal in left.values():
        yield f"{refusal.list:20} not loaded"
        yield _refused(refusal)


def _refused(refusal: "Refusal") -> str:
    why = REASONS.get(refusal.reason, refusal.reason)
    return f"{'':20} REFUSED {refusal.at:%Y-%m-%d %H:%M} UTC as {refusal.source}: {why}"
