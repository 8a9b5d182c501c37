"""`casegate lists` and `casegate screen`: sanctions lists in, names looked up."""

import json
import secrets
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casegate.access.principals import Principal, Role
from casegate.cli import frame
from casegate.errors import InvalidInput
from casegate.model.party import PartySchema

if TYPE_CHECKING:
    from casegate.config import Settings
    from casegate.desk.kernel import Kernel
    from tools.screening.lists import ListStore, LoadedList
    from tools.screening.queries import ScreenAnswer, ScreenQuery
    from tools.screening.screener import LocalScreener
    from tools.screening.sources import SourceFormat

lists = frame.group("Load sanctions lists and see which versions are in force.")
screen = frame.group("Look names up in the sanctions lists.")

OPERATOR = Principal(id="operator", name="Command line", roles=(Role.ADMIN,))
"""Who may write to the data folder may load a list; the log names this principal."""
_BATCH = 50


class Source(StrEnum):
    """What a list file is written in."""

    OFAC_SDN = "ofac-sdn"
    UN_SC = "un-sc"
    FTM = "ftm"
    CSV = "csv"


@lists.command("load")
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


@lists.command("status")
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


@lists.command("changes")
def changes(
    name: Annotated[str, typer.Argument(help="List, as `casegate lists status` names it.")],
    as_json: frame.AsJson = False,
) -> None:
    """Show which entries the version in force added, removed and changed."""
    delta = _store().delta(name)
    rows = (("added", delta.added), ("removed", delta.removed), ("changed", delta.changed))
    text = [f"{word} {entry}" for word, entries in rows for entry in entries]
    frame.emit(delta, as_json=as_json, text=text or ["Nothing changed."])


@screen.command("screen")
def look_up(
    name: Annotated[str | None, typer.Option("--name", help="Whom to look up.")] = None,
    schema: Annotated[
        PartySchema, typer.Option("--schema", help="LegalEntity: a person or a company.")
    ] = PartySchema.LEGAL_ENTITY,
    born: Annotated[
        str | None, typer.Option("--dob", help="Date of birth: 1968-04-17, 1968-04 or 1968.")
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", help="Code or English name; may repeat.")
    ] = None,
    number: Annotated[
        list[str] | None, typer.Option("--id", help="Passport, tax ... number; may repeat.")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="JSON lines in, JSON lines out, in order.")
    ] = None,
    as_json: frame.AsJson = False,
) -> None:
    """Look one party up, or many. For one, the answer is "no" unless it is free of hits in full."""
    if (name is None) == (batch is None):
        raise InvalidInput("give either `--name` or `--batch`")
    if batch is not None:
        for answer in _screen_all(batch):
            frame.emit_line(_answer(answer))
        return
    line = BatchLine(
        id="1", name=name or "", schema=schema, dob=born, country=country or [], ids=number or []
    )
    answer = _screener().screen([_query(line, "the command line")])[0]
    frame.emit(_answer(answer), as_json=as_json, text=_answer_text(answer))
    if answer.hits or answer.coverage != "complete":
        raise frame.No


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


class BatchLine(BaseModel):
    """One line of `--batch`; unknown keys are refused, so that a typo can't pass for data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    name: str
    schema_: PartySchema = Field(default=PartySchema.LEGAL_ENTITY, alias="schema")
    dob: str | None = None
    country: str | list[str] = []
    ids: list[str] = []


def _screen_all(file: Path) -> Iterator["ScreenAnswer"]:
    """Read the whole file before the first answer: a bad line is found at once."""
    queries = list(_queries(file))
    screener = _screener()
    screener.warm()
    for at in range(0, len(queries), _BATCH):
        yield from screener.screen(queries[at : at + _BATCH])


def _queries(file: Path) -> Iterator["ScreenQuery"]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as bad:
        raise InvalidInput(f"{file.name} can't be read: {type(bad).__name__}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _query(BatchLine.model_validate(json.loads(line)), f"line {number}")
        except (json.JSONDecodeError, ValidationError) as bad:
            why = _fields(bad) if isinstance(bad, ValidationError) else "no JSON"
            raise InvalidInput(f"line {number} of {file.name}: {why}") from None


def _query(line: BatchLine, where: str) -> "ScreenQuery":
    from tools.screening.queries import ScreenQuery
    from tools.screening.sources.values import country_code

    countries = [line.country] if isinstance(line.country, str) else line.country
    codes = [country_code(country) for country in countries if country]
    if None in codes:
        raise InvalidInput(f"{where}: unknown country; give a code such as DE")
    try:
        return ScreenQuery(
            id=str(line.id),
            name=line.name,
            schema_=line.schema_,
            births=(line.dob,) if line.dob else (),
            countries=tuple(code for code in codes if code),
            ids=tuple(line.ids),
        )
    except ValidationError as bad:
        raise InvalidInput(f"{where}: {_fields(bad)}") from None


def _fields(bad: ValidationError) -> str:
    """Name the fields and what is wrong with them, without their values."""
    return "; ".join(
        f"`{'.'.join(map(str, error['loc']))}`: {error['msg']}"
        for error in bad.errors(include_input=False, include_url=False)
    )


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


def _screener() -> "LocalScreener":
    from casegate.cli.wiring import settings_in
    from casegate.clock import utc_now
    from tools.screening.screener import LocalScreener

    settings = settings_in()
    return LocalScreener(
        settings.data,
        threshold=settings.screening_threshold,
        candidates=settings.screening_candidates,
        clock=utc_now,
        new_token=lambda: secrets.token_hex(16),
    )


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


def _answer(answer: "ScreenAnswer") -> dict[str, object]:
    return {
        "id": answer.id,
        "coverage": answer.coverage.value,
        "reason": answer.reason,
        "hits": [
            hit.model_dump(mode="json", exclude={"party", "disposition"}) for hit in answer.hits
        ],
        "versions": {version.list: version.version for version in answer.versions},
        "matcher": answer.matcher.model_dump(mode="json"),
    }


def _answer_text(answer: "ScreenAnswer") -> Iterator[str]:
    for hit in answer.hits:
        beside = [f"{word} agrees" for word in hit.agreements]
        beside += [f"{word} differs" for word in hit.contradictions]
        yield f"{hit.score:7.1%}  {hit.band:12} {hit.entity_id}  {hit.name}"
        yield f"         {hit.list} {hit.version}{'; ' if beside else ''}{', '.join(beside)}"
    if not answer.hits:
        yield "No hit."
    if answer.reason:
        yield f"Coverage {answer.coverage.value}: {answer.reason}"
