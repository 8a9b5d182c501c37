"""Lines of JSON in and out, in order, with bounded memory.

The whole body is taken in first, in a file once it is large: a client that sends everything before
it reads anything would otherwise wait for a service that waits for it.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from casegate.access.rights import Action, acting_role
from casegate.api.deps import Actor
from casegate.errors import CasegateError, InvalidInput
from casegate.model.base import Json, faults

IN_MEMORY = 1_000_000
LONGEST_LINE = 200_000
NDJSON = "application/x-ndjson"
BODY = {
    "requestBody": {"required": True, "content": {NDJSON: {"schema": {"type": "string"}}}},
}

Spooled = SpooledTemporaryFile[bytes]


class Line(NamedTuple):
    """One line: what it holds, or why it can't be used."""

    number: int
    value: Json | None
    refused: CasegateError | None


async def _spooled(request: Request, actor: Actor) -> Spooled:
    """Take the body in; bytes of whoever may not screen are never read."""
    acting_role(actor, Action.SCREEN)
    file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)
    try:
        async for piece in request.stream():
            file.write(piece)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


SpooledIn = Annotated[Spooled, Depends(_spooled)]


def lines(file: Spooled) -> Iterator[Line]:
    """Read line after line; blank ones are passed over, and a bad one says what is wrong."""
    number = 0
    while piece := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(piece) > LONGEST_LINE and not piece.endswith(b"\n"):
            _skip(file)
            yield Line(number, None, InvalidInput(f"the line is longer than {LONGEST_LINE} bytes"))
        elif piece.strip():
            yield _line(number, piece)


def _skip(file: Spooled) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _line(number: int, piece: bytes) -> Line:
    value: object = None
    with suppress(ValueError, RecursionError):
        value = json.loads(piece)
    if not isinstance(value, dict):
        return Line(number, None, InvalidInput("the line is no JSON object"))
    return Line(number, value, None)


def written(body: BaseModel | Json) -> bytes:
    """Write one line."""
    if isinstance(body, BaseModel):
        return body.model_dump_json().encode() + b"\n"
    return json.dumps(body, ensure_ascii=False).encode() + b"\n"


def refusal(line: Line, id_: object, error: CasegateError) -> Json:
    """Give the object that stands in the place of an answer."""
    told = {"code": error.code, "detail": error.message, "remedy": error.remedy}
    return {"line": line.number, "id": id_ if isinstance(id_, str | int) else None, "error": told}


def as_input_error(bad: ValidationError) -> InvalidInput:
    """Name the fields and what is wrong with them, without their values."""
    return InvalidInput("; ".join(faults(bad, whole="body")))
