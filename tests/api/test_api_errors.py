"""Every refusal of the API is a problem document with a stable code and a remedy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.api.conftest import Answer, Api
from tests.api.seed import PEOPLE, bundle, put_into_queue

MEMBERS = {"type", "title", "status", "code", "detail", "remedy", "instance"}
NOWHERE = "c-00000000000000000000000000"
DRAFT = {"disposition": "inconclusive", "reason_code": "information_missing", "rationale": "Open."}


def problem(answer: Answer, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == MEMBERS
    assert body["status"] == status
    assert body["code"] == code
    assert body["type"] == f"urn:casegate:error:{code}"
    assert body["title"]
    return body


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/me"),
        ("GET", "/v1/cases"),
        ("GET", f"/v1/cases/{NOWHERE}"),
        ("GET", f"/v1/cases/{NOWHERE}/status"),
        ("GET", f"/v1/cases/{NOWHERE}/events"),
        ("GET", f"/v1/cases/{NOWHERE}/transactions"),
        ("GET", f"/v1/cases/{NOWHERE}/documents/d-1/file"),
        ("GET", f"/v1/cases/{NOWHERE}/documents/d-1/pages/1.png"),
        ("POST", f"/v1/cases/{NOWHERE}/run"),
        ("POST", f"/v1/cases/{NOWHERE}/claim"),
        ("POST", f"/v1/cases/{NOWHERE}/documents"),
        ("GET", "/v1/audit/verify"),
        ("POST", "/v1/sign-out"),
    ],
)
@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer nonsense"}])
def test_nothing_is_answered_without_a_valid_token(
    still_api: Api, method: str, path: str, header: dict[str, str]
) -> None:
    answer = still_api.http.request(method, path, headers=header)
    if (path, bool(header)) == ("/v1/sign-out", True):
        assert answer.status_code == 204  # ending a session that is none is no error
        return
    problem(answer, 401, "not_signed_in")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("user", ["ana", "nobody"])
def test_wrong_password_and_unknown_user_look_the_same(still_api: Api, user: str) -> None:
    answer = still_api.http.post("/v1/sign-in", json={"user": user, "password": "wrong"})
    body = problem(answer, 401, "sign_in_failed")
    assert user not in body["detail"]


@pytest.mark.parametrize(
    "path",
    ["", "/status", "/evidence", "/proposal", "/findings", "/steps", "/events", "/decisions"],
)
def test_an_unknown_case_is_404_everywhere(still_api: Api, path: str) -> None:
    problem(still_api.signed_in("ana")("GET", f"/v1/cases/{NOWHERE}{path}"), 404, "case_unknown")


def test_an_unknown_address_and_a_wrong_method_are_problems_too(still_api: Api) -> None:
    problem(still_api.http.get("/v1/nothing"), 404, "not_found")
    problem(still_api.http.delete("/v1/cases"), 405, "method_not_allowed")


def test_a_malformed_bundle_names_the_place_but_never_the_value(still_api: Api) -> None:
    sent = bundle().model_dump(mode="json", by_alias=True)
    sent["parties"][0]["date_of_birth"] = "Jane Roe, 4 Elm Street"
    answer = still_api.signed_in("core-banking")("POST", "/v1/cases", json=sent)
    body = problem(answer, 422, "bundle_invalid")
    assert "parties.0.date_of_birth" in body["detail"]
    assert "Jane" not in answer.text
    assert body["remedy"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[]", b"null", b'{"reference": 1}'])
def test_a_body_that_is_no_bundle_is_refused(still_api: Api, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = still_api.signed_in("ana")("POST", "/v1/cases", content=content, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_same_reference_with_other_content_is_a_conflict(api: Api) -> None:
    ask, sent = api.signed_in("core-banking"), bundle().model_dump(mode="json", by_alias=True)
    first = ask("POST", "/v1/cases", json=sent)
    again = ask("POST", "/v1/cases", json=sent)
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    sent["parties"][0]["name"] = "Someone Else"
    problem(ask("POST", "/v1/cases", json=sent), 409, "duplicate_submission")


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("empty.pdf", b"", 422, "document_empty"),
        ("large.pdf", b"%PDF-" + b"0" * 60_000, 413, "document_too_large"),
        ("huge.pdf", b"%PDF-" + b"0" * 900_000, 413, "document_too_large"),
        (
            "tool.pdf",
            b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + b"\0" * 64,
            415,
            "document_type_refused",
        ),
        ("photo.pdf", b"\x7fELF\x02\x01\x01\x00" + b"\0" * 64, 415, "document_type_refused"),
        (
            "film.pdf",
            b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0" * 64,
            415,
            "document_type_refused",
        ),
    ],
)
def test_what_is_no_document_is_refused_by_content(
    make_api: Callable[..., Api], name: str, data: bytes, status: int, code: str
) -> None:
    api = make_api(document=50_000)
    ask = api.signed_in("core-banking")
    sent = bundle().model_dump(mode="json", by_alias=True)
    case_id = ask("POST", "/v1/cases", json=sent).json()["id"]
    path = f"/v1/cases/{case_id}/documents"
    body = problem(ask("POST", path, files={"file": (name, data)}), status, code)
    assert body["remedy"]
    assert api.kernel.desk.read(PEOPLE["ana"], case_id).documents == ()


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 broken", b"MZungu, 4 May: dear sirs", b"PK\x03\x04rest", b"<html></html>"]
)
def test_a_damaged_or_odd_document_is_kept_for_the_reviewer(api: Api, data: bytes) -> None:
    ask = api.signed_in("core-banking")
    sent = bundle().model_dump(mode="json", by_alias=True)
    case_id = ask("POST", "/v1/cases", json=sent).json()["id"]
    answer = ask("POST", f"/v1/cases/{case_id}/documents", files={"file": ("a.pdf", data)})
    assert answer.status_code == 201
    assert [d.id for d in api.kernel.desk.read(PEOPLE["ana"], case_id).documents] == [
        answer.json()["id"]
    ]


def test_a_form_without_a_file_says_what_is_missing(api: Api) -> None:
    case_id = put_into_queue(api.kernel, "person-account-opening")
    answer = api.signed_in("ana")("POST", f"/v1/cases/{case_id}/documents", data={"x": "y"})
    assert "`file`" in problem(answer, 422, "input_invalid")["detail"]


def test_a_strangers_upload_is_refused_before_it_is_read(still_api: Api) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
        raise AssertionError("the body was read")

    headers = {"Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer x"}
    answer = still_api.http.post(
        f"/v1/cases/{NOWHERE}/documents", headers=headers, content=endless()
    )
    problem(answer, 401, "not_signed_in")


@pytest.mark.parametrize("path", ["", f"/{NOWHERE}/check", f"/{NOWHERE}/claim"])
@pytest.mark.parametrize("states_its_length", [True, False])
def test_a_huge_body_is_refused_whether_or_not_it_states_its_length(
    still_api: Api, path: str, states_its_length: bool
) -> None:
    whole = b" " * 3_000_000
    content = whole if states_its_length else iter([whole[:1_000_000]] * 3)
    headers = {"Content-Type": "application/json"}
    ask = still_api.signed_in("ana")
    answer = ask("POST", f"/v1/cases{path}", headers=headers, content=content)
    if path.endswith("/claim") and not states_its_length:
        problem(answer, 422, "input_invalid")  # a body that nobody reads does no harm
        return
    problem(answer, 413, "request_too_large")


def test_the_desks_own_errors_keep_their_code_on_the_way_out(api: Api) -> None:
    case_id = put_into_queue(api.kernel, "person-account-opening")
    ana, ivan = api.signed_in("ana"), api.signed_in("ivan")
    claim = f"/v1/cases/{case_id}/claim"
    problem(ana("POST", claim), 422, "input_invalid")
    problem(ana("POST", claim, headers={"If-Match": '"1"'}), 409, "version_conflict")
    problem(ana("POST", f"/v1/cases/{case_id}/retry"), 409, "illegal_transition")
    version = ana("GET", f"/v1/cases/{case_id}").headers["etag"]
    claimed = ana("POST", claim, headers={"If-Match": version})
    assert claimed.status_code == 200
    version = claimed.headers["etag"]
    decide = f"/v1/cases/{case_id}/decision"
    answer = ivan("POST", decide, json=DRAFT, headers={"If-Match": version})
    problem(answer, 403, "not_allowed")
    problem(api.signed_in("eva")("GET", f"/v1/cases/{case_id}"), 403, "not_allowed")
    problem(ana("GET", f"/v1/cases/{case_id}/documents/d-1/file"), 404, "document_unknown")
    answer = ana("POST", decide, json=DRAFT | {"disposition": "maybe"}, headers={"If-Match": "1"})
    problem(answer, 422, "input_invalid")
    answer = ivan("POST", f"/v1/cases/{case_id}/approval", json=_approval("dec-1", "0" * 64))
    problem(answer, 409, "no_pending_decision")


def _approval(decision: str, content_hash: str) -> dict[str, object]:
    return {"decision_id": decision, "content_hash": content_hash, "approved": True}


def test_an_error_nobody_foresaw_tells_nothing_but_its_place(
    api: Api, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(actor: object, **_: object) -> None:
        raise RuntimeError("Jane Roe, 123-45-6789")

    monkeypatch.setattr(api.kernel.desk, "cases", broken)
    answer = api.signed_in("ana")("GET", "/v1/cases")
    problem(answer, 500, "internal_error")
    assert "Jane" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_every_answer_carries_the_security_headers(still_api: Api) -> None:
    for answer in (
        still_api.http.get("/healthz"),
        still_api.http.get("/v1/me"),
        still_api.http.get("/nowhere"),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
