"""What the transactions tool hands to a case."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from casegate.errors import ToolInputError
from casegate.model.base import Problem
from casegate.model.bundle import CaseBundle
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage
from casegate.model.transaction import Transaction, TypologyFinding
from casegate.narrative.predicates import broken_declaration
from examples.generate import make_bundle
from tests.transactions.cases import Blobs, dossier, example, facts
from tools.transactions.load import load
from tools.transactions.lookups import CounterpartyProfile, MonthlyFlows
from tools.transactions.policy import read_policy
from tools.transactions.tool import TransactionsTool

SUSPICIOUS = "structuring-pass-through"
SEASONAL = "seasonal-business"


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path)


@pytest.fixture
def tool(blobs: Blobs) -> TransactionsTool:
    return TransactionsTool(open_parquet=blobs.path, policy=read_policy())


def test_structured_cash_that_is_wired_away_is_told_with_every_entry(
    tool: TransactionsTool, blobs: Blobs
) -> None:
    outcome = tool(example(SUSPICIOUS, blobs), {})
    truth = make_bundle(SUSPICIOUS, 0).truth["findings"]
    assert outcome.coverage is Coverage.COMPLETE
    found = [TypologyFinding.model_validate(f) for f in outcome.content["findings"]]
    assert [(f.typology, list(f.txn_ids)) for f in found] == [
        (t["typology"], t["txn_ids"]) for t in truth
    ]
    entries = [f["txn"] for p in ("credit", "debit") for f in facts(outcome, p)]
    assert sorted(entries) == truth[1]["txn_ids"]
    (structuring,) = facts(outcome, "structuring")
    places = facts(outcome, "cash_place")
    assert Decimal(structuring["total"]) == sum(Decimal(p["total"]) for p in places)
    (passed,) = facts(outcome, "pass_through")
    (sent,) = facts(outcome, "transfers_to")
    assert passed["debited"] == sent["total"]
    assert 85 <= Decimal(passed["share"]) <= 95
    assert passed["within"] == "48"
    assert facts(outcome, "exceeds_expected")
    assert not facts(outcome, "within_expected")
    assert not facts(outcome, "no_typology")


def test_entries_are_told_in_the_order_of_their_dates(tool: TransactionsTool, blobs: Blobs) -> None:
    outcome = tool(example(SUSPICIOUS, blobs), {})
    dates = [f.roles["date"].value for f in outcome.facts if f.predicate in ("credit", "debit")]
    assert dates == sorted(dates)


def test_what_a_report_can_not_miss_is_marked_required(
    tool: TransactionsTool, blobs: Blobs
) -> None:
    outcome = tool(example(SUSPICIOUS, blobs), {})
    required = {f.predicate for f in outcome.facts if f.required}
    assert required == {"structuring", "pass_through", "transfers_to", "exceeds_expected"}


def test_a_declared_season_is_told_as_mitigating_and_no_pattern_is_found(
    tool: TransactionsTool, blobs: Blobs
) -> None:
    outcome = tool(example(SEASONAL, blobs), {})
    assert outcome.content["findings"] == []
    assert {f.predicate for f in outcome.facts if f.mitigating} == {
        "within_expected",
        "same_season",
        "no_typology",
    }
    assert facts(outcome, "no_typology")[0]["count"] == "3"


@pytest.mark.parametrize("name", [SUSPICIOUS, SEASONAL])
def test_every_fact_keeps_its_declaration(tool: TransactionsTool, blobs: Blobs, name: str) -> None:
    outcome = tool(example(name, blobs), {})
    assert [broken_declaration(f) for f in outcome.facts] == [None] * len(outcome.facts)


def test_sums_of_the_content_are_those_of_the_rows(tool: TransactionsTool, blobs: Blobs) -> None:
    content = tool(example(SUSPICIOUS, blobs), {}).content
    rows = [Transaction.model_validate(row) for row in content["rows"]]
    credits = sum(r.amount for r in rows if r.direction == "in")
    assert content["rows_complete"]
    assert Decimal(content["accounts"][0]["credits"]) == credits
    assert sum(Decimal(m["credits"]) for m in content["monthly"]) == credits
    by_name = sum(Decimal(c["total"]) for c in content["counterparties"])
    assert by_name == sum(r.amount for r in rows if r.counterparty)
    months = {r.booked_at.strftime("%Y-%m") for r in rows}
    assert [m["month"] for m in content["monthly"]] == sorted(months)


def test_the_same_case_gives_the_same_outcome(tool: TransactionsTool, blobs: Blobs) -> None:
    case = example(SUSPICIOUS, blobs)
    assert tool(case, {}) == tool(case, {})


def long_case(blobs: Blobs) -> Dossier:
    bundle = make_bundle(SUSPICIOUS, 0)
    case = CaseBundle.model_validate(bundle.case)
    assert bundle.transactions is not None
    more = [
        f"X{n},{case.accounts[0].number},2026-01-05,out,1.00,USD,card,Kiosk,,,,".encode()
        for n in range(500)
    ]
    data = bundle.transactions + b"\n".join(more) + b"\n"
    loaded = load(data, "transactions.csv", accounts=case.accounts)
    blobs.put(loaded.set.parquet, loaded.parquet)
    return dossier(case, loaded.set)


def test_of_a_long_file_the_entries_of_findings_are_quoted(
    tool: TransactionsTool, blobs: Blobs
) -> None:
    content = tool(long_case(blobs), {}).content
    named = {txn for finding in content["findings"] for txn in finding["txn_ids"]}
    assert not content["rows_complete"]
    assert {row["id"] for row in content["rows"]} == named


def test_an_alert_without_transactions_is_unavailable_and_never_clear(
    tool: TransactionsTool,
) -> None:
    outcome = tool(dossier(make_bundle(SUSPICIOUS, 0).case), {})
    assert (outcome.coverage, outcome.facts) == (Coverage.UNAVAILABLE, ())
    assert outcome.problem is not None
    assert outcome.problem.code == "transactions_missing"
    assert "findings" not in outcome.content


def test_a_new_customer_needs_no_transactions(tool: TransactionsTool) -> None:
    outcome = tool(dossier(make_bundle("person-account-opening", 0).case), {})
    assert (outcome.coverage, outcome.content) == (Coverage.COMPLETE, {"submitted": False})


def test_a_refused_file_stays_unavailable_whatever_the_case_is_about(
    tool: TransactionsTool,
) -> None:
    problem = Problem(code="transactions_invalid", message="line 3", where="transactions")
    case = dossier(make_bundle("person-account-opening", 0).case, problems=(problem,))
    outcome = tool(case, {})
    assert outcome.coverage is Coverage.UNAVAILABLE
    assert outcome.problem is not None
    assert outcome.problem.code == "transactions_invalid"


def test_a_lost_or_broken_file_is_unavailable(tool: TransactionsTool, blobs: Blobs) -> None:
    case = example(SUSPICIOUS, blobs)
    assert case.transactions is not None
    path = blobs.path(case.transactions.parquet)
    path.write_bytes(path.read_bytes()[:200])
    broken = tool(case, {})
    path.unlink()
    lost = tool(case, {})
    assert [o.coverage for o in (broken, lost)] == [Coverage.UNAVAILABLE] * 2
    assert [o.problem.code for o in (broken, lost) if o.problem] == [
        "transactions_invalid",
        "blob_missing",
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"jurisdiction": "BR"}, "policy_missing"),
        ({"opened_at": datetime(2019, 12, 31, tzinfo=UTC)}, "policy_missing"),
        ({"jurisdiction": "DE"}, "currency_mixed"),
    ],
)
def test_without_a_policy_for_place_day_and_currency_nothing_is_said(
    tool: TransactionsTool, blobs: Blobs, changed: dict[str, object], code: str
) -> None:
    case = example(SUSPICIOUS, blobs)
    elsewhere = case.model_copy(update={"bundle": case.bundle.model_copy(update=changed)})
    outcome = tool(elsewhere, {})
    assert outcome.coverage is Coverage.UNAVAILABLE
    assert outcome.problem is not None
    assert outcome.problem.code == code


def test_an_account_without_entries_degrades_the_coverage(
    tool: TransactionsTool, blobs: Blobs
) -> None:
    case = example(SEASONAL, blobs)
    second = case.bundle.accounts[0].model_copy(update={"number": "9909999999"})
    accounts = (*case.bundle.accounts, second)
    outcome = tool(
        case.model_copy(update={"bundle": case.bundle.model_copy(update={"accounts": accounts})}),
        {},
    )
    assert outcome.coverage is Coverage.DEGRADED
    assert outcome.problem is not None
    assert "1 of 2 accounts" in outcome.problem.message
    assert "9909999999" not in outcome.problem.message


def test_parameters_outside_the_contract_are_refused(tool: TransactionsTool, blobs: Blobs) -> None:
    case = example(SUSPICIOUS, blobs)
    with pytest.raises(ToolInputError):
        tool(case, {"account": "1"})
    with pytest.raises(ToolInputError):
        MonthlyFlows(open_parquet=blobs.path)(case, {"month": "2026-01"})
    for wrong in ({}, {"counterparty": "C9"}, {"counterparty": "C1", "more": 1}):
        with pytest.raises(ToolInputError):
            CounterpartyProfile(open_parquet=blobs.path)(case, wrong)


def test_a_counterparty_is_shown_with_all_its_entries(blobs: Blobs) -> None:
    case = example(SUSPICIOUS, blobs)
    content = CounterpartyProfile(open_parquet=blobs.path)(case, {"counterparty": "C1"}).content
    rows = [Transaction.model_validate(row) for row in content["rows"]]
    assert {row.channel for row in rows} == {"wire"}
    assert sum(row.amount for row in rows) == Decimal(content["counterparty"]["total"])
    assert len(rows) == content["counterparty"]["count"]


def test_monthly_flows_add_up_to_all_entries(tool: TransactionsTool, blobs: Blobs) -> None:
    case = example(SEASONAL, blobs)
    flows = MonthlyFlows(open_parquet=blobs.path)(case, {}).content["flows"]
    rows = tool(case, {}).content["rows"]
    assert sum(Decimal(f["total"]) for f in flows) == sum(Decimal(r["amount"]) for r in rows)
    assert sum(f["count"] for f in flows) == len(rows)


def test_lookups_apply_only_where_there_are_entries(blobs: Blobs) -> None:
    lookup = MonthlyFlows(open_parquet=blobs.path)
    assert lookup.applies(example(SEASONAL, blobs))
    empty = example("person-account-opening", blobs)
    assert not lookup.applies(empty)
    assert lookup(empty, {}).coverage is Coverage.UNAVAILABLE
