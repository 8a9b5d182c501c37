"""A person whose name closely resembles an entry of the fictional demonstration list."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

from examples.bundle import Bundle, Json, make, party_of
from examples.identity_papers import passport, utility_bill
from examples.people import a_date, person
from examples.scenarios.onboarding import opened

LISTED = "SOLMENKO, Viktor A."
"""The entry's name in `examples/lists/demo_sanctions.csv`, born 1968."""


def possible_sanctions_match(rng: Random) -> Bundle:
    """Make the near namesake; the hit has to stay open for a person."""
    who = replace(
        person(rng),
        given="Viktor Arkadyevich",
        surname="Solmenko",
        sex="M",
        born=date(1968, 4, 17),
        birthplace="Velisk",
        nationality="BG",
        country_name="Republic of Bulgaria",
        country_code="BGR",
        occupation="translator",
    )
    at = opened(rng, date(2026, 11, 2), date(2026, 11, 16))
    papers = [
        passport(who, subject="P1", filename="passport.pdf"),
        utility_bill(
            who, issued=at.date() - timedelta(days=rng.randint(12, 50)), subject="P1", rng=rng
        ),
    ]
    since = a_date(rng, date(2017, 1, 9), date(2022, 12, 20))
    case: Json = {
        "reference": f"SCR-{at:%Y%m%d}-{rng.randint(1000, 9999)}",
        "kind": "screening_alert",
        "jurisdiction": "US",
        "opened_at": at.isoformat(),
        "parties": [party_of(who, id="P1", role="subject", customer_since=since.isoformat())],
        "alert": {
            "id": f"SA-{rng.randint(100_000, 999_999)}",
            "raised_at": (at - timedelta(hours=rng.randint(3, 40))).isoformat(),
            "scenario": "name_screening",
            "summary": "Periodic screening: the name resembles a listed person.",
        },
    }
    number = {"kind": "customer", "value": f"C-{rng.randint(100_000, 999_999)}"}
    case["parties"][0]["identifiers"].append(number)
    hits = [{"party": "P1", "list": "demo_sanctions", "name": LISTED}]
    return make(case, papers, disposition="inconclusive", hits=hits)
