"""A stand that sells in its season for cash, as it did the year before, and as declared."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

from examples.bundle import Bundle, Json, make, money, party_of
from examples.business_papers import account_application, site_letter
from examples.ledger import Entry, amount, moment, to_csv
from examples.people import Person, a_date, account_number, person

_BRANCH = "Mill Square"


@dataclass(frozen=True)
class Trade:
    """A business with its season; `last_day` ends the transaction file."""

    trade: str
    site: str
    months: tuple[int, ...]
    in_words: str
    last_day: date


_TRADES = (
    Trade(
        "a pumpkin and apple stand", "the lower meadow at Orchard Row", (9, 10),
        "September and October", date(2026, 10, 31),
    ),
    Trade(
        "a beach kiosk", "kiosk site 4 on the south beach", (6, 7, 8), "June, July and August",
        date(2026, 8, 31),
    ),
)  # fmt: skip


def seasonal_business(rng: Random) -> Bundle:
    """Make fifteen months of entries with two like seasons; amounts vary, none is structured."""
    trade = _TRADES[0] if rng.random() < 0.6 else _TRADES[1]
    who = replace(person(rng), occupation=f"owner of {trade.trade}")
    account = account_number(rng)
    since = a_date(rng, date(2022, 1, 10), date(2022, 4, 28))
    entries = _fifteen_months(rng, trade)
    peak = _declared_peak(entries, trade)
    raised = datetime.combine(trade.last_day, datetime.min.time(), tzinfo=UTC) + timedelta(
        days=2, hours=5
    )
    opened = raised + timedelta(days=rng.randint(1, 9), hours=5)
    papers = [
        account_application(
            who,
            signed=since,
            monthly=Decimal(1500),
            purpose=f"takings of {trade.trade}",
            season=f"{trade.in_words}, up to ${peak:,.2f} a month",
            subject="P1",
        ),
        site_letter(
            who, trade=trade.trade, months=trade.in_words, site=trade.site,
            written=raised.date() - timedelta(days=rng.randint(60, 120)), subject="P1",
        ),
    ]  # fmt: skip
    case = _case(rng, who, account, trade, since=since, raised=raised, opened=opened, peak=peak)
    return make(
        case, papers, disposition="no_suspicion", transactions=to_csv(entries, account=account)
    )


def _case(
    rng: Random, who: Person, account: str, trade: Trade, *, since: date, raised: datetime,
    opened: datetime, peak: Decimal,
) -> Json:  # fmt: skip
    return {
        "reference": f"AML-{opened:%Y%m%d}-{rng.randint(1000, 9999)}",
        "kind": "aml_alert",
        "jurisdiction": "US",
        "opened_at": opened.isoformat(),
        "parties": [party_of(who, id="P1", role="subject", customer_since=since.isoformat())],
        "accounts": [
            {"number": account, "holder": "P1", "currency": "USD", "opened_on": since.isoformat(),
             "branch": _BRANCH}
        ],
        "alert": {
            "id": f"TM-{rng.randint(100_000, 999_999)}",
            "raised_at": raised.isoformat(),
            "scenario": "cash_increase",
            "summary": "Cash credits well above the average of the months before.",
        },
        "expected_profile": {
            "monthly_credits": money(Decimal(1500)),
            "cash_share_percent": 90,
            "countries": ["US"],
            "peak_months": list(trade.months),
            "peak_monthly_credits": money(peak),
            "purpose": f"takings of {trade.trade}",
            "stated_on": since.isoformat(),
        },
    }  # fmt: skip


def _fifteen_months(rng: Random, trade: Trade) -> list[Entry]:
    first = date(trade.last_day.year - 1, trade.months[0], 1) - timedelta(days=31)
    entries: list[Entry] = []
    for n in range((trade.last_day - first).days + 1):
        day = first + timedelta(days=n)
        entries += _takings(rng, day) if day.month in trade.months else _quiet(rng, day)
    return entries


def _takings(rng: Random, day: date) -> list[Entry]:
    """Bank the weekend on Monday, the week on Wednesday and Saturday, pay on Thursday."""
    if day.weekday() == 3:
        return [
            Entry(moment(day, rng, 12, 16), "out", amount(rng, 1500, 3400), "ach",
                  "Hollow Hill Growers", "8800330917", "US", description="supplies"),
            Entry(moment(day, rng, 12, 16), "out", amount(rng, 700, 1300), "ach",
                  "Quincemere Payroll", "8800118245", "US", description="wages of helpers"),
        ]  # fmt: skip
    even_week = day.isocalendar().week % 2 == 0
    ranges = {0: (10050, 12000) if even_week else (5000, 9600), 2: (3000, 6800), 5: (2000, 4500)}
    if day.weekday() not in ranges:
        return []
    return [
        Entry(moment(day, rng, 10, 15), "in", amount(rng, *ranges[day.weekday()], "5"), "cash",
              place=_BRANCH, description="takings")
    ]  # fmt: skip


def _quiet(rng: Random, day: date) -> list[Entry]:
    entries = []
    if day.day == 9:
        entries.append(
            Entry(moment(day, rng, 6, 9), "in", amount(rng, 600, 1400), "ach",
                  "Tallow Creek Grocers", "8800725561", "US", description="preserves")
        )  # fmt: skip
    if day.weekday() == 4:
        entries.append(
            Entry(moment(day, rng, 9, 18), "out", amount(rng, 30, 190), "card",
                  rng.choice(("Barn & Field Supplies", "Harbour Fuel")))
        )  # fmt: skip
    if (day.month, day.day) == (1, 15):
        entries.append(
            Entry(moment(day, rng, 9, 12), "out", Decimal("32000.00"), "internal",
                  "own savings account", "9907770001", "US", description="winter savings")
        )  # fmt: skip
    return entries


def _declared_peak(entries: list[Entry], trade: Trade) -> Decimal:
    """Round the best month up to the next 5,000, so that the declaration covers it."""
    months: dict[tuple[int, int], Decimal] = {}
    for entry in entries:
        if entry.direction == "in" and entry.at.month in trade.months:
            key = (entry.at.year, entry.at.month)
            months[key] = months.get(key, Decimal(0)) + entry.amount
    return (max(months.values()) / 5000).quantize(Decimal(1), ROUND_CEILING) * 5000
