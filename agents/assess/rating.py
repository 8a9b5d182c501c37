"""The customer's risk rating, factor by factor. Deterministic; people may override it."""

from collections.abc import Mapping
from decimal import Decimal

from agents.assess.observations import Observed
from agents.assess.policy import AssessPolicy, Family
from casegate.model.base import Record
from casegate.model.proposal import RiskFactor, RiskLevel

FLOOR = "floor"
"""Family of the factors that no weight can over-rule."""


class Rating(Record):
    """Level, score and the factors that made them."""

    level: RiskLevel
    score: float
    factors: tuple[RiskFactor, ...]


def rate(observed: Mapping[str, Observed], policy: AssessPolicy) -> Rating:
    """Rate what was observed.

    The score is the weighted sum of points (1 to 5); floors are applied after it, as weights
    can't over-rule a situation that always is high (EBA/GL/2021/02 par. 3.6(d)).
    """
    points = {n: f.points_for(set(observed)) for n, f in policy.families.items()}
    score = sum((policy.families[n].weight * p for n, p in points.items()), Decimal(0))
    factors = [factor(name, policy.families[name], points[name], observed) for name in points]
    level = policy.bands.level(score)
    for names, floor in (
        (policy.always_high, RiskLevel.HIGH),
        (policy.prohibited, RiskLevel.PROHIBITED),
    ):
        for name in names:
            if name in observed:
                level = max(level, floor, key=list(RiskLevel).index)
                factors.append(_floor(name, observed[name], floor))
    return Rating(level=level, score=float(score), factors=tuple(factors))


def factor(name: str, family: Family, points: int, observed: Mapping[str, Observed]) -> RiskFactor:
    """Word one family: its points and what they are for."""
    counted = [observed[each] for each in family.points if each in observed]
    because = "; ".join(each.because for each in counted) or "nothing observed"
    evidence = tuple(dict.fromkeys(e for each in counted for e in each.evidence))
    return RiskFactor(
        family=name, points=points, weight=float(family.weight), because=because, evidence=evidence
    )


def _floor(name: str, observed: Observed, level: RiskLevel) -> RiskFactor:
    because = f"{name.replace('_', ' ')}, always {level.value}: {observed.because}"
    return RiskFactor(
        family=FLOOR, points=5, weight=0.0, because=because, evidence=observed.evidence
    )
