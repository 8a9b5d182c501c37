"""What goes over the wire about single screenings, customers and subscriptions."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from casegate.model.base import Country, Gender, PartialDate, Record
from casegate.model.customer import Customer, CustomerHit, Delivery
from casegate.model.evidence import Coverage
from casegate.model.party import PartySchema
from casegate.model.screening import ScreenAnswer, ScreenQuery

_Text = Annotated[str, StringConstraints(max_length=20_000)]


class _Named(Record):
    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True
    )


class ScreeningRequest(_Named):
    """One party to look up."""

    id: Annotated[str, Field(max_length=200)] | int = "1"
    """Comes back with the answer; the matcher never sees it."""
    name: _Text
    other_names: Annotated[tuple[_Text, ...], Field(max_length=200)] = ()
    schema_: PartySchema = Field(alias="schema", default=PartySchema.LEGAL_ENTITY)
    dob: PartialDate | Annotated[tuple[PartialDate, ...], Field(max_length=50)] = ()
    """Birth or founding dates: `1968`, `1968-04` or `1968-04-17`."""
    country: _Text | Annotated[tuple[_Text, ...], Field(max_length=50)] = ()
    """Codes such as `DE`, or English names."""
    gender: Gender | None = None
    ids: Annotated[tuple[_Text, ...], Field(max_length=500)] = ()

    def query(self) -> ScreenQuery:
        """Give the question. Raises ValueError for a date that is none."""
        return ScreenQuery(
            id=str(self.id),
            name=self.name,
            other_names=self.other_names,
            schema_=self.schema_,
            births=(self.dob,) if isinstance(self.dob, str) else self.dob,
            countries=(self.country,) if isinstance(self.country, str) else self.country,
            genders=() if self.gender is None else (self.gender,),
            ids=self.ids,
        )


class ScreeningAnswer(Record):
    """What the lists say, and what proves that they were asked."""

    screening: str
    """Id of this answer in the log."""
    at: datetime
    query_hash: str
    answer: ScreenAnswer


class CustomerBody(_Named):
    """A customer without its number, which is in the address."""

    schema_: PartySchema = Field(alias="schema", default=PartySchema.LEGAL_ENTITY)
    name: str
    other_names: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    genders: tuple[Gender, ...] = ()
    ids: tuple[str, ...] = ()

    def of(self, number: str) -> Customer:
        """Give the customer. Raises ValidationError as `Customer` does."""
        return Customer.model_validate({"id": number, **self.model_dump(by_alias=True)})


class CustomerView(Record):
    """A customer, and how it stands."""

    customer: Customer
    is_open: bool
    changed_at: datetime
    screened_at: datetime | None
    """None: not yet screened as it is now."""
    up_to_date: bool
    """Screened under the lists and the matcher that are in force."""
    coverage: Coverage | None
    """Anything but `complete`: no hit is no all-clear."""
    open_hits: int


class CustomerHits(Record):
    """All hits of a customer, suppressed and removed ones too."""

    hits: tuple[CustomerHit, ...]


class SubscriptionRequest(Record):
    """Where new hits on customers are to be told of."""

    url: Annotated[str, Field(max_length=1000, examples=["https://example.com/casegate"])]


class SubscriptionView(Record):
    """A subscription without its secret."""

    id: str
    url: str
    owner: str
    created_at: datetime
    pending: int = 0
    delivered: int = 0
    failed: int = 0
    """Messages that were given up."""


class SubscriptionMade(SubscriptionView):
    """A new subscription. The secret is shown this once."""

    secret: str


class Subscriptions(Record):
    """Subscriptions, oldest first."""

    subscriptions: tuple[SubscriptionView, ...]


class Deliveries(Record):
    """The newest messages of a subscription."""

    deliveries: tuple[Delivery, ...]
