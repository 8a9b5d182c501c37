"""What the submission says of a customer and of earlier cases becomes facts, unaltered."""

from casegate.model.evidence import Coverage
from casegate.narrative.predicates import broken_declaration
from examples.generate import SCENARIOS, make_bundle
from tests.transactions.cases import dossier, facts
from tools.customer import CustomerTool
from tools.history import HistoryTool


def test_customer_account_alert_and_declaration_are_told_as_submitted() -> None:
    case = make_bundle("seasonal-business", 0).case
    outcome = CustomerTool()(dossier(case), {})
    party, account, profile = case["parties"][0], case["accounts"][0], case["expected_profile"]
    assert facts(outcome, "customer") == [
        {
            "party": party["name"],
            "since": party["customer_since"],
            "occupation": party["occupation"],
            "address": party["address"],
            "birth": party["date_of_birth"],
            "country": "US",
        }
    ]
    assert facts(outcome, "account")[0]["account"] == account["number"]
    assert facts(outcome, "alert")[0]["alert"] == case["alert"]["id"]
    assert facts(outcome, "expected_monthly")[0]["amount"] == profile["monthly_credits"]["amount"]
    (season,) = facts(outcome, "declared_season")
    assert season["months"] == ", ".join(str(m) for m in profile["peak_months"])
    assert {f.predicate for f in outcome.facts if f.required} == {"customer", "account"}


def test_every_fact_of_every_example_keeps_its_declaration() -> None:
    for name in SCENARIOS:
        case = dossier(make_bundle(name, 0).case)
        for tool in (CustomerTool(), HistoryTool()):
            made = tool(case, {}).facts
            assert [broken_declaration(f) for f in made] == [None] * len(made)


def test_what_was_not_submitted_is_not_told() -> None:
    case = make_bundle("person-account-opening", 0).case
    del case["expected_profile"], case["parties"][0]["occupation"]
    outcome = CustomerTool()(dossier(case), {})
    assert {f.predicate for f in outcome.facts} == {"customer"}
    assert "occupation" not in facts(outcome, "customer")[0]
    assert "since" not in facts(outcome, "customer")[0]


def prior(id_: str, closed: str) -> dict[str, object]:
    return {
        "id": id_,
        "party": "P1",
        "closed_on": closed,
        "disposition": "no_suspicion",
        "sar_filed": True,
    }


def test_prior_cases_are_told_oldest_first_without_saying_what_was_filed() -> None:
    case = make_bundle("structuring-pass-through", 0).case
    case["prior_cases"] = [prior("OLD-2", "2025-06-01"), prior("OLD-1", "2024-02-03")]
    outcome = HistoryTool()(dossier(case), {})
    assert facts(outcome, "prior_cases")[0]["count"] == "2"
    assert [f["case"] for f in facts(outcome, "prior_case")] == ["OLD-1", "OLD-2"]
    assert "sar_filed" not in str(outcome.content)
    assert outcome.coverage is Coverage.COMPLETE


def test_a_customer_without_prior_cases_has_none() -> None:
    outcome = HistoryTool()(dossier(make_bundle("seasonal-business", 0).case), {})
    assert facts(outcome, "prior_cases")[0]["count"] == "0"


def test_a_prior_case_without_a_date_degrades_the_coverage() -> None:
    case = make_bundle("structuring-pass-through", 0).case
    case["prior_cases"] = [prior("OLD-1", "last spring")]
    outcome = HistoryTool()(dossier(case), {})
    assert outcome.coverage is Coverage.DEGRADED
    assert facts(outcome, "prior_case") == []
    assert facts(outcome, "prior_cases")[0]["count"] == "1"
