"""Screening hits over HTTP: first word, second pair of eyes, suppression, and every refusal."""

from datetime import date
from typing import Any

import pytest

from casegate.client import Client, ClientError
from tests.api.conftest import Answer, Api, Caller
from tests.api.seed_hits import CUSTOMER, KNOWN, STRONG, WEAK, put_hits_into_queue, suppress_known
from tests.api.test_client import address, signed_in

__all__ = ["address"]

WORD = {
    "party": "P1", "list": "demo_sanctions", "entity_id": STRONG.entity_id,
    "answer": "false_positive", "reason": "Born elsewhere, other passport.",
}  # fmt: skip
AGREED = {"agrees": True, "reason": "Seen the same."}


class Case:
    """A case with hits; each call names the version that the case has now."""

    def __init__(self, api: Api, case_id: str) -> None:
        self.api, self.id, self.path = api, case_id, f"/v1/cases/{case_id}"
        self.ana, self.ivan = api.signed_in("ana"), api.signed_in("ivan")
        self.post(self.ana, "claim")

    @property
    def version(self) -> str:
        return self.ana("GET", self.path).headers["etag"]

    def post(self, ask: Caller, what: str, body: dict[str, Any] | None = None) -> Answer:
        version = {"If-Match": self.version}
        return ask("POST", f"{self.path}/{what}", json=body, headers=version)

    def hit(self, entity_id: str = STRONG.entity_id) -> dict[str, Any]:
        found = self.ana("GET", f"{self.path}/hits").json()["hits"]
        return next(one for one in found if one["hit"]["entity_id"] == entity_id)


@pytest.fixture
def case(api: Api) -> Case:
    return Case(api, put_hits_into_queue(api.kernel))


def test_two_people_settle_a_hit_and_each_word_names_the_next_version(case: Case) -> None:
    assert (case.hit()["state"], case.hit()["customer"]) == ("open", CUSTOMER)
    first = case.post(case.ana, "hits/reviews", WORD)
    assert first.status_code == 201, first.text
    assert first.headers["etag"] == case.version
    waiting = case.hit()
    assert (waiting["state"], waiting["waiting"]["id"]) == ("waits_for_second", first.json()["id"])
    second = case.post(case.ivan, f"hits/reviews/{first.json()['id']}/second", AGREED)
    assert (second.status_code, second.headers["etag"]) == (201, case.version)
    settled = case.hit()
    assert (settled["state"], settled["hit"]["disposition"]) == ("settled", "false_positive")
    assert [word["reviewer"] for word in settled["words"]] == ["ana", "ivan"]


def test_a_suppression_is_made_listed_and_ended(case: Case) -> None:
    word = case.post(case.ana, "hits/reviews", WORD).json()["id"]
    day = date(2027, 1, 1).isoformat()
    case.post(case.ivan, f"hits/reviews/{word}/second", {**AGREED, "suppress_until": day})
    (made,) = case.ana("GET", f"/v1/suppressions?case={case.id}").json()["suppressions"]
    assert (made["customer"], made["expires_on"]) == (CUSTOMER, day)
    place, why = f"/v1/suppressions/{made['id']}/end", {"reason": "New papers."}
    assert case.ana("POST", place, json=why).json()["code"] == "not_allowed"
    assert case.ivan("POST", place, json=why).status_code == 201
    assert case.ivan("POST", place, json=why).json()["code"] == "conflict"
    (end,) = case.ana("GET", "/v1/suppressions").json()["ends"]
    assert (end["suppression"], end["ended_by"]) == (made["id"], "ivan")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"reason": "  "}, 422, "input_invalid"),
        ({"reason": "x" * 1001}, 422, "input_invalid"),
        ({"answer": "cleared"}, 422, "input_invalid"),
        ({"entity_id": "DEMO-999"}, 404, "hit_unknown"),
        ({"party": "P9"}, 404, "hit_unknown"),
    ],
)
def test_a_first_word_that_can_not_be_is_refused_with_a_stable_code(
    case: Case, change: dict[str, str], status: int, code: str
) -> None:
    answer = case.post(case.ana, "hits/reviews", {**WORD, **change})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "Born elsewhere" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("who", "change", "status", "code"),
    [
        ("ana", {}, 403, "not_allowed"),
        ("otto", {}, 403, "not_allowed"),
        ("core-banking", {}, 403, "not_allowed"),
        ("ivan", {"reason": ""}, 422, "input_invalid"),
        ("ivan", {"suppress_until": "2020-01-01"}, 422, "input_invalid"),
        ("ivan", {"suppress_until": "2099-01-01"}, 422, "input_invalid"),
        ("ivan", {"suppress_until": "soon"}, 422, "input_invalid"),
        ("ivan", {"agrees": False, "suppress_until": "2027-01-01"}, 422, "input_invalid"),
    ],
)
def test_a_second_word_that_can_not_be_is_refused_with_a_stable_code(
    case: Case, who: str, change: dict[str, Any], status: int, code: str
) -> None:
    word = case.post(case.ana, "hits/reviews", WORD).json()["id"]
    place = f"hits/reviews/{word}/second"
    answer = case.post(case.api.signed_in(who), place, {**AGREED, **change})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert case.hit()["state"] == "waits_for_second"


def test_words_need_the_version_that_was_read(case: Case) -> None:
    path = f"{case.path}/hits/reviews"
    assert case.ana("POST", path, json=WORD).json()["code"] == "input_invalid"
    old = case.version
    case.post(case.ana, "hits/reviews", WORD)
    late = case.ana("POST", path, json=WORD, headers={"If-Match": old})
    assert (late.status_code, late.json()["code"]) == (409, "version_conflict")


def test_an_api_client_reads_no_hits_and_no_suppressions(case: Case) -> None:
    bank = case.api.signed_in("core-banking")
    for path in (f"{case.path}/hits", "/v1/suppressions"):
        assert bank("GET", path).status_code == 403
    assert case.post(bank, "hits/reviews", WORD).status_code == 403


def test_a_hit_that_an_earlier_case_had_suppressed_says_until_when_and_by_whom(api: Api) -> None:
    made = suppress_known(api.kernel)
    case = Case(api, put_hits_into_queue(api.kernel, suppressed=made))
    hit = case.hit(KNOWN.entity_id)
    assert (hit["state"], hit["suppression"]["id"]) == ("suppressed", made)
    assert hit["suppression"]["approved_by"] == "ivan"


def test_the_client_says_the_same(api: Api, address: str) -> None:
    case_id = put_hits_into_queue(api.kernel)
    with signed_in(address, "ana") as ana, signed_in(address, "ivan") as ivan:
        version = ana.claim(case_id, version=ana.dossier(case_id).case.version).version
        word = _say(ana, case_id, WEAK.entity_id, version)
        assert not word.needs_second
        word = _say(ana, case_id, STRONG.entity_id, version + 1)
        with pytest.raises(ClientError) as own:
            ana.second_hit(case_id, word.id, agrees=True, reason="Mine.", version=version + 2)
        assert own.value.code == "not_allowed"
        until = date(2027, 1, 1)
        ivan.second_hit(
            case_id, word.id, agrees=True, reason="Seen.", suppress_until=until, version=version + 2
        )
        assert {one.state for one in ana.hits(case_id).hits} == {"settled"}
        (made,) = ivan.suppressions(case_id=case_id).suppressions
        assert ivan.end_suppression(made.id, "New papers.").ended_by == "ivan"
        assert ivan.suppressions(after=made.id).suppressions == ()


def _say(client: Client, case_id: str, entity_id: str, version: int) -> Any:  # noqa: ANN401
    return client.review_hit(
        case_id,
        party="P1",
        list="demo_sanctions",
        entity_id=entity_id,
        answer="false_positive",
        reason="Born elsewhere.",
        version=version,
    )
