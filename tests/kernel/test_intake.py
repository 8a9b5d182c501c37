"""Taking cases in."""

import pytest

from casegate.errors import (
    CaseUnknown,
    Conflict,
    DocumentEmpty,
    DocumentTooLarge,
    DocumentUnknown,
    DuplicateSubmission,
    IllegalTransition,
)
from casegate.hashing import sha256_hex
from casegate.model.base import Problem
from casegate.model.case import CaseStatus
from casegate.storage import JobState
from tests.kernel.world import ANA, IVAN, OTTO, World, bundle

PROBLEM = Problem(code="model_timeout", message="no answer in 60 s", where="draft")


def test_the_same_submission_again_is_the_same_case_and_no_second_event(world: World) -> None:
    first = world.desk.submit(ANA, bundle())
    assert world.desk.submit(IVAN, bundle()) == first
    assert [e.kind for e in world.desk.events(OTTO, first.id)] == ["case_submitted"]


def test_the_same_reference_with_other_content_is_refused(world: World) -> None:
    world.desk.submit(ANA, bundle())
    with pytest.raises(DuplicateSubmission):
        world.desk.submit(ANA, bundle(name="Someone Else"))


def test_the_log_holds_no_name_of_a_party_or_file(world: World) -> None:
    case_id = world.desk.submit(ANA, bundle("Jane-Roe-1")).id
    world.desk.add_document(ANA, case_id, filename="Jane Roe passport.pdf", data=b"x")
    world.desk.start(ANA, case_id)
    text = "".join(event.model_dump_json() for event in world.desk.events(OTTO, case_id))
    assert "Jane" not in text
    assert "passport" not in text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("passport.pdf", "passport.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\scans\\id.png", "id.png"),
        ("a\x00b\n.txt", "ab.txt"),
        ("", "unnamed"),
        ("/", "unnamed"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_document_keeps_the_last_part_of_its_name(world: World, sent: str, kept: str) -> None:
    case_id = world.desk.submit(ANA, bundle()).id
    assert world.desk.add_document(ANA, case_id, filename=sent, data=b"x").filename == kept


def test_the_same_bytes_are_the_same_document_whatever_the_name(world: World) -> None:
    case_id = world.desk.submit(ANA, bundle()).id
    first = world.desk.add_document(ANA, case_id, filename="a.pdf", data=b"x")
    assert world.desk.add_document(ANA, case_id, filename="b.pdf", data=b"x") == first
    assert world.desk.document_file(IVAN, case_id, first.id) == b"x"
    assert first.sha256 == sha256_hex(b"x")
    kinds = [event.kind for event in world.desk.events(OTTO, case_id)]
    assert kinds == ["case_submitted", "document_stored"]


def test_the_same_bytes_in_another_case_are_another_document(world: World) -> None:
    one = world.desk.submit(ANA, bundle("B-1")).id
    other = world.desk.submit(ANA, bundle("B-2")).id
    first = world.desk.add_document(ANA, one, filename="a.pdf", data=b"x")
    second = world.desk.add_document(ANA, other, filename="a.pdf", data=b"x")
    assert first.id != second.id
    with pytest.raises(DocumentUnknown):
        world.desk.document_file(IVAN, other, first.id)


def test_empty_and_oversized_files_are_refused_and_leave_nothing(world: World) -> None:
    case_id = world.desk.submit(ANA, bundle()).id
    with pytest.raises(DocumentEmpty):
        world.desk.add_document(ANA, case_id, filename="a", data=b"")
    with pytest.raises(DocumentTooLarge, match="1001 bytes; the limit is 1000"):
        world.desk.add_document(ANA, case_id, filename="a", data=b"x" * 1001)
    with pytest.raises(DocumentTooLarge):
        world.desk.add_transactions(ANA, case_id, filename="a", data=b"x" * 2001)
    with pytest.raises(DocumentEmpty):
        world.desk.add_transactions(ANA, case_id, filename="a", data=b"")
    assert world.desk.read(ANA, case_id).documents == ()
    assert not (world.folder / "blobs").exists()


def test_a_case_has_one_transaction_file(world: World) -> None:
    case_id = world.desk.submit(ANA, bundle()).id
    sha256 = world.desk.add_transactions(ANA, case_id, filename="t.csv", data=b"rows")
    assert world.desk.add_transactions(ANA, case_id, filename="u.csv", data=b"rows") == sha256
    assert world.run.transactions_file(case_id) == ("t.csv", sha256)
    with pytest.raises(DuplicateSubmission):
        world.desk.add_transactions(ANA, case_id, filename="t.csv", data=b"other rows")


def test_files_are_refused_once_a_run_reads_them(world: World) -> None:
    case_id, _ = world.processing()
    with pytest.raises(Conflict, match="`processing`"):
        world.desk.add_document(ANA, case_id, filename="late.pdf", data=b"x")
    with pytest.raises(Conflict, match="`processing`"):
        world.desk.add_transactions(ANA, case_id, filename="late.csv", data=b"x")


def test_starting_twice_queues_one_job_named_by_the_run(world: World) -> None:
    case, run_id = world.started()
    assert world.desk.start(ANA, case.id) == case
    (job,) = world.store.queued()
    assert (job.id, job.kind, job.case_id) == (f"run-{run_id}", "run_case", case.id)
    assert case.status is CaseStatus.RECEIVED


def test_a_taken_job_is_no_longer_queued_but_unfinished(world: World) -> None:
    world.started()
    (job,) = world.store.queued()
    world.store.mark(job.id, JobState.TAKEN)
    assert world.store.queued() == ()
    assert [one.id for one in world.store.unfinished()] == [job.id]


def test_only_a_failed_case_is_retried_and_it_is_queued_once(world: World) -> None:
    case_id, run_id = world.processing()
    with pytest.raises(IllegalTransition, match=r"`processing` to `processing`"):
        world.desk.retry(ANA, case_id)
    world.run.fail(case_id, run_id, PROBLEM)
    queued = world.desk.retry(ANA, case_id)
    assert world.desk.retry(ANA, case_id) == queued
    assert queued.run_id not in {None, run_id}
    assert [job.run_id for job in world.store.queued()] == [queued.run_id]
    world.run.begin(case_id, queued.run_id or "")
    assert world.desk.read(ANA, case_id).case.status is CaseStatus.PROCESSING


def test_a_case_that_does_not_exist_is_unknown(world: World) -> None:
    with pytest.raises(CaseUnknown):
        world.desk.start(ANA, "c-0")
