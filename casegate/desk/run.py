"""The worker's desk: where a run reads its case and leaves its results."""

from collections.abc import Iterator
from contextlib import contextmanager
from mimetypes import guess_type
from pathlib import Path

from casegate.access.principals import AGENT
from casegate.audit.checkpoint import Checkpoints
from casegate.audit.events import (
    DocumentStored,
    NarrativeLabel,
    ProblemNoted,
    ProposalSettled,
    RunFinished,
    RunStarted,
)
from casegate.desk.dossier import assemble
from casegate.desk.findings import Recorder
from casegate.desk.intake import plain_filename
from casegate.desk.labels import labels, settled_status
from casegate.desk.office import Office
from casegate.desk.ports import Clock, NewId
from casegate.desk.seal import decision_hash
from casegate.errors import (
    ApprovalVoid,
    Conflict,
    IllegalTransition,
    NoPendingDecision,
    VersionConflict,
)
from casegate.hashing import content_hash, sha256_hex
from casegate.inference.ports import Completion, ModelIdentity, Request
from casegate.model.base import Problem
from casegate.model.case import Case, CaseStatus
from casegate.model.decision import Decision, DecisionStatus, Ruling
from casegate.model.document import Document
from casegate.model.dossier import Dossier
from casegate.model.evidence import Evidence, EvidenceDraft
from casegate.model.party import CustomerProfile
from casegate.model.proposal import Assessment, ModelRef, Proposal, ProposalStatus
from casegate.model.transaction import TransactionSet
from casegate.storage import BlobFolder, JobState, Step, Store, Work

S = CaseStatus
_BEFORE_PEOPLE = frozenset({S.RECEIVED, S.PROCESSING, S.FAILED})
_SETTLED = frozenset({ProposalStatus.ACCEPTED, ProposalStatus.EDITED, ProposalStatus.REJECTED})


class RunDesk:
    """Acts as the agent principal. Every method can be called again with the same result.

    A run that is no longer the case's present run is refused with VersionConflict, so a worker
    that was thought dead can't write into its successor's work.
    """

    def __init__(
        self,
        store: Store,
        blobs: BlobFolder,
        *,
        clock: Clock,
        new_id: NewId,
        checkpoints: Checkpoints,
    ) -> None:
        self._office = Office(store, blobs, clock, new_id)
        self._store = store
        self._blobs = blobs
        self._checkpoints = checkpoints

    def dossier(self, case_id: str) -> Dossier:
        """Give everything that is known of the case."""
        with self._store.read() as work:
            return assemble(work, case_id)

    def begin(self, case_id: str, run_id: str) -> None:
        """Take the case from `received` or `failed` to `processing`."""
        with self._store.work() as work:
            case = self._case(work, case_id, run_id)
            if case.status in {S.RECEIVED, S.FAILED} and not _has_failed(work, run_id):
                self._office.move(work, case, S.PROCESSING, AGENT)
                self._office.note(work, RunStarted(run=run_id), AGENT, case_id)

    def step(self, case_id: str, run_id: str, node: str) -> None:
        """Show that the run has entered a node; no event."""
        with self._store.work() as work:
            self._case(work, case_id, run_id)
            work.runs.step(case_id, Step(run_id=run_id, node=node, at=self._office.clock()))

    def blob(self, sha256: str) -> bytes:
        """Read a blob."""
        return self._blobs.get(sha256)

    def put_blob(self, data: bytes) -> str:
        """Store a blob and give its sha256."""
        return self._blobs.put(data)

    def blob_path(self, sha256: str) -> Path:
        """Give a verified blob's file, for readers that want a file."""
        return self._blobs.path(sha256)

    def transactions_file(self, case_id: str) -> tuple[str, str] | None:
        """Give file name and sha256 of the case's transaction file; None if it has none."""
        with self._store.read() as work:
            return work.transactions.get(case_id)

    def member(
        self, case_id: str, run_id: str, parent: Document, *, filename: str, data: bytes
    ) -> Document:
        """Store a file that came inside another one; bytes that the case has are that document."""
        sha256 = self._blobs.put(data)
        with self._store.work() as work:
            self._case(work, case_id, run_id)
            known = work.documents.by_hash(case_id, sha256)
            if known is not None:
                return known
            name = plain_filename(filename)
            document = Document(
                id=self._office.new_id("d"),
                case_id=case_id,
                parent=parent.id,
                filename=name,
                media_type=guess_type(name)[0] or "application/octet-stream",
                size=len(data),
                sha256=sha256,
            )
            work.documents.add(document)
            stored = DocumentStored(
                document=document.id, sha256=sha256, size=len(data), parent=parent.id
            )
            self._office.note(work, stored, AGENT, case_id)
        return document

    def document_read(self, case_id: str, run_id: str, document: Document) -> None:
        """Keep what was read from a document."""
        with self._recorder(case_id, run_id) as recorder:
            recorder.document(document)

    def transactions_read(self, case_id: str, run_id: str, txset: TransactionSet) -> None:
        """Keep what was read from the transaction file."""
        with self._recorder(case_id, run_id) as recorder:
            recorder.transactions(txset)

    def record_evidence(self, case_id: str, run_id: str, draft: EvidenceDraft) -> Evidence:
        """Number and keep evidence with its facts.

        Raises:
            InvalidInput: a fact breaks its predicate's declaration, or the content is no JSON.
        """
        with self._recorder(case_id, run_id) as recorder:
            return recorder.evidence(draft)

    def completion(self, case_id: str, run_id: str, key: str) -> tuple[Completion, ModelRef] | None:
        """Give the model's answer that this run has under `key`."""
        with self._store.read() as work:
            self._case(work, case_id, run_id)
            return work.runs.completion(run_id, key)

    def calls(self, run_id: str) -> tuple[ModelRef, ...]:
        """Give all of the run's model calls, in order."""
        with self._store.read() as work:
            return tuple(reference for _, _, _, reference in work.runs.completions(run_id))

    def record_completion(
        self,
        case_id: str,
        run_id: str,
        key: str,
        request: Request,
        completion: Completion,
        identity: ModelIdentity,
    ) -> ModelRef:
        """Keep a model call; a second one under the same key gives the first."""
        with self._recorder(case_id, run_id) as recorder:
            return recorder.completion(key, request, completion, identity)

    def record_profile(self, case_id: str, run_id: str, profile: CustomerProfile) -> None:
        """Keep the reconciled profile."""
        with self._recorder(case_id, run_id) as recorder:
            recorder.profile(profile)

    def record_assessment(self, case_id: str, run_id: str, assessment: Assessment) -> None:
        """Keep what code concludes."""
        with self._recorder(case_id, run_id) as recorder:
            recorder.assessment(assessment)

    def record_proposal(
        self, case_id: str, run_id: str, proposal: Proposal, ruling: Ruling
    ) -> Proposal:
        """Seal the proposal with its content hash and keep it with its ruling."""
        with self._recorder(case_id, run_id) as recorder:
            return recorder.proposal(proposal, ruling)

    def deliver(self, case_id: str, run_id: str) -> None:
        """Put the case before people: `processing` to `ready_for_review`."""
        with self._store.work() as work:
            case = self._case(work, case_id, run_id)
            if case.status not in _BEFORE_PEOPLE:
                return
            if case.status is not S.PROCESSING:
                raise IllegalTransition(
                    f"case {case_id} can't go from `{case.status}` to `ready_for_review` by a run"
                )
            self._office.move(work, case, S.READY_FOR_REVIEW, AGENT)
            self._office.note(work, RunFinished(run=run_id, result="delivered"), AGENT, case_id)
            work.jobs.mark(f"run-{run_id}", JobState.DONE)

    def problem(self, case_id: str, run_id: str, problem: Problem) -> None:
        """Keep a problem on the case."""
        with self._store.work() as work:
            self._case(work, case_id, run_id)
            self._note_problem(work, case_id, run_id, problem)

    def fail(self, case_id: str, run_id: str, problem: Problem) -> None:
        """End the run with a problem: `processing` to `failed`.

        A case that people have before them already stays with them; the problem is shown on it.
        """
        with self._store.work() as work:
            case = self._case(work, case_id, run_id)
            if _has_failed(work, run_id):
                return
            if case.status not in _BEFORE_PEOPLE:
                self._note_problem(work, case_id, run_id, problem)
                return
            if case.status is not S.PROCESSING:
                case = self._office.move(work, case, S.PROCESSING, AGENT)
            self._office.move(work, case, S.FAILED, AGENT)
            self._note_problem(work, case_id, run_id, problem)
            self._office.note(work, RunFinished(run=run_id, result="failed"), AGENT, case_id)
            work.jobs.mark(f"run-{run_id}", JobState.FAILED)

    def finish(self, case_id: str, run_id: str, decision_id: str) -> None:
        """After approval: settle the proposal, keep the labels, sign a checkpoint."""
        with self._store.work() as work:
            case = self._case(work, case_id, run_id)
            decision = next((d for d in work.decisions.all(case_id) if d.id == decision_id), None)
            if decision is None or decision.status is not DecisionStatus.APPROVED:
                raise NoPendingDecision(f"case {case_id} has no approved decision {decision_id!r}")
            self._require_approved_content(work, decision)
            job = work.jobs.get(f"finish-{decision_id}")
            if job is not None and job.state is JobState.DONE:
                return
            self._settle(work, case, run_id, decision)
            self._office.note(work, RunFinished(run=run_id, result="settled"), AGENT, case_id)
            work.jobs.mark(f"finish-{decision_id}", JobState.DONE)
            checkpoint = self._checkpoints.sign(work.log.head())
            work.log.add_checkpoint(checkpoint.seq, checkpoint.model_dump_json())

    def _require_approved_content(self, work: Work, decision: Decision) -> None:
        given = next(
            one
            for one in work.decisions.approvals(decision.case_id)
            if one.decision_id == decision.id
        )
        # A suppression may end after the decision; it was in force when people decided.
        dossier = assemble(work, decision.case_id, until=decision.made_at)
        version = decision.ruling.rules_version
        if decision_hash(decision, dossier, rules_version=version) != given.content_hash:
            raise ApprovalVoid(
                f"decision {decision.id} is not what was approved",
                remedy="Run `casegate audit verify`; the database was changed behind the desk.",
            )

    def _settle(self, work: Work, case: Case, run_id: str, decision: Decision) -> None:
        proposal = work.proposals.of_run(run_id)
        if proposal is None or proposal.status in _SETTLED:
            return
        rated = assemble(work, case.id).rating_of(proposal)
        changed = labels(case, proposal, decision, rated=rated)
        for label in changed:
            work.decisions.add_label(label)
            noted = NarrativeLabel(
                proposal=proposal.id,
                field=label.field,
                before_hash=sha256_hex(label.before.encode()),
                after_hash=sha256_hex(label.after.encode()),
            )
            self._office.note(work, noted, AGENT, case.id)
        status = settled_status(proposal, decision, changed)
        work.proposals.settle(proposal.id, status)
        settled = ProposalSettled(
            run=run_id, proposal=proposal.id, decision=decision.id, status=status
        )
        self._office.note(work, settled, AGENT, case.id)

    def _note_problem(self, work: Work, case_id: str, run_id: str, problem: Problem) -> None:
        if work.runs.note(case_id, run_id, problem):
            noted = ProblemNoted(run=run_id, code=problem.code, content_hash=content_hash(problem))
            self._office.note(work, noted, AGENT, case_id)

    @contextmanager
    def _recorder(self, case_id: str, run_id: str) -> Iterator[Recorder]:
        """Open a unit of work of a run that is processing.

        A node that is done again after the run was delivered finds its results recorded and
        changes nothing; anything new is refused, and undone with it.
        """
        with self._store.work() as work:
            case = self._case(work, case_id, run_id)
            before = work.log.head().seq
            yield Recorder(self._office, work, case_id, run_id)
            if case.status is not S.PROCESSING and work.log.head().seq != before:
                raise Conflict(f"case {case_id} is `{case.status}`: run {run_id} can't add to it")

    def _case(self, work: Work, case_id: str, run_id: str) -> Case:
        case = work.cases.get(case_id)
        if case.run_id != run_id:
            raise VersionConflict(
                f"run {run_id} is not the present run of case {case_id}, {case.run_id} is",
                remedy="Drop this run; another one has taken the case over.",
            )
        return case


def _has_failed(work: Work, run_id: str) -> bool:
    job = work.jobs.get(f"run-{run_id}")
    return job is not None and job.state is JobState.FAILED
