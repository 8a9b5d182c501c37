"""Customers and screenings over HTTP."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from casegate.access.sign_in import DEMO_PASSWORD, SignIn, seed_demo_users
from casegate.api.app import create_app
from casegate.api.limits import Limits
from casegate.errors import ScreeningUnavailable
from casegate.ongoing.ports import CustomerScreener
from tests.kernel.world import MIRA
from tests.ongoing.conftest import BASE, FILLER, Place, open_place

PYOTR = {"name": "Pyotr Volnogorsky", "schema": "Person", "dob": "1968-04-17"}


class Http:
    """Asks as one user."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.tokens: dict[str, str] = {}

    def __call__(self, user: str, method: str, path: str, **request: Any) -> Any:  # noqa: ANN401
        if user not in self.tokens:
            body = {"user": user, "password": DEMO_PASSWORD}
            self.tokens[user] = self.client.post("/v1/sign-in", json=body).json()["token"]
        headers = {"Authorization": f"Bearer {self.tokens[user]}"}
        return self.client.request(method, path, headers=headers, **request)


def serve(place: Place) -> TestClient:
    """Serve a place with the demo's users."""
    kernel = place.kernel
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    sign_in = SignIn(
        kernel.store, clock=kernel.clock, new_id=kernel.new_id, minutes=480, hasher=quick
    )
    seed_demo_users(sign_in, kernel.store)
    app = create_app(
        kernel.desk,
        kernel.sign_in,
        ready=lambda: None,
        limits=Limits(document=1000, transactions=1000, batch=400_000),
        close=lambda: None,
        ongoing=place.desk,
    )
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def ask(place: Place) -> Iterator[Http]:
    """Ask a service over the small list."""
    with serve(place) as client:
        yield Http(client)


def test_one_party_is_screened_and_the_answer_proves_itself(ask: Http, place: Place) -> None:
    found = ask("core-banking", "POST", "/v1/screenings", json=PYOTR)
    assert found.status_code == 200, found.text
    body = found.json()
    (hit,) = body["answer"]["hits"]
    assert (hit["entity_id"], hit["band"]) == ("house-a1", "likely")
    assert body["answer"]["versions"][0]["list"] == "house"
    (event,) = place.events("screening_answered")
    told = event.payload
    assert told["screening"] == body["screening"]
    assert told["query_hash"] == body["query_hash"]
    assert told["matcher"] == body["answer"]["matcher"]["config_hash"]
    assert event.actor == "core-banking"
    assert "Volnogorsky" not in json.dumps(told)


def test_no_hit_is_logged_like_a_hit(ask: Http, place: Place) -> None:
    body = {"name": "Unrelated Wexford", "schema": "Person"}
    assert ask("ana", "POST", "/v1/screenings", json=body).json()["answer"]["hits"] == []
    (event,) = place.events("screening_answered")
    assert event.payload["hits"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": 3},
        {"name": "A B", "schema": "Spaceship"},
        {"name": "A B", "dob": "yesterday"},
        {"name": "A B", "dob": "1968-13"},
        {"name": "A B", "nickname": "C"},
        {"name": "x" * 30_000},
    ],
)
def test_a_bad_question_is_named_without_its_values(ask: Http, body: dict[str, object]) -> None:
    found = ask("ana", "POST", "/v1/screenings", json=body)
    assert (found.status_code, found.json()["code"]) == (422, "input_invalid")
    assert "yesterday" not in found.text


@pytest.mark.parametrize("name", ["", " ", "x" * 10_000, "🙂", "\u202eabc", "A", "пётр", "a\x00b"])
def test_a_strange_name_is_answered_and_never_called_clear(ask: Http, name: str) -> None:
    found = ask("ana", "POST", "/v1/screenings", json={"name": name})
    assert found.status_code == 200, found.text
    assert found.json()["answer"]["coverage"] in ("complete", "degraded", "unavailable")
    if len(name) > 300 or not any(char.isalnum() for char in name):
        assert found.json()["answer"]["coverage"] == "unavailable"


def test_a_batch_answers_line_by_line_in_order_and_a_bad_line_stops_nothing(ask: Http) -> None:
    sent = [
        json.dumps({"id": "a", **PYOTR}),
        "{half a line",
        json.dumps({"id": "c", "name": "Unrelated Wexford"}),
        json.dumps({"id": "d", "name": "A B", "dob": "nonsense"}),
        "",
        "[" * 5000,
        json.dumps({"id": 7, "name": "x" * 250_000}),
        *(json.dumps({"id": n, "name": f"Person {n} Nobody"}) for n in range(50)),
    ]
    found = ask("ana", "POST", "/v1/screenings/batch", content="\n".join(sent).encode())
    assert found.status_code == 200, found.text
    answers = [json.loads(line) for line in found.text.splitlines()]
    assert [a["id"] for a in answers[:4]] == ["a", None, "c", "d"]
    assert len(answers[0]["answer"]["hits"]) == 1
    assert answers[1]["error"]["code"] == answers[3]["error"]["code"] == "input_invalid"
    assert [a["line"] for a in answers if "error" in a] == [2, 4, 6, 7]
    assert [a["id"] for a in answers[6:]] == list(range(50))


def test_a_batch_above_the_limit_is_refused(ask: Http) -> None:
    found = ask("ana", "POST", "/v1/screenings/batch", content=b"x" * 500_000)
    assert (found.status_code, found.json()["code"]) == (413, "request_too_large")


def test_a_customer_is_registered_read_and_closed(ask: Http) -> None:
    body = {"name": "Pyotr Volnogorsky", "schema": "Person", "births": ["1968-04-17"]}
    put = ask("core-banking", "PUT", "/v1/customers/C-1", json=body)
    assert put.status_code == 200, put.text
    view = put.json()
    assert (view["open_hits"], view["up_to_date"], view["coverage"]) == (1, True, "complete")
    assert ask("core-banking", "PUT", "/v1/customers/C-1", json=body).json() == view
    (hit,) = ask("ivan", "GET", "/v1/customers/C-1/hits").json()["hits"]
    assert (hit["entity_id"], hit["status"]) == ("house-a1", "open")
    assert ask("core-banking", "DELETE", "/v1/customers/C-1").json()["is_open"] is False
    assert ask("ivan", "GET", "/v1/customers/C-1/hits").json()["hits"] == [hit]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/customers/nobody", 404, "customer_unknown"),
        ("GET", "/v1/customers/nobody/hits", 404, "customer_unknown"),
        ("DELETE", "/v1/customers/nobody", 404, "customer_unknown"),
        ("GET", "/v1/rescreens/latest", 404, "not_found"),
        ("DELETE", "/v1/subscriptions/nothing", 404, "subscription_unknown"),
    ],
)
def test_what_is_unknown_says_so(ask: Http, method: str, path: str, status: int, code: str) -> None:
    found = ask("mira", method, path)
    assert (found.status_code, found.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "body", [{"name": ""}, {"name": "A", "births": ["?"]}, {"name": "A", "countries": ["Germany"]}]
)
def test_a_bad_customer_is_refused_and_nothing_is_stored(
    ask: Http, body: dict[str, object]
) -> None:
    assert ask("ana", "PUT", "/v1/customers/C-1", json=body).status_code == 422
    assert ask("ana", "PUT", "/v1/customers/C%201", json={"name": "A"}).status_code == 422
    assert ask("ana", "GET", "/v1/customers/C-1").status_code == 404


def test_progress_of_a_rescreening_is_shown(ask: Http, place: Place) -> None:
    ask("ana", "PUT", "/v1/customers/C-1", json={"name": "Fyodor Karshenboim"})
    place.lists(*BASE, *FILLER, "n1,Person,Fyodor Timofeyevich Karshenboim,", day=2)
    assert ask("ana", "GET", "/v1/customers/C-1").json()["up_to_date"] is False
    place.desk.rescreening.run()
    latest = ask("ana", "GET", "/v1/rescreens/latest").json()
    assert (latest["state"], latest["hits"]) == ("done", 1)
    assert ask("ana", "GET", "/v1/customers/C-1").json()["up_to_date"] is True


ALL = {"core-banking", "ana", "ivan", "ines", "mira", "otto", "adam", "eva"}
WORKERS = {"core-banking", "ana", "ivan", "ines", "mira"}


@pytest.mark.parametrize(
    ("method", "path", "body", "allowed"),
    [
        ("POST", "/v1/screenings", PYOTR, WORKERS),
        ("POST", "/v1/screenings/batch", PYOTR, WORKERS),
        ("PUT", "/v1/customers/C-1", {"name": "A B"}, WORKERS),
        ("GET", "/v1/customers/C-1", None, WORKERS | {"otto"}),
        ("GET", "/v1/customers/C-1/hits", None, WORKERS | {"otto"}),
        ("DELETE", "/v1/customers/C-1", None, WORKERS),
        ("GET", "/v1/rescreens/latest", None, WORKERS | {"otto"}),
        ("GET", "/v1/subscriptions", None, {"core-banking", "mira", "adam"}),
        ("POST", "/v1/subscriptions", {"url": "x"}, {"core-banking", "mira", "adam"}),
    ],
)
def test_an_address_is_open_to_exactly_the_roles_of_the_table(
    ask: Http, method: str, path: str, body: dict[str, object] | None, allowed: set[str]
) -> None:
    refused = {user for user in ALL if ask(user, method, path, json=body).status_code == 403}
    assert refused == ALL - allowed
    assert ask.client.request(method, path, json=body).status_code == 401


def test_without_a_list_nobody_is_called_clear(tmp_path: Path) -> None:
    place = open_place(tmp_path)
    with serve(place) as client:
        ask = Http(client)
        for method, path, body in (
            ("POST", "/v1/screenings", PYOTR),
            ("POST", "/v1/screenings/batch", PYOTR),
            ("PUT", "/v1/customers/C-1", {"name": "A B"}),
        ):
            found = ask("ana", method, path, json=body)
            assert (found.status_code, found.json()["code"]) == (503, "screening_unavailable")
        assert ask("ana", "GET", "/v1/customers/C-1").status_code == 404
    assert place.desk.customers(MIRA) == ()
    place.kernel.close()


def test_a_batch_is_answered_where_customers_are_not_screened_again(place: Place) -> None:
    def served_elsewhere() -> CustomerScreener:
        raise ScreeningUnavailable("customers are screened on lists on disk only")

    elsewhere = replace(place, desk=replace(place.desk, screener=served_elsewhere))
    with serve(elsewhere) as client:
        line = json.dumps({"id": 7, **PYOTR})
        found = Http(client)("ana", "POST", "/v1/screenings/batch", content=line)
    assert found.status_code == 200
    answer = json.loads(found.text)
    assert (answer["id"], len(answer["answer"]["hits"])) == (7, 1)
