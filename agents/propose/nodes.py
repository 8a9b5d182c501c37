"""The proposing steps: choose, put before the rules gate, hand over to people."""

from agents.ask import Answer, Question
from agents.draft.nodes import Attempt
from agents.kit import Kit
from agents.state import CaseState, Node
from casegate.desk.seal import proposal_hash
from casegate.hashing import canonical_json
from casegate.model.base import Json
from casegate.model.case import Disposition
from casegate.model.decision import Outcome
from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject
from casegate.model.proposal import Assessment, Proposal, ProposalStatus, Provenance

MAX_REASONS = 3


def proposal_schema(assessment: Assessment) -> Json:
    """Give the grammar of a choice: only admissible dispositions and this case's reasons."""
    return {
        "type": "object",
        "properties": {
            "disposition": {"enum": [d.value for d in assessment.admissible]},
            "reason_codes": {
                "type": "array",
                "items": {"enum": list(assessment.reason_codes)},
                "minItems": 1,
                "maxItems": MAX_REASONS,
            },
        },
        "required": ["disposition", "reason_codes"],
        "additionalProperties": False,
    }


def make_propose(kit: Kit) -> Node:
    """Bind prompt and model into the step."""

    def propose(state: CaseState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "propose")
        dossier = kit.desk.dossier(case_id)
        attempt = Attempt.model_validate_json(kit.desk.blob(state["draft"]))
        assessment = assessed(dossier)
        answer = kit.asker(case_id, run_id).ask(question(dossier, assessment, attempt))
        proposal = make_proposal(kit, dossier, run_id, attempt, answer)
        blob = kit.desk.put_blob(canonical_json(proposal.model_dump(mode="json")))
        return {"proposal": blob}

    return propose


def assessed(dossier: Dossier) -> Assessment:
    """Give the assessment that every proposal rests on."""
    if dossier.assessment is None:
        raise LookupError("a proposal needs an assessment")
    return dossier.assessment


def question(dossier: Dossier, assessment: Assessment, attempt: Attempt) -> Question:
    """Show the model the draft and what it may choose."""
    return Question(
        task="propose",
        key="propose-1",
        prompt="case/propose",
        values={
            "kind": dossier.case.kind.value,
            "narrative": attempt.narrative.text,
            "assessment": summary(assessment),
            "dispositions": ", ".join(d.value for d in assessment.admissible),
            "reasons": ", ".join(assessment.reason_codes),
        },
        schema=proposal_schema(assessment),
    )


def summary(assessment: Assessment) -> str:
    """Tell the assessment in one line per point."""
    lines = [f"rating {assessment.rating.value}, recommended {assessment.recommended.value}"]
    lines += [f"found: {name}" for name in assessment.typologies]
    lines += [f"found but explained: {name}" for name in assessment.explained]
    lines += [f"open: {line}" for line in assessment.open_questions]
    return "\n".join(lines)


def make_proposal(
    kit: Kit, dossier: Dossier, run_id: str, attempt: Attempt, answer: Answer | None
) -> Proposal:
    """Make the proposal. Without a usable choice of the model it abstains: never clear."""
    assessment = assessed(dossier)
    choice = None if answer is None else Disposition(answer.value["disposition"])
    reasons = assessment.reason_codes[:MAX_REASONS]
    if answer is not None:
        reasons = tuple(dict.fromkeys(answer.value["reason_codes"]))
    day = dossier.case.opened_at.date()
    unnamed = Proposal(
        id=f"p-{run_id}",
        case_id=dossier.case.id,
        run_id=run_id,
        status=ProposalStatus.DRAFTED,
        disposition=choice or Disposition.INCONCLUSIVE,
        reason_codes=reasons,
        rating=assessment.rating,
        narrative=attempt.narrative,
        claims=attempt.claims,
        open_questions=assessment.open_questions,
        model_choice=choice,
        provenance=Provenance(
            calls=kit.desk.calls(run_id),
            rules_version=kit.rules.version(dossier.case.jurisdiction, at=day),
            lists=tuple(f"{v.list}@{v.version}" for v in dossier.list_versions()),
            evidence_hash=dossier.evidence_hash,
        ),
        content_hash="0" * 64,
        made_at=kit.clock(),
    )
    return unnamed.model_copy(update={"content_hash": proposal_hash(unnamed)})


def make_gate(kit: Kit) -> Node:
    """Put the proposal before the rules and record both together."""

    def gate(state: CaseState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "gate")
        dossier = kit.desk.dossier(case_id)
        proposal = Proposal.model_validate_json(kit.desk.blob(state["proposal"]))
        ruling = kit.rules(dossier, GateSubject.of_proposal(proposal), at=kit.clock().date())
        passed = ruling.outcome in (Outcome.CLEAR, Outcome.FLAG)
        status = ProposalStatus.GATE_PASSED if passed else ProposalStatus.GATE_HELD
        kit.desk.record_proposal(
            case_id, run_id, proposal.model_copy(update={"status": status}), ruling
        )
        return {"outcome": ruling.outcome.value}

    return gate
