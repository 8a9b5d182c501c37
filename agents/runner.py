"""Runs a case through the graph, and resumes it: after a crash, and after people have decided."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.types import Command

from agents.assess.node import make_assess
from agents.case import CaseGraph, Steps, build_case_graph
from agents.draft.nodes import make_draft
from agents.evidence.gather import make_gather
from agents.intake.nodes import make_intake, make_reconcile
from agents.intake.read import make_read_document
from agents.intake.replacement import read_replacement
from agents.kit import Kit
from agents.propose.nodes import make_gate, make_propose
from agents.review.nodes import make_finish, make_hand_over, wait_for_people
from agents.state import CaseState
from casegate.errors import NoPendingDecision
from casegate.storage.runs import Job, JobKind

WAITING = ("wait_for_people",)


@contextmanager
def open_checkpointer(path: Path) -> Iterator[SqliteSaver]:
    """Open the checkpoints of this installation.

    Only plain JSON types may come out of a checkpoint: the serializer's default would import and
    call whatever a forged row names, so its module allow-list is empty.
    """
    os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    serde = JsonPlusSerializer(allowed_msgpack_modules=None, allowed_json_modules=None)
    try:
        yield SqliteSaver(connection, serde=serde)
    finally:
        connection.close()


def steps_of(kit: Kit) -> Steps:
    """Bind every step of the process to the kit."""
    return Steps(
        intake=make_intake(kit),
        read_document=make_read_document(kit),
        reconcile=make_reconcile(kit),
        gather=make_gather(kit),
        assess=make_assess(kit),
        draft=make_draft(kit),
        propose=make_propose(kit),
        gate=make_gate(kit),
        hand_over=make_hand_over(kit),
        wait_for_people=wait_for_people,
        finish=make_finish(kit),
    )


class CaseRunner:
    """One case graph over one checkpointer; a run's id is its thread."""

    def __init__(self, kit: Kit, checkpointer: BaseCheckpointSaver[str]) -> None:
        self._kit = kit
        self._graph: CaseGraph = build_case_graph(steps_of(kit), checkpointer)

    def __call__(self, job: Job) -> None:
        """Do one job: run a case to the queue, finish one that people have decided, or read a
        copy that they asked for."""
        if job.kind is JobKind.RUN_CASE:
            self.run(job.case_id, job.run_id)
        elif job.kind is JobKind.READ_DOCUMENT:
            read_replacement(self._kit, job.case_id, job.run_id, job.document_id)
        else:
            self.finish(job.run_id, job.decision_id or "")

    def run(self, case_id: str, run_id: str) -> None:
        """Run until the graph waits for people; a run that stopped midway goes on from there."""
        config = _config(run_id)
        state = self._graph.get_state(config)
        if state.next == WAITING or (state.created_at and not state.next):
            return
        fresh = CaseState(case_id=case_id, run_id=run_id)
        self._graph.invoke(None if state.created_at else fresh, config, durability="sync")

    def finish(self, run_id: str, decision_id: str) -> None:
        """Resume a waiting run with the decision that was approved.

        Raises:
            NoPendingDecision: no run of that id waits. (Resuming an unknown thread would start
                an empty one.)
        """
        config = _config(run_id)
        state = self._graph.get_state(config)
        if state.created_at and not state.next:
            return
        if state.created_at and state.next != WAITING:
            # Killed between handing over and waiting, or between waking and finishing.
            self._graph.invoke(None, config, durability="sync")
            state = self._graph.get_state(config)
            if not state.next:
                return
        if state.next != WAITING:
            raise NoPendingDecision(f"run {run_id} does not wait for a decision")
        self._graph.invoke(Command(resume=decision_id), config, durability="sync")


def _config(run_id: str) -> RunnableConfig:
    return RunnableConfig(configurable={"thread_id": run_id})
