"""Worker processes that kill themselves at planned points; run by the tests of resuming.

    python -m tests.replay.dying_worker DATA_DIR POINT...

Each point is where one worker dies: `node:draft` as the step begins, `event:gate_ruled` right after
the transaction that wrote such an event, before anything else happens. A last worker, without a
point, works until no job is left. Every worker is a process of its own, forked before anything was
opened, so that only what lies on disk goes from one to the next; what they all import is imported
once. Prints how many were killed.
"""

import os
import signal
import sys
import traceback
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Event

from casegate.audit.chain import Head
from casegate.cli.wiring import kernel, open_screener, settings_in
from casegate.cli.work import run_worker
from casegate.clock import utc_now
from casegate.desk.kernel import Kernel
from casegate.desk.run import RunDesk
from casegate.storage import open_store
from tests.schema_model import SchemaModel

IMPORTED_ONCE = (
    "agents.runner",
    "casegate.jobs.worker",
    "guardrails.claims",
    "guardrails.gate",
    "tools.guidance.tool",
    "tools.registry",
    "tools.screening.screener",
)
"""What a worker imports when it needs it, some seconds in all."""


def die() -> None:
    """Die as by `kill -9`: no cleaning up, no flushing."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(data: Path, points: list[str]) -> int:
    """Let one worker after the other die; gives how many did, -1 when one ended otherwise."""
    for module in IMPORTED_ONCE:
        import_module(module)
    # The matcher's name data takes seconds to load; over a folder without lists nothing is opened.
    open_screener(settings_in(data / "no-lists"), clock=utc_now).warm()
    for killed, point in enumerate([*points, ""]):
        worker = os.fork()
        if worker == 0:
            _work_in_child(data, point)
        _, status = os.waitpid(worker, 0)
        if os.waitstatus_to_exitcode(status) == 0:
            return killed
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            return -1
    return -1


def _work_in_child(data: Path, point: str) -> None:
    try:
        work(data, point)
    except BaseException:  # noqa: BLE001 - the outermost frame of this process
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def work(data: Path, point: str) -> None:
    """Work, and die at the point."""
    kind, _, name = point.partition(":")
    settings = settings_in(data)

    def told(case_id: str, node: str) -> None:
        if kind == "node" and node == name:
            die()

    with kernel(settings) as parts:
        if kind == "event":
            parts = witnessed(parts, settings.database, name)
        run_worker(settings, parts, Event(), until_idle=True, complete=SchemaModel(), told=told)


def witnessed(parts: Kernel, database: str, name: str) -> Kernel:
    """Give the same kernel over a store that dies after an event of kind `name`."""

    with parts.store.read() as before:
        seen = [before.log.head().seq]

    def witness(head: Head) -> None:
        parts.checkpoints.witness(head)
        with store.read() as work:
            fresh = [row.kind for row in work.log.rows() if row.seq > seen[0]]
        seen[0] = head.seq
        if name in fresh:
            die()

    store = open_store(database, witness=witness)
    run_desk = RunDesk(
        store,
        parts.blobs,
        clock=parts.clock,
        new_id=parts.new_id,
        checkpoints=parts.checkpoints,
    )
    return replace(parts, store=store, run_desk=run_desk)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), sys.argv[2:]))  # noqa: T201 - the answer to the test
