"""The process on one screen: which step follows which."""

from dataclasses import dataclass

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Send

from agents.state import CaseState, DocumentState, Node, ReadNode

CaseGraph = CompiledStateGraph[CaseState, None, CaseState, CaseState]


@dataclass(frozen=True)
class Steps:
    """The nodes of the process, in its order."""

    intake: Node
    read_document: ReadNode
    reconcile: Node
    gather: Node
    assess: Node
    draft: Node
    propose: Node
    gate: Node
    hand_over: Node
    wait_for_people: Node
    finish: Node


def each_document(state: CaseState) -> list[Send] | str:
    """Send every document to a reader of its own; a case without documents goes straight on."""
    if not state["documents"]:
        return "reconcile"
    case_id, run_id = state["case_id"], state["run_id"]
    return [
        Send("read_document", DocumentState(case_id=case_id, run_id=run_id, document_id=document))
        for document in state["documents"]
    ]


def build_case_graph(steps: Steps, checkpointer: BaseCheckpointSaver[str]) -> CaseGraph:
    """Join the steps. The one interrupt stands alone in `wait_for_people`."""
    graph = StateGraph(CaseState)
    graph.add_node("intake", steps.intake)
    graph.add_node("read_document", steps.read_document, input_schema=DocumentState)
    graph.add_node("reconcile", steps.reconcile)
    graph.add_node("gather", steps.gather)
    graph.add_node("assess", steps.assess)
    graph.add_node("draft", steps.draft)
    graph.add_node("propose", steps.propose)
    graph.add_node("gate", steps.gate)
    graph.add_node("hand_over", steps.hand_over)
    graph.add_node("wait_for_people", steps.wait_for_people)
    graph.add_node("finish", steps.finish)

    graph.add_edge(START, "intake")
    graph.add_conditional_edges("intake", each_document, ["read_document", "reconcile"])
    graph.add_edge("read_document", "reconcile")
    graph.add_edge("reconcile", "gather")
    graph.add_edge("gather", "assess")
    graph.add_edge("assess", "draft")
    graph.add_edge("draft", "propose")
    graph.add_edge("propose", "gate")
    graph.add_edge("gate", "hand_over")
    graph.add_edge("hand_over", "wait_for_people")
    graph.add_edge("wait_for_people", "finish")
    graph.add_edge("finish", END)
    return graph.compile(checkpointer=checkpointer)
