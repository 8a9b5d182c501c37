"""One HTTP exchange: request out, bytes in, problems raised."""

from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from casegate.client.errors import ClientError

T = TypeVar("T")

_DOWN = "Check that the service runs (`casegate serve`), then repeat the step."


class Wire:
    """Sends requests to one API with one token. Close it, or use it in a `with` block."""

    def __init__(self, http: httpx.Client, token: str | None) -> None:
        self._http = http
        self._token = token

    def ask(self, kind: type[T], method: str, path: str, **request: Any) -> T:  # noqa: ANN401 - httpx's own arguments
        """Send a request and read its JSON answer as `kind`.

        Raises:
            ClientError: the API refused or did not answer, or its answer is not a `kind`.
        """
        body = self.fetch(method, path, **request)
        try:
            return TypeAdapter(kind).validate_json(body)
        except ValidationError:
            raise ClientError(
                "answer_unreadable",
                f"the answer of {path} is not of the expected form",
                remedy="Client and service are of different versions; update the older one.",
            ) from None

    def fetch(self, method: str, path: str, **request: Any) -> bytes:  # noqa: ANN401 - httpx's own arguments
        """Send a request and give the bytes of the answer.

        Raises:
            ClientError: the API refused or did not answer.
        """
        headers = dict(request.pop("headers", {}))
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            response = self._http.request(method, path, headers=headers, **request)
        except httpx.TimeoutException:
            raise ClientError(
                "api_timeout", "the service did not answer in time", remedy=_DOWN
            ) from None
        except httpx.HTTPError:
            raise ClientError(
                "api_unreachable", "the service can't be reached", remedy=_DOWN
            ) from None
        if response.is_error:
            raise refused(response)
        return response.content


def refused(response: httpx.Response) -> ClientError:
    """Read a problem document; an answer that is none still becomes an error."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or "code" not in body:
        detail = f"the service answered with status {response.status_code}"
        return ClientError("answer_unreadable", detail, remedy=_DOWN, status=response.status_code)
    return ClientError(
        str(body["code"]),
        str(body.get("detail") or body.get("title") or ""),
        remedy=str(body.get("remedy") or ""),
        status=response.status_code,
    )


def if_match(version: int) -> dict[str, str]:
    """Give the header that names the version of the case that was read."""
    return {"If-Match": f'"{version}"'}
