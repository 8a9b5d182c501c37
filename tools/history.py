"""Earlier cases about the parties, as the submitting case system knows them."""

from datetime import date

from casegate.model.base import Json, Problem
from casegate.model.bundle import PriorCase
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, EvidenceKind
from casegate.model.fact import FactDraft
from tools import roles
from tools.base import ToolOutcome
from tools.customer import bundle_source
from tools.parameters import NO_PARAMETERS, take_none


class HistoryTool:
    """Prior cases. Whether a report was filed stays in the bundle: that is a compartment."""

    name = "history"
    version = "1"
    description = "Tell the earlier cases about the parties of this case."
    parameters = NO_PARAMETERS

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Read the prior cases of the bundle."""
        take_none(parameters)
        prior = sorted(dossier.bundle.prior_cases, key=lambda case: (case.closed_on, case.id))
        undated = [case.id for case in prior if _closed_on(case) is None]
        return ToolOutcome(
            kind=EvidenceKind.HISTORY,
            title=f"History: {len(prior)} prior {'case' if len(prior) == 1 else 'cases'}",
            source=bundle_source(dossier.bundle),
            content={"prior_cases": [c.model_dump(exclude={"sar_filed"}) for c in prior]},
            coverage=Coverage.DEGRADED if undated else Coverage.COMPLETE,
            problem=_undated(undated) if undated else None,
            facts=(*_counts(dossier), *(f for c in prior if (f := _prior_case(dossier, c)))),
        )


def _closed_on(case: PriorCase) -> date | None:
    try:
        return date.fromisoformat(case.closed_on)
    except ValueError:
        return None


def _undated(cases: list[str]) -> Problem:
    return Problem(
        code="prior_case_undated",
        message=f"`closed_on` of prior cases {cases} is no date",
        remedy="Send `closed_on` as an ISO date such as 2025-11-30.",
        where="history",
    )


def _counts(dossier: Dossier) -> list[FactDraft]:
    prior = dossier.bundle.prior_cases
    return [
        roles.fact(
            "prior_cases",
            {
                "party": roles.party(who),
                "count": roles.count(sum(case.party == who.id for case in prior)),
            },
        )
        for who in dossier.subjects()
    ]


def _prior_case(dossier: Dossier, case: PriorCase) -> FactDraft | None:
    closed = _closed_on(case)
    if closed is None:
        return None
    return roles.fact(
        "prior_case",
        {
            "party": roles.party(dossier.party(case.party)),
            "case": roles.text(case.id),
            "date": roles.day(closed),
            "disposition": roles.text(case.disposition),
        },
    )
