"""A worker process that kills itself at planned points; run by the tests of resuming.

    python -m tests.replay.dying_worker DATA_DIR PLAN_FILE

The plan's first line is where this process dies: `node:draft` as the step begins,
`event:gate_ruled` right after the transaction that wrote such an event, before anything else
happens. The line is taken off the plan first. An empty plan means: work until no job is left.
"""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

from casegate.audit.chain import Head
from casegate.cli.wiring import kernel, settings_in
from casegate.cli.work import run_worker
from casegate.desk.kernel import Kernel
from casegate.desk.run import RunDesk
from casegate.storage import open_store
from tests.schema_model import SchemaModel


def take_point(plan: Path) -> str:
    """Take the first line off the plan."""
    first, _, rest = plan.read_text().partition("\n")
    plan.write_text(rest)
    return first.strip()


def die() -> None:
    """Die as by `kill -9`: no cleaning up, no flushing."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(data: Path, plan: Path) -> None:
    """Work, and die where the plan says."""
    kind, _, name = take_point(plan).partition(":")
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
    main(Path(sys.argv[1]), Path(sys.argv[2]))
