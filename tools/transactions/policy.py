"""The dated parameters of the detectors: data with a source, never constants in code."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Self

import yaml
from pydantic import Field, ValidationError, model_validator

from casegate.errors import RulesInvalid
from casegate.model.base import Country, Currency, Record
from casegate.model.transaction import Channel

POLICY_FILE = Path(__file__).with_name("policy.yaml")


class StructuringValues(Record):
    """When cash deposits near the reporting threshold form a pattern."""

    source: str
    reporting_threshold: Decimal
    """Cash above it is reported anyway."""
    near_from: Decimal
    near_to: Decimal
    """Both included: the band just below the threshold."""
    window_days: int = Field(ge=1)
    min_count: int = Field(ge=2)
    """Deposits of the band within one window; one alone is never a pattern."""
    min_total: Decimal
    max_reported: int = Field(ge=0)
    """So many deposits above the threshold may stand in the window: who lets the bank report
    does not avoid reports."""
    min_near_percent: int = Field(ge=0, le=100)
    """Share that the band must have of the window's cash, by amount."""


class PassThroughValues(Record):
    """When money that comes in leaves again at once."""

    source: str
    window_hours: int = Field(ge=1)
    """From the first credit to the last debit of one movement."""
    min_credited: Decimal = Field(gt=0)
    min_entry: Decimal = Field(ge=0)
    """Smaller entries are everyday life and are left out on both sides."""
    min_share_percent: int = Field(ge=1)
    max_share_percent: int
    """Debits as a share of the credits."""
    debit_channels: tuple[Channel, ...]
    merge_days: int = Field(ge=0)
    """Movements at most so far apart are one finding."""


class FanInValues(Record):
    """When many parties pay into one account."""

    source: str
    window_days: int = Field(ge=1)
    min_parties: int = Field(ge=2)
    min_amount: Decimal = Field(ge=0)


class ExpectedActivityValues(Record):
    """When credits are told as above, within, or in season."""

    source: str
    months: int = Field(ge=1)
    """The newest calendar months that are compared."""
    exceeds_from_multiple: Decimal
    same_season_to_multiple: Decimal


class PolicyVersion(Record):
    """All parameters of one jurisdiction from one day on."""

    from_: date = Field(alias="from")
    calibrated: date | None
    """When the numbers were last fitted to a customer base; None: never."""
    structuring: StructuringValues
    pass_through: PassThroughValues
    fan_in: FanInValues
    expected_activity: ExpectedActivityValues


class Regime(Record):
    """The versions of one jurisdiction, whose amounts are in `currency`."""

    jurisdiction: str
    countries: tuple[Country, ...]
    currency: Currency
    versions: tuple[PolicyVersion, ...]

    @model_validator(mode="after")
    def _one_version_a_day(self) -> Self:
        days = [version.from_ for version in self.versions]
        if not days or sorted(set(days)) != days:
            raise ValueError(f"versions of {self.jurisdiction} must start on rising days")
        return self


class InForce(Record):
    """The parameters of one day in one jurisdiction."""

    name: str
    """`US@2020-01-01`."""
    currency: Currency
    version: PolicyVersion


class Policy(Record):
    """The whole policy file."""

    owner: str
    regimes: tuple[Regime, ...]

    @model_validator(mode="after")
    def _one_regime_a_country(self) -> Self:
        countries = [country for regime in self.regimes for country in regime.countries]
        if twice := sorted({c for c in countries if countries.count(c) > 1}):
            raise ValueError(f"countries {twice} stand in several regimes")
        return self

    def in_force(self, jurisdiction: str, day: date) -> InForce | None:
        """Give the parameters of `day`; None where the policy says nothing, which is a hold."""
        for regime in self.regimes:
            if jurisdiction not in regime.countries:
                continue
            dated = [version for version in regime.versions if version.from_ <= day]
            if dated:
                name = f"{regime.jurisdiction}@{dated[-1].from_.isoformat()}"
                return InForce(name=name, currency=regime.currency, version=dated[-1])
        return None


def read_policy(path: Path = POLICY_FILE) -> Policy:
    """Read the policy file.

    Raises:
        RulesInvalid: names every value that can't be used.
    """
    try:
        return Policy.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as bad:
        lines = [
            f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
            for error in bad.errors(include_input=False)
        ]
        raise RulesInvalid(f"`{path.name}`: " + "; ".join(lines)) from None
    except (OSError, yaml.YAMLError) as bad:
        raise RulesInvalid(f"`{path.name}` can't be read: {type(bad).__name__}") from None
