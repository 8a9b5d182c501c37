"""A customer of years whose account takes structured cash and passes it abroad."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

from examples.bundle import Bundle, Json, make, money, party_of
from examples.business_papers import account_application
from examples.ledger import Entry, amount, marked, moment, to_csv
from examples.people import Person, a_date, account_number, person

_BRANCHES = (
    "Harbour Street", "Mill Square", "Orchard Row", "Station Road", "Lighthouse Plaza",
)  # fmt: skip
_EMPLOYERS = ("Seabright Group", "Verity Associates", "Tarn & Tarn")
_FOREIGN = (
    ("Meridian Parallax Trading", "CY"), ("Blue Cardinal Provisions", "HK"),
    ("Corvale Line Imports", "PA"), ("Silver Heron General Trading", "AE"),
)  # fmt: skip
_PLANS = {6: (2, 2, 2), 7: (2, 2, 3), 8: (2, 2, 2, 2)}
"""Cash deposits of each group; one wire follows every group."""
_STARTS = {3: (0, 3, 8), 4: (0, 3, 7, 10)}
"""Days from the first Monday to the first day of each group; no group meets a Sunday."""


def structuring_pass_through(rng: Random) -> Bundle:
    """Make 12 months of ordinary entries, then two weeks of structured cash and wires out."""
    who, account = person(rng), account_number(rng)
    since = a_date(rng, date(2016, 2, 1), date(2021, 11, 30))
    monday = rng.choice((date(2026, 9, 7), date(2026, 10, 5)))
    expected = Decimal(rng.randint(38, 44) * 100)
    entries = ordinary_year(rng, until=monday + timedelta(days=15), monthly=expected)
    entries += planted(rng, monday)
    raised = datetime(monday.year, monday.month, monday.day, 5, 40, tzinfo=UTC) + timedelta(days=15)
    opened = raised + timedelta(days=rng.randint(2, 12), hours=4)
    application = account_application(
        who, signed=since, monthly=expected, purpose="salary and household bills", season="",
        subject="P1",
    )  # fmt: skip
    case = _case(rng, who, account, since=since, raised=raised, opened=opened, expected=expected)
    findings = [
        {"typology": name, "account": account, "txn_ids": marked(entries, name)}
        for name in ("structuring", "pass_through")
    ]
    return make(
        case,
        [application],
        disposition="suspicious_file",
        transactions=to_csv(entries, account=account),
        findings=findings,
    )


def _case(
    rng: Random, who: Person, account: str, *, since: date, raised: datetime, opened: datetime,
    expected: Decimal,
) -> Json:  # fmt: skip
    return {
        "reference": f"AML-{opened:%Y%m%d}-{rng.randint(1000, 9999)}",
        "kind": "aml_alert",
        "jurisdiction": "US",
        "opened_at": opened.isoformat(),
        "parties": [party_of(who, id="P1", role="subject", customer_since=since.isoformat())],
        "accounts": [
            {"number": account, "holder": "P1", "currency": "USD", "opened_on": since.isoformat(),
             "branch": _BRANCHES[0]}
        ],
        "alert": {
            "id": f"TM-{rng.randint(100_000, 999_999)}",
            "raised_at": raised.isoformat(),
            "scenario": "cash_structuring",
            "summary": "Several cash deposits below 10,000 within two weeks.",
        },
        "expected_profile": {
            "monthly_credits": money(expected),
            "cash_share_percent": 5,
            "countries": ["US"],
            "purpose": "salary and household bills",
            "stated_on": since.isoformat(),
        },
    }  # fmt: skip


def ordinary_year(rng: Random, *, until: date, monthly: Decimal) -> list[Entry]:
    """Make a salaried person's entries of the twelve months before `until`."""
    employer = rng.choice(_EMPLOYERS)
    entries: list[Entry] = []
    day = until.replace(year=until.year - 1)
    while day < until:
        entries += _ordinary_day(rng, day, employer=employer, monthly=monthly)
        day += timedelta(days=1)
    return entries


def _ordinary_day(rng: Random, day: date, *, employer: str, monthly: Decimal) -> list[Entry]:
    entries = []
    if day.day == 27:
        salary = monthly - amount(rng, 60, 220)
        entries.append(
            Entry(moment(day, rng, 5, 7), "in", salary, "ach", employer, "8800214417", "US",
                  description="salary")
        )  # fmt: skip
    if day.day == 1:
        rent = Decimal("1450.00")
        entries.append(
            Entry(moment(day, rng, 6, 8), "out", rent, "ach", "Alder Notch Lettings",
                  "8800571130", "US", description="rent")
        )  # fmt: skip
    if day.day == 12:
        entries.append(
            Entry(moment(day, rng, 6, 8), "out", amount(rng, 90, 160), "ach",
                  "Northlight Energy", "8800904471", "US", description="electricity")
        )  # fmt: skip
    if day.weekday() in (2, 5):
        entries.append(
            Entry(moment(day, rng, 9, 19), "out", amount(rng, 25, 140), "card",
                  rng.choice(("Greengrove Market", "Pine Pharmacy", "Harbour Fuel")))
        )  # fmt: skip
    if day.day == 18 and rng.random() < 0.4:
        entries.append(
            Entry(moment(day, rng, 10, 15), "in", amount(rng, 60, 180, "20"), "cash",
                  place=_BRANCHES[0], description="cash deposit")
        )  # fmt: skip
    return entries


def planted(rng: Random, monday: date) -> list[Entry]:
    """Make groups of cash deposits just below 10,000, each wired out within 48 hours."""
    groups = _PLANS[rng.choice((6, 7, 8))]
    company, country = rng.choice(_FOREIGN)
    iban = f"{country}99{rng.randint(10**13, 10**14 - 1)}"
    entries: list[Entry] = []
    for size, offset in zip(groups, _STARTS[len(groups)], strict=True):
        first = monday + timedelta(days=offset)
        branches = rng.sample(_BRANCHES, k=size)
        group = [
            Entry(moment(first + timedelta(days=min(n, 1)), rng, 10, 15), "in",
                  amount(rng, 9100, 9900, "10"), "cash", place=branch,
                  description="cash deposit", marks=("structuring", "pass_through"))
            for n, branch in enumerate(branches)
        ]  # fmt: skip
        share = Decimal(rng.randint(860, 940)) / 1000
        wired = (sum((e.amount for e in group), Decimal(0)) * share / 50).quantize(Decimal(1)) * 50
        entries += group
        entries.append(
            Entry(moment(first + timedelta(days=1), rng, 16, 18), "out",
                  wired.quantize(Decimal("0.01")), "wire", company, iban, country,
                  description="goods", marks=("pass_through",))
        )  # fmt: skip
    return entries
