"""Customers that are screened again whenever a list changes, and what is known of their hits."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from casegate.model.base import Country, Gender, PartialDate, Record, Sha256
from casegate.model.evidence import Coverage, Hit
from casegate.model.party import PartySchema
from casegate.model.screening import LONGEST_NAME, ScreenQuery

CustomerNumber = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:+-]{1,80}$")]
"""The institution's own number of a customer: no blanks, so that no name can pass for one."""
_Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
_Short = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Customer(Record):
    """A customer as the institution knows it: all that screening compares."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True
    )

    id: CustomerNumber
    schema_: PartySchema = Field(alias="schema", default=PartySchema.LEGAL_ENTITY)
    name: _Name
    other_names: tuple[_Name, ...] = Field(default=(), max_length=40)
    births: tuple[PartialDate, ...] = Field(default=(), max_length=20)
    """Birth or founding dates: `1968`, `1968-04` or `1968-04-17`."""
    countries: tuple[Country, ...] = Field(default=(), max_length=20)
    genders: tuple[Gender, ...] = Field(default=(), max_length=3)
    ids: tuple[_Short, ...] = Field(default=(), max_length=50)
    """Passport, tax, registration, LEI ... numbers, in any spelling."""

    def query(self) -> ScreenQuery:
        """Give what is asked about this customer."""
        return ScreenQuery(
            id=self.id,
            name=self.name,
            other_names=self.other_names,
            schema_=self.schema_,
            births=self.births,
            countries=self.countries,
            genders=self.genders,
            ids=self.ids,
        )


class CustomerRow(Record):
    """A registered customer."""

    customer: Customer
    content_hash: Sha256
    is_open: bool
    changed_at: datetime
    """When it was registered, or its content last changed."""
    screened: str | None
    """Key of the state of lists and matcher under which it was last screened; None: never since its
    content changed."""
    screened_at: datetime | None
    coverage: Coverage | None
    """Of the newest screening of the customer's present content; anything but `complete` means
    that no hit is no all-clear."""


class HitStatus(StrEnum):
    """Where a customer's hit is. Rows are never deleted."""

    OPEN = "open"
    SETTLED = "settled"
    """People settled it in its case. Never stored: read from their words each time."""
    SUPPRESSED = "suppressed"
    REMOVED = "removed"
    """The list, or the customer's own content, no longer bears it out."""


class CustomerHit(Record):
    """A hit of one entry on one customer, over all list versions."""

    customer: CustomerNumber
    list: str
    entity_id: str
    entity_hash: str
    query_hash: Sha256
    hit: Hit
    first_seen: str
    """Version of the list in which this content of the hit was first seen."""
    first_seen_at: datetime
    status: HitStatus
    suppression: str = ""
    """Id of the suppression that covers it."""
    case_id: str | None = None
    """The newest case that was opened for it."""
    disposition: Literal["open", "true_match", "false_positive", "unsure"] = "open"
    """What people said of it in its case, the second pair of eyes included. Never stored."""
    removed_at: datetime | None = None


class ListState(Record):
    """What a screening ran against: every list's version folder, and the matcher."""

    lists: dict[str, str]
    matcher: Sha256


RescreenKind = Literal["delta", "full"]


class Rescreen(Record):
    """One re-screening of all customers. It goes on where it stopped."""

    id: str
    kind: RescreenKind
    state: Literal["running", "done", "superseded"]
    """`superseded`: a list changed meanwhile; another re-screening took over."""
    before: str | None
    """Key of the state that the customers were last screened under; None for a full one."""
    target: str
    """Key of the state that they are screened under now."""
    cursor: str = ""
    done: int = 0
    """Customers, or for a delta stored hits and entries, that are behind."""
    total: int = 0
    hits: int = 0
    """New or changed hits found so far."""
    removed: int = 0
    started_at: datetime
    updated_at: datetime


class Subscription(Record):
    """Where new hits on customers are told of."""

    id: str
    url: str
    owner: str
    """Principal who made it."""
    secret: str = Field(repr=False)
    """Signs every message; shown to the owner once."""
    created_at: datetime


class Delivery(Record):
    """One message to one subscription; tried until it is taken or given up."""

    id: str
    subscription: str
    state: Literal["pending", "delivered", "failed"]
    body: str
    attempts: int = 0
    due_at: datetime
    last: str = ""
    """What came of the newest try: a status, or the kind of error."""
