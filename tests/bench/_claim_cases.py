"""Generated dossiers and faithful drafts for the measurement of the claim gate."""

import random
from datetime import date, timedelta
from decimal import Decimal

from casegate.model.dossier import Dossier
from casegate.model.fact import Fact
from casegate.model.narrative import Narrative, OutputKind, Plan
from casegate.narrative.plan import planned_sentence
from casegate.narrative.render import candidates, complete, render, templated
from tests.claims.dossiers import dossier_of
from tests.narrative.example_facts import FactList

GIVEN = "Ana Bogdan Carmen Dmitri Elena Farid Greta Hassan Ilse Jorge Kamil Lucia Mateo Nadia Olof"
FAMILY = (
    "Arkwright Benitez Castellan Dvorak Eriksen Falk Grimaldi Horvat Ivanenko Jansen Kowal Lind"
)
FIRMS = "Northwind Bluewater Kestrel Meridian Oakline Polaris Redstone Silverbay Tamarind Umbra"
FORMS = "Ltd LLC GmbH OU BV AG"
STREETS = "Harbour Market Castle Mill Station Bridge Orchard Quarry Chapel Garden"
JOBS = "florist,plumber,car dealer,tailor,night club,bakery,taxi driver,dentist,scrap merchant"
COUNTRIES = "EE CY PA AE LV MT TR GE HK SG"
OUTPUTS = tuple(OutputKind)


class Generator:
    """Makes one case from a seed. Money, days, names and places differ within a case."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.facts = FactList(self.random.choice(["USD", "USD", "USD", "EUR", "GBP"]))
        self._used: set[str] = set()

    def facts_of_case(self) -> tuple[Fact, ...]:
        """Give facts of most predicates, about one party with two accounts."""
        who, firm = self.name(), self.firm()
        accounts = [self.account(), self.account()]
        self._customer(who, accounts)
        self._paid(who, accounts)
        self._typologies(who, accounts[0])
        self._profile(who, accounts[0])
        self._papers(who, firm)
        self._lists(who)
        return tuple(self.facts.facts)

    def _customer(self, who: str, accounts: list[str]) -> None:
        add = self.facts.add
        add(
            "customer",
            "E1",
            party=who,
            since=self.day(2015, 2022),
            occupation=self.random.choice(JOBS.split(",")),
            birth=self.day(1950, 2000),
            address=f"{self.random.randint(1, 99)} {self.place()}",
            country="US",
        )
        for account in accounts:
            add(
                "account",
                "E1",
                party=who,
                account=account,
                opened=self.day(2015, 2023),
                place=self.place(),
            )
        add(
            "alert",
            "E1",
            alert=f"AL-2026-{self.random.randint(1000, 9999)}",
            scenario="cash_structuring",
            date=self.day(2026, 2026),
        )
        add("prior_cases", "E2", party=who, count=self.random.randint(1, 6))
        add(
            "prior_case",
            "E2",
            party=who,
            case=f"C-{self.random.randint(10000, 99999)}",
            date=self.day(2022, 2025),
            disposition="no_suspicion",
        )

    def _paid(self, who: str, accounts: list[str]) -> None:
        add = self.facts.add
        for n in range(self.random.randint(3, 9)):
            add(
                "credit",
                "E4",
                txn=f"T{n}",
                account=accounts[0],
                amount=self.money(7000, 9999),
                date=self.day(2026, 2026),
                channel="cash",
                place=self.place(),
            )
        for n in range(self.random.randint(2, 5)):
            add(
                "debit",
                "E4",
                txn=f"T{n + 50}",
                account=self.random.choice(accounts),
                amount=self.money(1000, 40000),
                date=self.day(2026, 2026),
                channel="wire",
                counterparty=self.firm(),
                country=self.random.choice(COUNTRIES.split()),
            )

    def _typologies(self, who: str, account: str) -> None:
        add, first = self.facts.add, self.days()
        add(
            "structuring",
            "E4",
            account=account,
            party=who,
            count=self.count(3, 14),
            total=self.money(25000, 90000),
            min=self.money(7000, 8000),
            max=self.money(9000, 9990),
            first=first[0],
            last=first[1],
            span=f"{first[0]}/{first[1]}",
            threshold="10000.00",
            places=self.count(2, 5),
            required=True,
        )
        for _ in range(2):
            add(
                "cash_place",
                "E4",
                account=account,
                place=self.place(),
                count=self.count(2, 9),
                total=self.money(9000, 45000),
            )
        self._flows(who, account)

    def _flows(self, who: str, account: str) -> None:
        add = self.facts.add
        begin = self.days()
        add(
            "pass_through",
            "E4",
            account=account,
            party=who,
            credited=self.money(20000, 90000),
            debited=self.money(15000, 19999),
            share=self.random.randint(80, 99),
            first=begin[0],
            last=begin[1],
            within=f"{self.random.randint(3, 47)} hours",
        )
        for _ in range(2):
            days = self.days()
            add(
                "transfers_to",
                "E5",
                account=account,
                counterparty=self.firm(),
                count=self.count(2, 12),
                total=self.money(5000, 80000),
                first=days[0],
                last=days[1],
                country=self.random.choice(COUNTRIES.split()),
            )
        days = self.days()
        add(
            "fan_in",
            "E5",
            account=account,
            party=who,
            count=self.count(8, 30),
            total=self.money(8000, 60000),
            first=days[0],
            last=days[1],
        )

    def _profile(self, who: str, account: str) -> None:
        add = self.facts.add
        expected = self.money(2000, 6000)
        add(
            "expected_monthly",
            "E1",
            party=who,
            amount=expected,
            stated=self.day(2015, 2022),
            purpose="household income",
        )
        measured = self.money(20000, 60000)
        add(
            "exceeds_expected",
            "E4",
            party=who,
            measured=measured,
            expected=expected,
            multiple=f"{float(measured) / float(expected):.1f}",
            month=f"2026-{self.random.randint(1, 12):02d}",
        )
        add(
            "within_expected",
            "E4",
            party=who,
            measured=self.money(500, 1900),
            expected=expected,
            month=f"2025-{self.random.randint(1, 12):02d}",
        )
        add(
            "same_season",
            "E4",
            party=who,
            month=f"2025-{self.random.randint(1, 12):02d}",
            previous=self.money(500, 3000),
            measured=self.money(500, 3000),
        )
        span = self.days()
        add(
            "activity",
            "E4",
            account=account,
            span=f"{span[0]}/{span[1]}",
            credit_count=self.count(15, 90),
            credits=self.money(50000, 99000),
            debit_count=self.count(15, 90),
            debits=self.money(20000, 49000),
        )

    def _papers(self, who: str, firm: str) -> None:
        add = self.facts.add
        other = self.name()
        add("owner", "E6", party=who, share=self.random.randint(51, 90), company=firm)
        add("owner", "E6", party=other, share=self.random.randint(5, 49), company=firm)
        add("control", "E6", party=who, company=firm)
        add(
            "document_identity",
            "E7",
            document="passport",
            party=who,
            birth=self.day(1950, 2000),
            number=f"P{self.random.randint(1000000, 9999999)}",
            expiry=self.day(2028, 2034),
        )
        add("attribute_agrees", "E7", party=who, attribute="address", count=self.count(2, 5))

    def _lists(self, who: str) -> None:
        add = self.facts.add
        add("screened", "E8", count=self.count(1, 9), list="OFAC SDN", date=self.day(2026, 2026))
        add(
            "hit",
            "E8",
            party=who,
            entry=self.name().upper(),
            list="UN SC",
            score=self.random.randint(60, 99),
            date=self.day(2026, 2026),
        )

    # values, none twice in one case

    def _fresh(self, make) -> str:  # type: ignore[no-untyped-def]
        value = str(make())
        while value in self._used:
            value = str(make())
        self._used.add(value)
        return value

    def name(self) -> str:
        return self._fresh(
            lambda: f"{self.random.choice(GIVEN.split())} {self.random.choice(FAMILY.split())}"
        )

    def firm(self) -> str:
        return self._fresh(
            lambda: f"{self.random.choice(FIRMS.split())} {self.random.choice(FORMS.split())}"
        )

    def account(self) -> str:
        r = self.random.randint
        return self._fresh(lambda: f"{r(1000, 9999)}-{r(1000, 9999)}-{r(10, 99)}")

    def place(self) -> str:
        return self._fresh(
            lambda: (
                f"{self.random.choice(STREETS.split())} "
                f"{self.random.choice(['Street', 'Square', 'Road'])}"
            )
        )

    def money(self, low: int, high: int) -> str:
        cents = self.random.choice([0, 0, 50, 25])
        return self._fresh(
            lambda: f"{Decimal(self.random.randint(low, high)) + Decimal(cents) / 100:.2f}"
        )

    def count(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def day(self, first: int, last: int) -> str:
        start = date(first, 1, 1)
        span = (date(last, 12, 31) - start).days
        return self._fresh(lambda: start + timedelta(self.random.randint(0, span)))

    def days(self) -> tuple[str, str]:
        return tuple(sorted((self.day(2026, 2026), self.day(2026, 2026))))  # type: ignore[return-value]


def make_case(seed: int) -> Dossier:
    """Make one dossier."""
    facts = Generator(seed).facts_of_case()
    others = [f.roles["counterparty"].value for f in facts if "counterparty" in f.roles]
    return dossier_of(facts, counterparties=sorted(set(others)))


def make_draft(dossier: Dossier, seed: int) -> Narrative:
    """Write a faithful draft: by template, or from a random plan with joins, as a model gives."""
    rng = random.Random(seed)  # noqa: S311
    output = OUTPUTS[seed % len(OUTPUTS)]
    if rng.random() < 0.5:
        return templated(dossier.facts, output)
    offered = candidates(dossier.facts, output)
    chosen = rng.sample(offered, rng.randint(len(offered) // 2, len(offered)))
    joins = ["", "", "", "also", "then", "however"]
    plan = Plan(sentences=tuple(planned_sentence(c, rng.choice(joins)) for c in chosen))
    return render(complete(plan, dossier.facts, output), dossier.facts, output)
