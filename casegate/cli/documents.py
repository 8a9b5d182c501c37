"""`casegate documents`: read files safely, show their fields, say which fields there are."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casegate.cli import frame
from casegate.errors import InputError, InvalidInput, PartDown
from casegate.model.base import Json

if TYPE_CHECKING:
    from casegate.config import Settings
    from casegate.model.document import Field
    from tools.documents import Ask, ReadFile

app = frame.group("Read documents safely and show what they say.")


@app.command("parse")
def parse_files(
    files: Annotated[list[Path], typer.Argument(help="Files of any kind.", show_default=False)],
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Labels and validators only.")
    ] = False,
    on: Annotated[
        str | None, typer.Option("--on", help="Day to read as, such as 2026-11-08; today if unset.")
    ] = None,
    as_json: frame.AsJson = False,
) -> None:
    """Parse files in a child process and read their fields.

    A file that can't be read is an entry with its verdict; the exit code is 0 all the same.
    """
    from casegate.cli.wiring import open_documents
    from casegate.clock import utc_now
    from casegate.config import load_settings
    from tools.documents import no_answer

    settings = load_settings()
    day = utc_now().date() if on is None else _day(on)
    contents = [(path, _content(path, settings.max_document_bytes)) for path in files]
    ask = no_answer if no_model else _model(settings)
    reader = open_documents(settings)

    def read(path: str, filename: str, data: bytes, depth: int) -> dict[str, object]:
        file = reader.read(data, filename, parties=(), on=day, ask=ask, depth=depth)
        inside = [
            read(f"{path}/{member.filename}", member.filename, member.data, depth + 1)
            for member in file.parsed.members
        ]
        return _entry(path, file, day) | {"members": inside}

    entries = [read(str(path), path.name, data, 0) for path, data in contents]
    frame.emit({"files": entries}, as_json=as_json, text=_lines(entries))


@app.command("types")
def types(as_json: frame.AsJson = False) -> None:
    """Show the document types and the fields that are read from each."""
    from tools.documents.library import library

    rows: list[dict[str, object]] = [
        {
            "type": schema.type.value,
            "fields": [
                {"name": f.name, "kind": f.kind.value, "required": f.required}
                for f in schema.fields
            ],
        }
        for schema in library().documents
    ]
    text = (
        f"{schema.type.value}: "
        + ", ".join(f"{f.name}{'*' if f.required else ''}" for f in schema.fields)
        for schema in library().documents
    )
    frame.emit({"types": rows}, as_json=as_json, text=(*text, "* required"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"`--on` must be a day such as 2026-11-08, got {text!r}") from None


def _content(path: Path, limit: int) -> bytes:
    """Read at most one byte more than allowed: enough for the parser to refuse the file."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise InvalidInput(f"can't read {str(path)!r}: {error.strerror}") from None


def _model(settings: "Settings") -> "Ask":
    """Make the asking of the configured model; a model that is down is told once, then left out."""
    import json

    from casegate.inference.open import open_model
    from casegate.inference.ports import Complete, Request, Sampler
    from prompts.registry import load_prompts

    prompts = load_prompts()
    opened: list[Complete] = []
    down: list[str] = []

    def ask(task: str, values: dict[str, str], schema: Json) -> Json | None:
        if down:
            return None
        prompt = prompts.live(f"intake/{task}")
        request = Request(
            task=task,
            prompt=prompt.ref,
            messages=prompt.messages(**values),
            schema_=schema,
            sampler=Sampler.model_validate(prompt.sampling.model_dump()),
            deadline_s=settings.model_deadline_s,
        )
        try:
            if not opened:
                opened.append(open_model(settings))
            answer = json.loads(opened[0](request).text)
        except (PartDown, InputError) as problem:
            down.append(problem.code)
            frame.note(f"Going on without the model. {problem.code}: {problem.message}")
            return None
        return answer if isinstance(answer, dict) else None

    return ask


def _entry(path: str, file: "ReadFile", day: date) -> dict[str, object]:
    from tools.documents.checks import dates_fit

    parsed, result = file.parsed, file.result
    signals = (*file.signals, *dates_fit(result.fields, day))
    network, files, calls = parsed.isolated
    zone = result.mrz
    return {
        "path": path,
        "verdict": parsed.verdict.value,
        "reason": parsed.reason,
        "media_type": parsed.media_type,
        "type": result.type.value,
        "pages": len(parsed.pages),
        "fields": [_field(field) for field in result.fields],
        "missing": list(result.missing),
        "dropped": [dropped.model_dump(mode="json") for dropped in result.dropped],
        "mrz": zone and zone.model_dump(mode="json") | {"gate_ready": zone.gate_ready},
        "signals": [signal.model_dump(mode="json") for signal in signals],
        "quarantined": [hidden.model_dump(mode="json") for hidden in parsed.quarantined],
        "isolated": {"network": network, "files": files, "calls": calls},
    }


def _field(field: "Field") -> dict[str, object]:
    boxes = [(box.x0, box.y0, box.x1, box.y1) for box in field.boxes]
    sides = tuple(zip(*boxes, strict=True))
    return {
        "name": field.name,
        "value": field.value,
        "normalised": field.normalised,
        "page": field.page,
        "bbox": [*map(min, sides[:2]), *map(max, sides[2:])] if boxes else None,
        "boxes": boxes,
        "span": [field.span.start, field.span.end],
        "further": [[line.start, line.end] for line in field.further],
        "engine": field.engine.value,
        "read_from": field.read_from.value,
        "confidence": field.confidence,
        "band": field.band.value,
    }


def _lines(entries: Sequence[dict[str, object]]) -> Iterator[str]:
    for entry in entries:
        yield f"{entry['path']}: {entry['verdict']}, {entry['type']}, {entry['pages']} pages"
        if entry["reason"]:
            yield f"  {entry['reason']}"
        for signal in _listed(entry, "signals"):
            place = "" if signal["page"] is None else f" (page {signal['page']})"
            yield f"  {_MARKS[signal['level']]} {signal['message']}{place}"
        for name in _listed(entry, "missing"):
            yield f"  ? {name}: not found"
        for field in _listed(entry, "fields"):
            place = "" if field["page"] is None else f", page {field['page']}"
            how = f"{field['engine']}, {field['read_from']}{place}, {field['band']}"
            yield f"  {field['name']}: {field['value']} ({how.replace('_', ' ')})"
        for dropped in _listed(entry, "dropped"):
            yield f"  {dropped['name']}: read but not found in the text ({dropped['reason']})"
        for where in dict.fromkeys(hidden["where"] for hidden in _listed(entry, "quarantined")):
            yield f"  kept from every value: {where}"
        yield from (f"  {line}" for line in _lines(_listed(entry, "members")))


_MARKS = {"alarm": "!!", "look": "!", "note": "-"}


def _listed(entry: dict[str, object], name: str) -> list[Any]:
    found = entry[name]
    return found if isinstance(found, list) else []
