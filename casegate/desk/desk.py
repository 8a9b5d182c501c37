"""The desk: what people and API clients can do. Every right is checked behind these methods."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from casegate.access.hit_policy import HitPolicy, load_hit_policy
from casegate.access.policy import ApprovalPolicy, load_approval_policy
from casegate.access.principals import Principal
from casegate.access.rights import Action, acting_role
from casegate.audit.checkpoint import Checkpoints
from casegate.audit.event import StoredEvent
from casegate.audit.events import ListLoaded, ListLoadRefused
from casegate.audit.verify import AuditReport
from casegate.desk.approving import Approving
from casegate.desk.deciding import Deciding
from casegate.desk.hits import Hits
from casegate.desk.hits_desk import HitDesk
from casegate.desk.intake import Intake
from casegate.desk.office import Office
from casegate.desk.ports import ClaimGate, Clock, NewId, ReviewPorts, RulesGate
from casegate.desk.proof import Mismatch
from casegate.desk.reading import CasePage, Reading
from casegate.desk.rechecking import Rechecking
from casegate.desk.repeats import Repeats
from casegate.desk.reviewing import Reviewing
from casegate.desk.sight import CaseProgress, shown_case
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseStatus, Disposition
from casegate.model.decision import Approval, Decision, DecisionDraft
from casegate.model.document import (
    CopyReason,
    Document,
    DocumentAnswer,
    DocumentReview,
    FieldAnswer,
    FieldReview,
)
from casegate.model.dossier import Dossier
from casegate.model.narrative import ClaimReport, SentenceText
from casegate.model.progress import CaseDocuments
from casegate.storage import BlobFolder, Step, Store


class Desk(HitDesk):
    """One method a use case; safe to share between threads.

    Every method may raise AccessRefused and, where it takes a `case_id`, CaseUnknown.
    """

    def __init__(
        self,
        store: Store,
        blobs: BlobFolder,
        *,
        clock: Clock,
        new_id: NewId,
        rules: RulesGate,
        claims: ClaimGate,
        review: ReviewPorts,
        checkpoints: Checkpoints,
        max_document_bytes: int,
        max_transactions_bytes: int,
        approvals: ApprovalPolicy | None = None,
        hits: HitPolicy | None = None,
        answers_kept_for: timedelta = timedelta(days=7),
    ) -> None:
        office = Office(store, blobs, clock, new_id)
        policy = approvals or load_approval_policy()
        self._office = office
        self._intake = Intake(office, max_document_bytes, max_transactions_bytes)
        self._reading = Reading(office, checkpoints)
        self._deciding = Deciding(office, rules, claims)
        self._approving = Approving(office, rules, claims, policy)
        rechecking = Rechecking(office, rules, claims, review)
        self._reviewing = Reviewing(office, review.read_value, rechecking)
        self._hits = Hits(office, rechecking, hits or load_hit_policy())
        self._repeats = Repeats(office, answers_kept_for)

    def submit(self, actor: Principal, bundle: CaseBundle) -> Case:
        """Open a case; the same reference and content again is the same case.

        Raises:
            DuplicateSubmission: the reference is known with other content.
        """
        return shown_case(actor, self._intake.submit(actor, bundle))

    def add_document(
        self,
        actor: Principal,
        case_id: str,
        *,
        filename: str,
        data: bytes,
        replaces: str | None = None,
    ) -> Document:
        """Store a document; the same bytes again are the same document.

        Args:
            replaces: the document that was asked for again, and that this is sent for.

        Raises:
            DocumentEmpty, DocumentTooLarge: nothing was stored.
            Conflict: a run has read the case's documents already, or nobody asked for `replaces`.
            InvalidInput: the file has the bytes of another document of the case.
        """
        return self._intake.add_document(
            actor, case_id, filename=filename, data=data, replaces=replaces
        )

    def add_transactions(
        self, actor: Principal, case_id: str, *, filename: str, data: bytes
    ) -> str:
        """Store the case's one transaction file and give its sha256.

        Raises:
            DocumentEmpty, DocumentTooLarge: nothing was stored.
            DuplicateSubmission: the case has a file with other content.
            Conflict: a run has read the case's files already.
        """
        return self._intake.add_transactions(actor, case_id, filename=filename, data=data)

    def once(
        self, actor: Principal, key: str, request_hash: str, make: Callable[[], str]
    ) -> tuple[str, bool]:
        """Do what a sending system asks under an idempotency key, or give its first answer again.

        Gives the answer, and whether it is the one kept from before.

        Raises:
            IdempotencyKeyReused: the key was sent before with another request.
        """
        acting_role(actor, Action.SUBMIT)
        return self._repeats.answer(actor, key, request_hash, make)

    def start(self, actor: Principal, case_id: str) -> Case:
        """Queue the first run; a case that has one stays as it is."""
        return shown_case(actor, self._intake.start(actor, case_id))

    def retry(self, actor: Principal, case_id: str) -> Case:
        """Queue another run of a failed case, unless one is queued already.

        Raises:
            IllegalTransition: the case has not failed.
        """
        return shown_case(actor, self._intake.retry(actor, case_id))

    def cases(
        self,
        actor: Principal,
        *,
        status: CaseStatus | None = None,
        assignee: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> CasePage:
        """Give a part of the queue, newest case first; API clients get their own, bare."""
        return self._reading.cases(
            actor, status=status, assignee=assignee, after=after, limit=limit
        )

    def read(self, actor: Principal, case_id: str) -> Dossier:
        """Give the dossier as the actor may see it; API clients use `progress`."""
        return self._reading.read(actor, case_id)

    def progress(self, actor: Principal, case_id: str) -> CaseProgress:
        """Tell how far a case is, without content or outcome."""
        return self._reading.progress(actor, case_id)

    def documents(self, actor: Principal, case_id: str) -> CaseDocuments:
        """Tell how far each document is, without a value of it; API clients may ask too."""
        return self._reading.documents(actor, case_id)

    def steps(self, actor: Principal, case_id: str) -> tuple[Step, ...]:
        """Give the nodes that the present run has entered."""
        return self._reading.steps(actor, case_id)

    def decisions(self, actor: Principal, case_id: str) -> tuple[Decision, ...]:
        """Give all decisions of the case, oldest first."""
        return self._reading.decisions(actor, case_id)

    def document_file(self, actor: Principal, case_id: str, document_id: str) -> bytes:
        """Give a document's bytes as they were sent.

        Raises:
            DocumentUnknown, BlobMissing: there is none, or its bytes changed on disk.
        """
        return self._reading.document_file(actor, case_id, document_id)

    def document_page(self, actor: Principal, case_id: str, document_id: str, page: int) -> bytes:
        """Give a rendered page, from 1, as PNG.

        Raises:
            DocumentUnknown, BlobMissing: there is none, or its bytes changed on disk.
        """
        return self._reading.document_page(actor, case_id, document_id, page)

    def document_text(self, actor: Principal, case_id: str, document_id: str) -> str:
        """Give the text that spans of fields point into.

        Raises:
            DocumentUnknown, BlobMissing: there is none, or its bytes changed on disk.
        """
        return self._reading.document_text(actor, case_id, document_id)

    def transactions(self, actor: Principal, case_id: str) -> bytes:
        """Give the canonical transaction rows as Parquet.

        Raises:
            DocumentUnknown, BlobMissing: there are none, or their bytes changed on disk.
        """
        return self._reading.transactions(actor, case_id)

    def claim(self, actor: Principal, case_id: str, *, version: int) -> Case:
        """Take a case from the queue, or over from a colleague.

        Raises:
            VersionConflict, IllegalTransition: someone was quicker, or it is not to be claimed.
        """
        return self._deciding.claim(actor, case_id, version=version)

    def check(
        self,
        actor: Principal,
        case_id: str,
        sentences: Sequence[SentenceText],
        *,
        disposition: Disposition | None = None,
    ) -> ClaimReport:
        """Run the claim gate on a person's text; nothing is stored.

        Args:
            disposition: which kind of text it is to be; None means the proposal's.
        """
        return self._deciding.check(actor, case_id, sentences, disposition)

    def decide(
        self, actor: Principal, case_id: str, *, version: int, draft: DecisionDraft
    ) -> Decision:
        """Take a maker's decision and put it before a second person.

        Raises:
            GateRefused: names each finding; nothing but an event was stored.
            VersionConflict, IllegalTransition: the case moved, or is not being investigated.
            AccessRefused: the case is in someone else's hands.
        """
        return self._deciding.decide(actor, case_id, version=version, draft=draft)

    def review_field(
        self,
        actor: Principal,
        case_id: str,
        document_id: str,
        *,
        field_id: str = "",
        name: str = "",
        answer: FieldAnswer,
        value: str | None = None,
        version: int,
    ) -> FieldReview:
        """Confirm or correct a value of a document, or give one that was not read.

        Every check runs again on it, and the case takes its next version.

        Args:
            field_id: which value; empty for one that was not read, which `name` names then.
            value: as the paper prints it, for a correction.

        Raises:
            ValueRefused: the value is none of the field's kind.
            DocumentUnknown: the case has no such document, or the document no such field.
            Conflict: the case is not being investigated.
            AccessRefused: the case is in someone else's hands.
            VersionConflict: the case changed since `version` was read.
        """
        return self._reviewing.review_field(
            actor,
            case_id,
            document_id,
            field_id=field_id,
            name=name,
            answer=answer,
            value=value,
            version=version,
        )

    def review_document(
        self,
        actor: Principal,
        case_id: str,
        document_id: str,
        *,
        answer: DocumentAnswer,
        reason: str = "",
        reason_code: CopyReason | None = None,
        version: int,
    ) -> DocumentReview:
        """Accept a document, reject it or ask for a better copy; nothing rests on the latter two.

        Args:
            reason: for colleagues; nobody outside is told.
            reason_code: what whoever sent the document is told of a request; `other` by default.

        Raises:
            InvalidInput: a rejection or a request without a reason, or a code without a request.
            DocumentUnknown, Conflict, AccessRefused, VersionConflict: as for `review_field`.
        """
        return self._reviewing.review_document(
            actor,
            case_id,
            document_id,
            answer=answer,
            reason=reason,
            reason_code=reason_code,
            version=version,
        )

    def approve(
        self,
        actor: Principal,
        case_id: str,
        *,
        decision_id: str,
        content_hash: str,
        approved: bool,
        note: str = "",
    ) -> Approval:
        """Approve exactly what was read, or return it to the maker.

        Raises:
            SelfApproval: the actor made this or an earlier decision on the case.
            ApprovalVoid: the hash is another, or what the decision rests on has changed; in the
                second case the decision is void and the case is investigated again.
            NoPendingDecision, VersionConflict: someone else answered first.
            GateRefused: the gates no longer let the decision pass.
        """
        return self._approving.approve(
            actor,
            case_id,
            decision_id=decision_id,
            content_hash=content_hash,
            approved=approved,
            note=note,
        )

    def events(self, actor: Principal, case_id: str) -> tuple[StoredEvent, ...]:
        """Give the case's events in order."""
        return self._reading.events(actor, case_id)

    def verify_audit(self, actor: Principal) -> AuditReport:
        """Verify the whole event chain against itself and the signed checkpoints."""
        return self._reading.verify_audit(actor)

    def verify_case(self, actor: Principal, case_id: str) -> tuple[Mismatch, ...]:
        """Hold the case's records and files against the log; nothing found means they agree."""
        return self._reading.verify_case(actor, case_id)

    def list_loaded(self, actor: Principal, loaded: ListLoaded) -> None:
        """Remember that a list version came into force."""
        acting_role(actor, Action.LOAD_LISTS)
        with self._office.store.work() as work:
            self._office.note(work, loaded, actor)

    def list_refused(self, actor: Principal, refused: ListLoadRefused) -> None:
        """Remember that a list was not taken and the version in force stayed."""
        acting_role(actor, Action.LOAD_LISTS)
        with self._office.store.work() as work:
            self._office.note(work, refused, actor)
