"""What runs leave behind beside findings: completions, problems, progress, jobs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select, update

from casegate.clock import moment, stamp
from casegate.hashing import content_hash
from casegate.inference.ports import Completion, Request
from casegate.model.base import Problem, Record
from casegate.model.proposal import ModelRef
from casegate.storage.tables import completion, job, problem, step


class JobKind(StrEnum):
    """What the worker is asked to do."""

    RUN_CASE = "run_case"
    FINISH_CASE = "finish_case"
    READ_DOCUMENT = "read_document"
    """A replacement, while people work on the case."""


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    TAKEN = "taken"
    DONE = "done"
    FAILED = "failed"


_BEFORE: dict[JobState, tuple[JobState, ...]] = {
    JobState.QUEUED: (),
    JobState.TAKEN: (JobState.QUEUED,),
    JobState.DONE: (JobState.QUEUED, JobState.TAKEN),
    JobState.FAILED: (JobState.QUEUED, JobState.TAKEN),
}


class Job(Record):
    """A row of the outbox, made once.

    Its id is `run-<run id>`, `finish-<decision id>` or `read-<document id>`.
    """

    id: str
    kind: JobKind
    case_id: str
    run_id: str
    decision_id: str | None = None
    state: JobState = JobState.QUEUED
    created_at: datetime

    @property
    def document_id(self) -> str:
        """Give which document is to be read; empty for other jobs."""
        return self.id.removeprefix(_READ) if self.kind is JobKind.READ_DOCUMENT else ""


_READ = "read-"


def reading_job(document_id: str) -> str:
    """Give the id of the job that reads a document."""
    return f"{_READ}{document_id}"


class Step(Record):
    """A node that a run has entered."""

    run_id: str
    node: str
    at: datetime


class Jobs:
    """The outbox, written in the transaction of the change that asks for the work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Job) -> None:
        """Queue a job."""
        row = new.model_dump() | {"created_at": stamp(new.created_at)}
        self._connection.execute(insert(job).values(row))

    def get(self, job_id: str) -> Job | None:
        """Give the job of that id."""
        row = self._connection.execute(select(job).where(job.c.id == job_id)).mappings().first()
        return None if row is None else Job.model_validate(dict(row))

    def in_states(self, *states: JobState) -> tuple[Job, ...]:
        """Give the jobs in any of `states`, oldest first."""
        query = select(job).where(job.c.state.in_(states)).order_by(job.c.created_at, job.c.id)
        found = self._connection.execute(query).mappings()
        return tuple(Job.model_validate(dict(row)) for row in found)

    def mark(self, job_id: str, state: JobState) -> None:
        """Move a job on. It never goes back: `done` and `failed` stay whatever comes later."""
        before = _BEFORE[state]
        self._connection.execute(
            update(job).where(job.c.id == job_id, job.c.state.in_(before)).values(state=state)
        )


class Runs:
    """Completions, problems and progress of runs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def completion(self, run_id: str, key: str) -> tuple[Completion, ModelRef] | None:
        """Give the answer that the run recorded under `key`."""
        row = self._connection.execute(
            select(completion.c.record, completion.c.reference).where(
                completion.c.run_id == run_id, completion.c.key == key
            )
        ).one_or_none()
        if row is None:
            return None
        return Completion.model_validate_json(row[0]), ModelRef.model_validate_json(row[1])

    def completions(self, run_id: str) -> tuple[tuple[str, Request, Completion, ModelRef], ...]:
        """Give all of a run's model calls with their keys, in order: what a replay needs."""
        query = select(completion).where(completion.c.run_id == run_id).order_by(completion.c.id)
        return tuple(
            (
                row["key"],
                Request.model_validate_json(row["request"]),
                Completion.model_validate_json(row["record"]),
                ModelRef.model_validate_json(row["reference"]),
            )
            for row in self._connection.execute(query).mappings()
        )

    def add_completion(
        self,
        case_id: str,
        run_id: str,
        *,
        key: str,
        request: Request,
        answer: Completion,
        reference: ModelRef,
    ) -> None:
        """Store a model call: what was asked, what was answered, by which versions."""
        self._connection.execute(
            insert(completion).values(
                id=reference.completion,
                case_id=case_id,
                run_id=run_id,
                key=key,
                request_hash=reference.request_hash,
                request=request.model_dump_json(),
                reference=reference.model_dump_json(),
                record=answer.model_dump_json(),
            )
        )

    def note(self, case_id: str, run_id: str, new: Problem) -> bool:
        """Keep a problem; False if the run has noted the same before."""
        digest = content_hash(new)
        known = select(problem.c.number).where(
            problem.c.run_id == run_id, problem.c.content_hash == digest
        )
        if self._connection.scalar(known) is not None:
            return False
        self._connection.execute(
            insert(problem).values(
                case_id=case_id, run_id=run_id, content_hash=digest, record=new.model_dump_json()
            )
        )
        return True

    def problems(self, case_id: str, run_id: str | None = None) -> tuple[Problem, ...]:
        """Give the problems of one run of the case, or of all, oldest first."""
        query = select(problem.c.record).where(problem.c.case_id == case_id)
        if run_id is not None:
            query = query.where(problem.c.run_id == run_id)
        found = self._connection.scalars(query.order_by(problem.c.number))
        return tuple(Problem.model_validate_json(text) for text in found)

    def step(self, case_id: str, new: Step) -> None:
        """Keep that a run entered a node; the same node twice in a row counts once."""
        last = self._connection.execute(
            select(step.c.number, step.c.node)
            .where(step.c.run_id == new.run_id)
            .order_by(step.c.number.desc())
        ).first()
        if last is not None and last[1] == new.node:
            return
        self._connection.execute(
            insert(step).values(
                run_id=new.run_id,
                number=1 if last is None else last[0] + 1,
                case_id=case_id,
                node=new.node,
                at=stamp(new.at),
            )
        )

    def steps(self, run_id: str) -> tuple[Step, ...]:
        """Give the nodes that a run entered, in order."""
        query = select(step).where(step.c.run_id == run_id).order_by(step.c.number)
        return tuple(
            Step(run_id=row["run_id"], node=row["node"], at=moment(row["at"]))
            for row in self._connection.execute(query).mappings()
        )

    def count_completions(self, run_id: str) -> int:
        """Count a run's model calls."""
        query = select(func.count()).select_from(completion).where(completion.c.run_id == run_id)
        return self._connection.scalar(query) or 0
