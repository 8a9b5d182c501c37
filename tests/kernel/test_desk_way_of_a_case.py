"""A case from submission to approval, through the real store."""

from casegate.model.case import CaseStatus, Disposition
from casegate.model.decision import DecisionStatus
from tests.kernel.world import IVAN, OTTO, World


def test_a_case_goes_from_submission_to_closed_and_every_step_is_in_the_log(world: World) -> None:
    decision = world.decided()
    world.approve(IVAN, decision)
    dossier = world.desk.read(OTTO, decision.case_id)
    assert dossier.case.status is CaseStatus.CLOSED
    assert dossier.case.disposition is Disposition.NO_SUSPICION
    assert dossier.decision is not None
    assert dossier.decision.status is DecisionStatus.APPROVED
    (job,) = [job for job in world.store.queued() if job.kind == "finish_case"]
    world.run.finish(job.case_id, job.run_id, decision.id)
    kinds = [event.kind for event in world.desk.events(OTTO, decision.case_id)]
    assert kinds == [
        "case_submitted",
        "run_queued",
        "status_changed",
        "run_started",
        "evidence_recorded",
        "model_called",
        "assessment_recorded",
        "proposal_recorded",
        "gate_ruled",
        "status_changed",
        "run_finished",
        "status_changed",
        "case_claimed",
        "status_changed",
        "status_changed",
        "gate_ruled",
        "decision_made",
        "gate_ruled",
        "approval_given",
        "status_changed",
        "proposal_settled",
        "run_finished",
    ]
    report = world.desk.verify_audit(OTTO)
    assert (report.ok, report.entries, report.checkpoint) == (True, len(kinds), len(kinds))
