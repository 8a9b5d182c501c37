"""What a person must know of a case before anything else: state, proposal, objections."""

from casegate.client import Dossier, Outcome, Proposal
from ui import words
from ui.components.facts import said
from ui.components.findings import message, ordered
from ui.components.safe import chip, esc

_SHOWN = 4
"""Findings in the header; the rest stands under its tab."""

_SHOWN_FACTS = 6

_TELLING = {
    name: rank
    for rank, name in enumerate(
        (
            "hit",
            "attribute_conflict",
            "structuring",
            "pass_through",
            "fan_in",
            "exceeds_expected",
            "transfers_to",
            "prior_case",
            "control",
            "owner",
            "screened",
            "no_typology",
        )
    )
}
"""Predicates that a person wants to know first, in that order."""


def title(dossier: Dossier) -> str:
    """Draw name, kind and state."""
    case = dossier.case
    state, tone = words.STATUS[case.status]
    names = ", ".join(p.name for p in dossier.subjects())
    outcome = chip(words.DISPOSITION[case.disposition], "good") if case.disposition else ""
    facts = [
        words.KIND[case.kind],
        case.id,
        f"reference {dossier.bundle.reference}",
        f"opened {words.day(case.opened_at)}",
        f"held by {case.assignee}" if case.assignee else "held by nobody",
    ]
    return (
        f'<div class="cg-title"><h1>{esc(names)}</h1>{chip(state, tone)}{outcome}</div>'
        f'<p class="cg-quiet">{esc(" · ".join(facts))}</p>'
    )


def proposal_card(dossier: Dossier) -> str:
    """Draw what the agent proposes and why."""
    proposal = dossier.proposal
    if proposal is None:
        return _card("The agent proposes", "Nothing that you may see", "", "info")
    risk, tone = words.RATING[dossier.rating_of(proposal)]
    codes = ", ".join(words.plain(code).lower() for code in proposal.reason_codes)
    rows = "".join(f"<li>{reason}</li>" for reason in (*_facts(dossier), *_open(dossier)))
    body = (
        f"<p>{chip(risk, tone)}{_method(proposal)}{esc(codes)}</p>"
        f"{_disagreement(dossier, proposal)}<ul>{rows}</ul>"
    )
    return _card("The agent proposes", words.DISPOSITION[proposal.disposition], body, "info")


def _disagreement(dossier: Dossier, proposal: Proposal) -> str:
    """Say where code and model see it differently from what is proposed."""
    lines = []
    computed = dossier.assessment.recommended if dossier.assessment else proposal.disposition
    if dossier.rating_of(proposal) is not proposal.rating:
        before = words.RATING[proposal.rating][0].lower()
        lines.append(f"Rated anew since a review; before: {before}.")
    if computed is not proposal.disposition:
        lines.append(f"From the evidence alone: {words.DISPOSITION[computed].lower()}.")
    if proposal.model_choice is None:
        lines.append("The model gave no usable answer.")
    elif proposal.model_choice is not proposal.disposition:
        lines.append(f"The model chose: {words.DISPOSITION[proposal.model_choice].lower()}.")
    return f"<p>{esc(' '.join(lines))}</p>" if lines else ""


def _facts(dossier: Dossier) -> list[str]:
    """Give the facts that tell most, those for the customer marked."""
    told = [f for f in dossier.facts if f.mitigating or f.predicate in _TELLING]
    ranked = sorted(told, key=lambda f: (f.mitigating, _TELLING.get(f.predicate, 0)))
    return [
        (chip("mitigating", "good") if f.mitigating else "") + esc(said(f))
        for f in ranked[:_SHOWN_FACTS]
    ]


def _open(dossier: Dossier) -> list[str]:
    explained = dossier.assessment.explained if dossier.assessment else ()
    lines = []
    if explained:
        names = ", ".join(words.plain(code).lower() for code in explained)
        lines.append(esc(f"Explained by the declared profile: {names}"))
    source = dossier.assessment or dossier.proposal
    questions = source.open_questions if source else ()
    return lines + [f"{chip('open', 'warn')}{esc(question)}" for question in questions]


def _method(proposal: Proposal) -> str:
    if proposal.narrative.method == "templated":
        hint = "No plan of the model passed the claim gate; code chose the sentences."
        return chip("Template text", "warn", title=hint)
    return ""


def lead(dossier: Dossier) -> str:
    """Draw proposal, gate and problems side by side: what is read first."""
    return (
        f'<div class="cg-cards">{proposal_card(dossier)}{gate_card(dossier)}</div>'
        f"{problems(dossier)}"
    )


def gate_card(dossier: Dossier) -> str:
    """Draw the gate's outcome with its most severe findings."""
    ruling = dossier.ruling
    if ruling is None:
        return _card("The gate says", "Nothing that you may see", "", "info")
    answer, tone, meaning = words.OUTCOME[ruling.outcome]
    found = [f for f in ordered(ruling) if f.outcome is not Outcome.CLEAR]
    rows = "".join(
        f"<li>{chip(words.OUTCOME[f.outcome][0], words.OUTCOME[f.outcome][1])}"
        f"{esc(message(f, dossier.documents))}"
        f"{esc(f' (goes to: {words.plain(f.to).lower()})') if f.to else ''}</li>"
        for f in found[:_SHOWN]
    )
    rest = len(found) - _SHOWN
    more = f"<li>and {rest} more under Findings</li>" if rest > 0 else ""
    body = f'<p class="cg-quiet">{esc(meaning)}</p><ul>{rows}{more}</ul>'
    return _card("The gate says", answer, body, tone)


def problems(dossier: Dossier) -> str:
    """Draw what went wrong while the case was prepared; nothing if nothing did."""
    rows = "".join(
        f'<li>{esc(p.message)} <span class="cg-quiet">{esc(p.where)} {esc(p.code)}</span>'
        f"{f'<br>{esc(p.remedy)}' if p.remedy else ''}</li>"
        for p in dossier.problems
    )
    if not rows:
        return ""
    return _card("Problems while this case was prepared", "", f"<ul>{rows}</ul>", "bad")


def _card(head: str, lead: str, body: str, tone: str) -> str:
    strong = f'<p class="cg-lead">{esc(lead)}</p>' if lead else ""
    return f'<section class="cg-card cg-edge-{tone}"><h2>{esc(head)}</h2>{strong}{body}</section>'
