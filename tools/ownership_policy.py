"""The dated thresholds of ownership, beneficial and blocking: data with a source."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from casegate.errors import RulesInvalid
from casegate.model.base import Country, Record
from casegate.model.evidence import BlockingRule

POLICY_FILE = Path(__file__).with_name("ownership_policy.yaml")


class ThresholdVersion(Record):
    """The threshold of one jurisdiction from one day on."""

    from_: date = Field(alias="from")
    threshold_percent: Decimal = Field(gt=0, le=100)
    inclusive: bool
    gap_percent: Decimal = Field(ge=0, le=100)
    source: str

    def reached(self, share: Fraction) -> bool:
        """Tell whether an exact share of one reaches the threshold."""
        threshold = Fraction(self.threshold_percent) / 100
        return share >= threshold if self.inclusive else share > threshold


class BlockingVersion(Record):
    """When ownership by listed parties blocks an entity, in one jurisdiction from one day on."""

    from_: date = Field(alias="from")
    threshold_percent: Decimal = Field(gt=0, le=100)
    inclusive: bool
    aggregate: bool
    control: bool
    source: str
    confidence: Literal["verified", "from_memory"]


class OwnershipRegime(Record):
    """The versions of one jurisdiction, oldest first."""

    jurisdiction: str
    countries: tuple[Country, ...]
    versions: tuple[ThresholdVersion, ...]
    blocking: tuple[BlockingVersion, ...]


class OwnershipPolicy(Record):
    """The whole policy file."""

    owner: str
    regimes: tuple[OwnershipRegime, ...]

    def in_force(self, jurisdiction: str, day: date) -> tuple[str, ThresholdVersion] | None:
        """Give the version of `day` with its name; None where the policy says nothing."""
        for regime in self.regimes:
            dated = [version for version in regime.versions if version.from_ <= day]
            if jurisdiction in regime.countries and dated:
                newest = max(dated, key=lambda version: version.from_)
                return f"{regime.jurisdiction}@{newest.from_.isoformat()}", newest
        return None

    def blocking_in_force(self, jurisdiction: str, day: date) -> BlockingRule | None:
        """Give the rule on blocked property of `day`; None where the policy says nothing."""
        for regime in self.regimes:
            dated = [version for version in regime.blocking if version.from_ <= day]
            if jurisdiction in regime.countries and dated:
                newest = max(dated, key=lambda version: version.from_)
                name = f"{regime.jurisdiction}@{newest.from_.isoformat()}"
                return BlockingRule(policy=name, **newest.model_dump(exclude={"from_"}))
        return None


def read_ownership_policy(path: Path = POLICY_FILE) -> OwnershipPolicy:
    """Read the policy file.

    Raises:
        RulesInvalid: names every value that can't be used.
    """
    try:
        return OwnershipPolicy.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as bad:
        lines = [
            f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
            for error in bad.errors(include_input=False)
        ]
        raise RulesInvalid(f"`{path.name}`: " + "; ".join(lines)) from None
    except (OSError, yaml.YAMLError) as bad:
        raise RulesInvalid(f"`{path.name}` can't be read: {type(bad).__name__}") from None
