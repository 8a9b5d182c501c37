"""The steps around the people's part. They decide at the desk; the graph only waits."""

from langgraph.types import interrupt

from agents.kit import Kit
from agents.state import CaseState, Node


def make_hand_over(kit: Kit) -> Node:
    """Put the case into the reviewer queue."""

    def hand_over(state: CaseState) -> CaseState:
        kit.started(state["case_id"], state["run_id"], "hand_over")
        kit.desk.deliver(state["case_id"], state["run_id"])
        return {}

    return hand_over


def wait_for_people(state: CaseState) -> CaseState:
    """Stop here until an approved decision is stored; what resumes it is the decision's id."""
    return {"decision_id": str(interrupt({"case_id": state["case_id"]}))}


def make_finish(kit: Kit) -> Node:
    """Close the run: what became of the proposal, labels, a signed audit checkpoint."""

    def finish(state: CaseState) -> CaseState:
        kit.started(state["case_id"], state["run_id"], "finish")
        kit.desk.finish(state["case_id"], state["run_id"], state["decision_id"])
        return {}

    return finish
