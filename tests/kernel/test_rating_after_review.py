"""A review of documents has the rating computed anew, by the code that computed it in the run."""

import sqlite3

import pytest

from casegate.model.case import Disposition
from casegate.model.document import DocumentAnswer
from casegate.model.proposal import RiskLevel
from tests.kernel.orders import drop_triggers
from tests.kernel.reviews import Desk, kinds, logged, under_review
from tests.kernel.world import ANA, INES, IVAN, LOW, OTTO, World, draft

A = DocumentAnswer


@pytest.fixture
def rated(world: World) -> Desk:
    return under_review(world, assessed=LOW)


def test_a_rejected_document_has_the_rating_computed_anew(rated: Desk) -> None:
    before = rated.dossier.assessment
    assert before is not None
    assert before.rating is RiskLevel.LOW
    since = logged(rated)
    rated.paper(A.REJECT, "The photo was changed.")
    after = rated.dossier.assessment
    assert after is not None
    assert after.rating is RiskLevel.HIGH
    assert after.recommended is Disposition.SUSPICIOUS_FILE
    assert "assessment_recomputed" in kinds(rated, since)
    assert rated.world.rules.asked[-1].rating is RiskLevel.HIGH
    (row,) = rated.world.desk.cases(IVAN).rows
    assert row.summary.rating is RiskLevel.HIGH
    rated.paper(A.ACCEPT, "")
    again = rated.dossier.assessment
    assert again is not None
    assert again.rating is RiskLevel.LOW


def test_a_review_that_leaves_the_rating_as_it_is_logs_no_new_one(rated: Desk) -> None:
    since = logged(rated)
    rated.field("F1", "18 May 1984")
    assert "assessment_recomputed" not in kinds(rated, since)


def test_a_decision_rests_on_the_rating_of_its_time_and_labels_no_one_with_a_computed_one(
    rated: Desk,
) -> None:
    world = rated.world
    rated.paper(A.REJECT, "The photo was changed.")
    first = world.desk.decide(ANA, rated.case_id, version=rated.dossier.case.version, draft=draft())
    assert first.rating is RiskLevel.HIGH
    world.approve(IVAN, first, approved=False)
    rated.paper(A.ACCEPT, "")
    assert world.desk.verify_case(OTTO, rated.case_id) == ()
    made = draft(disposition=Disposition.NO_SUSPICION)
    second = world.desk.decide(ANA, rated.case_id, version=rated.dossier.case.version, draft=made)
    assert second.rating is RiskLevel.LOW
    world.approve(INES, second)
    run_id = str(rated.dossier.case.run_id)
    world.run.finish(rated.case_id, run_id, second.id)
    assert world.desk.verify_case(OTTO, rated.case_id) == ()
    changed = [e.payload["field"] for e in world.desk.events(OTTO, rated.case_id)
               if e.kind == "narrative_label"]  # fmt: skip
    assert "rating" not in changed


def test_a_rating_that_was_changed_behind_the_desk_is_found(rated: Desk) -> None:
    rated.paper(A.REJECT, "The photo was changed.")
    drop_triggers(rated.world)
    connection = sqlite3.connect(rated.world.folder / "casegate.db")
    connection.execute("UPDATE recheck SET record = replace(record, '3.5', '2.5')")
    connection.commit()
    connection.close()
    found = rated.world.desk.verify_case(OTTO, rated.case_id)
    assert [(one.record.split()[0], one.reason.split()[0]) for one in found] == [
        ("assessment", "has"),
    ]  # fmt: skip
