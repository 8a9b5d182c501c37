"""What the store promises on SQLite and on PostgreSQL alike."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, text, update

from casegate.access.principals import Principal
from casegate.errors import (
    CasegateError,
    NoPendingDecision,
    StorageUnavailable,
    VersionConflict,
)
from casegate.model.case import Case, CaseStatus
from casegate.model.decision import Decision, DecisionStatus
from casegate.model.document import DocumentAnswer
from casegate.storage import Work, open_store
from casegate.storage.engine import make_engine, writing
from casegate.storage.tables import metadata
from tests.kernel.reviews import under_review
from tests.kernel.world import ANA, INES, IVAN, MIRA, OTTO, World, bundle

SEALED = (
    ("event", "payload"),
    ("event", "prev_hash"),
    ("evidence", "record"),
    ("evidence", "content_hash"),
    ("fact", "record"),
    ("completion", "record"),
    ("approval", "record"),
    ("bundle", "record"),
    ("ruling", "record"),
    ("checkpoint", "record"),
    ("decision", "record"),
    ("decision", "maker"),
    ("decision", "evidence_hash"),
    ("proposal", "record"),
)


def finished(world: World) -> str:
    """Bring a case through everything, so that every table has a row."""
    decision = world.decided()
    world.approve(IVAN, decision)
    run_id = world.run.dossier(decision.case_id).case.run_id
    assert run_id is not None
    world.run.finish(decision.case_id, run_id, decision.id)
    return decision.case_id


def test_a_case_can_be_worked_from_submission_to_closed(any_world: World) -> None:
    case_id = finished(any_world)
    dossier = any_world.desk.read(OTTO, case_id)
    assert dossier.case.status is CaseStatus.CLOSED
    assert [one.id for one in dossier.evidence] == ["E1"]
    assert [one.id for one in dossier.facts] == ["F1"]
    assert any_world.desk.verify_audit(OTTO).ok


def test_rows_that_only_grow_can_be_neither_changed_nor_deleted(any_world: World) -> None:
    finished(any_world)
    engine = make_engine(any_world.url)
    for name, column in SEALED:
        rows = metadata.tables[name]
        for statement in (update(rows).values({column: rows.c[column]}), delete(rows)):
            with (
                pytest.raises(StorageUnavailable, match=r"SQLITE_CONSTRAINT_TRIGGER|P0001"),
                writing(engine) as connection,
            ):
                connection.execute(statement)
    engine.dispose()
    assert any_world.desk.verify_audit(OTTO).ok


def test_what_people_said_of_documents_can_be_neither_changed_nor_deleted(
    any_world: World,
) -> None:
    desk = under_review(any_world)
    desk.field("F1", "18 May 1984")
    desk.paper(DocumentAnswer.ACCEPT, "")
    assert any_world.desk.verify_case(OTTO, desk.case_id) == ()
    engine = make_engine(any_world.url)
    for name in ("field_review", "document_review", "field_label", "recheck"):
        rows = metadata.tables[name]
        for statement in (update(rows).values(record=rows.c.record), delete(rows)):
            with (
                pytest.raises(StorageUnavailable, match=r"SQLITE_CONSTRAINT_TRIGGER|P0001"),
                writing(engine) as connection,
            ):
                connection.execute(statement)
    engine.dispose()


def _change_then_break(work: Work, case: Case) -> None:
    moved = work.cases.change(case.model_copy(update={"status": CaseStatus.PROCESSING}))
    assert work.cases.get(case.id) == moved
    raise ZeroDivisionError


def test_an_error_inside_a_unit_of_work_undoes_all_of_it(any_world: World) -> None:
    case, _ = any_world.started()
    before = any_world.desk.events(OTTO, case.id)
    with pytest.raises(ZeroDivisionError), any_world.store.work() as work:
        _change_then_break(work, case)
    assert any_world.desk.read(OTTO, case.id).case == case
    assert any_world.desk.events(OTTO, case.id) == before


def test_a_write_that_names_an_older_version_is_refused(any_world: World) -> None:
    case, _ = any_world.started()
    with any_world.store.work() as work:
        work.cases.change(case)
    with pytest.raises(VersionConflict), any_world.store.work() as work:
        work.cases.change(case)


def test_the_migrations_build_exactly_the_declared_tables(any_world: World) -> None:
    engine = make_engine(any_world.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_database_of_another_schema_version_is_refused(any_world: World) -> None:
    any_world.close()
    engine = make_engine(any_world.url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StorageUnavailable, match="'9999'"):
        open_store(any_world.url)


def test_a_database_with_foreign_tables_is_left_alone(any_world: World) -> None:
    any_world.close()
    engine = make_engine(any_world.url)
    with writing(engine) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()
    with pytest.raises(StorageUnavailable, match="no Casegate schema version"):
        open_store(any_world.url)


def test_several_processes_may_open_an_empty_database_at_once(any_world: World) -> None:
    any_world.close()
    engine = make_engine(any_world.url)
    with writing(engine) as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_store(any_world.url), range(4)))
    for store in opened:
        assert store.queued() == ()
        store.close()


def _answer(world: World, decision: Decision, barrier: threading.Barrier, actor: Principal) -> str:
    barrier.wait()
    try:
        world.approve(actor, decision)
    except (NoPendingDecision, VersionConflict) as lost:
        return lost.code
    return "won"


def test_of_two_approvers_at_once_exactly_one_wins(any_world: World) -> None:
    for number in range(5):
        decision = any_world.decided(f"B-{number}")
        answer = partial(_answer, any_world, decision, threading.Barrier(2))
        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(answer, (IVAN, MIRA)))
        dossier = any_world.desk.read(OTTO, decision.case_id)
        assert answers.count("won") == 1, answers
        assert len(dossier.approvals) == 1
        assert dossier.decision is not None
        assert dossier.decision.status is DecisionStatus.APPROVED
    assert any_world.desk.verify_audit(OTTO).ok


def test_of_many_claims_at_once_exactly_one_wins(any_world: World) -> None:
    case_id, _ = any_world.proposed()
    version = any_world.desk.read(IVAN, case_id).case.version

    def claim(actor: Principal) -> bool:
        try:
            any_world.desk.claim(actor, case_id, version=version)
        except CasegateError:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(claim, (ANA, IVAN, INES))) == 1
    assert any_world.desk.verify_audit(OTTO).ok


def test_the_same_submission_from_many_threads_is_one_case(any_world: World) -> None:
    with ThreadPoolExecutor(4) as pool:
        cases = list(pool.map(lambda _: any_world.desk.submit(ANA, bundle()).id, range(8)))
    assert len(set(cases)) == 1


def test_the_chain_has_no_gap_when_many_threads_write(any_world: World) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: any_world.processing(f"B-{n}"), range(12)))
    report = any_world.desk.verify_audit(OTTO)
    assert (report.ok, report.entries) == (True, 12 * 4)


def test_a_reader_sees_one_state_throughout(any_world: World) -> None:
    case, _ = any_world.started()
    with any_world.store.read() as reader:
        first = reader.cases.get(case.id)
        any_world.run.begin(case.id, case.run_id or "")
        assert reader.cases.get(case.id) == first
    assert any_world.desk.read(OTTO, case.id).case.status is CaseStatus.PROCESSING


def test_every_record_is_read_back_as_it_was_written(any_world: World) -> None:
    decision = any_world.decided()
    dossier = any_world.desk.read(OTTO, decision.case_id)
    assert dossier.decision == decision
    assert dossier.evidence[0].content == {"prior": 2, "share": 0.5, "names": ["Ä", "b"]}
    assert dossier.bundle == bundle()
