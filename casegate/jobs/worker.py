"""The worker: takes jobs from the outbox and runs each as a DBOS workflow of the job's own id.

The API writes a job's row in the same transaction as the change that asks for it, so a job is
neither lost nor invented. A workflow id is used once, so a job that is taken twice runs once; a
worker that is killed finds its unfinished workflows at the next start and goes on.
"""

import logging
import time
from collections.abc import Callable
from threading import Event

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID

from casegate.errors import CasegateError, StorageFull, StorageUnavailable
from casegate.model.base import Problem
from casegate.storage.runs import Job, JobState
from casegate.storage.store import Store

QUEUE = "cases"
EXECUTOR = "casegate-worker"
"""Recovery is by executor id: a restarted worker must carry the id of the one that died."""

log = logging.getLogger("casegate.worker")

Failed = Callable[[Job, Problem], None]


class Worker:
    """One process that owns the model and works one case at a time."""

    def __init__(
        self,
        store: Store,
        handle: Callable[[Job], None],
        failed: Failed,
        *,
        database_url: str,
        poll_s: float = 0.3,
    ) -> None:
        self._store = store
        self._handle = handle
        self._failed = failed
        self._poll_s = poll_s
        self._config = DBOSConfig(
            name="casegate-jobs",
            system_database_url=database_url,
            application_version="1",
            executor_id=EXECUTOR,
            log_level="ERROR",
            enable_otlp=False,
            serializer=DBOSPortableJSONSerializer(),
        )

    def run(self, stop: Event, *, until_idle: bool = False) -> None:
        """Work until `stop` is set; with `until_idle`, until no job is left."""
        DBOS(config=self._config)

        @DBOS.workflow(name="job")
        def carry_out(job_id: str) -> str:
            return self._carry_out(job_id)

        DBOS.launch()
        queue = DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=self._poll_s)
        try:
            while not stop.is_set():
                for job in self._store.queued():
                    with SetWorkflowID(job.id):
                        queue.enqueue(carry_out, job.id)
                    self._store.mark(job.id, JobState.TAKEN)
                if until_idle and not self._store.unfinished() and not _under_way():
                    return
                stop.wait(self._poll_s)
        finally:
            DBOS.destroy(destroy_registry=True)

    def _carry_out(self, job_id: str) -> str:
        """Do the job. The outermost loop: whatever goes wrong, the case says so and is held."""
        job = self._job(job_id)
        began = time.monotonic()
        try:
            self._handle(job)
        except Exception as error:  # noqa: BLE001 (outermost loop of the worker)
            state = JobState.FAILED
            log.error("job %s failed: %s", job_id, type(error).__name__)
            self._report(job, error)
        else:
            state = JobState.DONE
            log.info("job %s done in %.1f s", job_id, time.monotonic() - began)
        self._store.mark(job_id, state)
        return state.value

    def _job(self, job_id: str) -> Job:
        with self._store.read() as work:
            job = work.jobs.get(job_id)
        if job is None:
            raise StorageUnavailable(f"job {job_id} is queued, but its row is gone")
        return job

    def _report(self, job: Job, error: Exception) -> None:
        if isinstance(error, CasegateError):
            problem = error.as_problem()
        else:
            problem = Problem(
                code="run_failed",
                message=f"the run stopped with {type(error).__name__}",
                remedy="Retry the case; if it stops again, the worker's log names the step.",
            )
        try:
            self._failed(job, problem)
        except StorageFull:
            log.error("job %s: its failure could not be stored, the disk is full", job.id)


def _under_way() -> bool:
    """Tell whether DBOS still has a job to carry out, one that a killed worker left included."""
    return bool(DBOS.list_workflows(status=["ENQUEUED", "PENDING"], limit=1))
