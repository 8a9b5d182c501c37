"""`casegate documents`: read files safely, show their fields, say which fields there are."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame
from casegate.errors import InputError, InvalidInput, PartDown
from casegate.model.base import Json

if TYPE_CHECKING:
    from casegate.config import Settings
    from casegate.model.document import Field
    from tools.documents import Ask, Parsed, ReadResult

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
    from casegate.clock import utc_now
    from casegate.config import load_settings
    from tools.documents import Limits, parse, read_document

    settings = load_settings()
    day = utc_now().date() if on is None else _day(on)
    contents = [(path, _content(path, settings.max_document_bytes)) for path in files]
    ask = _no_answer if no_model else _model(settings)
    entries: list[dict[str, object]] = []
    for path, data in contents:
        parsed = parse(data, path.name, Limits.of(settings))
        result = read_document(parsed, parties=(), opened_on=day, ask=ask)
        entries.append(_entry(path, parsed, result))
    frame.emit({"files": entries}, as_json=as_json, text=_lines(entries))


@app.command("types")
def types(as_json: frame.AsJson = False) -> None:
    """Show the document types and the fields that are read from each."""
    from tools.documents.schema import library

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


def _no_answer(task: str, values: dict[str, str], schema: Json) -> Json | None:
    return None


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


def _entry(path: Path, parsed: "Parsed", result: "ReadResult") -> dict[str, object]:
    signals = (*parsed.signals, *result.signals)
    return {
        "path": str(path),
        "verdict": parsed.verdict.value,
        "reason": parsed.reason,
        "media_type": parsed.media_type,
        "type": result.type.value,
        "pages": len(parsed.pages),
        "fields": [_field(field) for field in result.fields],
        "dropped": [dropped.model_dump(mode="json") for dropped in result.dropped],
        "signals": [signal.model_dump(mode="json") for signal in signals],
        "isolated": {"network": parsed.isolated[0], "files": parsed.isolated[1]},
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
        "engine": field.engine.value,
        "confidence": field.confidence,
    }


def _lines(entries: Sequence[dict[str, object]]) -> Iterator[str]:
    for entry in entries:
        yield f"{entry['path']}: {entry['verdict']}, {entry['type']}, {entry['pages']} pages"
        if entry["reason"]:
            yield f"  {entry['reason']}"
        fields = entry["fields"]
        signals = entry["signals"]
        for field in fields if isinstance(fields, list) else ():
            place = "" if field["page"] is None else f", page {field['page']}"
            yield f"  {field['name']}: {field['value']} ({field['engine']}{place})"
        for signal in signals if isinstance(signals, list) else ():
            yield f"  ! {signal['message']}"
