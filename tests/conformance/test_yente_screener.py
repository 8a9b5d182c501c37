"""The yente backend where its server is down, odd, busy or changing: never a clear answer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from casegate.cli.doctor import lists
from casegate.cli.wiring import open_screener
from casegate.config import Settings
from casegate.errors import ScreeningUnavailable
from casegate.model.base import Json
from casegate.model.evidence import Coverage
from casegate.model.screening import ScreenQuery
from tests.conformance.conftest import Backend
from tests.conformance.yente_stub import Answer, YenteStub
from tests.screening.conftest import now
from tools.screening import yente_wire
from tools.screening.screener import LocalScreener
from tools.screening.yente import YenteScreener
from tools.screening.yente_wire import YenteWire

Server = tuple[Backend, YenteStub]
NOBODY = "Eleanor Hartwell Briggs"


def changed(path: str, change: Callable[[Json], Any]) -> Callable[[str, Answer], Answer]:
    """Change the JSON that is sent for `path`."""

    def broken(asked: str, answer: Answer) -> Answer:
        if not asked.startswith(path):
            return answer
        told = json.loads(answer[1])
        change(told)
        return answer[0], json.dumps(told).encode()

    return broken


def instead(path: str, status: int, body: bytes) -> Callable[[str, Answer], Answer]:
    return lambda asked, answer: (status, body) if asked.startswith(path) else answer


def first(told: Json) -> Json:
    """Give the answer to the first query."""
    found: Json = next(iter(told["responses"].values()))
    return found


def result(told: Json, **changes: object) -> None:
    for matches in told["responses"].values():
        for one in matches["results"]:
            one.update(changes)


@pytest.mark.parametrize(
    "broken",
    [
        instead("/match", 200, b""),
        instead("/match", 200, b"{}"),
        instead("/match", 200, b'{"responses": {"0-0": {"status": 200, "resu'),
        instead("/match", 200, b"<html>gateway</html>"),
        instead("/match", 400, b'{"detail": "Too many queries"}'),
        instead("/match", 422, b'{"detail": []}'),
        instead("/match", 500, b"oops"),
        instead("/match", 503, b"busy"),
        instead("/match", 204, b""),
        instead("/match", 302, b""),
        instead("/catalog", 200, b'{"datasets": []}'),
        instead("/catalog", 404, b"{}"),
        instead("/algorithms", 200, b'{"algorithms": [{"name": "logic-v1"}]}'),
        instead("/openapi.json", 200, b'{"info": {}}'),
        changed("/match", lambda told: told["responses"].clear()),
        changed("/match", lambda told: told["responses"].popitem()),
        changed("/match", lambda told: told["responses"].update(more=first(told))),
        changed("/match", lambda told: first(told).update(status=500)),
        changed("/match", lambda told: first(told).pop("results")),
        changed("/match", lambda told: told.update(limit=5)),
        changed("/match", lambda told: result(told, score=None)),
        changed("/match", lambda told: result(told, score=7)),
        changed("/match", lambda told: result(told, score=float("nan"))),
        changed("/match", lambda told: result(told, explanations=None)),
        changed("/match", lambda told: result(told, explanations={"name_match": {"score": "x"}})),
        changed("/match", lambda told: result(told, schema="Wizard")),
        changed("/match", lambda told: result(told, id="")),
        changed("/match", lambda told: result(told, properties=None)),
        changed("/catalog", lambda told: told["datasets"][0].update(index_version=None)),
        changed("/catalog", lambda told: told["datasets"].pop(0)),
        changed(
            "/catalog",
            lambda told: told["datasets"][0].update(index_version="static", updated_at=None),
        ),
    ],
)
def test_an_odd_answer_is_no_answer(
    server: Server, broken: Callable[[str, Answer], Answer]
) -> None:
    backend, stub = server
    stub.broken = broken
    with pytest.raises(ScreeningUnavailable) as refused:
        backend.ask("Pyotr Orlovsky", schema_="Person")
    assert refused.value.remedy
    assert "Orlovsky" not in str(refused.value)


@pytest.mark.parametrize(("failures", "answered"), [(1, True), (2, True), (3, False)])
def test_a_passing_trouble_is_tried_again_a_few_times(
    server: Server, failures: int, answered: bool
) -> None:
    backend, stub = server
    left = [failures]

    def broken(path: str, answer: Answer) -> Answer:
        if path.startswith("/match") and left[0]:
            left[0] -= 1
            return 503, b"busy"
        return answer

    stub.broken = broken
    if answered:
        assert backend.ask("Pyotr Orlovsky", schema_="Person").hits
    else:
        with pytest.raises(ScreeningUnavailable, match="status 503"):
            backend.ask("Pyotr Orlovsky", schema_="Person")


def test_a_wrong_request_is_not_tried_again(server: Server) -> None:
    backend, stub = server
    stub.broken = instead("/match", 400, b"{}")
    with pytest.raises(ScreeningUnavailable):
        backend.ask(NOBODY)
    assert len([target for target, _ in stub.asked if target.startswith("/match")]) == 1


@pytest.mark.parametrize(
    "fault", [httpx.ReadTimeout("slow"), httpx.ConnectError("down"), httpx.ReadError("cut off")]
)
def test_every_fault_of_the_network_is_unavailable(fault: httpx.TransportError) -> None:
    pauses: list[float] = []

    def fail(_request: httpx.Request) -> httpx.Response:
        raise fault

    with httpx.Client(base_url="http://screening", transport=httpx.MockTransport(fail)) as http:
        wire = YenteWire(http, pause=pauses.append)
        screener = YenteScreener(
            http, dataset="house", threshold=0.7, candidates=20, clock=now, wire=wire
        )
        screener.warm()
        with pytest.raises(ScreeningUnavailable, match=type(fault).__name__):
            screener.screen([ScreenQuery(id="q", name=NOBODY)])
        with pytest.raises(ScreeningUnavailable):
            screener.versions()
    assert pauses == [0.3, 0.6] * 3


def test_an_answer_without_end_is_cut_off(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    backend, _ = server
    monkeypatch.setattr(yente_wire, "MOST_BYTES", 100)
    with pytest.raises(ScreeningUnavailable, match="no end"):
        backend.ask(NOBODY)


def test_lists_that_change_meanwhile_are_asked_again_and_in_the_end_given_up(
    server: Server,
) -> None:
    backend, stub = server
    swaps = [1]

    def swapping(path: str, answer: Answer) -> Answer:
        if path.startswith("/match") and swaps[0]:
            swaps[0] -= 1
            stub.version = f"2026030100000{swaps[0] % 10}-new"
        return answer

    stub.broken = swapping
    (version,) = backend.ask("Pyotr Orlovsky").versions
    assert version.version == stub.version
    swaps[0] = 100
    with pytest.raises(ScreeningUnavailable, match="without a pause"):
        backend.ask("Pyotr Orlovsky")


def test_names_are_in_bodies_only_and_batches_keep_to_the_server_s_limit(server: Server) -> None:
    backend, stub = server
    queries = [ScreenQuery(id=f"q{n}", name=f"Orlovsky {n}") for n in range(60)]
    assert len(backend.screener.screen(queries)) == 60
    assert not any("rlovsky" in target for target, _ in stub.asked)
    sizes = [len(body["queries"]) for target, body in stub.asked if target.startswith("/match")]
    assert max(sizes) <= 100
    assert sum(sizes) == 60 * 4


def test_as_many_alike_as_were_asked_for_leave_the_answer_degraded(server: Server) -> None:
    backend, stub = server
    twin = stub.entities[0]
    stub.entities = [{**twin, "id": f"twin-{n}"} for n in range(25)]
    answer = backend.ask("Pyotr Orlovsky", schema_="Person")
    assert (answer.coverage, len(answer.hits)) == (Coverage.DEGRADED, 20)
    assert "more entries" in answer.reason


def test_a_collection_names_the_version_of_each_member(server: Server) -> None:
    backend, _ = server
    assert isinstance(backend.screener, YenteScreener)
    backend.screener._dataset = "world"
    assert [version.list for version in backend.screener.versions()] == ["house"]


def test_the_settings_choose_the_server_and_doctor_looks_at_it(
    server: Server, tmp_path: Path
) -> None:
    backend, stub = server
    url = str(backend.screener._wire._http.base_url)  # type: ignore[attr-defined]
    settings = Settings(data_dir=tmp_path, screening_url=url, screening_dataset="house")
    opened = open_screener(settings, clock=now)
    assert isinstance(opened, YenteScreener)
    assert opened.screen([ScreenQuery(id="q", name="Pyotr Orlovsky")])[0].hits
    assert lists(settings).state == "ok"
    stub.broken = instead("/catalog", 500, b"")
    assert lists(settings).state == "warn"
    assert isinstance(open_screener(Settings(data_dir=tmp_path), clock=now), LocalScreener)


@pytest.mark.parametrize("wrong", ["yente:8000", "ftp://yente", "http://a b"])
def test_an_address_that_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Settings(screening_url=wrong)


def test_another_server_version_is_another_configuration(server: Server) -> None:
    backend, stub = server
    before = backend.ask(NOBODY).matcher
    other = YenteScreener(
        backend.screener._wire._http,  # type: ignore[attr-defined]
        dataset="house", threshold=0.7, candidates=20, clock=now,
    )  # fmt: skip
    stub.broken = changed("/openapi.json", lambda told: told["info"].update(version="5.9.9"))
    after = other.screen([ScreenQuery(id="q", name=NOBODY)])[0].matcher
    assert before.config_hash != after.config_hash
    assert after.name == "logic-v2 (yente 5.9.9)"
