"""The dated assessment policy: weights, points, what explains a pattern, what proves identity."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from casegate.errors import RulesInvalid
from casegate.model.base import Country, Record
from casegate.model.case import CaseKind, Disposition
from casegate.model.document import DocumentType
from casegate.model.proposal import RiskLevel
from casegate.narrative.predicates import PREDICATES

POLICY_FILE = Path(__file__).with_name("policy.yaml")
FAMILIES = ("customer", "geography", "product", "channel", "activity")
MOST_POINTS = 5
LARGEST_WEIGHT = Decimal("0.5")


class Family(Record):
    """One factor family: its weight as a share of one, and the points of each observation."""

    weight: Decimal
    base: int = Field(ge=1, le=MOST_POINTS)
    points: dict[str, int]

    def points_for(self, observed: set[str]) -> int:
        """Give the points of what was observed, 5 at most."""
        return min(MOST_POINTS, self.base + sum(p for n, p in self.points.items() if n in observed))


class Bands(Record):
    """Where medium begins (included) and above which score the rating is high."""

    medium_from: Decimal
    high_above: Decimal

    def level(self, score: Decimal) -> RiskLevel:
        """Give the band of a score."""
        if score > self.high_above:
            return RiskLevel.HIGH
        return RiskLevel.MEDIUM if score >= self.medium_from else RiskLevel.LOW


class Required(Record):
    """A paper that onboarding needs: about whom, of which types, with which fields read."""

    of: Literal["subject", "beneficial_owner"]
    types: tuple[DocumentType, ...] = Field(min_length=1)
    fields: tuple[str, ...]


class AssessPolicy(Record):
    """One dated version; each part is explained where it stands, in `policy.yaml`."""

    since: date = Field(alias="from")
    source: str = Field(min_length=1)
    confidence: Literal["verified", "from_memory"]
    families: dict[str, Family]
    bands: Bands
    always_high: tuple[str, ...]
    prohibited: tuple[str, ...]
    new_customer_days: int
    recent_report_days: int
    cash_share_from_percent: int
    call_for_action: tuple[Country, ...]
    explained_by: dict[str, tuple[str, ...]]
    identity_documents: dict[CaseKind, tuple[Required, ...]]
    admissible: dict[Disposition, tuple[Disposition, ...]]

    @model_validator(mode="after")
    def _can_rate(self) -> "AssessPolicy":
        if set(self.families) != set(FAMILIES):
            raise ValueError(f"families must be {list(FAMILIES)}")
        weights = [family.weight for family in self.families.values()]
        if sum(weights) != 1 or max(weights) > LARGEST_WEIGHT or min(weights) <= 0:
            raise ValueError("weights must add up to 1, each above 0 and none above 0.5")
        highest = sum(f.weight * f.points_for(set(f.points)) for f in self.families.values())
        if self.bands.level(Decimal(highest)) is not RiskLevel.HIGH:
            raise ValueError("no customer could reach the band `high`")
        unknown = {p for names in self.explained_by.values() for p in names} - set(PREDICATES)
        if unknown:
            raise ValueError(f"unknown predicates {sorted(unknown)}")
        for recommended, choices in self.admissible.items():
            if not {recommended, Disposition.INCONCLUSIVE} <= set(choices):
                raise ValueError(f"`{recommended}` must admit itself and `inconclusive`")
        return self


@cache
def load_policies(path: Path = POLICY_FILE) -> tuple[AssessPolicy, ...]:
    """Read all versions, oldest first.

    Raises:
        RulesInvalid: the file is unreadable or a version can't rate; names every problem.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        versions = [AssessPolicy.model_validate(version) for version in raw["versions"]]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as bad:
        raise RulesInvalid(f"{path.name} can't be read: {type(bad).__name__}") from None
    except ValidationError as bad:
        lines = [
            f"`{'.'.join(map(str, e['loc']))}`: {e['msg']}"
            for e in bad.errors(include_input=False, include_url=False)
        ]
        raise RulesInvalid(f"{path.name}: {'; '.join(lines)}") from None
    return tuple(sorted(versions, key=lambda version: version.since))


def policy_at(day: date, path: Path = POLICY_FILE) -> AssessPolicy:
    """Give the version in force on a day.

    Raises:
        RulesInvalid: none is.
    """
    past = [version for version in load_policies(path) if version.since <= day]
    if not past:
        raise RulesInvalid(f"{path.name} has no version for {day.isoformat()}")
    return past[-1]
