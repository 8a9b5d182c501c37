"""A worker that is killed anywhere resumes its case; nothing is lost and nothing happens twice."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from casegate.access.sign_in import DEMO_USERS
from casegate.audit.verify import verify
from casegate.cli.bundles import read_bundle, submit
from casegate.cli.demo import prepare
from casegate.cli.wiring import kernel, settings_in
from casegate.desk.kernel import Kernel
from casegate.model.case import Disposition
from casegate.model.decision import DecisionDraft

BUNDLE = Path("examples/cases/structuring-pass-through")
USERS = {user.id: user for user in DEMO_USERS}
ANA, MIRA, CLIENT = USERS["ana"], USERS["mira"], USERS["core-banking"]

TO_THE_QUEUE = (
    "node:intake",
    "event:run_started",
    "event:transactions_read",
    "node:read_document",
    "event:document_read",
    "node:reconcile",
    "event:profile_recorded",
    "node:gather",
    "event:evidence_recorded",
    "node:assess",
    "event:assessment_recorded",
    "node:draft",
    "event:model_called",
    "node:propose",
    "node:gate",
    "event:gate_ruled",
    "node:hand_over",
    "event:run_finished",
)
AFTER_APPROVAL = ("node:finish", "event:proposal_settled")

pytestmark = pytest.mark.slow


def submitted(data: Path) -> str:
    """Set a data folder up and submit the bundle; gives the case id."""
    settings = settings_in(data)
    with kernel(settings) as parts:
        prepare(settings, parts)
        return submit(parts.desk, CLIENT, read_bundle(BUNDLE))


def work(data: Path, points: tuple[str, ...]) -> int:
    """Let workers die at the points, then one end by itself; gives how many were killed."""
    command = [sys.executable, "-m", "tests.replay.dying_worker", str(data), *points]
    # Papers with a text layer: no process for pictures is started for every worker.
    without_ocr = {**os.environ, "CASEGATE_OCR": "false"}
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600, env=without_ocr)
    assert ended.returncode == 0, ended.stderr
    killed = int(ended.stdout.split()[-1])
    assert killed >= 0, ended.stderr
    return killed


def decided(data: Path, case_id: str) -> None:
    """Let one person decide and a second one approve."""
    with kernel(settings_in(data)) as parts:
        case = parts.desk.read(ANA, case_id).case
        case = parts.desk.claim(ANA, case_id, version=case.version)
        draft = DecisionDraft(
            disposition=Disposition.SUSPICIOUS_FILE,
            reason_code="structuring",
            rationale="Six cash deposits below the threshold, sent abroad within two days.",
            acknowledged=("DOC-05",),
        )
        made = parts.desk.decide(ANA, case_id, version=case.version, draft=draft)
        parts.desk.approve(
            MIRA,
            case_id,
            decision_id=made.id,
            content_hash=made.content_hash,
            approved=True,
        )


def traces(parts: Kernel, case_id: str) -> Counter[str]:
    """Count what a run leaves behind, by kind of event and by evidence."""
    with parts.store.read() as read:
        kinds = Counter(f"event {row.kind}" for row in read.log.of_case(case_id))
    dossier = parts.run_desk.dossier(case_id)
    kinds.update(f"evidence {item.tool}" for item in dossier.evidence)
    kinds.update(f"fact {fact.predicate}" for fact in dossier.facts)
    assert dossier.case.run_id is not None
    kinds["completions"] = len(parts.run_desk.calls(dossier.case.run_id))
    return kinds


def test_killed_at_every_step_a_case_ends_as_if_nobody_had_killed_it(tmp_path: Path) -> None:
    quiet, stormy = tmp_path / "quiet", tmp_path / "stormy"
    ids = {data: submitted(data) for data in (quiet, stormy)}

    assert work(quiet, ()) == 0
    assert work(stormy, TO_THE_QUEUE) == len(TO_THE_QUEUE)
    for data, case_id in ids.items():
        decided(data, case_id)
    assert work(quiet, ()) == 0
    assert work(stormy, AFTER_APPROVAL) == len(AFTER_APPROVAL)

    left = {}
    for data, case_id in ids.items():
        with kernel(settings_in(data)) as parts:
            left[data] = traces(parts, case_id)
            case = parts.run_desk.dossier(case_id).case
            assert (case.status, case.disposition) == ("pending_filing", "suspicious_file")
            assert parts.store.unfinished() == ()
            with parts.store.read() as read:
                assert verify(read.log, parts.checkpoints).ok
    assert left[stormy] == left[quiet]
