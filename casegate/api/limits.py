"""How much one request may carry, enforced while it streams in."""

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casegate.api.problems import present_http


@dataclass(frozen=True)
class Limits:
    """Limits in bytes."""

    document: int
    transactions: int
    json: int = 2_000_000
    batch: int = 50_000_000
    """Lines of one `POST /v1/screenings/batch`."""
    multipart: int = 64_000
    """What boundaries and part headers may add to a file."""

    def of(self, path: str) -> int:
        """Give the limit of the whole body of a request to `path`."""
        if path.endswith("/documents"):
            return self.document + self.multipart
        if path.endswith("/transactions"):
            return self.transactions + self.multipart
        if path.endswith("/screenings/batch"):
            return self.batch
        return self.json


class BodyLimit:
    """ASGI middleware that refuses a body above its limit, whether or not it states its length.

    The framework's own limiter answers in plain text; this one answers as everything else does.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limits.of(scope["path"])
        stated = Headers(scope=scope).get("content-length", "0")
        if not stated.isdecimal() or int(stated) > limit:
            await present_http(Request(scope), HTTPException(413))(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)
