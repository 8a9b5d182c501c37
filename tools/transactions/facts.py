"""What findings and sums mean, as facts that a narrative may state."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from casegate.model.bundle import CaseBundle
from casegate.model.fact import FactDraft
from casegate.model.party import Party
from casegate.model.transaction import Transaction, TypologyFinding
from tools import roles
from tools.transactions.measures import Activity


@dataclass(frozen=True)
class Found:
    """A finding with its entries, and the party that holds its account."""

    finding: TypologyFinding
    rows: tuple[Transaction, ...]
    """By time, exactly those of `finding.txn_ids`."""
    holder: Party

    @property
    def credits(self) -> list[Transaction]:
        """The entries that came in."""
        return [row for row in self.rows if row.direction == "in"]

    @property
    def debits(self) -> list[Transaction]:
        """The entries that went out."""
        return [row for row in self.rows if row.direction == "out"]


def holder_of(bundle: CaseBundle, account: str) -> Party:
    """Give the party that holds `account`."""
    holder = next(a.holder for a in bundle.accounts if a.number == account)
    return next(p for p in bundle.parties if p.id == holder)


def activity(of: Activity, currency: str) -> FactDraft:
    """Tell what an account took in and paid out."""
    return roles.fact(
        "activity",
        {
            "account": roles.account(of.account),
            "span": roles.span(of.first, of.last),
            "credit_count": roles.count(of.credit_count),
            "credits": roles.money(of.credits, currency),
            "debit_count": roles.count(of.debit_count),
            "debits": roles.money(of.debits, currency),
        },
    )


def no_typology(account: str, detectors: int) -> FactDraft:
    """Tell that all detectors looked at an account and found nothing."""
    return roles.fact(
        "no_typology",
        {"account": roles.account(account), "count": roles.count(detectors)},
        mitigating=True,
    )


def of_findings(found: Sequence[Found]) -> list[FactDraft]:
    """Tell each finding, then each entry of all findings once, by time."""
    told = [fact for item in found for fact in _TELL[item.finding.typology](item)]
    entries = {row.id: row for item in found for row in item.rows}
    ordered = sorted(entries.values(), key=lambda row: (row.booked_at, row.id))
    return told + [entry(row) for row in ordered]


def entry(row: Transaction) -> FactDraft:
    """Tell one entry."""
    return roles.fact(
        "credit" if row.direction == "in" else "debit",
        {
            "txn": roles.text(row.id),
            "account": roles.account(row.account),
            "amount": roles.money(row.amount, row.currency),
            "date": roles.day(row.booked_at.date()),
            "channel": roles.text(row.channel),
            "counterparty": roles.counterparty(row.counterparty),
            "place": roles.place(row.place),
            "country": roles.place(row.counterparty_country or ""),
        },
    )


def _total(rows: Iterable[Transaction]) -> Decimal:
    return sum((row.amount for row in rows), Decimal(0))


def _structuring(found: Found) -> list[FactDraft]:
    finding, rows = found.finding, found.rows
    places = {row.place for row in rows if row.place}
    threshold = Decimal(finding.parameters["reporting_threshold"])
    amounts = [row.amount for row in rows]
    told = roles.fact(
        "structuring",
        {
            "account": roles.account(finding.account),
            "party": roles.party(found.holder),
            "count": roles.count(finding.count),
            "total": roles.money(finding.total, finding.currency),
            "min": roles.money(min(amounts), finding.currency),
            "max": roles.money(max(amounts), finding.currency),
            "first": roles.day(finding.start),
            "last": roles.day(finding.end),
            "span": roles.span(finding.start, finding.end),
            "threshold": roles.money(threshold, finding.currency),
            "places": roles.count(len(places)) if places else None,
        },
        required=True,
    )
    return [told, *(_cash_place(found, name) for name in sorted(places))]


def _cash_place(found: Found, place: str) -> FactDraft:
    rows = [row for row in found.rows if row.place == place]
    return roles.fact(
        "cash_place",
        {
            "account": roles.account(found.finding.account),
            "place": roles.place(place),
            "count": roles.count(len(rows)),
            "total": roles.money(_total(rows), found.finding.currency),
        },
    )


def _pass_through(found: Found) -> list[FactDraft]:
    finding = found.finding
    credited, debited = _total(found.credits), _total(found.debits)
    told = roles.fact(
        "pass_through",
        {
            "account": roles.account(finding.account),
            "party": roles.party(found.holder),
            "credited": roles.money(credited, finding.currency),
            "debited": roles.money(debited, finding.currency),
            "share": roles.percent(debited * 100 / credited),
            "first": roles.day(finding.start),
            "last": roles.day(finding.end),
            "within": roles.hours(finding.parameters["window_hours"]),
        },
        required=True,
    )
    return [told, *_transfers(found)]


def _transfers(found: Found) -> list[FactDraft]:
    """Tell the recipients by name and country, largest total first."""
    groups: dict[tuple[str, str], list[Transaction]] = defaultdict(list)
    for row in found.debits:
        if row.counterparty:
            groups[row.counterparty, row.counterparty_country or ""].append(row)
    ordered = sorted(groups.items(), key=lambda item: (-_total(item[1]), item[0]))
    return [
        roles.fact(
            "transfers_to",
            {
                "account": roles.account(found.finding.account),
                "counterparty": roles.counterparty(name),
                "count": roles.count(len(rows)),
                "total": roles.money(_total(rows), found.finding.currency),
                "first": roles.day(rows[0].booked_at.date()),
                "last": roles.day(rows[-1].booked_at.date()),
                "country": roles.place(country),
            },
            required=True,
        )
        for (name, country), rows in ordered
    ]


def _fan_in(found: Found) -> list[FactDraft]:
    finding = found.finding
    parties = {row.counterparty_account or row.counterparty.upper() for row in found.rows}
    told = roles.fact(
        "fan_in",
        {
            "account": roles.account(finding.account),
            "party": roles.party(found.holder),
            "count": roles.count(len(parties)),
            "total": roles.money(finding.total, finding.currency),
            "first": roles.day(finding.start),
            "last": roles.day(finding.end),
        },
        required=True,
    )
    return [told]


_TELL = {"structuring": _structuring, "pass_through": _pass_through, "fan_in": _fan_in}
