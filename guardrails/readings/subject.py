"""Facts about what is ruled on and who made it."""

from casegate.model.case import Disposition
from guardrails.readings.view import View

NO_PERSON = frozenset({"agent", "api_client"})
"""Principals and roles that never decide (AMLR (EU) 2024/1624 art. 76(5))."""


def at_proposal(view: View) -> bool:
    """The agent's proposal is ruled on, not yet a person's decision."""
    return view.subject.stage == "proposal"


def concludes(view: View) -> bool:
    """False only where people leave the case inconclusive; a proposal always concludes."""
    left_open = view.subject.disposition is Disposition.INCONCLUSIVE
    return at_proposal(view) or not left_open


def clears(view: View) -> bool:
    """The disposition says that nothing is wrong: `false_positive`, `no_suspicion` or
    `kyc_approved`."""
    return view.subject.disposition in (
        Disposition.FALSE_POSITIVE,
        Disposition.NO_SUSPICION,
        Disposition.KYC_APPROVED,
    )


def opens_relationship(view: View) -> bool:
    """The disposition takes the customer on: `kyc_approved` or `kyc_approved_edd`."""
    return view.subject.disposition in (Disposition.KYC_APPROVED, Disposition.KYC_APPROVED_EDD)


def refuses_customer(view: View) -> bool:
    """The disposition refuses the customer: `kyc_rejected`."""
    return view.subject.disposition is Disposition.KYC_REJECTED


def files(view: View) -> bool:
    """The disposition is to file a report: `suspicious_file`."""
    return view.subject.disposition is Disposition.SUSPICIOUS_FILE


def settles_filing(view: View) -> bool:
    """The disposition says file or no file: `suspicious_file` or `suspicious_no_file`."""
    return files(view) or view.subject.disposition is Disposition.SUSPICIOUS_NO_FILE


def abstains(view: View) -> bool:
    """The disposition is `inconclusive`."""
    return view.subject.disposition is Disposition.INCONCLUSIVE


def made_by_person(view: View) -> bool:
    """A named person made the decision: neither nobody, nor the agent, nor an API client."""
    decision = view.dossier.decision
    role = decision.maker_role if decision and decision.maker == view.subject.maker else ""
    return bool(view.subject.maker) and not {view.subject.maker, role} & NO_PERSON


def approved_by_person(view: View) -> bool:
    """A named person approves; true also before stage approval, where nobody does yet."""
    if view.subject.stage != "approval":
        return True
    return bool(view.subject.approver) and view.subject.approver not in NO_PERSON


def approver_prepared(view: View) -> bool | None:
    """The approver made or edited what is approved; unknown when either is not named."""
    subject = view.subject
    if subject.stage != "approval":
        return False
    if not subject.approver or not subject.maker:
        return None
    return subject.approver in {subject.maker, *subject.editors}


def evidence_changed(view: View) -> bool | None:
    """The evidence is not what the maker read, by its hash."""
    now, seen = view.dossier.evidence_hash, view.subject.evidence_hash_seen
    return None if now is None or seen is None else now != seen


def provenance_missing(view: View) -> tuple[str, ...] | None:
    """What the proposal does not name: model hash, prompt, rules, evidence.

    A proposal that no model worked on, because the model was down, names no call and lacks nothing
    here: `model_answered` says that it is code's.
    """
    provenance = view.subject.provenance
    if provenance is None:
        return None
    lacks = {
        "model hash": any(set(c.model_sha256) == {"0"} for c in provenance.calls),
        "prompt version": any("@" not in c.prompt or "#" not in c.prompt for c in provenance.calls),
        "rules version": not provenance.rules_version,
        "evidence hash": provenance.evidence_hash is None,
    }
    return tuple(name for name, lacking in lacks.items() if lacking)


def model_answered(view: View) -> bool | None:
    """The model gave a usable choice of disposition."""
    provenance = view.subject.provenance
    return None if provenance is None else any(c.task == "propose" for c in provenance.calls)


def differs_from_assessment(view: View) -> bool | None:
    """The disposition is another than the one that code recommends."""
    assessment = view.dossier.assessment
    return None if assessment is None else view.subject.disposition is not assessment.recommended
