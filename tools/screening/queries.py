"""What is asked of a screener and what it answers."""

import re
from typing import Protocol

from pydantic import Field, field_validator

from casegate.model.base import Record, Sha256
from casegate.model.evidence import Coverage, Hit, ListVersion
from casegate.model.party import PartySchema

LONGEST_NAME = 300
"""Characters; no name of a person or company is longer, and cost grows with length."""
_PARTIAL_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


class NewToken(Protocol):
    """Gives a string that was never given before, such as a UUID4."""

    def __call__(self) -> str:
        """Make one."""
        ...


class ScreenQuery(Record):
    """One party to look up. `id` comes back with the answer and says nothing to the matcher."""

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    """Further spellings of the same party, such as that of a machine-readable zone."""
    schema_: PartySchema = PartySchema.LEGAL_ENTITY
    births: tuple[str, ...] = ()
    """Birth dates of a person, founding dates of a company: ISO 8601, `1968` or `1968-04` too.
    Several where sources differ."""
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes."""
    genders: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    """Passport, tax, registration, LEI, IMO ... numbers, in any spelling."""

    @field_validator("births")
    @classmethod
    def _are_dates(cls, births: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_PARTIAL_DATE.match(birth) for birth in births):
            raise ValueError("a date must be written as 1968, 1968-04 or 1968-04-17")
        return births


class Matcher(Record):
    """Everything that decides a score, for the record of every answer."""

    name: str
    """Algorithm and library versions."""
    config_hash: Sha256
    """Over algorithm, versions, weights, options, policy, threshold and number of candidates."""
    threshold: float
    candidates: int = Field(ge=1)


class ScreenAnswer(Record):
    """What the lists say of one query. No hit means little unless `coverage` is complete."""

    id: str
    coverage: Coverage
    reason: str = ""
    """Why coverage is not complete; never the name itself."""
    hits: tuple[Hit, ...]
    """Best score first; `party` holds the query's id."""
    versions: tuple[ListVersion, ...]
    matcher: Matcher
