"""Reading cases: the queue, the dossier, the files, the log."""

from dataclasses import dataclass

from casegate.access.principals import Principal
from casegate.access.rights import Action, acting_role, may
from casegate.audit.checkpoint import Checkpoints
from casegate.audit.event import StoredEvent
from casegate.audit.verify import AuditReport, verify
from casegate.desk.dossier import assemble
from casegate.desk.office import Office
from casegate.desk.papers import case_documents
from casegate.desk.proof import Mismatch, mismatches
from casegate.desk.sight import (
    CaseProgress,
    case_row,
    is_outside,
    outcome_hidden,
    outside_status,
    shown_dossier,
    shown_row,
)
from casegate.errors import AccessRefused, DocumentUnknown, InvalidInput
from casegate.model.base import Record
from casegate.model.case import CaseStatus
from casegate.model.decision import Decision
from casegate.model.document import Document
from casegate.model.dossier import Dossier
from casegate.model.progress import CaseDocuments
from casegate.storage import CaseFilter, CaseRow, Step

MAX_PAGE = 500


class CasePage(Record):
    """A part of a queue, newest case first."""

    rows: tuple[CaseRow, ...]
    next: str | None = None
    """What to pass as `after` for the following part; None at the end."""


@dataclass(frozen=True)
class Reading:
    """The use cases that change nothing."""

    office: Office
    checkpoints: Checkpoints

    def cases(
        self,
        actor: Principal,
        *,
        status: CaseStatus | None,
        assignee: str | None,
        after: str | None,
        limit: int,
    ) -> CasePage:
        """Give a part of the queue; an API client gets its own cases without content."""
        acting_role(actor, Action.LIST_CASES)
        if not 1 <= limit <= MAX_PAGE:
            raise InvalidInput(f"`limit` must be 1 to {MAX_PAGE}, got {limit}")
        outside = is_outside(actor)
        wanted = CaseFilter(
            # An API client's statuses are coarser than the stored ones: filtered below.
            status=None if outside else status,
            assignee=assignee,
            submitted_by=actor.id if outside else None,
            outcome_hidden_from=None if may(actor, Action.SEE_OUTCOME) else actor.id,
        )
        with self.office.store.read() as work:
            found = work.cases.page(wanted, after=after, limit=limit + 1)
        rows = [shown_row(actor, row) for row in found[:limit]]
        if outside and status is not None:
            rows = [row for row in rows if row.case.status is status]
        following = found[limit - 1].case.id if len(found) > limit else None
        return CasePage(rows=tuple(rows), next=following)

    def read(self, actor: Principal, case_id: str) -> Dossier:
        """Give the dossier as the actor may see it."""
        with self.office.store.read() as work:
            case_row(work, actor, Action.READ_CASE, case_id)
            return shown_dossier(actor, assemble(work, case_id))

    def progress(self, actor: Principal, case_id: str) -> CaseProgress:
        """Tell how far a case is, without content."""
        with self.office.store.read() as work:
            row = case_row(work, actor, Action.FOLLOW, case_id)
            return CaseProgress(
                id=case_id,
                reference=row.summary.reference,
                status=outside_status(row.case.status),
                received_at=row.case.received_at,
                documents=len(work.documents.all(case_id)),
            )

    def documents(self, actor: Principal, case_id: str) -> CaseDocuments:
        """Tell how far each document is."""
        with self.office.store.read() as work:
            case_row(work, actor, Action.FOLLOW, case_id)
            return case_documents(work, case_id, outside=is_outside(actor))

    def steps(self, actor: Principal, case_id: str) -> tuple[Step, ...]:
        """Give the nodes that the case's present run has entered."""
        with self.office.store.read() as work:
            case = case_row(work, actor, Action.READ_CASE, case_id).case
            return () if case.run_id is None else work.runs.steps(case.run_id)

    def decisions(self, actor: Principal, case_id: str) -> tuple[Decision, ...]:
        """Give all decisions of the case, oldest first."""
        with self.office.store.read() as work:
            case = case_row(work, actor, Action.READ_CASE, case_id).case
            return () if outcome_hidden(actor, case) else work.decisions.all(case_id)

    def document_file(self, actor: Principal, case_id: str, document_id: str) -> bytes:
        """Give a document's bytes as they were sent."""
        return self.office.blobs.get(self._document(actor, case_id, document_id).sha256)

    def document_page(self, actor: Principal, case_id: str, document_id: str, page: int) -> bytes:
        """Give a rendered page as PNG; pages count from 1."""
        document = self._document(actor, case_id, document_id)
        for image in document.pages:
            if image.page == page:
                return self.office.blobs.get(image.blob)
        raise DocumentUnknown(f"document {document_id} has no rendered page {page}")

    def document_text(self, actor: Principal, case_id: str, document_id: str) -> str:
        """Give the text that spans of fields point into."""
        document = self._document(actor, case_id, document_id)
        if document.text_blob is None:
            raise DocumentUnknown(
                f"document {document_id} has no text; its verdict is `{document.verdict}`"
            )
        return self.office.blobs.get(document.text_blob).decode()

    def _document(self, actor: Principal, case_id: str, document_id: str) -> Document:
        with self.office.store.read() as work:
            case_row(work, actor, Action.READ_CASE, case_id)
            return work.documents.get(case_id, document_id)

    def transactions(self, actor: Principal, case_id: str) -> bytes:
        """Give the canonical rows as Parquet."""
        with self.office.store.read() as work:
            case_row(work, actor, Action.READ_CASE, case_id)
            parsed = work.transactions.parsed(case_id)
        if parsed is None:
            raise DocumentUnknown(f"case {case_id} has no transactions that were read")
        return self.office.blobs.get(parsed.parquet)

    def events(self, actor: Principal, case_id: str) -> tuple[StoredEvent, ...]:
        """Give the case's events in order."""
        with self.office.store.read() as work:
            case = case_row(work, actor, Action.READ_EVENTS, case_id).case
            if outcome_hidden(actor, case):
                raise AccessRefused(f"the events of case {case_id} are not for {actor.id}")
            return work.log.of_case(case_id)

    def verify_audit(self, actor: Principal) -> AuditReport:
        """Verify the whole chain."""
        acting_role(actor, Action.VERIFY_AUDIT)
        with self.office.store.read() as work:
            return verify(work.log, self.checkpoints)

    def verify_case(self, actor: Principal, case_id: str) -> tuple[Mismatch, ...]:
        """Hold the case's records against the log."""
        with self.office.store.read() as work:
            case_row(work, actor, Action.VERIFY_AUDIT, case_id)
            return mismatches(work, self.office.blobs, case_id)
