"""The evidence agent: mandatory tools always, further ones from an allow-list."""

from collections.abc import Sequence

from langchain_core.tools import StructuredTool

from agents.ask import Asker, Question
from agents.kit import Kit
from agents.state import CaseState, Node
from casegate.desk.run import RunDesk
from casegate.errors import ToolInputError
from casegate.model.base import Json
from casegate.model.dossier import Dossier
from casegate.model.evidence import Evidence, EvidenceDraft
from tools.base import CaseTool, ToolOutcome
from tools.registry import as_langchain

ENOUGH = "enough"


def as_draft(tool: CaseTool, parameters: Json, outcome: ToolOutcome) -> EvidenceDraft:
    """Name the tool, its version and its parameters beside what it found."""
    return EvidenceDraft(
        tool=tool.name,
        tool_version=tool.version,
        parameters=parameters,
        **{name: getattr(outcome, name) for name in type(outcome).model_fields},
    )


def use(desk: RunDesk, dossier: Dossier, tool: CaseTool, parameters: Json, run_id: str) -> Evidence:
    """Run one tool through its langchain-core face and keep what it found as evidence."""
    outcome: ToolOutcome = as_langchain(tool, dossier).invoke(parameters)
    return desk.record_evidence(dossier.case.id, run_id, as_draft(tool, parameters, outcome))


def choice_schema(tools: Sequence[CaseTool]) -> Json:
    """Give the grammar of one choice: a tool with its parameters, or `enough`."""
    choices: list[Json] = [
        {
            "type": "object",
            "properties": {"tool": {"const": tool.name}, "parameters": tool.parameters},
            "required": ["tool", "parameters"],
            "additionalProperties": False,
        }
        for tool in tools
    ]
    choices.append(
        {
            "type": "object",
            "properties": {"tool": {"const": ENOUGH}},
            "required": ["tool"],
            "additionalProperties": False,
        }
    )
    return {"oneOf": choices}


def offer(faces: Sequence[StructuredTool]) -> str:
    """Describe the further tools to the model, one a line."""
    return "\n".join(f"- {face.name}: {face.description}" for face in faces)


def known(dossier: Dossier) -> str:
    """Tell the model what lies on the case already: titles only, no content."""
    return "\n".join(f"- {e.id} {e.kind}: {e.title}" for e in dossier.evidence)


def make_gather(kit: Kit) -> Node:
    """Bind the tools into the step."""

    def gather(state: CaseState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "gather")
        for tool in kit.mandatory:
            use(kit.desk, kit.desk.dossier(case_id), tool, {}, run_id)
        asker = kit.asker(case_id, run_id)
        used: set[str] = set()
        for number in range(kit.evidence_rounds):
            dossier = kit.desk.dossier(case_id)
            tools = [t for t in kit.optional if t.name not in used and applies(t, dossier)]
            name = one_more(kit, asker, dossier, tools, run_id, number) if tools else None
            if name is None:
                break
            used.add(name)
        return {}

    return gather


def applies(tool: CaseTool, dossier: Dossier) -> bool:
    """Leave out a tool that this case has nothing for."""
    offered = getattr(tool, "applies", None)
    return offered is None or bool(offered(dossier))


def one_more(
    kit: Kit, asker: Asker, dossier: Dossier, tools: Sequence[CaseTool], run_id: str, number: int
) -> str | None:
    """Let the model choose one further tool; None when it has enough or gave no usable choice."""
    faces = [as_langchain(tool, dossier) for tool in tools]
    answer = asker.ask(
        Question(
            task="gather",
            key=f"gather-{number + 1}",
            prompt="evidence/gather",
            values={
                "kind": dossier.case.kind.value,
                "evidence": known(dossier),
                "tools": offer(faces),
            },
            schema=choice_schema(tools),
        )
    )
    if answer is None or answer.value["tool"] == ENOUGH:
        return None
    tool = next(t for t in tools if t.name == answer.value["tool"])
    try:
        use(kit.desk, dossier, tool, answer.value["parameters"], run_id)
    except ToolInputError as refused:
        kit.desk.problem(dossier.case.id, run_id, refused.as_problem(tool.name))
    return tool.name
