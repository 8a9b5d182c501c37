"""What is asked of a screener, what it answers, and what people say of its hits."""

import re
from datetime import date, datetime
from typing import Literal

from pydantic import Field, field_validator

from casegate.model.base import PARTIAL_DATE, Record, Sha256
from casegate.model.evidence import Coverage, Hit, ListVersion
from casegate.model.party import PartySchema

LONGEST_NAME = 300
"""Characters; no name of a person or company is longer, and cost grows with length."""
_PARTIAL_DATE = re.compile(PARTIAL_DATE)

HitAnswer = Literal["true_match", "false_positive", "unsure"]
"""What a person may say of a hit."""


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
    screened_at: datetime
    """UTC."""


class HitReview(Record):
    """A person's word on one hit of a case. Rows only grow; the newest word on a hit counts.

    It holds for a later screening too, as long as neither the entry nor what was asked about the
    party has changed: hits are told apart by party, list, entry and both content hashes.
    """

    id: str
    case_id: str
    evidence: str
    """Id of the screening evidence that showed the hit."""
    party: str
    list: str
    entity_id: str
    entity_hash: str
    query_hash: str
    answer: HitAnswer
    reason: str
    needs_second: bool = True
    """That the policy of the day asks for a second person before the answer counts."""
    seconds: str = ""
    """Id of a colleague's review that this one answers: the second pair of eyes."""
    agrees: bool = True
    """Of a second person's word: False sets the hit back to open."""
    reviewer: str
    at: datetime


class Suppression(Record):
    """That hits of one entry on one customer need no person again, until something changes.

    It stops counting when it expires or is ended, and when the content of the entry or what is
    known of the customer is another than it was.
    """

    id: str
    customer: str
    """The institution's own number of the customer."""
    list: str
    entity_id: str
    entity_hash: Sha256
    query_hash: Sha256
    reason: str
    case_id: str
    review: str
    """Id of the hit review that it rests on."""
    proposed_by: str
    approved_by: str
    approved_at: datetime
    expires_on: date
    """The first day on which it counts no more."""

    def is_about(self, hit: Hit, *, on: date) -> bool:
        """Tell whether it counts on day `on` for this content of an entry.

        Whose hit it is, and what was asked, is for whoever asks to compare.
        """
        mine = (self.list, self.entity_id, self.entity_hash)
        return mine == (hit.list, hit.entity_id, hit.entity_hash) and on < self.expires_on


class SuppressionEnd(Record):
    """That a person ended a suppression before its day."""

    suppression: str
    reason: str
    ended_by: str
    at: datetime
