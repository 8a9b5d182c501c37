"""`casegate screen`: names looked up in the sanctions lists, one or many."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from casegate.cli import frame
from casegate.errors import InvalidInput
from casegate.model.base import faults
from casegate.model.party import PartySchema

if TYPE_CHECKING:
    from casegate.desk.ports import Screener
    from casegate.model.screening import ScreenAnswer, ScreenQuery

app = frame.group("Look names up in the sanctions lists.")

_BATCH = 50


@app.command("screen")
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
        for asked, answer in _screen_all(batch):
            frame.emit_line({**_answer(answer), "id": asked})
        return
    line = BatchLine(
        id="1", name=name or "", schema=schema, dob=born, country=country or [], ids=number or []
    )
    answer = _screener().screen([_query(line, "the command line")])[0]
    frame.emit(_answer(answer), as_json=as_json, text=_answer_text(answer))
    if answer.hits or answer.coverage != "complete":
        raise frame.No


class BatchLine(BaseModel):
    """One line of `--batch`; unknown keys are refused, so that a typo can't pass for data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    name: str
    schema_: PartySchema = Field(default=PartySchema.LEGAL_ENTITY, alias="schema")
    dob: str | None = None
    country: str | list[str] = []
    ids: list[str] = []

    @field_validator("id")
    @classmethod
    def _can_be_written(cls, given: str | int) -> str | int:
        """Refuse half a character, which a JSON escape can spell and no answer can hold."""
        try:
            str(given).encode()
        except UnicodeEncodeError:
            raise ValueError("holds half a character") from None
        return given


def _screen_all(file: Path) -> Iterator[tuple[str | int, "ScreenAnswer"]]:
    """Give answers with the ids as asked; the whole file is read before the first answer."""
    lines = list(_lines(file))
    queries = [_query(line, f"line {number}") for number, line in lines]
    screener = _screener()
    for at in range(0, len(queries), _BATCH):
        answers = screener.screen(queries[at : at + _BATCH])
        for (_, line), answer in zip(lines[at : at + _BATCH], answers, strict=True):
            yield line.id, answer


def _lines(file: Path) -> Iterator[tuple[int, BatchLine]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as bad:
        raise InvalidInput(f"{file.name} can't be read: {type(bad).__name__}") from None
    first: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            read = BatchLine.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError, RecursionError) as bad:
            why = _fields(bad) if isinstance(bad, ValidationError) else "no JSON"
            raise InvalidInput(f"line {number} of {file.name}: {why}") from None
        if (before := first.setdefault(str(read.id), number)) != number:
            raise InvalidInput(
                f"line {number} of {file.name}: `id` is that of line {before}; "
                "answers could not be told apart"
            )
        yield number, read


def _query(line: BatchLine, where: str) -> "ScreenQuery":
    from casegate.model.screening import ScreenQuery
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
    return "; ".join(faults(bad, whole=""))


def _screener() -> "Screener":
    from casegate.cli.wiring import open_screener, settings_in

    return open_screener(settings_in())


def _answer(answer: "ScreenAnswer") -> dict[str, object]:
    return {
        "id": answer.id,
        "screened_at": answer.screened_at.isoformat(),
        "coverage": answer.coverage.value,
        "reason": answer.reason,
        "hits": [
            hit.model_dump(mode="json", exclude={"party", "disposition"}) for hit in answer.hits
        ],
        "versions": {version.list: version.version for version in answer.versions},
        "matcher": answer.matcher.model_dump(mode="json"),
    }


def _answer_text(answer: "ScreenAnswer") -> Iterator[str]:
    from tools.screening.agreement import WORDS

    for hit in answer.hits:
        beside = [f"{WORDS[attribute]} agrees" for attribute in hit.agreements]
        beside += [f"{WORDS[attribute]} differs" for attribute in hit.contradictions]
        yield f"{hit.score:7.1%}  {hit.band:12} {hit.entity_id}  {hit.name}"
        yield f"         {hit.list} {hit.version}{'; ' if beside else ''}{', '.join(beside)}"
    if not answer.hits:
        yield "No hit."
    if answer.reason:
        yield f"Coverage {answer.coverage.value}: {answer.reason}"
