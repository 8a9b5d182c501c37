"""The assessing step: code rates and recommends before any model speaks."""

from agents.assess import assess
from agents.kit import Kit
from agents.state import CaseState, Node


def make_assess(kit: Kit) -> Node:
    """Bind the pure assessment into the step."""

    def run(state: CaseState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "assess")
        dossier = kit.desk.dossier(case_id)
        day = dossier.case.opened_at.date()
        kit.desk.record_assessment(case_id, run_id, assess(dossier, at=day))
        return {}

    return run
