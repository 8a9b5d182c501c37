"""The typed client against the real service over a real socket."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from casegate.access.sign_in import DEMO_PASSWORD
from casegate.cli import GROUPS
from casegate.cli.frame import run
from casegate.client import (
    CaseStatus,
    ClaimVerdict,
    Client,
    ClientError,
    DecisionDraft,
    Disposition,
    DocumentAnswer,
    SentenceText,
)
from tests.api.conftest import Api
from tests.api.seed import EXAMPLES, STRUCTURING, bundle, put_into_queue
from tests.api.seed_papers import put_papers_into_queue


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an app on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="error", ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def address(api: Api) -> Iterator[str]:
    with served(api.http.app) as base_url:  # type: ignore[arg-type]
        yield base_url


@contextmanager
def signed_in(address: str, user: str) -> Iterator[Client]:
    with Client(address) as client:
        client.sign_in(user, DEMO_PASSWORD)
        yield client


def test_the_client_walks_a_case_from_bundle_to_filing(api: Api, address: str) -> None:
    case_id = put_into_queue(api.kernel)
    with signed_in(address, "ivan") as maker, signed_in(address, "mira") as checker:
        assert [row.case.id for row in maker.cases(status=CaseStatus.READY_FOR_REVIEW).rows] == [
            case_id
        ]
        dossier = maker.dossier(case_id)
        case = maker.claim(case_id, version=dossier.case.version)
        draft = DecisionDraft(
            disposition=Disposition.SUSPICIOUS_FILE, reason_code="structuring", rationale="Clear."
        )
        made = maker.decide(case_id, draft, version=case.version)
        with pytest.raises(ClientError) as own:
            maker.approve(
                case_id, decision_id=made.id, content_hash=made.content_hash, approved=True
            )
        assert (own.value.code, own.value.status) == ("self_approval", 403)
        assert own.value.remedy
        given = checker.approve(
            case_id, decision_id=made.id, content_hash=made.content_hash, approved=True
        )
        assert given.approver == "mira"
        assert checker.dossier(case_id).case.status is CaseStatus.PENDING_FILING
        assert checker.events(case_id)[0].kind == "case_submitted"
        assert checker.verify_audit().ok


def test_the_client_hands_in_and_reads_back_every_kind_of_file(api: Api, address: str) -> None:
    with signed_in(address, "ana") as client:
        progress = client.submit(bundle())
        sent = next((EXAMPLES / STRUCTURING / "documents").iterdir()).read_bytes()
        document = client.add_document(progress.id, "paper.pdf", sent)
        rows = (EXAMPLES / STRUCTURING / "transactions.csv").read_bytes()
        assert len(client.add_transactions(progress.id, "rows.csv", rows)) == 64
        assert client.document_file(progress.id, document.id) == sent
        assert client.start(progress.id) == client.status(progress.id)
    case_id = put_into_queue(api.kernel, "seasonal-business")
    with signed_in(address, "ana") as client:
        dossier = client.dossier(case_id)
        document = dossier.documents[0]
        assert client.document_page(case_id, document.id, 1).startswith(b"\x89PNG")
        assert document.fields[0].value in client.document_text(case_id, document.id)
        assert dossier.transactions is not None
        assert len(client.transactions(case_id)) == dossier.transactions.rows
        assert client.evidence(case_id) == dossier.evidence
        assert client.proposal(case_id) == dossier.proposal
        assert client.findings(case_id) == dossier.ruling
        assert client.progress(case_id).steps[0].node == "intake"
        assert client.decisions(case_id) == ()
        report = client.check(case_id, [SentenceText(text="It was 1.23 USD.")])
        assert report.sentences[0].verdict is ClaimVerdict.UNSUPPORTED


def test_a_signed_out_client_is_told_to_sign_in(address: str) -> None:
    with signed_in(address, "ana") as client:
        assert client.me().id == "ana"
        client.sign_out()
        with pytest.raises(ClientError) as refused:
            client.me()
    assert refused.value.signed_out


def answering(status: int, content: bytes) -> Client:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, content=content))
    return Client("http://api", transport=transport)


@pytest.mark.parametrize(
    ("status", "content", "code"),
    [
        (502, b"<html>Bad gateway</html>", "answer_unreadable"),
        (500, b'"just a string"', "answer_unreadable"),
        (409, b'{"code": "version_conflict", "detail": "d", "remedy": "r"}', "version_conflict"),
        (200, b"<html>a proxy's page</html>", "answer_unreadable"),
        (200, b'{"id": "ana"}', "answer_unreadable"),
    ],
)
def test_whatever_comes_back_becomes_one_kind_of_error(
    status: int, content: bytes, code: str
) -> None:
    with answering(status, content) as client, pytest.raises(ClientError) as refused:
        client.me()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (httpx.ConnectError("no"), "api_unreachable"),
        (httpx.ReadTimeout("slow"), "api_timeout"),
        (httpx.RemoteProtocolError("odd"), "api_unreachable"),
    ],
)
def test_a_service_that_is_away_is_named_with_a_remedy(raised: Exception, code: str) -> None:
    def away(request: httpx.Request) -> httpx.Response:
        raise raised

    client = Client("http://api", transport=httpx.MockTransport(away))
    with client, pytest.raises(ClientError) as refused:
        client.me()
    assert refused.value.code == code
    assert "casegate serve" in refused.value.remedy


def test_the_client_reviews_and_sends_files_piece_by_piece(api: Api, address: str) -> None:
    case_id = put_papers_into_queue(api.kernel)
    with signed_in(address, "ivan") as client:
        review_papers(client, case_id)
        send_pieces(client)


def review_papers(client: Client, case_id: str) -> None:
    """Say something of everything."""
    client.claim(case_id, version=client.dossier(case_id).case.version)

    def version() -> int:
        return client.dossier(case_id).case.version

    found = {d.filename: d.id for d in client.documents(case_id).documents}
    place = (case_id, found["passport.png"])
    assert client.confirm_field(*place, "F1", version=version()).after == "X12345678"
    corrected = client.correct_field(*place, "F5", "17 May 1984", version=version())
    assert corrected.after == "1984-05-17"
    assert client.give_field(*place, "expiry_date", "2031-08-01", version=version()).field_id == ""
    accepted = client.review_document(*place, DocumentAnswer.ACCEPT, version=version())
    assert accepted.answer is DocumentAnswer.ACCEPT
    with pytest.raises(ClientError) as refused:
        client.correct_field(*place, "F5", "one day", version=version())
    assert (refused.value.code, refused.value.status) == ("value_refused", 422)


def send_pieces(client: Client) -> None:
    """Send a large file, and a case twice."""
    opened = client.submit(bundle(), key="k-1")
    assert client.submit(bundle(), key="k-1") == opened
    told: list[tuple[int, int]] = []
    data = bytes(200_000)
    client.add_document(
        opened.id, "big.txt", data, key="k-2", progress=lambda sent, size: told.append((sent, size))
    )
    assert told[-1] == (200_000, 200_000)
    assert len(told) > 2
    assert [sent for sent, _ in told] == sorted(sent for sent, _ in told)


def test_a_bundle_is_sent_to_a_service_and_sending_it_again_doubles_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEGATE_PASSWORD", DEMO_PASSWORD)
    command = ["case", "open", str(EXAMPLES / STRUCTURING), "--api", address, "--json"]
    assert run(GROUPS, command) == 0
    first = capsys.readouterr()
    assert "transactions.csv: 100% of" in first.err
    assert run(GROUPS, command) == 0
    assert capsys.readouterr().out == first.out
    with signed_in(address, "core-banking") as client:
        told = client.documents(json.loads(first.out)["id"])
    assert len(told.documents) == len(list((EXAMPLES / STRUCTURING / "documents").iterdir()))
    assert run(GROUPS, [*command[:3], "--api", "http://127.0.0.1:9", "--json"]) == 3
    assert "api_unreachable" in capsys.readouterr().err
