"""In front of the screens: headers of every answer, the sign-in page, the session cookie."""

import html
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casegate.client import ClientError, Session, connect
from ui.session import COOKIE

_CSP = "; ".join(
    (
        "default-src 'none'",
        # Streamlit starts itself with an inline script; nothing may be fetched from elsewhere.
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SCREENS = frozenset({"/", "/queue", "/case", "/audit", "/desk"})
_FORM_BYTES = 8_000


class PageHeaders:
    """ASGI middleware that sets the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Gatehouse:
    """ASGI middleware that sends whoever has no session to the sign-in page.

    Whether a session is valid is the API's answer on every call; this only spares an empty screen,
    and keeps page images from someone without any session.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http" and not _has_session(scope):
            path = scope["path"]
            if path in _SCREENS:
                wanted = path + (
                    f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
                )
                away = RedirectResponse(f"/sign-in?next={quote(wanted, safe='')}", 303)
                await away(scope, receive, send)
                return
            if path.startswith("/media/"):
                await Response(status_code=403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _has_session(scope: Scope) -> bool:
    return bool(cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE))


def sign_in_routes() -> list[Route]:
    """Give the sign-in page and the place that its form is sent to."""
    small = [Middleware(RequestBodyLimitMiddleware, max_body_size=_FORM_BYTES)]
    return [
        Route("/sign-in", _page, methods=["GET"]),
        Route("/sign-in", _sign_in, methods=["POST"], middleware=small),
    ]


async def _page(request: Request) -> Response:
    answer = _drawn(safe_target(request.query_params.get("next", "/")))
    # Whatever session led here is over.
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


async def _sign_in(request: Request) -> Response:
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Response(status_code=403)
    form = parse_qs((await request.body()).decode(errors="replace"), keep_blank_values=True)
    user, password, target = (form.get(name, [""])[0] for name in ("user", "password", "next"))
    target = safe_target(target)
    try:
        session = await run_in_threadpool(open_session, user, password)
    except ClientError as error:
        return _drawn(target, user=user, error=error)
    except ValueError:
        return _drawn(target, user=user, error=ClientError("input_missing", "Type both, please."))
    return _entered(request, session, target)


def open_session(user: str, password: str) -> Session:
    """Sign in at the API."""
    with connect() as client:
        return client.sign_in(user, password)


def _entered(request: Request, session: Session, target: str) -> Response:
    answer = RedirectResponse(target, 303)
    # No expiry here: the cookie ends with the browser, the session when the API says so.
    answer.set_cookie(
        COOKIE,
        session.token,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


def safe_target(wanted: str) -> str:
    """Give the screen to go to after sign-in: one of ours, or the first one."""
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or parts.path not in _SCREENS:
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _drawn(target: str, *, user: str = "", error: ClientError | None = None) -> Response:
    told = ""
    if error is not None:
        told = (
            f'<div class="error" role="alert"><strong>{html.escape(error.detail)}</strong> '
            f"{html.escape(error.remedy)}</div>"
        )
    page = Template((Path(__file__).parent / "assets" / "sign_in.html").read_text())
    drawn = page.substitute(
        told=told, user=html.escape(user, quote=True), next=html.escape(target, quote=True)
    )
    return HTMLResponse(drawn, 200 if error is None else 401, {"Cache-Control": "no-store"})
