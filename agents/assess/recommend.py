"""What code recommends. It abstains whenever something is missing, open or in conflict."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from agents.assess.activity import Activity
from agents.assess.identity import Identity
from agents.assess.observations import Observed
from agents.assess.reasons import Reason, of_typology
from casegate.model.case import CaseKind, Disposition
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, EvidenceKind
from casegate.model.proposal import RiskLevel
from guardrails.numbers import Numbers
from guardrails.readings.record import aggregate, newest_evidence, rests_on_amounts

KYC = frozenset({CaseKind.KYC_PERSON, CaseKind.KYC_ENTITY})


@dataclass(frozen=True)
class Grounds:
    """All that a recommendation rests on."""

    dossier: Dossier
    numbers: Numbers
    activity: Activity
    identity: Identity
    observed: dict[str, Observed]
    level: RiskLevel


@dataclass(frozen=True)
class Recommendation:
    """A disposition and why; there is always at least one reason."""

    disposition: Disposition
    reasons: tuple[Reason, ...]


def recommend(grounds: Grounds) -> Recommendation:
    """Recommend a disposition, or abstain with everything that stands against one."""
    open_points = tuple(dict.fromkeys(_open_points(grounds)))
    if open_points:
        suspicion = tuple(of_typology(name) for name in grounds.activity.unexplained)
        return _abstain(*open_points, *suspicion)
    kind = grounds.dossier.case.kind
    if kind is CaseKind.AML_ALERT:
        return _on_activity(grounds)
    return _on_hits(grounds) if kind is CaseKind.SCREENING_ALERT else _on_customer(grounds)


def _abstain(*reasons: Reason) -> Recommendation:
    return Recommendation(Disposition.INCONCLUSIVE, tuple(dict.fromkeys(reasons)))


def _open_points(grounds: Grounds) -> Iterator[Reason]:
    identity = grounds.identity
    if "open_hit" in grounds.observed:
        yield Reason.OPEN_SCREENING_HIT
    if lacking_evidence(grounds.dossier, grounds.numbers) or _not_scanned(grounds.dossier):
        yield Reason.EVIDENCE_INCOMPLETE
    if identity.unread:
        yield Reason.DOCUMENT_UNREADABLE
    if identity.conflicts:
        yield Reason.IDENTITY_CONFLICT
    if "true_match" in grounds.observed:
        yield Reason.PROHIBITED_PARTY
    if "exposed_match" in grounds.observed and grounds.dossier.case.kind not in KYC:
        # Nothing that clears the case is true; what else to conclude is for people.
        yield Reason.LISTED_PARTY
    if grounds.dossier.case.kind in KYC:
        yield from _open_on_customer(grounds)


def _not_scanned(dossier: Dossier) -> bool:
    """Tell whether an alert on an account has no detector's answer."""
    return dossier.case.kind is CaseKind.AML_ALERT and dossier.typology_findings() is None


def _open_on_customer(grounds: Grounds) -> Iterator[Reason]:
    if grounds.identity.missing:
        yield Reason.IDENTITY_INCOMPLETE
    if grounds.identity.expired:
        yield Reason.DOCUMENT_EXPIRED
    if "ownership_open" in grounds.observed:
        yield Reason.OWNERSHIP_OPEN
    if grounds.level is RiskLevel.PROHIBITED:
        yield Reason.PROHIBITED_PARTY


def lacking_evidence(dossier: Dossier, numbers: Numbers) -> tuple[str, ...]:
    """Name mandatory evidence that is missing, and evidence that is not complete, by id.

    Without a policy that says what is mandatory, all kinds are.
    """
    wanted = numbers.names(f"mandatory_evidence_{dossier.case.kind.value}")
    newest = newest_evidence(dossier)
    had = {item.kind.value for item in newest}
    kinds = wanted if wanted is not None else tuple(kind.value for kind in EvidenceKind)
    lacking = [kind for kind in kinds if kind not in had]
    return (*lacking, *(item.id for item in newest if item.coverage is not Coverage.COMPLETE))


def _on_activity(grounds: Grounds) -> Recommendation:
    activity = grounds.activity
    if not activity.unexplained:
        return _without_typology(grounds)
    reasons = [of_typology(name) for name in activity.unexplained]
    if activity.exceeds:
        reasons.append(Reason.EXCEEDS_EXPECTED_PROFILE)
    stands_against = _against_filing(grounds)
    if stands_against is not None:
        return _abstain(*reasons, stands_against)
    return Recommendation(
        Disposition.SUSPICIOUS_FILE, (*reasons, Reason.REPORTING_THRESHOLD_REACHED)
    )


def _against_filing(grounds: Grounds) -> Reason | None:
    activity, numbers = grounds.activity, grounds.numbers
    threshold = numbers.money("sar_threshold")
    total = aggregate(activity.findings, activity.unexplained, numbers.currency)
    alone = rests_on_amounts(activity.unexplained, grounds.dossier.facts, numbers)
    if threshold is None or total is None or alone is None:
        return Reason.POLICY_MISSING
    if total < Decimal(threshold):
        return Reason.BELOW_REPORTING_THRESHOLD
    return Reason.AMOUNTS_ALONE if alone else None


def _without_typology(grounds: Grounds) -> Recommendation:
    if grounds.activity.exceeds:
        return _abstain(Reason.EXCEEDS_EXPECTED_PROFILE)
    explained = bool(grounds.activity.explained)
    reasons = [Reason.EXPLAINED_BY_DECLARED_SEASON if explained else Reason.NO_TYPOLOGY_FOUND]
    told = {fact.predicate for fact in grounds.dossier.facts if fact.mitigating}
    if "within_expected" in told:
        reasons.append(Reason.WITHIN_EXPECTED_PROFILE)
    if "same_season" in told:
        reasons.append(Reason.AS_THE_SEASON_BEFORE)
    return Recommendation(Disposition.NO_SUSPICION, tuple(reasons))


def _on_hits(grounds: Grounds) -> Recommendation:
    if not grounds.dossier.hits():
        return _abstain(Reason.ALERT_NOT_REPRODUCED)
    return Recommendation(Disposition.FALSE_POSITIVE, (Reason.HITS_SETTLED_AS_FALSE,))


def _on_customer(grounds: Grounds) -> Recommendation:
    activity = grounds.activity
    if activity.unexplained or activity.exceeds:
        found = [of_typology(name) for name in activity.unexplained]
        return _abstain(*found, *([Reason.EXCEEDS_EXPECTED_PROFILE] if activity.exceeds else []))
    reasons = [Reason.IDENTITY_ESTABLISHED, _of_hits(grounds)]
    if grounds.dossier.case.kind is CaseKind.KYC_ENTITY:
        reasons.append(Reason.OWNERSHIP_UNDERSTOOD)
    if grounds.level is RiskLevel.HIGH:
        return Recommendation(Disposition.KYC_APPROVED_EDD, (*reasons, Reason.HIGH_RISK))
    return Recommendation(Disposition.KYC_APPROVED, tuple(reasons))


def _of_hits(grounds: Grounds) -> Reason:
    if "exposed_match" in grounds.observed:
        return Reason.LISTED_PARTY
    return Reason.HITS_SETTLED_AS_FALSE if grounds.dossier.hits() else Reason.NO_SCREENING_HIT
