"""Single screenings: one party, or many as lines of JSON."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from casegate.access.principals import Principal
from casegate.api.deps import Actor, OngoingIn
from casegate.api.ndjson import (
    BODY,
    NDJSON,
    Line,
    Spooled,
    SpooledIn,
    as_input_error,
    lines,
    refusal,
    written,
)
from casegate.api.problems import Responses, problems
from casegate.api.wire_screening import ScreeningAnswer, ScreeningRequest
from casegate.errors import CasegateError
from casegate.model.screening import ScreenQuery
from casegate.ongoing.desk import OngoingDesk, Screening

router = APIRouter(prefix="/v1/screenings", tags=["screen"])

_BATCH = 20
_LINES: Responses = {200: {"content": {NDJSON: {}}}}


@router.post("", responses=problems(401, 403, 413, 503))
def screen(ongoing: OngoingIn, actor: Actor, asked: ScreeningRequest) -> ScreeningAnswer:
    """Look one party up. No hit means little unless `coverage` is complete."""
    (found,) = ongoing.screen(actor, [_query(asked)])
    return _answer(found)


@router.post(
    "/batch",
    response_class=StreamingResponse,
    openapi_extra=BODY,
    responses=_LINES | problems(401, 403, 413, 503),
)
def screen_batch(ongoing: OngoingIn, actor: Actor, body: SpooledIn) -> StreamingResponse:
    """Look many parties up: one JSON object a line in, one a line out, in order.

    A line that can't be used is answered by `{"line", "id", "error"}`; the others go on.
    """
    try:
        # What is missing is told before the first line: a status can't be taken back.
        ongoing.require_lists()
    except CasegateError:
        body.close()
        raise
    return StreamingResponse(_answers(ongoing, actor, body), media_type=NDJSON)


class _Asked(NamedTuple):
    """A line with what it asks, or why it can't be used."""

    line: Line
    id: str | int = ""
    query: ScreenQuery | None = None
    refused: CasegateError | None = None


def _answers(ongoing: OngoingDesk, actor: Principal, body: Spooled) -> Iterator[bytes]:
    waiting: list[_Asked] = []
    with body:
        for line in lines(body):
            waiting.append(_read(line))
            if len(waiting) == _BATCH:
                yield from _answered(ongoing, actor, waiting)
                waiting = []
        yield from _answered(ongoing, actor, waiting)


def _read(line: Line) -> _Asked:
    if line.value is None:
        return _Asked(line, refused=line.refused)
    try:
        asked = ScreeningRequest.model_validate(line.value)
        return _Asked(line, asked.id, _query(asked))
    except ValidationError as bad:
        return _Asked(line, refused=as_input_error(bad))
    except CasegateError as bad:
        return _Asked(line, refused=bad)


def _answered(ongoing: OngoingDesk, actor: Principal, waiting: Sequence[_Asked]) -> Iterator[bytes]:
    """Answer some lines; if screening fails half-way, each of them says so."""
    failed: CasegateError | None = None
    found: Iterator[Screening] = iter(())
    try:
        good = [asked.query for asked in waiting if asked.query is not None]
        found = iter(ongoing.screen(actor, good))
    except CasegateError as down:
        failed = down
    for asked in waiting:
        error = asked.refused or failed
        if error is None:
            one = next(found)
            yield written({"id": asked.id, **_answer(one).model_dump(mode="json")})
        else:
            yield written(refusal(asked.line, (asked.line.value or {}).get("id"), error))


def _query(asked: ScreeningRequest) -> ScreenQuery:
    try:
        return asked.query()
    except ValidationError as bad:
        raise as_input_error(bad) from None


def _answer(found: Screening) -> ScreeningAnswer:
    return ScreeningAnswer(
        screening=found.id, at=found.at, query_hash=found.query_hash, answer=found.answer
    )
