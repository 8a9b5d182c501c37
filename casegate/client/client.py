"""The typed client of the HTTP service: one method a route."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

import httpx

from casegate.access.principals import Principal
from casegate.api.wire import (
    ApprovalRequest,
    CaseProgress,
    CheckRequest,
    Credentials,
    DocumentReviewRequest,
    Events,
    FieldReviewRequest,
    GivenValue,
    Health,
    Progress,
    QueuePage,
    Session,
    TransactionPage,
    TransactionsStored,
)
from casegate.audit.event import StoredEvent
from casegate.audit.verify import AuditReport
from casegate.client.hits import HitCalls
from casegate.client.upload import Progress as Sending
from casegate.client.upload import Told
from casegate.client.wire import Wire, if_match
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseStatus, Disposition
from casegate.model.decision import Approval, Decision, DecisionDraft, Ruling
from casegate.model.document import (
    CopyReason,
    Document,
    DocumentAnswer,
    DocumentReview,
    FieldAnswer,
    FieldReview,
)
from casegate.model.dossier import Dossier
from casegate.model.evidence import Evidence
from casegate.model.narrative import ClaimReport, SentenceText
from casegate.model.progress import CaseDocuments
from casegate.model.proposal import Proposal
from casegate.model.transaction import Transaction

PAGE_OF_ROWS = 5000


class Client(HitCalls):
    """Speaks to one API for one principal.

    Every method raises `ClientError` when the API refuses or can't be reached.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        timeout_s: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        # Proxies of the environment are for the internet, not for the API of this house.
        self._http = httpx.Client(
            base_url=base_url, timeout=timeout_s, transport=transport, trust_env=False
        )
        self._wire = Wire(self._http, token)

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    # who

    def sign_in(self, user: str, password: str) -> Session:
        """Open a session and use its token from now on."""
        Credentials.model_validate({"user": user, "password": password})
        body = {"user": user, "password": password}
        session = self._wire.ask(Session, "POST", "/v1/sign-in", json=body)
        self._wire = Wire(self._http, session.token)
        return session

    def sign_out(self) -> None:
        """End the session; its token is worth nothing from now on."""
        self._wire.fetch("POST", "/v1/sign-out")
        self._wire = Wire(self._http, None)

    def me(self) -> Principal:
        """Give who is signed in."""
        return self._wire.ask(Principal, "GET", "/v1/me")

    def ready(self) -> Health:
        """Give the service's readiness."""
        return self._wire.ask(Health, "GET", "/readyz")

    # handing in

    def submit(self, bundle: CaseBundle, *, key: str | None = None) -> CaseProgress:
        """Open a case; the same reference with the same content is the same case.

        Args:
            key: makes the request safe to repeat: its first answer is given again.
        """
        return self._wire.ask(
            CaseProgress,
            "POST",
            "/v1/cases",
            content=bundle.model_dump_json(),
            headers={"Content-Type": "application/json"} | _key(key),
        )

    def add_document(
        self,
        case_id: str,
        filename: str,
        data: bytes,
        *,
        key: str | None = None,
        progress: Sending | None = None,
        replaces: str | None = None,
    ) -> Document:
        """Hand in a document; the same bytes twice are one document.

        Args:
            replaces: the document that was asked for again, and that this is sent for.
            key: makes the request safe to repeat: its first answer is given again.
            progress: told of bytes sent and bytes in all while the file goes out.
        """
        path = f"/v1/cases/{case_id}/documents"
        params = {} if replaces is None else {"replaces": replaces}
        files = _files(filename, data, progress)
        return self._wire.ask(Document, "POST", path, files=files, params=params, headers=_key(key))

    def add_transactions(
        self,
        case_id: str,
        filename: str,
        data: bytes,
        *,
        key: str | None = None,
        progress: Sending | None = None,
    ) -> str:
        """Hand in a transaction file; gives its sha256."""
        path = f"/v1/cases/{case_id}/transactions"
        files = _files(filename, data, progress)
        stored = self._wire.ask(TransactionsStored, "POST", path, files=files, headers=_key(key))
        return stored.sha256

    def start(self, case_id: str) -> CaseProgress:
        """Have the case prepared."""
        return self._wire.ask(CaseProgress, "POST", f"/v1/cases/{case_id}/run")

    def retry(self, case_id: str) -> CaseProgress:
        """Have a failed case prepared again."""
        return self._wire.ask(CaseProgress, "POST", f"/v1/cases/{case_id}/retry")

    def status(self, case_id: str) -> CaseProgress:
        """Give how far a case is, without its content."""
        return self._wire.ask(CaseProgress, "GET", f"/v1/cases/{case_id}/status")

    def documents(self, case_id: str) -> CaseDocuments:
        """Give how far each document of a case is; ask again while the case is prepared."""
        return self._wire.ask(CaseDocuments, "GET", f"/v1/cases/{case_id}/documents")

    # reading

    def cases(
        self,
        *,
        status: CaseStatus | None = None,
        assignee: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> QueuePage:
        """Give a page of the queue."""
        asked = {"status": status, "assignee": assignee, "after": after, "limit": limit}
        params = {name: value for name, value in asked.items() if value is not None}
        return self._wire.ask(QueuePage, "GET", "/v1/cases", params=params)

    def dossier(self, case_id: str) -> Dossier:
        """Give everything that is known of a case."""
        return self._wire.ask(Dossier, "GET", f"/v1/cases/{case_id}")

    def evidence(self, case_id: str) -> tuple[Evidence, ...]:
        """Give the evidence of a case."""
        return self._wire.ask(tuple[Evidence, ...], "GET", f"/v1/cases/{case_id}/evidence")

    def proposal(self, case_id: str) -> Proposal:
        """Give what the agent proposes."""
        return self._wire.ask(Proposal, "GET", f"/v1/cases/{case_id}/proposal")

    def findings(self, case_id: str) -> Ruling:
        """Give the gate's ruling on the proposal."""
        return self._wire.ask(Ruling, "GET", f"/v1/cases/{case_id}/findings")

    def progress(self, case_id: str) -> Progress:
        """Give the steps of the run that prepares the case."""
        return self._wire.ask(Progress, "GET", f"/v1/cases/{case_id}/steps")

    def decisions(self, case_id: str) -> tuple[Decision, ...]:
        """Give all decisions of a case, oldest first."""
        path = f"/v1/cases/{case_id}/decisions"
        return self._wire.ask(tuple[Decision, ...], "GET", path)

    def events(self, case_id: str) -> tuple[StoredEvent, ...]:
        """Give what happened to a case."""
        return self._wire.ask(Events, "GET", f"/v1/cases/{case_id}/events").events

    def document_file(self, case_id: str, document_id: str) -> bytes:
        """Give a document as it was handed in."""
        return self._wire.fetch("GET", f"/v1/cases/{case_id}/documents/{document_id}/file")

    def document_page(self, case_id: str, document_id: str, page: int) -> bytes:
        """Give the PNG of a page, counted from 1."""
        path = f"/v1/cases/{case_id}/documents/{document_id}/pages/{page}.png"
        return self._wire.fetch("GET", path)

    def document_text(self, case_id: str, document_id: str) -> str:
        """Give the text that was read from a document."""
        path = f"/v1/cases/{case_id}/documents/{document_id}/text"
        return self._wire.fetch("GET", path).decode()

    def transactions(self, case_id: str) -> tuple[Transaction, ...]:
        """Give all rows of a case, oldest first."""
        rows: list[Transaction] = []
        after: int | None = 0
        while after is not None:
            params = {"after": after, "limit": PAGE_OF_ROWS}
            path = f"/v1/cases/{case_id}/transactions"
            page = self._wire.ask(TransactionPage, "GET", path, params=params)
            rows += page.rows
            after = page.next
        return tuple(rows)

    # reviewing documents

    def confirm_field(
        self, case_id: str, document_id: str, field_id: str, *, version: int
    ) -> FieldReview:
        """Say that a value stands on the document as it was read."""
        return self._review(case_id, document_id, field_id, FieldAnswer.CONFIRM, None, version)

    def correct_field(
        self, case_id: str, document_id: str, field_id: str, value: str, *, version: int
    ) -> FieldReview:
        """Say what stands on the document instead of what was read."""
        return self._review(case_id, document_id, field_id, FieldAnswer.CORRECT, value, version)

    def _review(
        self,
        case_id: str,
        document_id: str,
        field_id: str,
        answer: FieldAnswer,
        value: str | None,
        version: int,
    ) -> FieldReview:
        said = FieldReviewRequest(answer=answer, value=value).model_dump(mode="json")
        path = f"/v1/cases/{case_id}/documents/{document_id}/fields/{field_id}/review"
        return self._wire.ask(FieldReview, "POST", path, json=said, headers=if_match(version))

    def give_field(
        self, case_id: str, document_id: str, name: str, value: str, *, version: int
    ) -> FieldReview:
        """Give a value that stands on the document and was not read."""
        said = GivenValue(name=name, value=value).model_dump(mode="json")
        path = f"/v1/cases/{case_id}/documents/{document_id}/fields"
        return self._wire.ask(FieldReview, "POST", path, json=said, headers=if_match(version))

    def review_document(
        self,
        case_id: str,
        document_id: str,
        answer: DocumentAnswer,
        reason: str = "",
        *,
        reason_code: CopyReason | None = None,
        version: int,
    ) -> DocumentReview:
        """Accept a document, reject it, or ask for a better copy.

        Args:
            reason_code: of a request; whoever sent the document is told it, and not the reason.
        """
        said = DocumentReviewRequest(
            answer=answer, reason=reason, reason_code=reason_code
        ).model_dump(mode="json")
        path = f"/v1/cases/{case_id}/documents/{document_id}/review"
        return self._wire.ask(DocumentReview, "POST", path, json=said, headers=if_match(version))

    # deciding

    def claim(self, case_id: str, *, version: int) -> Case:
        """Take a case into work."""
        return self._wire.ask(Case, "POST", f"/v1/cases/{case_id}/claim", headers=if_match(version))

    def check(
        self,
        case_id: str,
        sentences: Sequence[SentenceText],
        *,
        disposition: Disposition | None = None,
    ) -> ClaimReport:
        """Have the claim gate read a text. Nothing is stored."""
        asked = CheckRequest(sentences=tuple(sentences), disposition=disposition)
        path = f"/v1/cases/{case_id}/check"
        return self._wire.ask(ClaimReport, "POST", path, json=asked.model_dump(mode="json"))

    def decide(self, case_id: str, draft: DecisionDraft, *, version: int) -> Decision:
        """Hand in a decision; the gates read it again."""
        content = draft.model_dump(mode="json")
        path = f"/v1/cases/{case_id}/decision"
        return self._wire.ask(Decision, "POST", path, json=content, headers=if_match(version))

    def approve(
        self, case_id: str, *, decision_id: str, content_hash: str, approved: bool, note: str = ""
    ) -> Approval:
        """Approve or return exactly the decision that was read."""
        answer = ApprovalRequest(
            decision_id=decision_id, content_hash=content_hash, approved=approved, note=note
        )
        path = f"/v1/cases/{case_id}/approval"
        return self._wire.ask(Approval, "POST", path, json=answer.model_dump(mode="json"))

    # the log

    def verify_audit(self) -> AuditReport:
        """Have the whole event chain verified."""
        return self._wire.ask(AuditReport, "GET", "/v1/audit/verify")


def _key(key: str | None) -> dict[str, str]:
    return {} if key is None else {"Idempotency-Key": key}


def _files(filename: str, data: bytes, progress: Sending | None) -> dict[str, tuple[str, Any]]:
    return {"file": (filename, data if progress is None else Told(data, progress))}
