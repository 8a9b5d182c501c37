"""A proposed narrative, graded on grounding, completeness and whose plan it is."""

from collections.abc import Mapping
from typing import Any

from casegate.errors import EvalFailed
from casegate.model.dossier import Dossier
from evals.graders.calls import Graded, unusable


def grade_narrative(dossier: Dossier, truth: Mapping[str, Any], *, asked: int) -> Graded:
    """Grade the proposal of a case.

    Raises:
        EvalFailed: the run ended without a proposal.
    """
    proposal = dossier.proposal
    if proposal is None:
        raise EvalFailed("the run ended without a proposal")
    fatal = sorted(finding.check for finding in proposal.claims.rubric if finding.fatal)
    required = {fact.id for fact in dossier.facts if fact.required}
    told = {fact for sentence in proposal.narrative.sentences for fact in sentence.facts}
    right = proposal.disposition == truth["disposition"]
    planned = proposal.narrative.method == "planned"
    failed = unusable(dossier)
    notes = [f"failed {check}" for check in fatal]
    notes += [] if right else [f"{proposal.disposition}, the truth is {truth['disposition']}"]
    notes += [] if planned else ["templated"]
    notes += [f"{fact} not told" for fact in sorted(required - told)]
    return Graded(
        scores={
            "unsupported_values": (proposal.claims.unsupported_values(), 1),
            "fatal_findings": (len(fatal), 1),
            "held": (int(proposal.claims.held), 1),
            "disposition_right": (int(right), 1),
            "required_facts": (len(required & told), len(required)),
            "plan_accepted": (int(planned), 1),
            "unusable_answers": (failed, asked + failed),
        },
        notes=tuple(notes),
    )
