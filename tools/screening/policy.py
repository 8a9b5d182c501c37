"""The dated screening policy: bands, what corroborates, which list is refused."""

from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from casegate.errors import RulesInvalid
from casegate.model.base import Record

POLICY_FILE = Path(__file__).with_name("policy.yaml")


class WordingPolicy(Record):
    """Numbers of the comparison word by word."""

    weights: dict[str, float]
    """By kind of entry; the first that an entry is counts."""
    alike: float = Field(gt=0, le=1)
    likeness_power: float = Field(ge=1)
    rarity_power: float = Field(ge=0)
    extra: float = Field(ge=0, le=1)


class SoundPolicy(Record):
    """Numbers of the comparison of a name in Arabic script with one in Latin letters."""

    weights: dict[str, float]
    shortest: int = Field(ge=1)


class ScreeningPolicy(Record):
    """One dated set of numbers; each is explained where it stands, in `policy.yaml`."""

    since: date = Field(alias="from")
    likely: float = Field(gt=0, le=1)
    corroborate: float = Field(gt=0, le=1)
    corroborating: tuple[Literal["dob", "birth_year", "country", "id"], ...]
    full_coverage_scripts: tuple[str, ...]
    shortest_identifier: int = Field(ge=1)
    approximate_birth_years: int = Field(ge=0, le=5)
    largest_shrink: float = Field(ge=0, lt=1)
    spelling_weight: float = Field(ge=0, le=1)
    spelling_schemas: tuple[str, ...]
    wording: WordingPolicy
    sound: SoundPolicy
    fewest_letters: int = Field(ge=1)
    oldest_person: int = Field(ge=100)
    source: str
    confidence: Literal["verified", "from_memory"]


def policy_at(day: date, path: Path = POLICY_FILE) -> ScreeningPolicy:
    """Give the policy in force on a day.

    Raises:
        RulesInvalid: the file has an unknown key, a number out of range or nothing for that day.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = TypeAdapter(dict[str, tuple[ScreeningPolicy, ...]]).validate_python(raw)
    except (OSError, yaml.YAMLError, ValidationError) as bad:
        raise RulesInvalid(f"`{path.name}` of screening: {bad}") from None
    past = [policy for policy in found.get("policies", ()) if policy.since <= day]
    if not past:
        raise RulesInvalid(f"`{path.name}` of screening has no policy for {day.isoformat()}")
    return max(past, key=lambda policy: policy.since)
