"""Effective ownership over chains: exact, dated, and loud where a structure isn't understood."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegate.model.bundle import CaseBundle
from casegate.model.evidence import CompanyOwnership, Coverage, OwnershipContent
from casegate.narrative.predicates import broken_declaration
from casegate.ownership.graph import Graph
from casegate.ownership.shares import effective_shares
from tests.transactions.cases import dossier, facts
from tools.base import ToolOutcome
from tools.ownership import OwnershipTool
from tools.ownership_policy import read_ownership_policy

Edge = tuple[str, str, str | None]
"""Owner, owned, percent: companies are C, D, E ...; persons P, Q, R ...; the subject is C."""


def bundle(
    *edges: Edge,
    control: tuple[tuple[str, str], ...] = (("P", "C"),),
    **more: str | datetime,
) -> CaseBundle:
    pairs = [(owner, owned) for owner, owned, _ in edges]
    ends = {end for pair in (*pairs, *control) for end in pair} | {"C"}
    parties = [
        {
            "id": end,
            "schema": "Person" if end[0] >= "P" else "Company",
            "role": "subject" if end == "C" else "beneficial_owner",
            "name": f"Name of {end}",
        }
        for end in sorted(ends)
    ]
    ownership: list[dict[str, object]] = [
        {"owner": o, "owned": c, "share_percent": s} for o, c, s in edges
    ]
    ownership += [{"owner": o, "owned": c, "control": True} for o, c in control]
    return CaseBundle.model_validate(
        {
            "reference": "r-1",
            "kind": "kyc_entity",
            "jurisdiction": "US",
            "opened_at": datetime(2026, 11, 2, tzinfo=UTC),
            "parties": parties,
            "ownership": ownership,
            **more,
        }
    )


def look(case: CaseBundle) -> ToolOutcome:
    return OwnershipTool(policy=read_ownership_policy())(dossier(case), {})


def company(case: CaseBundle) -> CompanyOwnership:
    return OwnershipContent.model_validate(look(case).content).companies[0]


def shares(case: CaseBundle) -> dict[str, str]:
    return {o.party: o.fraction for o in company(case).owners}


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([("P", "C", "60"), ("Q", "C", "40")], {"P": "3/5", "Q": "2/5"}),
        ([("D", "C", "50"), ("P", "D", "50"), ("Q", "C", "50"), ("R", "D", "50")],
         {"Q": "1/2", "D": "1/2", "P": "1/4", "R": "1/4"}),
        ([("D", "C", "50"), ("E", "C", "50"), ("P", "D", "10"), ("P", "E", "90")],
         {"D": "1/2", "E": "1/2", "P": "1/2"}),
        ([("P", "C", "30"), ("P", "C", "12.5")], {"P": "17/40"}),
        ([("D", "C", "33.3"), ("P", "D", "33.3")], {"D": "333/1000", "P": "110889/1000000"}),
    ],
    ids=["direct", "chain", "several chains add up", "several edges add up", "exact fractions"],
)  # fmt: skip
def test_effective_shares_are_products_and_sums_as_exact_fractions(
    edges: list[Edge], expected: dict[str, str]
) -> None:
    assert shares(bundle(*edges)) == expected


@pytest.mark.parametrize(
    ("jurisdiction", "percent", "owner"),
    [
        ("US", "25", True),
        ("US", "24.99", False),
        ("DE", "25", True),
        ("GB", "25", False),
        ("GB", "25.01", True),
    ],
)
def test_the_threshold_is_that_of_the_jurisdiction(
    jurisdiction: str, percent: str, owner: bool
) -> None:
    case = bundle(("P", "C", percent), ("Q", "C", "70"), jurisdiction=jurisdiction)
    found = {o.party: o.beneficial_owner for o in company(case).owners}
    assert found == {"P": owner, "Q": True}


def test_exactly_the_threshold_over_a_chain_is_reached_without_rounding() -> None:
    case = bundle(("D", "C", "50"), ("P", "D", "50"), ("Q", "D", "50"), ("Q", "C", "50"))
    found = {o.party: o.beneficial_owner for o in company(case).owners}
    assert found == {"Q": True, "P": True, "D": False}


def test_a_share_is_never_shown_at_a_threshold_that_it_misses() -> None:
    case = bundle(("P", "C", "24.999"), ("Q", "C", "75"))
    (owner,) = [o for o in company(case).owners if o.party == "P"]
    assert (str(owner.percent), owner.beneficial_owner) == ("24.99", False)
    assert [f["share"] for f in facts(look(case), "owner")] == ["75", "24.99"]


@pytest.mark.parametrize(
    ("edges", "kinds"),
    [
        ([("P", "C", "60"), ("Q", "C", "40")], []),
        ([("P", "C", "75")], []),
        ([("P", "C", "74.99")], ["gap"]),
        ([], ["gap"]),
        ([("D", "C", "100")], ["gap"]),
        ([("P", "C", "60"), ("Q", "C", "40.01")], ["sum_over_100"]),
        ([("P", "C", "80"), ("Q", "C", None)], ["unknown_share"]),
        ([("P", "C", "-1"), ("Q", "C", "100")], ["impossible_share"]),
        ([("P", "C", "50"), ("D", "C", "50"), ("C", "D", "10"), ("Q", "D", "90")], ["cycle"]),
        ([("C", "C", "10"), ("P", "C", "90")], ["cycle"]),
        ([("P", "C", "80"), ("D", "C", "20"), ("Q", "D", "110")],
         ["impossible_share", "sum_over_100"]),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_reported_and_never_complete(
    edges: list[Edge], kinds: list[str]
) -> None:
    case = bundle(*edges)
    assert [f.kind for f in company(case).findings] == kinds
    outcome = look(case)
    assert (outcome.coverage is Coverage.COMPLETE) is (not kinds)
    assert (outcome.problem is None) is (not kinds)


def test_a_cycle_is_held_and_its_shares_are_counted_with_all_rounds() -> None:
    found = company(bundle(("D", "C", "50"), ("E", "D", "50"), ("D", "E", "50"), ("P", "E", "50")))
    kinds = [(f.kind, f.parties) for f in found.findings]
    assert kinds == [("cycle", ("D", "E")), ("gap", ())]
    assert {o.party: o.fraction for o in found.owners} == {"D": "1/2", "E": "1/4", "P": "1/6"}


def test_companies_that_hold_all_of_each_other_have_no_answer() -> None:
    found = company(bundle(("D", "C", "100"), ("C", "D", "100")))
    assert [f.kind for f in found.findings] == ["cycle"]
    assert found.owners == ()
    assert [link.owner for path in found.paths for link in path.links] == ["D"]


def test_an_unknown_share_makes_what_is_above_it_a_lower_bound() -> None:
    case = bundle(("P", "C", "80"), ("D", "C", None), ("Q", "D", "100"))
    found = {o.party: (o.fraction, o.lower_bound) for o in company(case).owners}
    assert found == {"P": ("4/5", False), "D": ("0", True), "Q": ("0", True)}


@pytest.mark.parametrize(
    ("control", "persons"),
    [
        ((("P", "C"),), ("P",)),
        ((("D", "C"), ("Q", "D")), ("Q",)),
        ((("D", "C"),), ()),
        ((("D", "C"), ("C", "D")), ()),
    ],
    ids=["direct", "through a company", "a company alone", "companies in a circle"],
)
def test_control_ends_with_natural_persons(
    control: tuple[tuple[str, str], ...], persons: tuple[str, ...]
) -> None:
    found = company(bundle(("P", "C", "100"), control=control))
    assert found.control == persons
    assert ("no_control_person" in [f.kind for f in found.findings]) is (not persons)


def test_facts_name_owners_and_control_and_keep_their_declarations() -> None:
    outcome = look(bundle(("P", "C", "60"), ("Q", "C", "40")))
    assert [(f["party"], f["share"]) for f in facts(outcome, "owner")] == [
        ("Name of P", "60"),
        ("Name of Q", "40"),
    ]
    assert facts(outcome, "control") == [{"party": "Name of P", "company": "Name of C"}]
    assert not any(broken_declaration(f) for f in outcome.facts)


def test_a_case_about_persons_asks_for_no_owners() -> None:
    person = {"id": "P", "schema": "Person", "role": "subject", "name": "Name of P"}
    raw = bundle(control=()).model_dump(mode="json")
    outcome = look(CaseBundle.model_validate({**raw, "parties": [person]}))
    assert (outcome.coverage, outcome.content["companies"]) == (Coverage.COMPLETE, [])


@pytest.mark.parametrize(
    "more", [{"jurisdiction": "BR"}, {"opened_at": datetime(2017, 1, 1, tzinfo=UTC)}]
)
def test_without_a_threshold_in_force_ownership_is_unavailable(
    more: dict[str, str | datetime],
) -> None:
    case = bundle(("P", "C", "100"))
    outcome = look(case.model_copy(update=more))
    assert (outcome.coverage, outcome.content) == (Coverage.UNAVAILABLE, {})


layers = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(1, 100)), min_size=1, max_size=12
)


@settings(max_examples=200, deadline=None)
@given(layers)
def test_shares_over_any_layers_are_the_sums_over_all_paths(
    drawn: list[tuple[int, int, int]],
) -> None:
    """Company n is held only from higher numbers, so there is no cycle."""
    names = "CDEFP"
    edges = {(names[max(a, b + 1)], names[b]): s for b, a, s in drawn if b < 4}
    case = bundle(*[(o, c, str(s)) for (o, c), s in edges.items()], control=())
    graph = Graph.of(case)

    def paths(company: str, share: Fraction, totals: dict[str, Fraction]) -> dict[str, Fraction]:
        for (owner, owned), percent in edges.items():
            if owned == company:
                part = share * Fraction(percent, 100)
                totals[owner] = totals.get(owner, Fraction(0)) + part
                paths(owner, part, totals)
        return totals

    assert graph.cycle("C") == ()
    found = effective_shares(graph, "C")
    assert found is not None
    held = {party: h.share for party, h in found.items()}
    assert held == paths("C", Fraction(1), {})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=10))
def test_a_cycle_above_a_company_is_always_found(drawn: list[tuple[int, int]]) -> None:
    names = "CDEFG"
    edges = {(names[a], names[b]) for a, b in drawn}
    graph = Graph.of(bundle(*[(o, c, "1") for o, c in sorted(edges)], control=()))

    def feeds_itself(company: str, trail: tuple[str, ...]) -> bool:
        if company in trail:
            return True
        return any(feeds_itself(o, (*trail, company)) for o, c in edges if c == company)

    assert bool(graph.cycle("C")) is feeds_itself("C", ())
