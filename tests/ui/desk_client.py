"""A client that answers from memory, at the seam between screens and API."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from casegate.client import (
    Approval,
    AuditReport,
    Case,
    CaseHits,
    CaseStatus,
    ClaimReport,
    Client,
    ClientError,
    CopyReason,
    Decision,
    DecisionDraft,
    DocumentAnswer,
    DocumentReview,
    Dossier,
    FieldReview,
    HitAnswer,
    HitReview,
    Principal,
    Progress,
    QueuePage,
    QueueRow,
    Role,
    SentenceText,
    StepView,
    StoredEvent,
    SuppressionEnd,
    Transaction,
)
from casegate.model.case import Disposition
from casegate.model.narrative import OutputKind
from tests.api.seed_gates import FakeClaims
from tests.api.seed_records import START

IVAN = Principal(id="ivan", name="Ivan", roles=(Role.INVESTIGATOR,))
MIRA = Principal(id="mira", name="Mira", roles=(Role.MLRO,))
ADAM = Principal(id="adam", name="Adam", roles=(Role.ADMIN,))
EVA = Principal(id="eva", name="Eva", roles=(Role.EVALUATOR,))


@dataclass
class MemoryClient(Client):
    """Holds one case; keeps what it was asked to do, and refuses with `refusal` when set."""

    case_file: Dossier
    who: Principal = IVAN
    page_png: bytes = b""
    rows: tuple[Transaction, ...] = ()
    log: tuple[StoredEvent, ...] = ()
    refusal: ClientError | None = None
    drafts: list[tuple[DecisionDraft, int]] = field(default_factory=list)
    said: list[tuple[str, str, str, int]] = field(default_factory=list)
    answers: list[tuple[str, str, bool, str]] = field(default_factory=list)
    hit_words: list[tuple[object, ...]] = field(default_factory=list)

    def _act(self) -> None:
        if self.refusal is not None:
            raise self.refusal

    def me(self) -> Principal:
        """Give who is signed in."""
        return self.who

    def sign_out(self) -> None:
        """Do as if."""

    def close(self) -> None:
        """Do as if."""

    def cases(
        self,
        *,
        status: CaseStatus | None = None,
        assignee: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> QueuePage:
        """Give the one case, if it is asked for."""
        self._act()
        case, proposal = self.case_file.case, self.case_file.proposal
        if case.status is not status or (assignee and case.assignee != assignee):
            return QueuePage(rows=())
        row = QueueRow(
            case=case,
            title="Monitoring alert",
            subject=self.case_file.subjects()[0].name,
            reference=self.case_file.bundle.reference,
            proposed=proposal.disposition if proposal else None,
            outcome=self.case_file.ruling.outcome if self.case_file.ruling else None,
        )
        return QueuePage(rows=(row,))

    def dossier(self, case_id: str) -> Dossier:
        """Give the case."""
        if case_id != self.case_file.case.id:
            raise ClientError("case_unknown", f"no case {case_id!r}", status=404)
        return self.case_file

    def progress(self, case_id: str) -> Progress:
        """Give one step."""
        return Progress(steps=(StepView(node="intake", at=START),))

    def events(self, case_id: str) -> tuple[StoredEvent, ...]:
        """Give the events."""
        return self.log

    def document_page(self, case_id: str, document_id: str, page: int) -> bytes:
        """Give the page."""
        return self.page_png

    def document_text(self, case_id: str, document_id: str) -> str:
        """Give some text."""
        return "text of the document"

    def transactions(self, case_id: str) -> tuple[Transaction, ...]:
        """Give the rows."""
        return self.rows

    def claim(self, case_id: str, *, version: int) -> Case:
        """Take the case."""
        self._act()
        changes = {
            "status": CaseStatus.INVESTIGATING,
            "assignee": self.who.id,
            "version": version + 1,
        }
        taken = self.case_file.case.model_copy(update=changes)
        self.case_file = self.case_file.model_copy(update={"case": taken})
        return taken

    def retry(self, case_id: str) -> None:  # type: ignore[override]
        """Refuse if told to."""
        self._act()

    def confirm_field(
        self, case_id: str, document_id: str, field_id: str, *, version: int
    ) -> FieldReview:
        """Keep what was said."""
        return self._said((document_id, field_id, "confirm", version))

    def correct_field(
        self, case_id: str, document_id: str, field_id: str, value: str, *, version: int
    ) -> FieldReview:
        """Keep what was said."""
        return self._said((document_id, field_id, value, version))

    def give_field(
        self, case_id: str, document_id: str, name: str, value: str, *, version: int
    ) -> FieldReview:
        """Keep what was said."""
        return self._said((document_id, name, value, version))

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
        """Keep what was said."""
        return self._said((document_id, answer.value, reason, version))  # type: ignore[return-value]

    def _said(self, what: tuple[str, str, str, int]) -> FieldReview:
        self._act()
        self.said.append(what)
        return None  # type: ignore[return-value]

    def hits(self, case_id: str) -> CaseHits:
        """Give the hits as they stand."""
        return CaseHits(hits=self.case_file.standings(at=START.date()))

    def review_hit(
        self,
        case_id: str,
        *,
        party: str,
        list: str,
        entity_id: str,
        answer: HitAnswer,
        reason: str,
        version: int,
    ) -> HitReview:
        """Keep what was said."""
        self._word((party, list, entity_id, answer, reason, version))
        return None  # type: ignore[return-value]

    def second_hit(
        self,
        case_id: str,
        review: str,
        *,
        agrees: bool,
        reason: str,
        suppress_until: date | None = None,
        version: int,
    ) -> HitReview:
        """Keep what was said."""
        self._word((review, agrees, reason, suppress_until, version))
        return None  # type: ignore[return-value]

    def end_suppression(self, suppression: str, reason: str) -> SuppressionEnd:
        """Keep what was said."""
        self._word((suppression, reason))
        return None  # type: ignore[return-value]

    def _word(self, what: tuple[object, ...]) -> None:
        self._act()
        self.hit_words.append(what)

    def check(
        self,
        case_id: str,
        sentences: Sequence[SentenceText],
        *,
        disposition: Disposition | None = None,
    ) -> ClaimReport:
        """Check with the gate of the tests."""
        return FakeClaims()(self.case_file, sentences, OutputKind.SAR_NARRATIVE)

    def decide(self, case_id: str, draft: DecisionDraft, *, version: int) -> Decision:
        """Keep the draft."""
        self._act()
        self.drafts.append((draft, version))
        return self.case_file.decision  # type: ignore[return-value]

    def approve(
        self, case_id: str, *, decision_id: str, content_hash: str, approved: bool, note: str = ""
    ) -> Approval:
        """Keep the answer."""
        self._act()
        self.answers.append((decision_id, content_hash, approved, note))
        return None  # type: ignore[return-value]

    def verify_audit(self) -> AuditReport:
        """Find the log broken."""
        return AuditReport(
            entries=41, root="a" * 64, ok=False, first_bad=41, reason="entry 41 was altered"
        )
