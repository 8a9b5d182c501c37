"""The drafting step: plan, render, check, repair a bounded number of times, else template."""

from collections.abc import Sequence

from agents.ask import Asker, Question
from agents.kit import Kit
from agents.state import CaseState, Node
from casegate.hashing import canonical_json
from casegate.model.base import Record
from casegate.model.case import CaseKind, Disposition
from casegate.model.dossier import Dossier
from casegate.model.narrative import (
    ClaimReport,
    ClaimVerdict,
    Narrative,
    OutputKind,
    SentenceText,
)
from casegate.narrative.candidates import Candidate, candidates
from casegate.narrative.plan import choices, complete, plan_schema, read_plan
from casegate.narrative.render import render, templated

_BY_DISPOSITION = {
    Disposition.SUSPICIOUS_FILE: OutputKind.SAR_NARRATIVE,
    Disposition.SUSPICIOUS_NO_FILE: OutputKind.NO_FILE_RATIONALE,
    Disposition.NO_SUSPICION: OutputKind.NO_FILE_RATIONALE,
    Disposition.FALSE_POSITIVE: OutputKind.HIT_NOTE,
}


class Attempt(Record):
    """One draft and what the claim gate says of it."""

    narrative: Narrative
    claims: ClaimReport


def output_kind(dossier: Dossier, disposition: Disposition) -> OutputKind:
    """Choose the kind of text that this disposition needs."""
    if dossier.hits() and disposition is Disposition.INCONCLUSIVE:
        return OutputKind.HIT_NOTE
    if disposition in _BY_DISPOSITION:
        return _BY_DISPOSITION[disposition]
    if dossier.case.kind in (CaseKind.KYC_PERSON, CaseKind.KYC_ENTITY):
        return OutputKind.KYC_MEMO
    if dossier.case.kind is CaseKind.AML_ALERT:
        return OutputKind.NO_FILE_RATIONALE
    return OutputKind.HIT_NOTE


def make_draft(kit: Kit) -> Node:
    """Bind prompt, model and claim gate into the step."""

    def draft(state: CaseState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "draft")
        dossier = kit.desk.dossier(case_id)
        if dossier.assessment is None:
            raise LookupError("a draft needs an assessment")
        output = output_kind(dossier, dossier.assessment.recommended)
        attempt = best_attempt(kit, kit.asker(case_id, run_id), dossier, output)
        blob = kit.desk.put_blob(canonical_json(attempt.model_dump(mode="json")))
        return {"draft": blob}

    return draft


def best_attempt(kit: Kit, asker: Asker, dossier: Dossier, output: OutputKind) -> Attempt:
    """Let the model plan, at most `repair_rounds` times again; then let code choose."""
    offered = choices(candidates(dossier.facts, output))
    problems = "none"
    for number in range(kit.repair_rounds + 1) if offered else ():
        attempt = planned(kit, asker, dossier, output, offered, problems, number)
        if attempt is None:
            break
        if not attempt.claims.held:
            return attempt
        problems = "\n".join(failures(attempt.claims))
    narrative = templated(dossier.facts, output)
    return Attempt(narrative=narrative, claims=check(kit, dossier, narrative))


def planned(
    kit: Kit,
    asker: Asker,
    dossier: Dossier,
    output: OutputKind,
    offered: Sequence[Candidate],
    problems: str,
    number: int,
) -> Attempt | None:
    """Ask for one plan and word it; None when the model gave no usable plan."""
    answer = asker.ask(
        Question(
            task="plan",
            key=f"plan-{number + 1}",
            prompt="narrative/plan",
            values={
                "output": output.value.replace("_", " "),
                "sentences": "\n".join(
                    f"{c.id} ({c.section.value}{', required' if c.required else ''}): {c.text}"
                    for c in offered
                ),
                "problems": problems,
            },
            schema=plan_schema(offered),
        )
    )
    if answer is None:
        return None
    plan = complete(read_plan(answer.value, offered), dossier.facts, output)
    narrative = render(plan, dossier.facts, output)
    return Attempt(narrative=narrative, claims=check(kit, dossier, narrative))


def check(kit: Kit, dossier: Dossier, narrative: Narrative) -> ClaimReport:
    """Put a narrative before the claim gate as bare text and citations."""
    texts = [
        SentenceText(text=s.text, evidence=s.evidence, section=s.section)
        for s in narrative.sentences
    ]
    return kit.claims(dossier, texts, narrative.output)


def failures(report: ClaimReport) -> list[str]:
    """Say what failed, for the repair round: sentence number, reason, rubric message."""
    bad = {ClaimVerdict.UNSUPPORTED, ClaimVerdict.CONTRADICTED}
    lines = [
        f"sentence {number}: {claim.kind.value} {claim.verdict.value}"
        for number, sentence in enumerate(report.sentences, start=1)
        for claim in sentence.claims
        if claim.verdict in bad
    ]
    lines += [f"{finding.check}: {finding.message}" for finding in report.rubric if finding.fatal]
    return lines or ["the text was held"]
