"""A record edited behind the desk contradicts the log, and that shows."""

import sqlite3

import pytest

from casegate.errors import ApprovalVoid
from casegate.hashing import content_hash
from casegate.model.base import Record
from casegate.model.document import DocumentVerdict
from casegate.model.party import CustomerProfile
from tests.kernel.orders import drop_triggers
from tests.kernel.world import ANA, IVAN, OTTO, World, bundle


@pytest.fixture
def closed(world: World) -> str:
    """A closed case with a document that was read."""
    case = world.desk.submit(ANA, bundle())
    world.desk.add_document(ANA, case.id, filename="letter.txt", data=b"page")
    case_id, run_id = world.processing()
    (document,) = world.run.dossier(case_id).documents
    parsed = {"verdict": DocumentVerdict.PARSED, "text_blob": world.run.put_blob(b"text")}
    world.run.document_read(case_id, run_id, document.model_copy(update=parsed))
    world.run.record_profile(case_id, run_id, CustomerProfile(attributes=()))
    world.approve(IVAN, world.decided())
    return case_id


def test_an_untouched_case_agrees_with_the_log(world: World, closed: str) -> None:
    assert world.desk.verify_case(OTTO, closed) == ()


def edit(world: World, statement: str) -> None:
    drop_triggers(world)
    connection = sqlite3.connect(world.folder / "casegate.db")
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "record"),
    [
        ("UPDATE bundle SET record = replace(record, 'Jane Roe', 'Jane Doe')", "case"),
        ("UPDATE document SET record = replace(record, 'letter', 'sketch')", "document"),
        ("DELETE FROM document", "document"),
        ("UPDATE evidence SET record = replace(record, '\"prior\":2', '\"prior\":3')", "evidence"),
        ("DELETE FROM evidence", "evidence"),
        ("UPDATE fact SET record = replace(record, 'Jane Roe', 'Jane Doe')", "evidence"),
        ("UPDATE completion SET record = replace(record, ':1}', ':2}')", "model"),
        ("UPDATE completion SET request = replace(request, 'Choose', 'Refuse')", "model"),
        ("DELETE FROM profile", "profile"),
        ("UPDATE assessment SET record = replace(record, '3.5', '2.5')", "assessment"),
        ("UPDATE proposal SET record = replace(record, 'Two', 'Six')", "proposal"),
        ("UPDATE decision SET record = replace(record, 'explained', 'explainee')", "decision"),
        ("UPDATE decision SET status = 'returned'", "case"),
        ("UPDATE approval SET record = replace(record, 'ivan', 'mira')", "approval"),
        ("UPDATE approval SET record = replace(record, 'true', 'false')", "approval"),
        ("DELETE FROM approval", "approval"),
        ("UPDATE \"case\" SET record = replace(record, 'closed', 'failed')", "case"),
        ("UPDATE \"case\" SET record = replace(record, 'no_suspicion', 'inconclusive')", "case"),
        (
            "INSERT INTO fact SELECT case_id, 99, run_id, replace(record, 'F1', 'F99') FROM fact",
            "fact",
        ),
    ],
)
def test_an_edited_deleted_or_added_record_shows(
    world: World, closed: str, statement: str, record: str
) -> None:
    edit(world, statement)
    found = world.desk.verify_case(OTTO, closed)
    assert record in {one.record.split()[0] for one in found}
    assert world.desk.verify_audit(OTTO).ok


def test_a_changed_file_shows(world: World, closed: str) -> None:
    (document,) = world.run.dossier(closed).documents
    world.blobs.path(document.sha256).write_bytes(b"pagf")
    (found,) = world.desk.verify_case(OTTO, closed)
    assert found.record == f"document {document.id}"


def test_a_decision_edited_after_approval_is_not_carried_out(world: World, closed: str) -> None:
    edit(world, "UPDATE decision SET record = replace(record, 'explained', 'explainee')")
    (job,) = [one for one in world.store.queued() if one.decision_id]
    with pytest.raises(ApprovalVoid, match="is not what was approved"):
        world.run.finish(closed, job.run_id, job.decision_id or "")


class _Before(Record):
    name: str
    note: str = ""


class _After(Record):
    name: str
    note: str = ""
    added: tuple[str, ...] = ()


def test_a_field_that_a_later_version_adds_changes_no_hash_of_what_was_stored() -> None:
    assert content_hash(_After(name="a")) == content_hash(_Before(name="a"))


@pytest.mark.parametrize("changed", [{"note": "x"}, {"added": ("x",)}, {"name": "b"}])
def test_whatever_is_not_as_it_was_changes_the_hash(changed: dict[str, object]) -> None:
    before = _After(name="a")
    assert content_hash(before.model_copy(update=changed)) != content_hash(before)


def test_a_value_that_is_put_back_to_its_default_changes_the_hash() -> None:
    assert content_hash(_Before(name="a", note="")) != content_hash(_Before(name="a", note="x"))
