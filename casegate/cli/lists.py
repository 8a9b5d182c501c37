"""`casegate lists`: sanctions lists into force, and which are."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.access.principals import Principal, Role
from casegate.cli import frame
from casegate.errors import InvalidInput

if TYPE_CHECKING:
    from casegate.config import Settings
    from casegate.desk.kernel import Kernel
    from tools.screening.lists import ListStore, LoadedList
    from tools.screening.sources import SourceFormat

app = frame.group("Load sanctions lists and see which versions are in force.")

OPERATOR = Principal(id="operator", name="Command line", roles=(Role.ADMIN,))
"""Who may write to the data folder may load a list; the log names this principal."""


class Source(StrEnum):
    """What a list file is written in."""

    OFAC_SDN = "ofac-sdn"
    UN_SC = "un-sc"
    FTM = "ftm"
    CSV = "csv"


@app.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="List file, also packed with gzip.")],
    source: Annotated[Source, typer.Option("--source", help="What the file is written in.")],
    aliases: Annotated[
        Path | None, typer.Option("--aliases", help="OFAC's alt.csv beside sdn.csv.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--date", help="Publication date, such as 2026-02-27.")
    ] = None,
    accept_smaller: Annotated[
        bool, typer.Option("--accept-smaller", help="Take a list that has really shrunk.")
    ] = False,
    as_json: frame.AsJson = False,
) -> None:
    """Check a list, index it and put it in force; a list that is refused changes nothing."""
    from casegate.cli.wiring import kernel, settings_in
    from tools.screening.lists import UNDATED
    from tools.screening.sources import SourceFormat

    settings, day = settings_in(), _day(published)
    with kernel(settings) as parts:
        loaded = put_in_force(
            settings,
            parts,
            file,
            source=SourceFormat(source.value),
            aliases=aliases,
            published=day,
            accept_smaller=accept_smaller,
        )
    if loaded.version.published == UNDATED.isoformat():
        frame.note("Neither the file nor its name tells the list's date; give it with --date.")
    frame.emit(_loaded(loaded), as_json=as_json, text=_loaded_text(loaded))


@app.command("status")
def status(as_json: frame.AsJson = False) -> None:
    """Show the versions in force; the answer is "no" if none is, or the index can't be read."""
    from tools.screening.index import CandidateIndex

    store = _store()
    versions = store.versions()
    names = CandidateIndex(store.index_folder()).manifest.names if versions else 0
    rows = [version.model_dump(mode="json") for version in versions]
    text = [f"{v.list:20} {v.version:26} {v.entities:>8,} entries" for v in versions]
    frame.emit(
        {"lists": rows, "names": names},
        as_json=as_json,
        text=text or ["No list is loaded: nobody can be screened."],
    )
    if not versions:
        raise frame.No


@app.command("changes")
def changes(
    name: Annotated[str, typer.Argument(help="List, as `casegate lists status` names it.")],
    as_json: frame.AsJson = False,
) -> None:
    """Show which entries the version in force added, removed and changed."""
    delta = _store().delta(name)
    rows = (("added", delta.added), ("removed", delta.removed), ("changed", delta.changed))
    text = [f"{word} {entry}" for word, entries in rows for entry in entries]
    frame.emit(delta, as_json=as_json, text=text or ["Nothing changed."])


def put_in_force(
    settings: "Settings",
    parts: "Kernel",
    file: Path,
    *,
    source: "SourceFormat",
    aliases: Path | None = None,
    published: date | None = None,
    accept_smaller: bool = False,
) -> "LoadedList":
    """Load a list and write it to the log; loading the same file again mends a missing entry."""
    from casegate.audit.events import ListLoaded
    from tools.screening.loading import load_list

    loaded = load_list(
        settings.data,
        file,
        source=source,
        clock=parts.clock,
        aliases=aliases,
        published=published,
        accept_smaller=accept_smaller,
    )
    version, delta = loaded.version, loaded.delta
    event = ListLoaded(
        list_name=version.list,
        version=version.version,
        sha256=version.sha256,
        entities=version.entities,
        added=len(delta.added),
        removed=len(delta.removed),
        changed=len(delta.changed),
    )
    parts.desk.list_loaded(OPERATOR, event)
    return loaded


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput(f"`--date` must be such as 2026-02-27, got {text!r}") from None


def _store() -> "ListStore":
    from casegate.cli.wiring import settings_in
    from casegate.clock import utc_now
    from tools.screening.lists import ListStore
    from tools.screening.policy import policy_at

    policy = policy_at(utc_now().date())
    return ListStore(settings_in().data, clock=utc_now, policy=policy)


def _loaded(loaded: "LoadedList") -> dict[str, object]:
    delta = loaded.delta
    return {
        **loaded.version.model_dump(mode="json"),
        "added": len(delta.added),
        "removed": len(delta.removed),
        "changed": len(delta.changed),
        "unmatched_aliases": loaded.unmatched_aliases,
        "unchanged": loaded.unchanged,
    }


def _loaded_text(loaded: "LoadedList") -> list[str]:
    version, delta = loaded.version, loaded.delta
    text = [
        f"{version.list} {version.version}: {version.entities:,} entries, "
        f"{len(delta.added):,} added, {len(delta.removed):,} removed, "
        f"{len(delta.changed):,} changed",
        f"sha256 {version.sha256}",
    ]
    if loaded.unmatched_aliases:
        text.append(
            f"{loaded.unmatched_aliases:,} aliases name no entry: the alias file is of another day"
        )
    return text
