"""The HTTP interface of a yente server, read strictly: an odd answer is no answer.

Shapes as published by yente 5: `GET /catalog`, `GET /algorithms`, `GET /openapi.json` (for the
version of the server) and `POST /match/{dataset}`. Names go in request bodies only, never in URLs.
"""

import time
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from casegate.errors import ScreeningUnavailable
from casegate.model.base import Json

MOST_BYTES = 50_000_000
"""An answer to `MOST_QUERIES` queries is far smaller; more is no answer."""
MOST_QUERIES = 100
"""The server's own default for one request, `YENTE_MAX_BATCH`."""
_TRIES = 3
_PAUSE_S = 0.3
_PASSING = frozenset({429, 502, 503, 504})
"""Statuses that may be over in a moment."""
_REMEDY = "Check the yente server at CASEGATE_SCREENING_URL (`GET /readyz`), then run it again."

T = TypeVar("T", bound="Shape")


class Shape(BaseModel):
    """A published shape; keys that nobody here needs may come and go."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Dataset(Shape):
    """A dataset of the catalogue."""

    name: str
    load: bool | None = None
    index_version: str | None = None
    """The version that is searched; None until the first indexing is done."""
    children: tuple[str, ...] = ()
    updated_at: str | None = None
    last_export: str | None = None
    entity_count: int | None = None


class Catalog(Shape):
    """`GET /catalog`."""

    datasets: tuple[Dataset, ...]


class Algorithm(Shape):
    """One matcher with its features and settings."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str


class Algorithms(Shape):
    """`GET /algorithms`."""

    algorithms: tuple[Algorithm, ...]


class Info(Shape):
    """Who serves."""

    version: str = Field(min_length=1)


class OpenApi(Shape):
    """`GET /openapi.json`."""

    info: Info


class Explanation(Shape):
    """What one feature says of a pair, before its weight."""

    score: float

    @field_validator("score")
    @classmethod
    def _is_a_number(cls, score: float) -> float:
        if not isfinite(score):
            raise ValueError("a score must be a finite number")
        return score


class Scored(Shape):
    """An entity of the list with its score."""

    id: str = Field(min_length=1)
    caption: str = Field(min_length=1)
    schema_: str = Field(alias="schema")
    properties: dict[str, list[Any]]
    datasets: tuple[str, ...] = ()
    score: float = Field(ge=0, le=1)
    explanations: dict[str, Explanation]


class Matches(Shape):
    """The answer to one query."""

    status: int
    results: tuple[Scored, ...]


class Answer(Shape):
    """`POST /match/{dataset}`."""

    responses: dict[str, Matches]
    limit: int


class YenteWire:
    """One yente server. Every failure is a `ScreeningUnavailable` that names no party."""

    def __init__(self, http: httpx.Client, *, pause: Callable[[float], None] = time.sleep) -> None:
        """Bind to a client whose base URL and timeouts are set; nothing is sent yet."""
        self._http = http
        self._pause = pause

    def catalog(self) -> Catalog:
        """Read what is loaded and indexed."""
        return self._read(Catalog, "GET", "/catalog")

    def algorithms(self) -> Algorithms:
        """Read the matchers with their features."""
        return self._read(Algorithms, "GET", "/algorithms")

    def version(self) -> str:
        """Read the version of the server."""
        return self._read(OpenApi, "GET", "/openapi.json").info.version

    def match(
        self,
        dataset: str,
        queries: Mapping[str, Json],
        *,
        algorithm: str,
        weights: Mapping[str, float],
        limit: int,
    ) -> dict[str, Matches]:
        """Ask for the entries nearest to each query, whatever their score.

        Raises:
            ScreeningUnavailable: no answer, or not one to every query.
        """
        answer = self._read(
            Answer,
            "POST",
            f"/match/{dataset}",
            params={"algorithm": algorithm, "threshold": 0.0, "cutoff": 0.0, "limit": limit},
            json={"queries": dict(queries), "weights": dict(weights)},
        )
        if answer.responses.keys() != queries.keys():
            raise _odd("it answers other queries than were asked")
        if answer.limit != limit or any(m.status != 200 for m in answer.responses.values()):
            raise _odd("a query was not answered as it was asked")
        return answer.responses

    def _read(self, shape: type[T], method: str, path: str, **request: Any) -> T:  # noqa: ANN401 - httpx's own arguments
        body = self._send(method, path, request)
        try:
            return shape.model_validate_json(body)
        except ValidationError:
            raise _odd(f"its answer to {path} is not of the published form") from None

    def _send(self, method: str, path: str, request: Json) -> bytes:
        last = "no answer"
        for attempt in range(_TRIES):
            if attempt:
                self._pause(_PAUSE_S * 2 ** (attempt - 1))
            try:
                status, body = self._once(method, path, request)
            except httpx.HTTPError as down:
                last = type(down).__name__
                continue
            if status == 200:
                return body
            last = f"status {status}"
            if status not in _PASSING:
                break
        raise ScreeningUnavailable(
            f"the screening server can't be used: {last} at {path}", remedy=_REMEDY
        )

    def _once(self, method: str, path: str, request: Json) -> tuple[int, bytes]:
        raw = bytearray()
        with self._http.stream(method, path, **request) as answer:
            for chunk in answer.iter_bytes():
                raw += chunk
                if len(raw) > MOST_BYTES:
                    raise _odd(f"its answer to {path} has no end")
            return answer.status_code, bytes(raw)


def _odd(what: str) -> ScreeningUnavailable:
    return ScreeningUnavailable(f"the screening server can't be trusted: {what}", remedy=_REMEDY)
