"""`casegate work`: the worker process."""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame

if TYPE_CHECKING:
    from casegate.config import Settings
    from casegate.desk.kernel import Kernel
    from casegate.desk.ports import Screener
    from casegate.inference.ports import Complete
    from casegate.model.base import Problem
    from casegate.storage.runs import Job

app = frame.group("Run the worker: it owns the model and works the queued cases.")


@app.command("work")
def work(
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="Stop when no job is left.")
    ] = False,
) -> None:
    """Take jobs and work them one after the other until stopped."""
    from casegate.cli.wiring import kernel, settings_in

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    for noisy in ("httpx", "dbos", "unstructured", "nomenklatura", "rigour", "followthemoney"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    settings = settings_in()
    stop = Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: stop.set())
    with kernel(settings) as parts:
        run_worker(settings, parts, stop, until_idle=until_idle)


def run_worker(
    settings: "Settings",
    parts: "Kernel",
    stop: Event,
    *,
    until_idle: bool,
    complete: "Complete | None" = None,
    told: Callable[[str, str], None] | None = None,
) -> None:
    """Warm up, then work. `told` hears `(case_id, step)` as each step begins."""
    from agents.kit import Kit
    from agents.runner import CaseRunner, open_checkpointer
    from casegate.cli.wiring import checkpoints_of, jobs_of, open_kit, open_screener
    from casegate.inference.open import open_model
    from casegate.jobs.worker import Worker

    screener = open_screener(settings, clock=parts.clock)
    screener.warm()
    kit: Kit = open_kit(settings, parts, complete or open_model(settings), screener, told)
    with open_checkpointer(checkpoints_of(settings)) as checkpointer:
        runner = CaseRunner(kit, checkpointer)
        worker = Worker(
            parts.store,
            runner,
            lambda job, problem: _failed(parts, job, problem),
            database_url=jobs_of(settings),
        )
        if until_idle:
            worker.run(stop, until_idle=True)
            return
        with _watching(settings, parts, screener, stop):
            worker.run(stop)


@contextmanager
def _watching(
    settings: "Settings", parts: "Kernel", screener: "Screener", stop: Event
) -> Iterator[None]:
    """Watch lists, customers and webhooks beside the cases, until the worker ends."""
    from casegate.cli.wiring import open_ongoing
    from casegate.ongoing.watch import Watch

    watch = Watch(
        open_ongoing(settings, parts, screener),
        poll_s=settings.rescreen_poll_s,
        full_days=settings.rescreen_full_days,
    )
    thread = Thread(target=watch.run, args=(stop,), name="ongoing-screening")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _failed(parts: "Kernel", job: "Job", problem: "Problem") -> None:
    from casegate.storage.runs import JobKind

    tell = parts.run_desk.fail if job.kind is JobKind.RUN_CASE else parts.run_desk.problem
    tell(job.case_id, job.run_id, problem)
