"""The facts of five fictional cases, as the tools would compute them."""

from casegate.model.fact import Fact, FactDraft, RoleType, RoleValue
from casegate.model.narrative import OutputKind
from casegate.narrative.predicates import PREDICATES, broken_declaration

USD = "USD"


class FactList:
    """Collects facts with running ids; checks each against its declaration."""

    def __init__(self, currency: str = USD) -> None:
        self.facts: list[Fact] = []
        self.currency = currency

    def add(
        self,
        predicate: str,
        evidence: str,
        *,
        required: bool = False,
        mitigating: bool = False,
        **roles: str | int,
    ) -> Fact:
        """Add one fact. Durations are written as `6 hours`; money takes the list's currency."""
        types = PREDICATES[predicate].roles
        fact = Fact(
            id=f"F{len(self.facts) + 1}",
            predicate=predicate,
            roles={role: self._value(types[role], str(value)) for role, value in roles.items()},
            evidence=tuple(evidence.split()),
            required=required,
            mitigating=mitigating,
        )
        broken = broken_declaration(FactDraft(predicate=predicate, roles=fact.roles))
        assert broken is None, broken
        self.facts.append(fact)
        return fact

    def _value(self, kind: RoleType, value: str) -> RoleValue:
        unit = ""
        if kind is RoleType.MONEY:
            unit = self.currency
        if kind is RoleType.DURATION:
            value, unit = value.split()
        return RoleValue(type=kind, value=value, unit=unit)


def structuring_pass_through() -> tuple[Fact, ...]:
    """Five cash deposits below the threshold, then two transfers abroad."""
    f, who, acc = FactList(), "Marta Velde", "4471-8820-19"
    f.add(
        "customer",
        "E1",
        party=who,
        since="2021-05-03",
        occupation="florist",
        address="12 Elm Road, Port Amsel",
        birth="1984-02-17",
        country="US",
        required=True,
    )
    f.add(
        "account",
        "E1",
        party=who,
        account=acc,
        opened="2021-05-03",
        place="Harbour Street",
        required=True,
    )
    f.add(
        "expected_monthly",
        "E1",
        party=who,
        amount="6000.00",
        stated="2021-05-03",
        purpose="income of a flower shop",
        required=True,
    )
    f.add(
        "alert",
        "E1",
        alert="AL-2026-0317",
        scenario="cash_structuring",
        date="2026-03-20",
        required=True,
    )
    f.add("prior_cases", "E2", party=who, count=0)
    f.add("screened", "E3", count=2, list="OFAC SDN", date="2026-02-27")
    _before(f, who, acc)
    _deposits(f, acc)
    _passed_on(f, who, acc)
    return tuple(f.facts)


def _before(f: FactList, who: str, acc: str) -> None:
    f.add(
        "structuring",
        "E4",
        party=who,
        account=acc,
        count=5,
        total="47300.00",
        min="9100.00",
        max="9800.00",
        first="2026-03-04",
        last="2026-03-11",
        span="2026-03-04/2026-03-11",
        threshold="10000.00",
        places=2,
        required=True,
    )


def _deposits(f: FactList, acc: str) -> None:
    deposits = [
        ("2026-03-04", "9500.00", "Harbour Street"),
        ("2026-03-05", "9400.00", "Market Square"),
        ("2026-03-06", "9800.00", "Harbour Street"),
        ("2026-03-09", "9100.00", "Market Square"),
        ("2026-03-11", "9500.00", "Harbour Street"),
    ]
    for n, (day, amount, place) in enumerate(deposits, start=1):
        f.add(
            "credit",
            "E4",
            txn=f"T{n}",
            account=acc,
            amount=amount,
            date=day,
            channel="cash",
            place=place,
        )
    f.add("cash_place", "E4", account=acc, place="Harbour Street", count=3, total="28800.00")
    f.add("cash_place", "E4", account=acc, place="Market Square", count=2, total="18500.00")


def _passed_on(f: FactList, who: str, acc: str) -> None:
    f.add(
        "pass_through",
        "E4",
        account=acc,
        party=who,
        credited="47300.00",
        debited="44900.00",
        share="95",
        first="2026-03-11",
        last="2026-03-12",
        within="36 hours",
        required=True,
    )
    f.add(
        "debit",
        "E4",
        txn="T6",
        account=acc,
        amount="24900.00",
        date="2026-03-12",
        channel="wire",
        counterparty="Baltic Trade OU",
        country="EE",
    )
    f.add(
        "debit",
        "E4",
        txn="T7",
        account=acc,
        amount="20000.00",
        date="2026-03-12",
        channel="wire",
        counterparty="Baltic Trade OU",
        country="EE",
    )
    f.add(
        "transfers_to",
        "E4",
        account=acc,
        counterparty="Baltic Trade OU",
        count=2,
        total="44900.00",
        first="2026-03-12",
        last="2026-03-12",
        country="EE",
        required=True,
    )
    f.add(
        "exceeds_expected",
        "E4",
        party=who,
        measured="47300.00",
        expected="6000.00",
        multiple="7.9",
        month="2026-03",
        required=True,
    )
    f.add("guidance", "E5", note="FFIEC Appendix F", typology="structuring")


def seasonal_business() -> tuple[Fact, ...]:
    """Summer turnover that the customer declared in advance."""
    f, who, acc = FactList(), "Dune Kiosk LLC", "5520-1174-03"
    f.add("customer", "E1", party=who, since="2019-03-01", occupation="beach kiosk", required=True)
    f.add("account", "E1", party=who, account=acc, opened="2019-03-01", required=True)
    f.add(
        "declared_season",
        "E1",
        party=who,
        months="7,8",
        amount="42000.00",
        mitigating=True,
        required=True,
    )
    f.add(
        "alert", "E1", alert="AL-2026-0822", scenario="velocity", date="2026-08-22", required=True
    )
    f.add(
        "activity",
        "E3",
        account=acc,
        span="2026-06-01/2026-08-31",
        credit_count=118,
        credits="88400.00",
        debit_count=41,
        debits="71250.50",
    )
    f.add(
        "within_expected",
        "E3",
        party=who,
        measured="39800.00",
        expected="42000.00",
        month="2026-07",
        mitigating=True,
        required=True,
    )
    f.add(
        "same_season",
        "E3",
        party=who,
        month="2026-07",
        previous="38100.00",
        measured="39800.00",
        mitigating=True,
        required=True,
    )
    f.add("no_typology", "E3", account=acc, count=13)
    f.add("screened", "E2", count=3, list="OFAC SDN", date="2026-08-14")
    f.add("prior_cases", "E4", party=who, count=1)
    f.add(
        "prior_case",
        "E4",
        party=who,
        case="C-2024-17",
        date="2024-09-02",
        disposition="no_suspicion",
    )
    return tuple(f.facts)


def person_account_opening() -> tuple[Fact, ...]:
    """A person with a passport, a utility bill and a salary letter."""
    f, who = FactList("EUR"), "Ines Falkenrath"
    f.add(
        "customer",
        "E1",
        party=who,
        occupation="dental nurse",
        birth="1991-11-30",
        address="Kanalstrasse 8, Nordhaven",
        country="DE",
        required=True,
    )
    f.add(
        "document_identity",
        "E2",
        document="passport",
        party=who,
        birth="1991-11-30",
        number="C01X0006H",
        expiry="2031-01-14",
        country="DE",
        required=True,
    )
    f.add(
        "document_address",
        "E3",
        document="utility bill",
        party=who,
        address="Kanalstrasse 8, Nordhaven",
        date="2026-05-02",
        required=True,
    )
    f.add(
        "document_funds",
        "E4",
        document="salary letter",
        party=who,
        source="employment",
        amount="2900.00",
        date="2026-05-28",
        required=True,
    )
    f.add("attribute_agrees", "E5", party=who, attribute="date_of_birth", count=3)
    f.add("attribute_agrees", "E5", party=who, attribute="address", count=2)
    f.add("expected_monthly", "E1", party=who, amount="3200.00", purpose="salary")
    f.add("screened", "E6", count=1, list="Demo Sanctions", date="2026-05-01", required=True)
    f.add("rating", "E7", party=who, rating="low", required=True)
    return tuple(f.facts)


def company_two_owners() -> tuple[Fact, ...]:
    """A company with two owners, one of whom controls it."""
    f, firm = FactList("EUR"), "Harbour Foods GmbH"
    f.add("customer", "E1", party=firm, occupation="food wholesale", country="DE", required=True)
    f.add(
        "document_registration",
        "E2",
        document="register extract",
        party=firm,
        number="HRB 20417",
        date="2017-06-19",
        country="DE",
        required=True,
    )
    f.add("owner", "E3", party="Anna Bell", share="60", company=firm, required=True)
    f.add("owner", "E3", party="Ben Cole", share="40", company=firm, required=True)
    f.add("control", "E3", party="Anna Bell", company=firm, required=True)
    f.add(
        "document_identity",
        "E4",
        document="passport",
        party="Anna Bell",
        birth="1975-01-09",
        number="L898902C3",
        expiry="2029-08-30",
    )
    f.add(
        "document_identity",
        "E5",
        document="identity card",
        party="Ben Cole",
        birth="1982-10-21",
        number="ID4402918",
        expiry="2030-02-11",
    )
    f.add(
        "attribute_conflict",
        "E2 E4",
        party="Anna Bell",
        attribute="address",
        first="3 Quay Lane",
        second="31 Quay Lane",
    )
    f.add("screened", "E6", count=3, list="Demo Sanctions", date="2026-05-01", required=True)
    f.add("rating", "E7", party=firm, rating="medium", required=True)
    return tuple(f.facts)


def possible_sanctions_match() -> tuple[Fact, ...]:
    """A name that resembles a list entry; one attribute agrees and one differs."""
    f, who = FactList(), "Viktor Sarov"
    f.add(
        "customer",
        "E1",
        party=who,
        since="2020-10-12",
        birth="1970-03-22",
        country="BG",
        required=True,
    )
    f.add("alert", "E1", alert="SC-88120", scenario="name_screening", date="2026-06-02")
    f.add(
        "hit",
        "E2",
        party=who,
        entry="SAROV, Viktor Ilich",
        list="Demo Sanctions",
        score="87.5",
        date="2026-06-02",
        required=True,
    )
    f.add(
        "hit_agreement",
        "E2",
        party=who,
        entry="SAROV, Viktor Ilich",
        attribute="country",
        required=True,
    )
    f.add(
        "hit_contradiction",
        "E2",
        party=who,
        entry="SAROV, Viktor Ilich",
        attribute="date_of_birth",
        required=True,
    )
    f.add("prior_cases", "E3", party=who, count=0)
    return tuple(f.facts)


EXAMPLES = {
    "person-account-opening": (person_account_opening, OutputKind.KYC_MEMO),
    "company-two-owners": (company_two_owners, OutputKind.KYC_MEMO),
    "structuring-pass-through": (structuring_pass_through, OutputKind.SAR_NARRATIVE),
    "possible-sanctions-match": (possible_sanctions_match, OutputKind.HIT_NOTE),
    "seasonal-business": (seasonal_business, OutputKind.NO_FILE_RATIONALE),
}
