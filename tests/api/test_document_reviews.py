"""Documents over HTTP: how far each is, what people say of them, and uploads sent twice."""

from pathlib import Path
from typing import Any

import pytest

from casegate.access.sign_in import DEMO_PASSWORD
from casegate.cli import GROUPS, frame
from casegate.model.document import CopyReason, DocumentAnswer
from tests.api.conftest import Api, Caller
from tests.api.seed import EXAMPLES, bundle, open_desk
from tests.api.seed_papers import put_papers_into_queue

PASSPORT = EXAMPLES / "person-account-opening" / "documents" / "passport.pdf"


@pytest.fixture
def papers(api: Api) -> tuple[Caller, str]:
    """Give a caller who holds a case with papers, and the case's id."""
    case_id = put_papers_into_queue(api.kernel)
    ask = api.signed_in("ivan")
    version = ask("GET", f"/v1/cases/{case_id}").headers["etag"]
    ask("POST", f"/v1/cases/{case_id}/claim", headers={"If-Match": version})
    return ask, case_id


def dossier(ask: Caller, case_id: str) -> tuple[dict[str, Any], str]:
    answer = ask("GET", f"/v1/cases/{case_id}")
    return answer.json(), answer.headers["etag"]


def passport(ask: Caller, case_id: str) -> dict[str, Any]:
    found = dossier(ask, case_id)[0]["documents"]
    return next(d for d in found if d["filename"] == "passport.png")


def test_a_correction_changes_the_case_and_names_its_next_version(
    papers: tuple[Caller, str],
) -> None:
    ask, case_id = papers
    document, version = passport(ask, case_id), dossier(ask, case_id)[1]
    path = f"/v1/cases/{case_id}/documents/{document['id']}/fields/F5/review"
    said = {"answer": "correct", "value": "17 May 1984"}
    answer = ask("POST", path, json=said, headers={"If-Match": version})
    assert answer.status_code == 201, answer.text
    assert answer.json()["after"] == "1984-05-17"
    assert answer.headers["etag"] == dossier(ask, case_id)[1]
    field = passport(ask, case_id)["fields"][4]
    assert (field["engine"], field["band"], field["normalised"]) == ("person", "use", "1984-05-17")
    again = ask("POST", path, json=said, headers={"If-Match": version})
    assert (again.status_code, again.json()["code"]) == (409, "version_conflict")


def test_a_missing_value_can_be_given_and_a_document_accepted(
    papers: tuple[Caller, str],
) -> None:
    ask, case_id = papers
    place = f"/v1/cases/{case_id}/documents/{passport(ask, case_id)['id']}"
    given = {"name": "expiry_date", "value": "01 AUG 2031"}
    version = {"If-Match": dossier(ask, case_id)[1]}
    first = ask("POST", f"{place}/fields", json=given, headers=version)
    assert first.json()["after"] == "2031-08-01"
    version = {"If-Match": first.headers["etag"]}
    second = ask("POST", f"{place}/review", json={"answer": "accept"}, headers=version)
    assert second.status_code == 201
    found = passport(ask, case_id)
    assert (found["missing"], found["answer"]) == ([], "accept")


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("fields/F5/review", {"answer": "correct", "value": "one day"}, 422, "value_refused"),
        ("fields/F5/review", {"answer": "correct"}, 422, "value_refused"),
        ("fields/F99/review", {"answer": "confirm"}, 404, "document_unknown"),
        ("fields/F5/review", {"answer": "maybe"}, 422, "input_invalid"),
        ("fields", {"name": "shoe_size", "value": "42"}, 422, "value_refused"),
        ("review", {"answer": "reject"}, 422, "input_invalid"),
    ],
)
def test_what_can_not_be_is_refused_with_a_stable_code(
    papers: tuple[Caller, str], path: str, body: dict[str, str], status: int, code: str
) -> None:
    ask, case_id = papers
    place = f"/v1/cases/{case_id}/documents/{passport(ask, case_id)['id']}/{path}"
    answer = ask("POST", place, json=body, headers={"If-Match": dossier(ask, case_id)[1]})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "one day" not in answer.text


def test_a_review_needs_the_version_that_was_read(papers: tuple[Caller, str]) -> None:
    ask, case_id = papers
    place = f"/v1/cases/{case_id}/documents/{passport(ask, case_id)['id']}/review"
    answer = ask("POST", place, json={"answer": "accept"})
    assert (answer.status_code, answer.json()["code"]) == (422, "input_invalid")


def test_each_document_tells_how_far_it_is(papers: tuple[Caller, str], api: Api) -> None:
    ask, case_id = papers
    told = ask("GET", f"/v1/cases/{case_id}/documents").json()
    by_name = {d["filename"]: d for d in told["documents"]}
    first = by_name["passport.png"]
    assert (first["state"], first["type"]) == ("read", "passport")
    assert first["alarms"] >= 1
    assert first["fields"] == {"use": 5, "check": 1, "re_request": 0}
    assert first["missing"] == ["expiry_date"]
    assert by_name["blurred.jpg"]["state"] == "unreadable"
    assert by_name["scan.png"]["parent"] == by_name["mail.eml"]["id"]
    outside = api.signed_in("core-banking")("GET", f"/v1/cases/{case_id}/documents").json()
    assert outside["node"] is None
    assert {d["alarms"] for d in outside["documents"]} == {None}


def test_a_case_sent_twice_under_one_key_is_answered_alike(api: Api) -> None:
    ask = api.signed_in("core-banking")
    sent = bundle().model_dump(mode="json", by_alias=True)
    key = {"Idempotency-Key": "open-1"}
    first = ask("POST", "/v1/cases", json=sent, headers=key)
    second = ask("POST", "/v1/cases", json=sent, headers=key)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    other = ask("POST", "/v1/cases", json=sent | {"reference": "other"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_an_upload_sent_twice_under_one_key_is_one_document(api: Api) -> None:
    ask = api.signed_in("core-banking")
    sent = bundle().model_dump(mode="json", by_alias=True)
    path = f"/v1/cases/{ask('POST', '/v1/cases', json=sent).json()['id']}/documents"
    key = {"Idempotency-Key": "upload-1"}

    def upload(data: bytes) -> Any:  # noqa: ANN401
        return ask("POST", path, files={"file": ("a.txt", data)}, headers=key)

    first, second = upload(b"page"), upload(b"page")
    assert (first.status_code, first.json()) == (201, second.json())
    other = upload(b"another page")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(ask("GET", path).json()["documents"]) == 1


def test_a_sending_system_fetches_what_is_asked_for_again(
    papers: tuple[Caller, str], api: Api
) -> None:
    ask, case_id = papers
    document, version = passport(ask, case_id), dossier(ask, case_id)[1]
    path = f"/v1/cases/{case_id}/documents/{document['id']}/review"
    said = {"answer": "ask_again", "reason": "The edge is gone.", "reason_code": "incomplete"}
    assert ask("POST", path, json=said, headers={"If-Match": version}).status_code == 201
    answer = api.signed_in("core-banking")("GET", f"/v1/cases/{case_id}/documents")
    told = next(d for d in answer.json()["documents"] if d["id"] == document["id"])
    assert told["requested_again"]["reason_code"] == "incomplete"
    assert told["requested_again"]["asked"] == "passport: a copy with all pages, edges and sides"
    assert told["answer"] is None
    assert "The edge is gone" not in answer.text


def test_the_command_line_says_what_is_asked_for_again_and_takes_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kernel = open_desk(tmp_path)
    case_id = put_papers_into_queue(kernel)
    ivan = kernel.sign_in.sign_in("ivan", DEMO_PASSWORD).principal
    case = kernel.desk.read(ivan, case_id).case
    version = kernel.desk.claim(ivan, case_id, version=case.version).version
    document = kernel.desk.read(ivan, case_id).documents[0]
    kernel.desk.review_document(
        ivan,
        case_id,
        document.id,
        answer=DocumentAnswer.ASK_AGAIN,
        reason="Blurred.",
        reason_code=CopyReason.UNREADABLE,
        version=version,
    )
    kernel.close()
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CASEGATE_PASSWORD", DEMO_PASSWORD)
    assert frame.run(GROUPS, ["case", "show", case_id, "--as", "ivan"]) == 0
    said = capsys.readouterr().out
    assert f"(unreadable): {document.id}, " in said
    assert "asked again since 20" in said
    sent = ["case", "replace", case_id, document.id, str(PASSPORT)]
    assert frame.run(GROUPS, sent) == 0
    assert f"is sent for {document.id} and waits to be read" in capsys.readouterr().out
    assert frame.run(GROUPS, ["case", "show", case_id, "--as", "ivan"]) == 0
    assert "asked again" not in capsys.readouterr().out
    assert frame.run(GROUPS, ["case", "replace", case_id, "d-0", str(PASSPORT)]) == 2


def test_a_copy_that_was_asked_for_is_taken_and_linked(
    papers: tuple[Caller, str], api: Api
) -> None:
    ask, case_id = papers
    document, version = passport(ask, case_id), dossier(ask, case_id)[1]
    bank, place = api.signed_in("core-banking"), f"/v1/cases/{case_id}/documents"
    file = {"file": ("passport.pdf", PASSPORT.read_bytes(), "application/pdf")}
    asked = {"replaces": document["id"]}
    early = bank("POST", place, files=file, params=asked)
    assert (early.status_code, early.json()["code"]) == (409, "conflict")
    said = {"answer": "ask_again", "reason": "Blurred.", "reason_code": "unreadable"}
    ask("POST", f"{place}/{document['id']}/review", json=said, headers={"If-Match": version})
    sent = bank("POST", place, files=file, params=asked)
    assert (sent.status_code, sent.json()["replaces"]) == (201, document["id"])
    told = {d["id"]: d for d in bank("GET", place).json()["documents"]}
    assert told[document["id"]]["requested_again"] is None
    new = told[sent.json()["id"]]
    assert (new["replaces"], new["state"]) == (document["id"], "pending")
    other = bank("POST", place, files=file, params={"replaces": "d-0"})
    assert other.status_code in {404, 422}
