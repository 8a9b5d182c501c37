"""The one place where errors become HTTP: RFC 9457 `application/problem+json`."""

import inspect
import logging
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casegate.errors import (
    BundleInvalid,
    CasegateError,
    DocumentTooLarge,
    InvalidInput,
    NotSignedIn,
)
from casegate.model.base import Record

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"


class ProblemBody(Record):
    """What every refusal looks like (RFC 9457, with `code` and `remedy` as extensions)."""

    type: str
    """`urn:casegate:error:<code>`; never changes for one kind of error."""
    title: str
    """The same words for every error of this type."""
    status: int
    code: str
    """Stable word for programs, listed in docs/api.md."""
    detail: str
    """What was wrong this time. Ids only, no personal data."""
    remedy: str = ""
    """What to do about it."""
    instance: str
    """Path of the request."""


_OF_HTTP: Mapping[int, tuple[str, str]] = {
    400: ("request_unreadable", "The request can't be read."),
    404: ("not_found", "No such thing, or none that this principal may know of."),
    405: ("method_not_allowed", "This address does not take this method."),
    413: ("request_too_large", "The request is larger than this address takes."),
}

_OF_BODY: Mapping[str, type[CasegateError]] = {"/v1/cases": BundleInvalid}
"""Addresses whose malformed body has an error class of its own."""


def install(app: FastAPI) -> None:
    """Give `app` the presenter for every kind of error."""
    app.add_exception_handler(CasegateError, _casegate)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)


def problem(path: str, error: CasegateError) -> JSONResponse:
    """Present one of our errors."""
    return _response(
        ProblemBody(
            type=f"urn:casegate:error:{error.code}",
            title=title_of(type(error)),
            status=error.status,
            code=error.code,
            detail=error.message,
            remedy=error.remedy,
            instance=path,
        )
    )


Responses = dict[int | str, dict[str, Any]]
"""Answers of a route in OpenAPI terms, by status."""


def problems(*statuses: int) -> Responses:
    """Describe refusals in OpenAPI terms; any route may answer 422."""
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in sorted({*statuses, 422})
    }


def describe(app: FastAPI) -> None:
    """Have the OpenAPI description of `app` define the problem document."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        schema = plain()
        named = schema.setdefault("components", {}).setdefault("schemas", {})
        named["ProblemBody"] = ProblemBody.model_json_schema()
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def title_of(kind: type[CasegateError]) -> str:
    """Give the sentence that describes an error class."""
    return (inspect.getdoc(kind) or kind.__name__).partition("\n")[0]


def _response(body: ProblemBody) -> JSONResponse:
    headers = {"WWW-Authenticate": "Bearer"} if body.status == NotSignedIn.status else None
    return JSONResponse(body.model_dump(mode="json"), body.status, headers, media_type=PROBLEM_JSON)


async def _casegate(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CasegateError)  # noqa: S101 - registered for this class only
    if error.status >= 500:
        log.error("%s at %s", error.code, request.url.path)
    return problem(request.url.path, error)


async def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    kind = InvalidInput if request.method == "GET" else _of_body(request)
    # The value itself may be personal data: only its place and what was expected are told.
    told = "; ".join(f"{_place(e['loc'])}: {e['msg']}" for e in error.errors())
    return problem(request.url.path, kind(told))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    return present_http(request, error)


def present_http(request: Request, error: HTTPException) -> JSONResponse:
    """Present an error of HTTP itself."""
    path = request.url.path
    if error.status_code == DocumentTooLarge.status and path.endswith("/documents"):
        return problem(path, DocumentTooLarge("the request body is above the size limit"))
    code, title = _OF_HTTP.get(error.status_code, ("refused", "The request was refused."))
    body = ProblemBody(
        type=f"urn:casegate:error:{code}",
        title=title,
        status=error.status_code,
        code=code,
        detail=title,
        instance=path,
    )
    return _response(body)


def _of_body(request: Request) -> type[CasegateError]:
    return _OF_BODY.get(request.url.path, InvalidInput)


def _place(loc: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in loc)


class LastResort:
    """ASGI middleware that answers 500 for an error nobody foresaw, and tells only its place.

    The text of an unknown error may hold personal data, so neither the answer nor the log has it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:  # noqa: BLE001 - the outermost frame of a request
            frame = traceback.extract_tb(error.__traceback__)[-1]
            log.error("%s at %s:%s", type(error).__name__, frame.filename, frame.lineno)
            if not started:
                await _internal(scope["path"])(scope, receive, send)


def _internal(path: str) -> JSONResponse:
    return _response(
        ProblemBody(
            type="urn:casegate:error:internal_error",
            title="Something failed inside the service.",
            status=500,
            code="internal_error",
            detail="The service log names the place.",
            remedy="Repeat the step. If it fails again, send the time of it to the operator.",
            instance=path,
        )
    )
