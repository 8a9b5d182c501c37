"""A database that can't grow: the step is undone, everything before it is kept."""

from pathlib import Path

import pytest
from sqlalchemy import event

from casegate.errors import StorageFull
from casegate.model.case import CaseStatus
from tests.kernel.world import ANA, OTTO, World, bundle, evidence_draft


class Quota:
    """Keeps a SQLite database from growing past its present size and `pages` more."""

    def __init__(self, world: World, pages: int) -> None:
        self._engine = world.store._engine
        with world.store.read() as work:
            used = work.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        self._limit = used + pages
        self._engine.dispose()
        event.listen(self._engine, "connect", self._set)

    def _set(self, connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {self._limit}")  # type: ignore[attr-defined]

    def lift(self) -> None:
        self._limit = 1_000_000
        self._engine.dispose()


def test_a_run_that_meets_a_full_disk_loses_nothing_and_goes_on_after_it(
    tmp_path: Path,
) -> None:
    world = World(tmp_path)
    case_id, run_id = world.processing()
    world.run.record_evidence(case_id, run_id, evidence_draft())
    quota = Quota(world, pages=12)
    stored = 1
    with pytest.raises(StorageFull) as full:  # noqa: PT012
        for number in range(2, 500):
            draft = evidence_draft(number=number)
            content = {"text": "x" * 3000, "number": number}
            world.run.record_evidence(
                case_id, run_id, draft.model_copy(update={"content": content})
            )
            stored = number
    assert full.value.exit_code == 3
    assert 1 < stored < 499
    dossier = world.run.dossier(case_id)
    assert [one.id for one in dossier.evidence] == [f"E{n}" for n in range(1, stored + 1)]
    assert world.desk.verify_audit(OTTO).ok
    quota.lift()
    more = world.run.record_evidence(case_id, run_id, evidence_draft(number=1000))
    assert more.id == f"E{stored + 1}"
    assert world.desk.verify_audit(OTTO).ok
    world.close()


def test_a_submission_on_a_full_disk_leaves_no_half_case(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = world.desk.submit(ANA, bundle("B-0"))
    quota = Quota(world, pages=2)
    with pytest.raises(StorageFull):  # noqa: PT012
        for number in range(1, 200):
            world.desk.submit(ANA, bundle(f"B-{number}", name="Jane Roe" * 100))
    rows = world.desk.cases(OTTO, limit=500).rows
    assert all(world.desk.read(OTTO, row.case.id).bundle for row in rows)
    assert world.desk.verify_audit(OTTO).entries == len(rows)
    quota.lift()
    again = world.desk.submit(ANA, bundle("B-0"))
    assert (again.id, again.status) == (first.id, CaseStatus.RECEIVED)
    world.close()
