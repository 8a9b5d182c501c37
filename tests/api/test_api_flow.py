"""The way of a case over HTTP: hand in, queue, claim, check, decide, approve, log."""

from typing import Any

import pytest

from casegate.model.decision import Finding, Outcome
from tests.api.conftest import Api, Caller
from tests.api.seed import EXAMPLES, STRUCTURING, bundle, put_into_queue
from tests.api.seed_gates import FLAG

DRAFT = {
    "disposition": "suspicious_file",
    "reason_code": "structuring",
    "rationale": "Deposits just below the threshold without a lawful source.",
    "detection_date": "2026-10-05",
}


def claim(ask: Caller, case_id: str) -> str:
    version = ask("GET", f"/v1/cases/{case_id}").headers["etag"]
    answer = ask("POST", f"/v1/cases/{case_id}/claim", headers={"If-Match": version})
    assert answer.status_code == 200, answer.text
    return answer.headers["etag"]


def decide(ask: Caller, case_id: str, **changes: object) -> dict[str, Any]:
    version = claim(ask, case_id)
    path = f"/v1/cases/{case_id}/decision"
    answer = ask("POST", path, json=DRAFT | changes, headers={"If-Match": version})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def answer_to(made: dict[str, Any], *, approved: bool = True) -> dict[str, Any]:
    return {
        "decision_id": made["id"],
        "content_hash": made["content_hash"],
        "approved": approved,
        "note": "",
    }


def test_a_client_hands_in_a_case_and_follows_it_without_seeing_its_content(api: Api) -> None:
    ask = api.signed_in("core-banking")
    sent = bundle().model_dump(mode="json", by_alias=True)
    opened = ask("POST", "/v1/cases", json=sent).json()
    case_id = opened["id"]
    for path in sorted((EXAMPLES / STRUCTURING / "documents").iterdir()):
        files = {"file": (path.name, path.read_bytes())}
        assert ask("POST", f"/v1/cases/{case_id}/documents", files=files).status_code == 201
    files = {"file": ("t.csv", (EXAMPLES / STRUCTURING / "transactions.csv").read_bytes())}
    kept = ask("POST", f"/v1/cases/{case_id}/transactions", files=files)
    assert len(kept.json()["sha256"]) == 64
    started = ask("POST", f"/v1/cases/{case_id}/run")
    assert started.status_code == 202
    assert started.json() == ask("GET", f"/v1/cases/{case_id}/status").json()
    assert set(started.json()) == {"id", "reference", "status", "received_at", "documents"}
    assert ask("GET", f"/v1/cases/{case_id}").status_code == 403
    rows = ask("GET", "/v1/cases").json()["rows"]
    assert [(row["case"]["id"], row["subject"], row["proposed"]) for row in rows] == [
        (case_id, "", None)
    ]


def test_a_client_does_not_learn_of_another_senders_case(api: Api) -> None:
    sent = bundle().model_dump(mode="json", by_alias=True)
    case_id = api.signed_in("ana")("POST", "/v1/cases", json=sent).json()["id"]
    ask = api.signed_in("core-banking")
    assert ask("GET", f"/v1/cases/{case_id}/status").json()["code"] == "case_unknown"
    assert ask("GET", "/v1/cases").json()["rows"] == []


def test_a_whole_case_is_decided_by_one_person_and_approved_by_another(api: Api) -> None:
    case_id = put_into_queue(api.kernel)
    maker, checker = api.signed_in("ivan"), api.signed_in("mira")
    made = decide(maker, case_id)
    own = maker("POST", f"/v1/cases/{case_id}/approval", json=answer_to(made))
    assert (own.status_code, own.json()["code"]) == (403, "self_approval")
    approved = checker("POST", f"/v1/cases/{case_id}/approval", json=answer_to(made))
    assert approved.status_code == 201, approved.text
    dossier = checker("GET", f"/v1/cases/{case_id}").json()
    assert dossier["case"]["status"] == "pending_filing"
    assert dossier["case"]["disposition"] == "suspicious_file"
    kinds = [e["kind"] for e in checker("GET", f"/v1/cases/{case_id}/events").json()["events"]]
    assert kinds.index("decision_made") < kinds.index("approval_given")
    report = checker("GET", "/v1/audit/verify").json()
    assert report["ok"]
    assert report["entries"] > len(kinds)


def test_an_approval_of_another_content_hash_is_void(api: Api) -> None:
    case_id = put_into_queue(api.kernel)
    made = decide(api.signed_in("ivan"), case_id) | {"content_hash": "0" * 64}
    path = f"/v1/cases/{case_id}/approval"
    answer = api.signed_in("mira")("POST", path, json=answer_to(made))
    assert (answer.status_code, answer.json()["code"]) == (409, "approval_void")


def test_a_returned_decision_goes_back_to_its_maker(api: Api) -> None:
    case_id = put_into_queue(api.kernel)
    maker = api.signed_in("ivan")
    made = decide(maker, case_id)
    path = f"/v1/cases/{case_id}/approval"
    answer = api.signed_in("mira")("POST", path, json=answer_to(made, approved=False))
    assert answer.status_code == 201
    assert maker("GET", f"/v1/cases/{case_id}").json()["case"]["status"] == "investigating"
    history = maker("GET", f"/v1/cases/{case_id}/decisions").json()
    assert [d["status"] for d in history] == ["returned"]


def test_the_gates_objection_reaches_the_maker_in_words(api: Api) -> None:
    case_id = put_into_queue(api.kernel)
    maker = api.signed_in("ivan")
    version = claim(maker, case_id)
    api.rules.findings = (
        FLAG,
        Finding(
            rule="SAN-02",
            outcome=Outcome.HOLD,
            message="A hit is open",
            source="policy",
            confidence="verified",
        ),
    )
    path = f"/v1/cases/{case_id}/decision"
    answer = maker("POST", path, json=DRAFT, headers={"If-Match": version})
    assert (answer.status_code, answer.json()["code"]) == (409, "gate_refused")
    assert "SAN-02: A hit is open" in answer.json()["detail"]
    assert maker("GET", f"/v1/cases/{case_id}").json()["case"]["status"] == "investigating"


@pytest.mark.parametrize(
    ("text", "verdict", "held"),
    [
        ("Four deposits totalled 37,400.00 USD.", "supported", False),
        ("Four deposits totalled 39,400.00 USD.", "unsupported", True),
        ("This appears unusual.", "not_checkable", False),
    ],
)
def test_a_persons_text_is_checked_and_nothing_is_stored(
    api: Api, text: str, verdict: str, held: bool
) -> None:
    case_id = put_into_queue(api.kernel)
    ask = api.signed_in("ana")
    before = ask("GET", f"/v1/cases/{case_id}").json()
    asked = {"sentences": [{"text": text, "evidence": ["E2"], "section": "body"}]}
    report = ask("POST", f"/v1/cases/{case_id}/check", json=asked).json()
    assert (report["sentences"][0]["verdict"], report["held"]) == (verdict, held)
    assert ask("GET", f"/v1/cases/{case_id}").json() == before


def test_the_parts_of_a_case_are_those_of_its_dossier(api: Api) -> None:
    case_id = put_into_queue(api.kernel)
    ask = api.signed_in("otto")
    dossier = ask("GET", f"/v1/cases/{case_id}").json()
    for path, part in (("evidence", "evidence"), ("proposal", "proposal"), ("findings", "ruling")):
        assert ask("GET", f"/v1/cases/{case_id}/{path}").json() == dossier[part]
    steps = ask("GET", f"/v1/cases/{case_id}/steps").json()["steps"]
    assert [step["node"] for step in steps] == ["intake"]


def test_rows_come_in_pages_that_miss_and_repeat_nothing(api: Api) -> None:
    case_id = put_into_queue(api.kernel)
    ask, path = api.signed_in("ana"), f"/v1/cases/{case_id}/transactions"
    whole = ask("GET", path, params={"limit": 10_000}).json()
    assert whole["next"] is None
    assert len(whole["rows"]) == whole["total"]
    ids: list[str] = []
    after: int | None = 0
    while after is not None:
        page = ask("GET", path, params={"limit": 37, "after": after}).json()
        ids += [row["id"] for row in page["rows"]]
        after = page["next"]
    assert ids == [row["id"] for row in whole["rows"]]
    assert all("." in row["amount"] for row in whole["rows"])


def test_files_come_back_as_they_were_sent(api: Api) -> None:
    case_id = put_into_queue(api.kernel)
    ask = api.signed_in("ana")
    document = ask("GET", f"/v1/cases/{case_id}").json()["documents"][0]
    path = f"/v1/cases/{case_id}/documents/{document['id']}"
    sent = (EXAMPLES / STRUCTURING / "documents" / document["filename"]).read_bytes()
    file = ask("GET", f"{path}/file")
    assert file.content == sent
    assert file.headers["content-disposition"].startswith("attachment")
    page = ask("GET", f"{path}/pages/1.png")
    assert page.headers["content-type"] == "image/png"
    assert page.content.startswith(b"\x89PNG")
    assert ask("GET", f"{path}/pages/9.png").status_code == 404
    field = document["fields"][0]
    text = ask("GET", f"{path}/text").text
    assert text[field["span"]["start"] : field["span"]["end"]] == field["value"]


def test_the_queue_is_filtered_and_paged(api: Api) -> None:
    first = put_into_queue(api.kernel)
    second = put_into_queue(api.kernel, "person-account-opening")
    ask = api.signed_in("ivan")
    claim(ask, first)
    asked = {"status": "ready_for_review"}
    rows = ask("GET", "/v1/cases", params=asked).json()["rows"]
    assert [(r["case"]["id"], r["proposed"], r["outcome"]) for r in rows] == [
        (second, "kyc_approved", "escalate")
    ]
    rows = ask("GET", "/v1/cases", params={"assignee": "ivan"}).json()["rows"]
    assert [row["case"]["id"] for row in rows] == [first]
    page = ask("GET", "/v1/cases", params={"limit": 1}).json()
    assert page["rows"][0]["case"]["id"] == second
    after = ask("GET", "/v1/cases", params={"limit": 1, "after": page["next"]}).json()
    assert (after["rows"][0]["case"]["id"], after["next"]) == (first, None)


def test_signing_out_ends_the_session(api: Api) -> None:
    ask = api.signed_in("ana")
    assert ask("GET", "/v1/me").json()["id"] == "ana"
    assert ask("POST", "/v1/sign-out").status_code == 204
    assert ask("GET", "/v1/me").status_code == 401


def test_the_probes_need_no_token(still_api: Api) -> None:
    assert still_api.http.get("/healthz").json() == {"status": "alive"}
    assert still_api.http.get("/readyz").json() == {"status": "ready"}


def test_the_description_documents_every_route_with_its_refusals(still_api: Api) -> None:
    described = still_api.http.get("/openapi.json").json()
    assert "ProblemBody" in described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, route in methods.items():
            assert route.get("description"), (method, path)
            if path.startswith("/v1/"):
                assert "application/problem+json" in str(route["responses"]), (method, path)
