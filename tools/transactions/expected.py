"""Credits held against what the customer declared: above, within, or as last season."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from casegate.model.case import ExpectedProfile
from casegate.model.fact import FactDraft
from casegate.model.party import Party
from tools import roles
from tools.transactions.policy import ExpectedActivityValues


@dataclass(frozen=True)
class Compared:
    """One month of credits beside what was declared for it."""

    month: str
    measured: Decimal
    expected: Decimal
    in_season: bool
    year_before: Decimal | None
    """Credits of the same month a year earlier; None if the file does not reach back so far."""


def compare(
    profile: ExpectedProfile, credits: Mapping[str, Decimal], values: ExpectedActivityValues
) -> tuple[Compared, ...]:
    """Compare the newest months that have entries, oldest first."""
    compared = []
    for month in sorted(credits)[-values.months :]:
        in_season = int(month[5:]) in profile.peak_months
        declared = profile.peak_monthly_credits if in_season else None
        declared = declared or profile.monthly_credits
        if declared is not None and declared.amount > 0:
            before = f"{int(month[:4]) - 1}{month[4:]}"
            compared.append(
                Compared(month, credits[month], declared.amount, in_season, credits.get(before))
            )
    return tuple(compared)


def facts(
    compared: tuple[Compared, ...], who: Party, currency: str, values: ExpectedActivityValues
) -> list[FactDraft]:
    """Tell months far above the declaration; only where there is none, tell what mitigates.

    A customer whose credits broke out in one month is not excused by the quiet months beside it.
    """
    above = [c for c in compared if c.measured > c.expected * values.exceeds_from_multiple]
    if above:
        worst = max(above, key=lambda c: c.measured / c.expected)
        return [_exceeds(c, who, currency, required=c is worst) for c in above]
    within = [c for c in compared if c.measured <= c.expected]
    told = [_within(c, who, currency) for c in within]
    return told + [
        _same_season(c, who, currency)
        for c in within
        if c.in_season
        and c.year_before is not None
        and c.measured <= c.year_before * values.same_season_to_multiple
    ]


def _exceeds(c: Compared, who: Party, currency: str, *, required: bool) -> FactDraft:
    return roles.fact(
        "exceeds_expected",
        {
            "party": roles.party(who),
            "measured": roles.money(c.measured, currency),
            "expected": roles.money(c.expected, currency),
            "multiple": roles.multiple(c.measured / c.expected),
            "month": roles.text(c.month),
        },
        required=required,
    )


def _within(c: Compared, who: Party, currency: str) -> FactDraft:
    return roles.fact(
        "within_expected",
        {
            "party": roles.party(who),
            "measured": roles.money(c.measured, currency),
            "expected": roles.money(c.expected, currency),
            "month": roles.text(c.month),
        },
        mitigating=True,
    )


def _same_season(c: Compared, who: Party, currency: str) -> FactDraft:
    return roles.fact(
        "same_season",
        {
            "party": roles.party(who),
            "month": roles.text(c.month),
            "previous": roles.money(c.year_before or Decimal(0), currency),
            "measured": roles.money(c.measured, currency),
        },
        mitigating=True,
    )
