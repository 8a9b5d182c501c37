"""Credits against the declaration: far above, within, or as the season before."""

from decimal import Decimal

import pytest

from casegate.model.base import Money
from casegate.model.case import ExpectedProfile
from casegate.model.party import Party
from tests.transactions.ledgers import in_force
from tools.transactions.expected import compare, facts

VALUES = in_force().version.expected_activity
WHO = Party.model_validate({"id": "P1", "schema": "Person", "role": "subject", "name": "Ada Quill"})
PROFILE = ExpectedProfile(
    monthly_credits=Money(amount=Decimal(1000), currency="USD"),
    peak_months=(6,),
    peak_monthly_credits=Money(amount=Decimal(10000), currency="USD"),
)


def told(profile: ExpectedProfile, **months: str) -> list[tuple[str, str]]:
    credits = {name[1:].replace("_", "-"): Decimal(amount) for name, amount in months.items()}
    made = facts(compare(profile, credits, VALUES), WHO, "USD", VALUES)
    return [(fact.predicate, fact.roles["month"].value) for fact in made]


@pytest.mark.parametrize(
    ("credits", "expected"),
    [
        ("1000.00", [("within_expected", "2026-05")]),
        ("1000.01", []),
        ("3000.00", []),
        ("3000.01", [("exceeds_expected", "2026-05")]),
    ],
)
def test_credits_are_within_above_or_neither(credits: str, expected: list[tuple[str, str]]) -> None:
    assert told(PROFILE, m2026_05=credits) == expected


def test_a_peak_month_is_held_against_the_peak_amount() -> None:
    assert told(PROFILE, m2026_06="9000") == [("within_expected", "2026-06")]
    assert told(PROFILE, m2026_06="30001") == [("exceeds_expected", "2026-06")]


@pytest.mark.parametrize(("before", "same"), [("6000", True), ("5999.99", False), ("20000", True)])
def test_a_season_is_the_same_up_to_the_dated_multiple(before: str, same: bool) -> None:
    made = told(PROFILE, m2025_06=before, m2026_04="1", m2026_05="1", m2026_06="9000")
    assert (("same_season", "2026-06") in made) is same


def test_a_quiet_month_beside_an_outbreak_mitigates_nothing() -> None:
    assert told(PROFILE, m2026_04="10", m2026_05="50000") == [("exceeds_expected", "2026-05")]


def test_only_the_newest_months_are_compared() -> None:
    made = told(PROFILE, m2025_01="90000", m2026_02="1", m2026_03="1", m2026_04="1")
    assert {month for _, month in made} == {"2026-02", "2026-03", "2026-04"}


def test_the_multiple_is_rounded_to_one_place() -> None:
    made = facts(compare(PROFILE, {"2026-05": Decimal("13412.00")}, VALUES), WHO, "USD", VALUES)
    assert made[0].roles["multiple"].value == "13.4"
    assert made[0].required


@pytest.mark.parametrize(
    "profile",
    [ExpectedProfile(), ExpectedProfile(monthly_credits=Money(amount=Decimal(0), currency="USD"))],
)
def test_without_a_declared_amount_nothing_is_compared(profile: ExpectedProfile) -> None:
    assert told(profile, m2026_05="9000") == []
