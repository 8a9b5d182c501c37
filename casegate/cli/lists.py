"""`casegate lists`: sanctions lists into force, and which are."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.access.principals import Principal, Role
from casegate.cli import frame
from casegate.cli.list_reports import loaded_row, loaded_text, status_rows, status_text
from casegate.errors import InvalidInput

if TYPE_CHECKING:
    from casegate.config import Settings
    from casegate.desk.kernel import Kernel
    from tools.screening.lists import ListStore, LoadedList
    from tools.screening.loading import Refused
    from tools.screening.refusals import Refusal
    from tools.screening.sources import SourceFormat

app = frame.group("Load sanctions lists and see which versions are in force.")

OPERATOR = Principal(id="operator", name="Command line", roles=(Role.ADMIN,))
"""Who may write to the data folder may load a list; the log names this principal."""


class Source(StrEnum):
    """What a list file is written in."""

    OFAC_SDN = "ofac-sdn"
    OFAC_ADVANCED = "ofac-advanced"
    UN_SC = "un-sc"
    EU_FSF = "eu-fsf"
    UK_SL = "uk-sl"
    FTM = "ftm"
    CSV = "csv"


class ListTopic(StrEnum):
    """What the entries of a list are listed for."""

    SANCTION = "sanction"
    PEP = "pep"
    ADVERSE_MEDIA = "adverse-media"
    WATCHLIST = "watchlist"


FromSource = Annotated[Source, typer.Option("--source", help="What the file is written in.")]
ForTopic = Annotated[
    ListTopic | None,
    typer.Option("--topic", help="What entries without a topic are listed for; csv and ftm."),
]
Named = Annotated[
    str, typer.Option("--name", help="The list's name; csv and ftm. Else that of the file.")
]
OnDate = Annotated[str | None, typer.Option("--date", help="Publication date, such as 2026-02-27.")]
AcceptSmaller = Annotated[
    bool, typer.Option("--accept-smaller", help="Take a list that has really shrunk.")
]


@app.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="List file, also packed with gzip.")],
    source: FromSource,
    aliases: Annotated[
        Path | None, typer.Option("--aliases", help="OFAC's alt.csv beside sdn.csv.")
    ] = None,
    addresses: Annotated[
        Path | None, typer.Option("--addresses", help="OFAC's add.csv beside sdn.csv.")
    ] = None,
    comments: Annotated[
        Path | None, typer.Option("--comments", help="OFAC's sdn_comments.csv beside sdn.csv.")
    ] = None,
    topic: ForTopic = None,
    name: Named = "",
    published: OnDate = None,
    accept_smaller: AcceptSmaller = False,
    as_json: frame.AsJson = False,
) -> None:
    """Check a list, index it and put it in force; a list that is refused changes nothing."""
    from casegate.cli.wiring import kernel, settings_in
    from tools.screening.loading import load_files
    from tools.screening.sources import SourceFormat, Topic
    from tools.screening.sources.reading import ListFiles

    settings, day = settings_in(), _day(published)
    files = ListFiles(
        file,
        SourceFormat(source.value),
        aliases=aliases,
        addresses=addresses,
        comments=comments,
        topic=Topic(topic.value) if topic else None,
        name=name,
    )
    with kernel(settings) as parts:
        loaded = _in_the_log(
            parts,
            lambda refused: load_files(
                settings.data,
                files,
                clock=parts.clock,
                published=day,
                accept_smaller=accept_smaller,
                refused=refused,
            ),
        )
    _report(loaded, as_json=as_json)


@app.command("fetch")
def fetch(
    url: Annotated[str, typer.Option("--url", help="Where the list is: https or http.")],
    source: FromSource,
    sha256: Annotated[str, typer.Option("--sha256", help="What the file must hash to.")] = "",
    seconds: Annotated[
        float, typer.Option("--timeout", min=1, help="Seconds for each file, all in all.")
    ] = 600,
    aliases: Annotated[str, typer.Option("--aliases-url", help="Of OFAC's alt.csv.")] = "",
    addresses: Annotated[str, typer.Option("--addresses-url", help="Of OFAC's add.csv.")] = "",
    comments: Annotated[
        str, typer.Option("--comments-url", help="Of OFAC's sdn_comments.csv.")
    ] = "",
    topic: ForTopic = None,
    name: Named = "",
    published: OnDate = None,
    accept_smaller: AcceptSmaller = False,
    as_json: frame.AsJson = False,
) -> None:
    """Fetch a list and put it in force; whatever goes wrong, the version in force stays."""
    from casegate.cli.wiring import kernel, settings_in
    from tools.screening.fetching import HttpDownload, ListUrls, fetch_list
    from tools.screening.sources import SourceFormat, Topic

    settings, day = settings_in(), _day(published)
    wanted = ListUrls(
        url,
        SourceFormat(source.value),
        aliases=aliases,
        addresses=addresses,
        comments=comments,
        topic=Topic(topic.value) if topic else None,
        name=name,
        sha256=sha256,
    )
    with kernel(settings) as parts:
        loaded = _in_the_log(
            parts,
            lambda refused: fetch_list(
                settings.data,
                wanted,
                download=HttpDownload(seconds),
                clock=parts.clock,
                published=day,
                accept_smaller=accept_smaller,
                refused=refused,
            ),
        )
    _report(loaded, as_json=as_json)


@app.command("status")
def status(as_json: frame.AsJson = False) -> None:
    """Show the versions in force; the answer is "no" if none is, or the index can't be read."""
    from tools.screening.index import CandidateIndex

    store = _store()
    manifests, refused = store.manifests(), store.refused()
    names = CandidateIndex(store.index_folder()).manifest.names if manifests else 0
    document: dict[str, object] = {
        "lists": status_rows(manifests),
        "names": names,
        "refused": [refusal.model_dump(mode="json") for refusal in refused],
    }
    frame.emit(document, as_json=as_json, text=status_text(manifests, refused))
    if not manifests:
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
    published: date | None = None,
) -> "LoadedList":
    """Load a list and write it to the log; loading the same file again mends a missing entry."""
    from tools.screening.loading import load_files
    from tools.screening.sources.reading import ListFiles

    return _in_the_log(
        parts,
        lambda refused: load_files(
            settings.data,
            ListFiles(file, source),
            clock=parts.clock,
            published=published,
            refused=refused,
        ),
    )


def _in_the_log(parts: "Kernel", act: "Callable[[Refused], LoadedList]") -> "LoadedList":
    """Load a list and write to the log that it is in force, or that it was refused."""
    from casegate.audit.events import ListLoaded, ListLoadRefused

    def refused(refusal: "Refusal") -> None:
        event = ListLoadRefused(
            list_name=refusal.list,
            source=refusal.source,
            reason=refusal.reason,
            in_force=refusal.in_force,
        )
        parts.desk.list_refused(OPERATOR, event)

    loaded = act(refused)
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


def _report(loaded: "LoadedList", *, as_json: bool) -> None:
    from tools.screening.lists import UNDATED

    if loaded.version.published == UNDATED.isoformat():
        frame.note("Neither the file nor its name tells the list's date; give it with --date.")
    frame.emit(loaded_row(loaded), as_json=as_json, text=loaded_text(loaded))


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
