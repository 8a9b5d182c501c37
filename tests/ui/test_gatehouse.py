"""What stands in front of the screens: headers, the sign-in page, the session cookie."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from casegate.client import ClientError, Session
from tests.api.seed_records import START
from tests.ui.desk_client import IVAN
from ui import gatehouse
from ui.session import COOKIE


def inside(request: Request) -> PlainTextResponse:
    return PlainTextResponse("inside")


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    def opened(user: str, password: str) -> Session:
        if password != "right":
            raise ClientError("sign_in_failed", "unknown user or wrong password", status=401)
        return Session(token="t-1", expires_at=START, principal=IVAN)

    monkeypatch.setattr(gatehouse, "open_session", opened)
    app = Starlette(
        routes=[*gatehouse.sign_in_routes(), Route("/{path:path}", inside)],
        middleware=[Middleware(gatehouse.PageHeaders), Middleware(gatehouse.Gatehouse)],
    )
    return TestClient(app, follow_redirects=False, base_url="https://desk.example")


def sign_in(door: TestClient, target: str = "/") -> str:
    form = {"user": "ivan", "password": "right", "next": target}
    return door.post("/sign-in", data=form).headers.get("location", "")


@pytest.mark.parametrize("path", ["/", "/queue", "/case?id=c-1", "/audit"])
def test_a_screen_without_a_session_leads_to_the_sign_in_page(door: TestClient, path: str) -> None:
    answer = door.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2F")


def test_after_signing_in_a_person_lands_where_they_wanted(door: TestClient) -> None:
    assert sign_in(door, target="/case?id=c-1") == "/case?id=c-1"
    assert door.get("/case?id=c-1").text == "inside"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/case",
        "/\\evil.example",
        "javascript:alert(1)",
        "/x",
    ],
)
def test_nobody_is_led_out_of_the_house(door: TestClient, target: str) -> None:
    assert sign_in(door, target=target) == "/"


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(door: TestClient) -> None:
    answer = door.post("/sign-in", data={"user": "ivan", "password": "right", "next": "/"})
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=t-1")
    assert {"httponly", "samesite=strict", "secure"} <= {p.strip() for p in cookie.split(";")}


def test_a_wrong_password_is_answered_on_the_page_without_echoing_it(door: TestClient) -> None:
    form = {"user": '"><script>alert(1)</script>', "password": "wr0ng", "next": "/"}
    answer = door.post("/sign-in", data=form)
    assert answer.status_code == 401
    assert "unknown user or wrong password" in answer.text
    assert "<script>" not in answer.text
    assert "wr0ng" not in answer.text


def test_a_form_from_another_site_is_refused(door: TestClient) -> None:
    answer = door.post("/sign-in", data={"user": "a"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_the_sign_in_page_ends_an_old_session(door: TestClient) -> None:
    sign_in(door)
    assert door.get("/").text == "inside"
    door.get("/sign-in")
    assert door.get("/").status_code == 303


def test_page_images_need_a_session(door: TestClient) -> None:
    assert door.get("/media/abc.png").status_code == 403
    sign_in(door)
    assert door.get("/media/abc.png").text == "inside"


def test_a_huge_form_is_refused(door: TestClient) -> None:
    assert door.post("/sign-in", data={"user": "x" * 20_000}).status_code == 413


@pytest.mark.parametrize("path", ["/", "/sign-in", "/static/x.js", "/media/abc.png"])
def test_every_answer_carries_a_strict_policy(door: TestClient, path: str) -> None:
    policy = door.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "img-src 'self' data: blob:" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
