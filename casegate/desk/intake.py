"""Taking cases in: submit, add files, ask for a run."""

from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import PurePosixPath

from casegate.access.principals import Principal
from casegate.access.rights import Action, acting_role
from casegate.audit.events import CaseSubmitted, DocumentStored, RunQueued, TransactionsStored
from casegate.desk.dossier import assemble
from casegate.desk.office import Office
from casegate.desk.replacing import is_wanted_again
from casegate.desk.sight import case_row, is_outside, shown_case
from casegate.errors import (
    Conflict,
    DocumentEmpty,
    DocumentTooLarge,
    DocumentUnknown,
    DuplicateSubmission,
    IllegalTransition,
    InvalidInput,
)
from casegate.hashing import content_hash, sha256_hex
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseKind, CaseStatus
from casegate.model.document import Document
from casegate.model.dossier import Dossier
from casegate.model.party import PartyRole
from casegate.storage import CaseSummary, Job, JobKind, JobState, Work
from casegate.storage.runs import reading_job

_OPEN = frozenset({CaseStatus.RECEIVED, CaseStatus.FAILED})
"""Files are taken until a run reads them; what came later would be seen by no one."""

_TITLES: dict[CaseKind, str] = {
    CaseKind.KYC_PERSON: "Onboarding of a person",
    CaseKind.KYC_ENTITY: "Onboarding of a company",
    CaseKind.AML_ALERT: "Monitoring alert",
    CaseKind.SCREENING_ALERT: "Screening alert",
}


@dataclass(frozen=True)
class Intake:
    """The use cases up to the moment at which the worker begins."""

    office: Office
    max_document_bytes: int
    max_transactions_bytes: int

    def submit(self, actor: Principal, bundle: CaseBundle) -> Case:
        """Open a case; the same reference and content again is the same case."""
        acting_role(actor, Action.SUBMIT)
        with self.office.store.work() as work:
            return self.submit_in(work, actor, bundle)

    def submit_in(self, work: Work, actor: Principal, bundle: CaseBundle) -> Case:
        """Open a case in the transaction of what it is opened for."""
        acting_role(actor, Action.SUBMIT)
        # Each sending system has its own references; people share theirs.
        scope = actor.id if is_outside(actor) else "desk"
        digest = content_hash(bundle)
        known = work.cases.by_reference(scope, bundle.reference)
        if known is not None:
            if known[1] == digest:
                return known[0]
            raise DuplicateSubmission(
                f"`reference` belongs to case {known[0].id}, which has other content",
                remedy="Send changed content under a new reference.",
            )
        return self._open(work, actor, bundle, scope=scope, digest=digest)

    def _open(
        self, work: Work, actor: Principal, bundle: CaseBundle, *, scope: str, digest: str
    ) -> Case:
        case = Case(
            id=self.office.new_id("c"),
            bundle=bundle.reference,
            kind=bundle.kind,
            jurisdiction=bundle.jurisdiction,
            status=CaseStatus.RECEIVED,
            version=1,
            opened_at=bundle.opened_at,
            received_at=self.office.clock(),
        )
        work.cases.add(case, _summary(actor, bundle), bundle, scope=scope, digest=digest)
        submitted = CaseSubmitted(
            reference_hash=sha256_hex(bundle.reference.encode()),
            case_kind=bundle.kind,
            jurisdiction=bundle.jurisdiction,
            bundle_hash=digest,
            parties=len(bundle.parties),
            accounts=len(bundle.accounts),
        )
        self.office.note(work, submitted, actor, case.id)
        return case

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

        One that a person asked for again is taken while they work on the case, and read at once.
        """
        name = plain_filename(filename)
        sha256 = sha256_hex(data)
        with self.office.store.read() as work:
            case_row(work, actor, Action.ADD_MATERIAL, case_id)
            known = work.documents.by_hash(case_id, sha256)
        if known is not None:
            return _same(known, replaces)
        _check_size(data, self.max_document_bytes, "document", "CASEGATE_MAX_DOCUMENT_BYTES")
        self.office.blobs.put(data)
        with self.office.store.work() as work:
            known = work.documents.by_hash(case_id, sha256)
            if known is not None:
                return _same(known, replaces)
            case = work.cases.get(case_id)
            if replaces is None:
                _require_open(actor, case)
            else:
                _require_requested(assemble(work, case_id), replaces)
            document = Document(
                id=self.office.new_id("d"),
                case_id=case_id,
                replaces=replaces,
                filename=name,
                media_type=guess_type(name)[0] or "application/octet-stream",
                size=len(data),
                sha256=sha256,
            )
            work.documents.add(document)
            stored = DocumentStored(
                document=document.id, sha256=sha256, size=len(data), replaces=replaces
            )
            self.office.note(work, stored, actor, case_id)
            if replaces is not None:
                self._have_read(work, case, document)
        return document

    def _have_read(self, work: Work, case: Case, document: Document) -> None:
        job = Job(
            id=reading_job(document.id),
            kind=JobKind.READ_DOCUMENT,
            case_id=case.id,
            run_id=str(case.run_id),
            created_at=self.office.clock(),
        )
        work.jobs.add(job)

    def add_transactions(
        self, actor: Principal, case_id: str, *, filename: str, data: bytes
    ) -> str:
        """Store the case's transaction file and give its sha256."""
        name = plain_filename(filename)
        sha256 = sha256_hex(data)
        with self.office.store.read() as work:
            case_row(work, actor, Action.ADD_MATERIAL, case_id)
        _check_size(
            data, self.max_transactions_bytes, "transactions", "CASEGATE_MAX_TRANSACTIONS_BYTES"
        )
        self.office.blobs.put(data)
        with self.office.store.work() as work:
            known = work.transactions.get(case_id)
            if known is not None:
                if known[1] == sha256:
                    return sha256
                raise DuplicateSubmission(
                    f"case {case_id} has a transaction file with other content",
                    remedy="Send all transactions of a case in one file.",
                )
            _require_open(actor, work.cases.get(case_id))
            work.transactions.add(case_id, filename=name, sha256=sha256)
            stored = TransactionsStored(sha256=sha256, size=len(data))
            self.office.note(work, stored, actor, case_id)
        return sha256

    def start(self, actor: Principal, case_id: str) -> Case:
        """Queue the first run; a case that has one stays as it is."""
        with self.office.store.work() as work:
            return self.start_in(work, actor, case_id)

    def start_in(self, work: Work, actor: Principal, case_id: str) -> Case:
        """Queue the first run in a transaction that is open."""
        case = case_row(work, actor, Action.START, case_id).case
        return case if case.run_id is not None else self._queue(work, actor, case)

    def retry(self, actor: Principal, case_id: str) -> Case:
        """Queue another run of a failed case, unless one is queued already."""
        with self.office.store.work() as work:
            case = case_row(work, actor, Action.START, case_id).case
            if case.status is not CaseStatus.FAILED:
                shown = shown_case(actor, case).status
                raise IllegalTransition(
                    f"case {case_id} can't go from `{shown}` to `processing` by a retry; "
                    "only a `failed` case can"
                )
            queued = work.jobs.get(f"run-{case.run_id}")
            if queued is not None and queued.state in {JobState.QUEUED, JobState.TAKEN}:
                return case
            work.proposals.supersede(case_id)
            return self._queue(work, actor, case)

    def _queue(self, work: Work, actor: Principal, case: Case) -> Case:
        run_id = self.office.new_id("r")
        queued = work.cases.change(case.model_copy(update={"run_id": run_id}))
        job = Job(
            id=f"run-{run_id}",
            kind=JobKind.RUN_CASE,
            case_id=case.id,
            run_id=run_id,
            created_at=self.office.clock(),
        )
        work.jobs.add(job)
        self.office.note(work, RunQueued(run=run_id, job=job.id), actor, case.id)
        return queued


def plain_filename(name: str) -> str:
    """Give the last part of a path without control characters, at most 200 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(char for char in last if char.isprintable())[-200:] or "unnamed"


def _check_size(data: bytes, limit: int, what: str, setting: str) -> None:
    if not data:
        raise DocumentEmpty(f"`{what}` has no content")
    if len(data) > limit:
        raise DocumentTooLarge(
            f"`{what}` has {len(data)} bytes; the limit is {limit}",
            remedy=f"Split the file, or raise {setting}.",
        )


def _require_open(actor: Principal, case: Case) -> None:
    if case.status not in _OPEN:
        # Whether a report is filed is a compartment, for an error message too.
        shown = shown_case(actor, case).status
        raise Conflict(
            f"case {case.id} is `{shown}`; files are taken while a case is `received` or `failed`",
            remedy="Open a new case for what came later; name a document that was asked for again.",
        )


def _same(known: Document, replaces: str | None) -> Document:
    """Give the document that has these bytes already; it can't take another one's place."""
    if replaces is not None and known.replaces != replaces:
        raise InvalidInput(
            f"`file` has the bytes of document {known.id}; it can't replace {replaces}",
            remedy="Send another copy.",
        )
    return known


def _require_requested(dossier: Dossier, document_id: str) -> None:
    """Refuse a replacement of what nobody asked for again, or while people have decided."""
    found = next((d for d in dossier.documents if d.id == document_id), None)
    if found is None:
        raise DocumentUnknown(f"case {dossier.case.id} has no document {document_id!r}")
    if not is_wanted_again(dossier, found):
        raise Conflict(
            f"document {document_id} is not asked for again",
            remedy="Look at `requested_again` of the case's documents.",
        )
    if dossier.case.status is not CaseStatus.INVESTIGATING:
        raise Conflict(
            f"case {dossier.case.id} takes no document now",
            remedy="Send it again later, as long as `requested_again` names the document.",
        )


def _summary(actor: Principal, bundle: CaseBundle) -> CaseSummary:
    title = _TITLES[bundle.kind]
    if bundle.alert is not None:
        title = f"{title}: {bundle.alert.scenario.replace('_', ' ')}"
    subject = next(party for party in bundle.parties if party.role is PartyRole.SUBJECT)
    return CaseSummary(
        title=title, subject=subject.name, reference=bundle.reference, submitted_by=actor.id
    )
