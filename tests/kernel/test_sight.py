"""What each principal sees: own cases of API clients, and the filing compartment."""

import pytest

from casegate.access.principals import Principal
from casegate.errors import AccessRefused, CaseUnknown
from casegate.model.case import CaseStatus, Disposition
from casegate.model.decision import Outcome
from tests.kernel.world import (
    ANA,
    BANK,
    IVAN,
    MIRA,
    OTHER_BANK,
    OTTO,
    World,
    bundle,
)

S = CaseStatus


def test_an_api_client_does_not_learn_that_another_ones_case_exists(world: World) -> None:
    case_id = world.desk.submit(BANK, bundle()).id
    with pytest.raises(CaseUnknown) as foreign:
        world.desk.progress(OTHER_BANK, case_id)
    with pytest.raises(CaseUnknown) as missing:
        world.desk.progress(OTHER_BANK, "c-0")
    assert foreign.value.message.replace(case_id, "c-0") == missing.value.message
    assert world.desk.cases(OTHER_BANK).rows == ()
    assert [row.case.id for row in world.desk.cases(BANK).rows] == [case_id]


def test_references_of_api_clients_do_not_meet(world: World) -> None:
    one = world.desk.submit(BANK, bundle("B-1"))
    other = world.desk.submit(OTHER_BANK, bundle("B-1", name="Someone Else"))
    assert one.id != other.id


def test_an_api_client_sees_how_far_its_case_is_and_nothing_else(world: World) -> None:
    case_id = world.desk.submit(BANK, bundle()).id
    (row,) = world.desk.cases(BANK).rows
    assert (row.summary.subject, row.summary.title) == ("", "")
    with pytest.raises(AccessRefused):
        world.desk.read(BANK, case_id)
    assert world.desk.progress(BANK, case_id).status is S.RECEIVED


@pytest.mark.parametrize(
    ("disposition", "stored"),
    [
        (Disposition.SUSPICIOUS_FILE, S.PENDING_FILING),
        (Disposition.NO_SUSPICION, S.CLOSED),
    ],
)
def test_outside_the_compartment_a_case_looks_the_same_whether_or_not_it_is_filed(
    world: World, disposition: Disposition, stored: CaseStatus
) -> None:
    world.started("B-0")
    decision = world.decided(by=IVAN, disposition=disposition)
    world.approve(MIRA, decision)
    case_id = decision.case_id
    assert world.desk.read(OTTO, case_id).case.status is stored
    seen = world.desk.read(ANA, case_id)
    assert (seen.case.status, seen.case.disposition) == (S.CLOSED, None)
    assert (seen.decision, seen.proposal, seen.ruling, seen.assessment) == (None,) * 4
    assert seen.approvals == ()
    assert world.desk.decisions(ANA, case_id) == ()
    with pytest.raises(AccessRefused):
        world.desk.events(ANA, case_id)
    closed = world.desk.cases(ANA, status=S.CLOSED).rows
    assert [(row.case.id, row.case.status) for row in closed] == [(case_id, S.CLOSED)]
    assert closed[0].summary.proposed is None
    assert world.desk.cases(ANA, status=S.PENDING_FILING).rows == ()
    assert world.desk.progress(ANA, case_id).status is S.CLOSED


def test_who_worked_on_a_filing_and_who_may_see_filings_do_see_it(world: World) -> None:
    decision = world.decided(by=ANA, disposition=Disposition.SUSPICIOUS_FILE)
    world.approve(MIRA, decision)
    for actor in (ANA, IVAN, MIRA, OTTO):
        case = world.desk.read(actor, decision.case_id).case
        assert (case.status, case.disposition) == (
            S.PENDING_FILING,
            Disposition.SUSPICIOUS_FILE,
        )
        assert len(world.desk.cases(actor, status=S.PENDING_FILING).rows) == 1


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (S.RECEIVED, S.RECEIVED),
        (S.PROCESSING, S.PROCESSING),
        (S.FAILED, S.PROCESSING),
        (S.READY_FOR_REVIEW, S.READY_FOR_REVIEW),
        (S.INVESTIGATING, S.READY_FOR_REVIEW),
        (S.PENDING_APPROVAL, S.READY_FOR_REVIEW),
        (S.PENDING_FILING, S.CLOSED),
        (S.CLOSED, S.CLOSED),
    ],
)
def test_an_api_client_is_told_a_coarse_status(
    world: World, status: CaseStatus, told: CaseStatus
) -> None:
    case = world.desk.submit(BANK, bundle())
    with world.store.work() as work:
        work.cases.change(case.model_copy(update={"status": status, "assignee": "ana"}))
    (row,) = world.desk.cases(BANK).rows
    assert (row.case.status, row.case.assignee, row.case.version) == (told, None, 1)
    assert world.desk.submit(BANK, bundle()).status is told
    assert world.desk.start(BANK, case.id).status is told
    assert [r.case.status for r in world.desk.cases(BANK, status=told).rows] == [told]


def test_the_queue_shows_what_was_proposed_and_pages_through_without_gap(world: World) -> None:
    ids = [world.proposed(f"B-{number}")[0] for number in range(5)]
    page = world.desk.cases(IVAN, limit=2)
    seen = [row.case.id for row in page.rows]
    while page.next is not None:
        page = world.desk.cases(IVAN, limit=2, after=page.next)
        seen += [row.case.id for row in page.rows]
    assert seen == ids[::-1]
    summary = world.desk.cases(IVAN).rows[0].summary
    assert summary.title == "Monitoring alert: cash structuring"
    assert summary.subject == "Jane Roe"
    assert (summary.proposed, summary.outcome) == (Disposition.NO_SUSPICION, Outcome.CLEAR)


@pytest.mark.parametrize("actor", [ANA, IVAN])
def test_the_queue_narrows_by_status_and_assignee(world: World, actor: Principal) -> None:
    world.started("B-0")
    case = world.claimed("B-1", by=actor)
    assert [r.case.id for r in world.desk.cases(OTTO, assignee=actor.id).rows] == [case.id]
    found = world.desk.cases(OTTO, status=S.INVESTIGATING).rows
    assert [row.case.id for row in found] == [case.id]
