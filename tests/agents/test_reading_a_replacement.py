"""The worker reads the copy that a person asked for, without a model and outside the run."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from agents.kit import Kit
from agents.runner import CaseRunner, open_checkpointer
from casegate.config import Settings
from casegate.inference.ports import Completion, Request
from casegate.model.document import DocumentAnswer, DocumentType, DocumentVerdict
from casegate.storage import JobState
from prompts.registry import load_prompts
from tests.kernel.reviews import Desk, under_review
from tests.kernel.world import ANA, OTTO, World
from tools.documents import DocumentReader, Limits

PASSPORT = (
    Path(__file__).parents[2] / "examples/cases/person-account-opening/documents/passport.pdf"
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, max_document_bytes=10_000_000)
    yield made
    made.close()


def asked_again(world: World) -> Desk:
    desk = under_review(world)
    desk.paper(DocumentAnswer.ASK_AGAIN, "Blurred.")
    return desk


def send(desk: Desk, name: str, data: bytes) -> str:
    sent = desk.world.desk.add_document(
        ANA, desk.case_id, filename=name, data=data, replaces=desk.document_id
    )
    return sent.id


def work(world: World) -> None:
    """Do the jobs that read documents, each twice, as after a crash."""

    def no_model(request: Request) -> Completion:
        raise AssertionError("the model was asked")

    kit = Kit(
        desk=world.run,
        replacing=world.replacing,
        complete=no_model,  # type: ignore[arg-type]
        prompts=load_prompts(),
        mandatory=(),
        optional=(),
        rules=world.rules,
        claims=world.fake_claims,
        clock=world.clock,
        new_id=world.new_id,
        documents=DocumentReader(Limits.of(Settings()), None),
        evidence_rounds=0,
        repair_rounds=0,
        deadline_s=1,
        token_budget=1,
    )
    with world.store.read() as rows:
        jobs = [job for job in rows.jobs.in_states(JobState.QUEUED) if job.document_id]
    with open_checkpointer(world.folder / "runs.db") as checkpointer:
        runner = CaseRunner(kit, checkpointer)
        for job in (*jobs, *jobs):
            runner(job)


def test_a_replacement_is_read_and_everything_rests_on_it(world: World) -> None:
    desk = asked_again(world)
    new = send(desk, "passport.pdf", PASSPORT.read_bytes())
    work(world)
    old, read = sorted(desk.dossier.documents, key=lambda d: d.id == new)
    assert (read.id, read.verdict, read.type) == (
        new, DocumentVerdict.PARSED, DocumentType.PASSPORT,
    )  # fmt: skip
    assert {"document_number", "date_of_birth"} <= {f.name for f in read.fields}
    assert old.answer is DocumentAnswer.REPLACED
    assert desk.world.desk.verify_case(OTTO, desk.case_id) == ()


def test_an_archive_replaces_nothing(world: World) -> None:
    desk = asked_again(world)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Passport 1")
    new = send(desk, "papers.zip", packed.getvalue())
    work(world)
    old, read = sorted(desk.dossier.documents, key=lambda d: d.id == new)
    assert read.verdict is DocumentVerdict.UNSUPPORTED
    assert read.verdict_reason.startswith("a replacement has to be one document")
    assert old.answer is DocumentAnswer.ASK_AGAIN
    assert len(desk.dossier.documents) == 2
