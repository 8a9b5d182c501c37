"""Effective shares with cycles, and the chains that are shown: against walking the graph."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casegate.ownership.chains import PATHS_OF_A_COMPANY, chains
from casegate.ownership.graph import Graph
from casegate.ownership.shares import MOST_ON_CYCLES, effective_shares
from tests.ownership.owning import Edge, owning


def shares(*edges: Edge) -> dict[str, str] | None:
    found = effective_shares(Graph.of(owning(*edges)), "C")
    return None if found is None else {party: str(h.share) for party, h in found.items()}


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([("C", "C", "10"), ("P", "C", "90")], {"P": "1"}),
        ([("D", "C", "10"), ("P", "C", "90"), ("C", "D", "100")], {"P": "1", "D": "1/10"}),
        ([("D", "C", "50"), ("P", "C", "50"), ("C", "D", "50"), ("Q", "D", "50")],
         {"D": "1/2", "P": "2/3", "Q": "1/3"}),
        ([("D", "C", "100"), ("E", "D", "20"), ("D", "E", "20"), ("P", "D", "80"),
          ("Q", "E", "80")], {"D": "1", "E": "1/5", "P": "5/6", "Q": "1/6"}),
        ([("D", "C", "100"), ("D", "D", "100")], None),
        ([("D", "C", "100"), ("E", "D", "100"), ("D", "E", "100")], None),
        ([("D", "C", "60"), ("C", "D", "60"), ("P", "C", "60")], None),
        ([("D", "C", "60"), ("C", "D", "-60"), ("P", "C", "40")], None),
    ],
    ids=["own shares", "a daughter holds its mother", "mutual", "a circle above", "all its own",
         "all of each other", "more than all on a cycle", "less than nothing on a cycle"],
)  # fmt: skip
def test_cycles_are_counted_with_all_rounds_where_there_is_one_answer(
    edges: list[Edge], expected: dict[str, str] | None
) -> None:
    assert shares(*edges) == expected


def test_a_share_that_nobody_knows_leaves_what_is_beyond_it_open() -> None:
    graph = Graph.of(owning(("D", "C", "50"), ("C", "D", None), ("Q", "D", "50"), ("P", "C", "50")))
    found = effective_shares(graph, "C")
    assert found is not None
    assert {p: (str(h.share), h.open) for p, h in found.items()} == {
        "D": ("1/2", True),
        "P": ("1/2", True),
        "Q": ("1/4", True),
    }


def test_a_tangle_of_too_many_companies_has_no_answer() -> None:
    graph = Graph(
        {f"c{n}": {f"c{n + 1}": Fraction(1, 2)} for n in range(MOST_ON_CYCLES)}
        | {f"c{MOST_ON_CYCLES}": {"c0": Fraction(1, 2)}},
        {},
        frozenset(),
    )
    assert effective_shares(graph, "c0") is None


drawn = st.lists(
    st.tuples(st.sampled_from("CDEFGPQ"), st.sampled_from("CDEFG"), st.integers(1, 10)),
    min_size=1,
    max_size=14,
    unique_by=lambda edge: edge[:2],
)


def walked(shares: dict[tuple[str, str], float], target: str) -> float:
    """Follow the shares of C round by round, and add up what comes to `target` and stays."""
    came, on_the_way = 0.0, {"C": 1.0}
    for _ in range(3_000):
        onward: dict[str, float] = {}
        for (owner, owned), share in shares.items():
            if on_the_way.get(owned):
                onward[owner] = onward.get(owner, 0.0) + on_the_way[owned] * share
        came += onward.pop(target, 0.0)
        on_the_way = {party: part for party, part in onward.items() if part > 1e-12}
        if not on_the_way:
            break
    return came


@settings(max_examples=150, deadline=None)
@given(drawn)
def test_any_graph_gives_what_walking_it_round_by_round_gives(
    edges: list[tuple[str, str, int]],
) -> None:
    """Every company keeps a tenth outside, so that walking comes to an end."""
    totals: dict[str, int] = {}
    for _, owned, weight in edges:
        totals[owned] = totals.get(owned, 0) + weight
    parts = {(o, c): Fraction(9 * w, 10 * totals[c]) for o, c, w in edges}
    holders: dict[str, dict[str, Fraction | None]] = {}
    for (owner, owned), part in parts.items():
        holders.setdefault(owned, {})[owner] = part
    found = effective_shares(Graph(holders, {}, frozenset("PQ")), "C")
    assert found is not None
    floats = {edge: float(part) for edge, part in parts.items()}
    for party, held in found.items():
        assert float(held.share) == pytest.approx(walked(floats, party), abs=1e-8)


@settings(max_examples=100, deadline=None)
@given(drawn)
def test_natural_persons_hold_all_of_a_company_that_is_held_in_full(
    edges: list[tuple[str, str, int]],
) -> None:
    full = [*edges, *(("P", c, 1) for c in "CDEFG" if not any(e[:2] == ("P", c) for e in edges))]
    totals: dict[str, int] = {}
    for _, owned, weight in full:
        totals[owned] = totals.get(owned, 0) + weight
    holders: dict[str, dict[str, Fraction | None]] = {}
    for owner, owned, weight in full:
        holders.setdefault(owned, {})[owner] = Fraction(weight, totals[owned])
    found = effective_shares(Graph(holders, {}, frozenset("PQ")), "C")
    assert found is not None
    assert sum(h.share for p, h in found.items() if p in "PQ") == 1


def test_every_chain_is_shown_with_its_links_and_product() -> None:
    case = owning(("D", "C", "50"), ("E", "C", None), ("P", "D", "33.3"), ("P", "E", "10"))
    shown = chains(Graph.of(case), "C")
    told = [
        ("/".join([shown_.links[0].owner, *(k.owned for k in shown_.links)]), shown_.fraction)
        for shown_ in shown.paths
    ]
    assert told == [("D/C", "1/2"), ("P/D/C", "333/2000"), ("E/C", None), ("P/E/C", None)]
    assert [str(link.percent) for link in shown.paths[1].links] == ["33.30", "50.00"]
    assert not shown.cut


@settings(max_examples=60, deadline=None)
@given(drawn)
def test_without_cycles_the_chains_add_up_to_the_shares(
    edges: list[tuple[str, str, int]],
) -> None:
    down = [(o, c, str(w)) for o, c, w in edges if o > c]
    assume(down)
    graph = Graph.of(owning(*down))
    found, shown = effective_shares(graph, "C"), chains(graph, "C")
    assert found is not None
    assert not shown.cut
    for party, held in found.items():
        of_party = [p.fraction for p in shown.paths if p.links[0].owner == party]
        assert sum(Fraction(fraction or 0) for fraction in of_party) == held.share


def test_too_many_chains_are_cut_and_told_while_shares_stay_whole() -> None:
    """Eleven layers of two companies each: 2,048 chains to the person at the top."""
    layers = [("c",), *((f"a{n}", f"b{n}") for n in range(11)), ("p",)]
    holders: dict[str, dict[str, Fraction | None]] = {
        below: {above: Fraction(1, len(layers[n + 1])) for above in layers[n + 1]}
        for n, layer in enumerate(layers[:-1])
        for below in layer
    }
    graph = Graph(holders, {}, frozenset("p"))
    found, shown = effective_shares(graph, "c"), chains(graph, "c")
    assert found is not None
    assert found["p"].share == 1
    assert shown.cut
    assert {path.links[0].owner for path in shown.paths} == found.keys()
    assert len(shown.paths) <= PATHS_OF_A_COMPANY + len(found)
