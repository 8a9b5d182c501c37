"""Which patterns the expected profile explains, and which it does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agents.assess.policy import AssessPolicy
from casegate.model.dossier import Dossier
from casegate.model.fact import Fact
from casegate.model.transaction import TypologyFinding


@dataclass(frozen=True)
class Activity:
    """What the detectors found, held against what was declared."""

    findings: tuple[TypologyFinding, ...]
    unexplained: tuple[str, ...]
    """Typologies with at least one finding that nothing explains."""
    explained: tuple[str, ...]
    exceeds: tuple[Fact, ...]
    """Facts that credits are a multiple of what was declared."""


def look_at(dossier: Dossier, policy: AssessPolicy) -> Activity:
    """Sort the typologies found."""
    findings = dossier.typology_findings() or ()
    exceeds = tuple(f for f in dossier.facts if f.predicate == "exceeds_expected")
    names = tuple(dict.fromkeys(finding.typology for finding in findings))
    unexplained = {f.typology for f in findings if exceeds or not is_explained(f, dossier, policy)}
    return Activity(
        findings=findings,
        unexplained=tuple(name for name in names if name in unexplained),
        explained=tuple(name for name in names if name not in unexplained),
        exceeds=exceeds,
    )


def is_explained(finding: TypologyFinding, dossier: Dossier, policy: AssessPolicy) -> bool:
    """Tell whether every month of a finding has each fact that explains its typology.

    The declaration is the customer's, so it explains only what happened on an account that the
    first subject holds.
    """
    wanted = policy.explained_by.get(finding.typology)
    holder = {a.number: a.holder for a in dossier.bundle.accounts}.get(finding.account)
    if not wanted or holder != dossier.subjects()[0].id:
        return False
    return all(
        any(covers(fact, month) for fact in dossier.facts if fact.predicate == predicate)
        for month in months(finding.start, finding.end)
        for predicate in wanted
    )


def covers(fact: Fact, month: str) -> bool:
    """Tell whether a mitigating fact is about a month such as `2026-10`."""
    if not fact.mitigating:
        return False
    if "month" in fact.roles:
        return fact.roles["month"].value == month
    declared = fact.roles["months"].value if "months" in fact.roles else ""
    return str(int(month[5:])) in [part.strip() for part in declared.split(",")]


def months(start: date, end: date) -> Iterator[str]:
    """Give every calendar month that a span of days touches."""
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month):
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
