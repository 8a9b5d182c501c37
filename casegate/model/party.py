"""Parties, accounts, ownership and the reconciled customer profile."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import ConfigDict, Field

from casegate.model.base import Country, Currency, Gender, PartialDate, Record


class PartyRole(StrEnum):
    """What a party is to the case."""

    SUBJECT = "subject"
    BENEFICIAL_OWNER = "beneficial_owner"
    DIRECTOR = "director"
    SIGNATORY = "signatory"
    COUNTERPARTY = "counterparty"
    VICTIM = "victim"


class PartySchema(StrEnum):
    """The kind of entity, in FollowTheMoney's words."""

    PERSON = "Person"
    COMPANY = "Company"
    LEGAL_ENTITY = "LegalEntity"
    VESSEL = "Vessel"


class Identifier(Record):
    """A number that an authority gave: passport, registration, tax, lei."""

    kind: str
    value: str
    country: Country | None = None


class FurtherDetails(Record):
    """What else the institution knows a party by. It is looked up in lists, never narrated."""

    other_names: tuple[str, ...] = Field(default=(), max_length=40)
    """Former, native or trading names."""
    births: tuple[PartialDate, ...] = Field(default=(), max_length=20)
    """Birth or founding dates that are uncertain or of which only a part is known: `1968`."""
    countries: tuple[Country, ...] = Field(default=(), max_length=20)
    genders: tuple[Gender, ...] = Field(default=(), max_length=3)


class Party(Record):
    """A person or company of the case, as the submitting system knows it."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True
    )

    id: str
    """`P1`, `P2` ... within the case."""
    schema_: PartySchema = Field(alias="schema")
    role: PartyRole
    name: str
    date_of_birth: date | None = None
    incorporated_on: date | None = None
    nationality: Country | None = None
    country: Country | None = None
    address: str | None = None
    occupation: str | None = None
    """Occupation of a person, line of business of a company."""
    identifiers: tuple[Identifier, ...] = ()
    customer_since: date | None = None
    is_employee: bool = False
    further: FurtherDetails | None = None


class Account(Record):
    """An account at the reporting institution."""

    number: str
    holder: str
    """Party id."""
    currency: Currency
    opened_on: date | None = None
    branch: str = ""


class Ownership(Record):
    """One edge of the ownership graph: `owner` holds `share` percent of `owned`."""

    owner: str
    owned: str
    share_percent: Decimal | None = None
    """None when nobody knows; an unknown share is reported, never taken as zero."""
    control: bool = False


class AttributeSource(Record):
    """Where one reading of an attribute comes from."""

    value: str
    """Normalised: ISO date, ISO country, upper-case name, digits of a number."""
    shown: str
    """As printed in the source."""
    evidence: str
    """Evidence id, or `intake` for what the submitting system declared."""


class Attribute(Record):
    """One attribute of one party over all sources; disagreement is kept, never resolved."""

    party: str
    name: str
    sources: tuple[AttributeSource, ...]
    agrees: bool


class CustomerProfile(Record):
    """What all documents and the submission say together."""

    attributes: tuple[Attribute, ...]
    expired_documents: tuple[str, ...] = ()
    """Document ids whose expiry lies before the case's day."""

    def conflicts(self) -> tuple[Attribute, ...]:
        """Give the attributes whose sources differ."""
        return tuple(a for a in self.attributes if not a.agrees)
