"""A second person approves exactly what they read."""

import sqlite3
from datetime import timedelta

import pytest

from casegate.access.principals import Principal, Role
from casegate.errors import (
    AccessRefused,
    ApprovalVoid,
    BlobMissing,
    GateRefused,
    NoPendingDecision,
    SelfApproval,
)
from casegate.model.case import CaseStatus, Disposition
from casegate.model.decision import Decision, DecisionStatus, Outcome
from casegate.model.proposal import ProposalStatus
from casegate.storage import JobKind
from tests.kernel.world import (
    ANA,
    INES,
    IVAN,
    MIRA,
    OTTO,
    World,
    bundle,
    draft,
    finding,
    sentence,
)

D = Disposition
S = CaseStatus


def behind_the_desk(world: World, statement: str) -> None:
    """Change the database past the triggers, as someone with the file can."""
    connection = sqlite3.connect(world.folder / "casegate.db")
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()


def status_of(world: World, decision: Decision) -> tuple[CaseStatus, DecisionStatus]:
    dossier = world.desk.read(OTTO, decision.case_id)
    assert dossier.decision is not None
    return dossier.case.status, dossier.decision.status


@pytest.mark.parametrize(
    ("disposition", "status"),
    [(D.SUSPICIOUS_FILE, S.PENDING_FILING), (D.NO_SUSPICION, S.CLOSED)],
)
def test_approval_sets_disposition_and_status_and_queues_the_finish(
    world: World, disposition: Disposition, status: CaseStatus
) -> None:
    decision = world.decided(disposition=disposition)
    assert world.desk.read(OTTO, decision.case_id).case.disposition is None
    world.approve(MIRA, decision)
    dossier = world.desk.read(OTTO, decision.case_id)
    assert (dossier.case.status, dossier.case.disposition) == (status, disposition)
    (job,) = [one for one in world.store.queued() if one.kind is JobKind.FINISH_CASE]
    assert (job.id, job.decision_id) == (f"finish-{decision.id}", decision.id)
    asked = world.rules.asked[-1]
    assert (asked.stage, asked.maker, asked.approver) == ("approval", "ana", "mira")


def test_an_approved_inconclusive_decision_leaves_the_case_open(world: World) -> None:
    decision = world.decided(disposition=D.INCONCLUSIVE)
    world.approve(IVAN, decision)
    case = world.desk.read(OTTO, decision.case_id).case
    assert (case.status, case.disposition) == (S.INVESTIGATING, None)
    assert [one for one in world.store.queued() if one.kind is JobKind.FINISH_CASE] == []
    conclusion = world.desk.decide(
        ANA, case.id, version=case.version, draft=draft(disposition=D.NO_SUSPICION)
    )
    world.approve(IVAN, conclusion)
    assert world.desk.read(OTTO, case.id).case.status is S.CLOSED


def test_both_gates_rule_under_the_law_of_their_own_day_and_a_night_voids_nothing(
    world: World,
) -> None:
    world.rules.dated = True
    decision = world.decided()
    decided_on = world.clock.at.date()
    world.clock.at += timedelta(days=3)
    world.approve(MIRA, decision)
    assert world.rules.days == [decided_on, decided_on + timedelta(days=3)]
    assert status_of(world, decision)[1] is DecisionStatus.APPROVED


def test_what_the_gate_finds_only_on_the_day_of_approval_refuses_it(world: World) -> None:
    decision = world.decided()
    world.clock.at += timedelta(days=90)
    world.rules.findings = (finding("SAN-05", Outcome.HOLD),)
    with pytest.raises(GateRefused, match="SAN-05"):
        world.approve(MIRA, decision)
    assert status_of(world, decision)[1] is DecisionStatus.PENDING


def test_the_maker_never_approves(world: World) -> None:
    decision = world.decided(by=IVAN)
    for approved in (True, False):
        with pytest.raises(SelfApproval):
            world.approve(IVAN, decision, approved=approved)
    assert status_of(world, decision) == (S.PENDING_APPROVAL, DecisionStatus.PENDING)


def test_the_maker_does_not_approve_in_another_role_either(world: World) -> None:
    both = Principal(id="both", name="Both", roles=(Role.INVESTIGATOR, Role.MLRO))
    decision = world.decided(by=both)
    with pytest.raises(SelfApproval):
        world.approve(both, decision)


def test_whoever_made_an_earlier_decision_on_the_case_does_not_approve_a_later_one(
    world: World,
) -> None:
    first = world.decided(by=IVAN)
    world.approve(MIRA, first, approved=False)
    version = world.desk.read(INES, first.case_id).case.version
    case = world.desk.claim(INES, first.case_id, version=version)
    second = world.desk.decide(INES, case.id, version=case.version, draft=draft())
    with pytest.raises(SelfApproval):
        world.approve(IVAN, second)
    world.approve(MIRA, second)
    assert status_of(world, second) == (S.CLOSED, DecisionStatus.APPROVED)


def test_a_returned_decision_goes_back_to_its_maker(world: World) -> None:
    decision = world.decided()
    world.approve(IVAN, decision, approved=False)
    assert status_of(world, decision) == (S.INVESTIGATING, DecisionStatus.RETURNED)
    dossier = world.desk.read(ANA, decision.case_id)
    assert dossier.case.assignee == "ana"
    assert [one.approved for one in dossier.approvals] == [False]
    with pytest.raises(NoPendingDecision):
        world.approve(MIRA, decision)
    again = world.desk.decide(ANA, decision.case_id, version=dossier.case.version, draft=draft())
    assert again.id != decision.id
    world.approve(IVAN, again)
    assert [one.status for one in world.desk.decisions(OTTO, decision.case_id)] == [
        DecisionStatus.RETURNED,
        DecisionStatus.APPROVED,
    ]


def test_a_decision_is_answered_once(world: World) -> None:
    decision = world.decided()
    world.approve(IVAN, decision)
    for actor in (IVAN, MIRA):
        with pytest.raises(NoPendingDecision):
            world.approve(actor, decision)


def test_an_approval_that_names_another_content_approves_nothing(world: World) -> None:
    decision = world.decided()
    other = decision.model_copy(update={"content_hash": "0" * 64})
    with pytest.raises(ApprovalVoid):
        world.approve(IVAN, other)
    assert status_of(world, decision) == (S.PENDING_APPROVAL, DecisionStatus.PENDING)
    world.approve(IVAN, decision)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence SET record = replace(record, '\"prior\":2', '\"prior\":3')",
        "UPDATE decision SET record = replace(record, 'explained', 'explainee')",
        "UPDATE decision SET record = replace(record, 'Two prior', 'Six prior')",
        'UPDATE decision SET record = replace(record, \'"maker":"ana"\', \'"maker":"eva"\')',
        "UPDATE decision SET record = replace(record, 'no_suspicion', 'inconclusive')",
        "UPDATE proposal SET record = replace(record, 'Two prior', 'Six prior')",
        "UPDATE bundle SET record = replace(record, 'Jane Roe', 'Jane Doe')",
        "UPDATE fact SET record = replace(record, 'Jane Roe', 'Jane Doe')",
        "UPDATE assessment SET record = replace(record, '3.5', '2.5')",
        "UPDATE document SET record = replace(record, 'letter', 'sketch')",
        "DELETE FROM evidence",
    ],
)
def test_a_byte_changed_after_the_decision_voids_it_and_the_case_is_investigated_again(
    world: World, statement: str
) -> None:
    case = world.desk.submit(ANA, bundle())
    world.desk.add_document(ANA, case.id, filename="letter.txt", data=b"x")
    decision = world.decided()
    behind_the_desk(world, statement)
    with pytest.raises(ApprovalVoid):
        world.approve(IVAN, decision)
    assert status_of(world, decision) == (S.INVESTIGATING, DecisionStatus.VOID)
    assert world.desk.read(OTTO, decision.case_id).case.disposition is None
    kinds = [event.kind for event in world.desk.events(OTTO, decision.case_id)]
    assert kinds[-2:] == ["decision_voided", "status_changed"]
    with pytest.raises(NoPendingDecision):
        world.approve(IVAN, decision)


def test_other_rules_than_at_the_decision_void_it(world: World) -> None:
    decision = world.decided()
    world.rules.rules_version = "US@2026-04-01#fedcba543210"
    with pytest.raises(ApprovalVoid):
        world.approve(IVAN, decision)
    assert status_of(world, decision) == (S.INVESTIGATING, DecisionStatus.VOID)


def test_a_changed_document_on_disk_stops_the_approval(world: World) -> None:
    case = world.desk.submit(ANA, bundle())
    document = world.desk.add_document(ANA, case.id, filename="a.txt", data=b"page")
    decision = world.decided()
    world.blobs.path(document.sha256).write_bytes(b"pagf")
    with pytest.raises(BlobMissing):
        world.approve(IVAN, decision)
    assert status_of(world, decision) == (S.PENDING_APPROVAL, DecisionStatus.PENDING)


def test_the_gate_is_asked_again_and_can_refuse_the_approval(world: World) -> None:
    decision = world.decided()
    world.rules.findings = (finding("SAN-05", Outcome.HOLD),)
    with pytest.raises(GateRefused, match="SAN-05"):
        world.approve(IVAN, decision)
    assert status_of(world, decision) == (S.PENDING_APPROVAL, DecisionStatus.PENDING)
    last = world.desk.events(OTTO, decision.case_id)[-1]
    assert (last.kind, last.payload["stage"]) == ("gate_refused", "approval")
    world.approve(IVAN, decision, approved=False)


@pytest.mark.parametrize(
    "disposition",
    [D.SUSPICIOUS_FILE, D.SUSPICIOUS_NO_FILE, D.EXIT_RELATIONSHIP, D.KYC_APPROVED_EDD],
)
def test_some_dispositions_are_the_mlros_to_approve(world: World, disposition: Disposition) -> None:
    decision = world.decided(disposition=disposition)
    with pytest.raises(AccessRefused, match="approved by mlro, not by ivan"):
        world.approve(IVAN, decision)
    world.approve(MIRA, decision)


def test_an_escalated_case_is_the_mlros_to_approve(world: World) -> None:
    world.rules.findings = (finding("GOV-05", Outcome.ESCALATE),)
    decision = world.decided()
    with pytest.raises(AccessRefused, match="an escalated case is approved by mlro"):
        world.approve(IVAN, decision)
    world.approve(MIRA, decision)


@pytest.mark.parametrize(
    ("disposition", "text", "status", "fields"),
    [
        (D.NO_SUSPICION, None, ProposalStatus.ACCEPTED, []),
        (D.NO_SUSPICION, "Both cases are old.", ProposalStatus.EDITED, ["narrative"]),
        (D.SUSPICIOUS_FILE, None, ProposalStatus.REJECTED, ["disposition"]),
    ],
)
def test_finishing_settles_the_proposal_and_keeps_what_the_person_changed(
    world: World,
    disposition: Disposition,
    text: str | None,
    status: ProposalStatus,
    fields: list[str],
) -> None:
    case = world.claimed()
    edited = None if text is None else (sentence(text, "E1"),)
    decision = world.desk.decide(
        ANA,
        case.id,
        version=case.version,
        draft=draft(disposition=disposition, sentences=edited),
    )
    run_id = case.run_id or ""
    with pytest.raises(NoPendingDecision):
        world.run.finish(case.id, run_id, decision.id)
    world.approve(MIRA, decision)
    for _ in range(2):
        world.run.finish(case.id, run_id, decision.id)
    proposal = world.desk.read(OTTO, case.id).proposal
    assert proposal is not None
    assert proposal.status is status
    with world.store.read() as work:
        labels = work.decisions.labels(case.id)
        checkpoint = work.log.newest_checkpoint()
    assert [one.field for one in labels] == fields
    assert all(one.before != one.after for one in labels)
    assert {one.prompt for one in labels} <= {"narrative/plan@1#0123456789ab", ""}
    kinds = [event.kind for event in world.desk.events(OTTO, case.id)]
    assert kinds.count("proposal_settled") == 1
    assert kinds.count("narrative_label") == len(fields)
    assert checkpoint is not None
    assert [one.id for one in world.store.queued()] == []
    assert world.desk.verify_audit(OTTO).ok
