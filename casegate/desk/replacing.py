"""The copy that a person asked for takes the place of the document that it replaces."""

from dataclasses import dataclass

from casegate.access.principals import AGENT
from casegate.audit.events import DocumentReplaced
from casegate.desk.dossier import assemble
from casegate.desk.findings import Recorder
from casegate.desk.office import Office
from casegate.desk.rechecking import Rechecking
from casegate.errors import Conflict, VersionConflict
from casegate.hashing import content_hash
from casegate.model.case import CaseStatus
from casegate.model.document import Document, DocumentAnswer, DocumentReview, DocumentVerdict
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceDraft

TRIES = 20
"""How often a reading is kept anew because a person changed the case meanwhile."""


def waits(document: Document) -> bool:
    """Tell whether a replacement is still to be read: no run has, and no person settled it."""
    unread = document.verdict is DocumentVerdict.PENDING and document.answer is None
    return document.replaces is not None and unread


def is_wanted_again(dossier: Dossier, document: Document) -> bool:
    """Tell whether a document was asked for again, and no copy of it waits to be read."""
    came = any(d.replaces == document.id and waits(d) for d in dossier.documents)
    return document.answer is DocumentAnswer.ASK_AGAIN and not came


@dataclass(frozen=True)
class Replacing:
    """What the worker does with a replacement; actor is the agent."""

    office: Office
    rechecking: Rechecking

    def waiting(self, case_id: str, run_id: str, document_id: str) -> Dossier | None:
        """Give the case while its document waits to be read; None when there is nothing to do."""
        with self.office.store.read() as work:
            dossier = assemble(work, case_id)
        investigated = dossier.case.status is CaseStatus.INVESTIGATING
        if not investigated or dossier.case.run_id != run_id:
            return None
        return dossier if any(d.id == document_id and waits(d) for d in dossier.documents) else None

    def keep(self, case_id: str, run_id: str, read: Document, draft: EvidenceDraft) -> bool:
        """Keep what was read, with the checks run again on it; False if nothing waits for it.

        A copy that could not be read replaces nothing: the request for another one stands.

        Raises:
            Conflict: people change the case faster than the checks run.
        """
        for _ in range(TRIES):
            before = self.waiting(case_id, run_id, read.id)
            if before is None:
                return False
            try:
                self._keep(before, run_id, read, draft)
            except VersionConflict:
                continue
            return True
        raise Conflict(f"document {read.id} can't be kept: case {case_id} keeps changing")

    def _keep(self, before: Dossier, run_id: str, read: Document, draft: EvidenceDraft) -> None:
        case_id = before.case.id
        readable = read.verdict is DocumentVerdict.PARSED
        review = self._review(before, read)
        plan = self.rechecking.replaced(before, read, draft, review.id) if readable else None
        with self.office.store.work() as work:
            work.cases.change(before.case)
            recorder = Recorder(self.office, work, case_id, run_id)
            recorder.document(read)
            if plan is None:
                recorder.evidence(draft)
                return
            work.reviews.add_document(review, run_id=run_id)
            replaced = DocumentReplaced(
                review=review.id,
                document=review.document_id,
                replacement=read.id,
                content_hash=content_hash(review),
            )
            self.office.note(work, replaced, AGENT, case_id)
            self.rechecking.keep(work, AGENT, before, plan)

    def _review(self, before: Dossier, read: Document) -> DocumentReview:
        return DocumentReview(
            id=self.office.new_id("v"),
            case_id=before.case.id,
            document_id=str(read.replaces),
            answer=DocumentAnswer.REPLACED,
            reason=f"Replaced by {read.id}.",
            reviewer=AGENT.id,
            at=self.office.clock(),
        )
