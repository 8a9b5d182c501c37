"""Two customers to take on: a person, and a company with two owners. All papers agree."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

from examples.bundle import Bundle, Json, make, money, party_of
from examples.business_papers import Firm, Owner, ownership_declaration, register_extract
from examples.identity_papers import funds_letter, passport, utility_bill
from examples.people import a_date, address, person

_FIRMS = (
    ("Larkmoor Instruments LLC", "Repair and calibration of measuring instruments"),
    ("Greyfinch Woodworks LLC", "Furniture made to measure"),
    ("Oldfield & Brine Foods LLC", "Pickled vegetables, wholesale"),
    ("Copperbeech Cycles LLC", "Bicycle repair and sale"),
)


def opened(rng: Random, first: date, last: date) -> datetime:
    """Pick the moment at which the submitting system opened the case."""
    day = a_date(rng, first, last)
    return datetime(day.year, day.month, day.day, 9, rng.randrange(60), tzinfo=UTC)


def _reference(kind: str, at: datetime, rng: Random) -> str:
    return f"{kind}-{at:%Y%m%d}-{rng.randint(1000, 9999)}"


def person_account_opening(rng: Random) -> Bundle:
    """Make a person with passport, utility bill and a letter on the origin of funds."""
    who = person(rng)
    at = opened(rng, date(2026, 11, 2), date(2026, 11, 16))
    old_street, old_town = address(rng)
    papers = [
        passport(who, subject="P1", filename="passport.pdf"),
        utility_bill(
            who, issued=at.date() - timedelta(days=rng.randint(12, 50)), subject="P1", rng=rng
        ),
        funds_letter(
            who,
            written=at.date() - timedelta(days=rng.randint(2, 9)),
            subject="P1",
            rng=rng,
            old=f"{old_street}, {old_town}",
        ),
    ]
    case: Json = {
        "reference": _reference("ONB", at, rng),
        "kind": "kyc_person",
        "jurisdiction": "US",
        "opened_at": at.isoformat(),
        "parties": [party_of(who, id="P1", role="subject")],
        "expected_profile": {
            "monthly_credits": money(Decimal(rng.randint(32, 68) * 100)),
            "cash_share_percent": 5,
            "countries": ["US"],
            "purpose": "salary and household bills",
            "stated_on": (at.date() - timedelta(days=2)).isoformat(),
        },
    }
    return make(case, papers, disposition="kyc_approved")


def company_two_owners(rng: Random) -> Bundle:
    """Make a company with register extract, ownership declaration and its owners' passports."""
    first = person(rng)
    second = person(rng, not_named=(first.surname,))
    name, business = rng.choice(_FIRMS)
    street, town = address(rng)
    at = opened(rng, date(2026, 11, 2), date(2026, 11, 16))
    firm = Firm(
        name=name,
        number=f"LLC-{rng.randint(1_000_000, 9_999_999)}",
        incorporated=a_date(rng, date(2012, 1, 2), date(2023, 12, 28)),
        address=f"{street}, {town}",
        business=business,
    )
    owners = (Owner("P2", first, 60), Owner("P3", second, 40))
    signed = at.date() - timedelta(days=rng.randint(2, 8))
    papers = [
        register_extract(
            firm,
            director=first,
            issued=at.date() - timedelta(days=rng.randint(9, 30)),
            subject="P1",
        ),
        ownership_declaration(firm, owners, control=owners[0], signed=signed, subject="P1"),
        passport(first, subject="P2", filename="passport-owner-1.pdf"),
        passport(second, subject="P3", filename="passport-owner-2.pdf"),
    ]
    case: Json = {
        "reference": _reference("ONB", at, rng),
        "kind": "kyc_entity",
        "jurisdiction": "US",
        "opened_at": at.isoformat(),
        "parties": [
            _company(firm),
            party_of(first, id="P2", role="beneficial_owner", occupation="managing director"),
            party_of(second, id="P3", role="beneficial_owner"),
        ],
        "ownership": [
            {"owner": "P2", "owned": "P1", "share_percent": "60", "control": True},
            {"owner": "P3", "owned": "P1", "share_percent": "40"},
        ],
        "expected_profile": {
            "monthly_credits": money(Decimal(rng.randint(18, 60) * 1000)),
            "cash_share_percent": 5,
            "countries": ["US"],
            "purpose": "receipts from customers and payments to suppliers",
            "stated_on": signed.isoformat(),
        },
    }
    return make(case, papers, disposition="kyc_approved")


def _company(firm: Firm) -> Json:
    return {
        "id": "P1",
        "schema": "Company",
        "role": "subject",
        "name": firm.name,
        "incorporated_on": firm.incorporated.isoformat(),
        "country": "US",
        "address": firm.address,
        "occupation": firm.business.lower(),
        "identifiers": [{"kind": "registration", "value": firm.number, "country": "US"}],
    }
