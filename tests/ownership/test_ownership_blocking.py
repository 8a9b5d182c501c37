"""Blocked property: the examples of the authority, doubt of every kind, and any graph at all."""

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegate.model.bundle import CaseBundle
from casegate.model.evidence import BlockedParty, BlockingRule
from casegate.ownership.blocking import blocked_parties
from casegate.ownership.listed import Listed
from tests.ownership.owning import Edge, owning, rule

US, EU, GB = rule(), rule(control=True), rule(inclusive=False, aggregate=False, control=True)


def found(
    case: CaseBundle, settled: str = "", unsettled: str = "", law: BlockingRule = US
) -> dict[str, BlockedParty]:
    listed = Listed(settled=frozenset(settled), open=frozenset(unsettled))
    return {blocked.party: blocked for blocked in blocked_parties(case, listed, law)}


def statuses(
    case: CaseBundle, settled: str = "", unsettled: str = "", law: BlockingRule = US
) -> dict[str, str]:
    return {party: b.status for party, b in found(case, settled, unsettled, law).items()}


@pytest.mark.parametrize(
    ("edges", "blocked"),
    [
        ([("X", "A", "50"), ("A", "B", "50")], "AB"),
        ([("X", "A", "50"), ("X", "B", "50"), ("A", "C", "25"), ("B", "C", "25")], "ABC"),
        ([("X", "A", "50"), ("X", "B", "10"), ("A", "B", "40")], "AB"),
        ([("X", "A", "50"), ("X", "B", "25"), ("A", "C", "25"), ("B", "C", "25")], "A"),
        ([("X", "A", "25"), ("X", "B", "25"), ("A", "C", "50"), ("B", "C", "50")], ""),
        ([("X", "A", "50"), ("A", "B", "50"), ("B", "C", "50"), ("B", "D", "50"),
          ("C", "E", "25"), ("D", "E", "25")], "ABCDE"),
        ([("X", "A", "25"), ("Y", "A", "25")], "A"),
        ([("X", "A", "49.99"), ("P", "A", "50.01")], ""),
    ],
    ids=["a chain", "two chains add up", "directly and through another", "one branch falls short",
         "two that fall short", "far down", "several listed parties", "just below"],
)  # fmt: skip
def test_the_examples_of_the_50_percent_rule_come_out_as_published(
    edges: list[Edge], blocked: str
) -> None:
    rest = [(f"{'P' if n % 2 else 'Q'}", c, s) for n, (c, s) in enumerate(_rest(edges))]
    assert statuses(owning(*edges, *rest), "XY") == dict.fromkeys(blocked, "blocked")


def _rest(edges: list[Edge]) -> list[tuple[str, str]]:
    """Give what is missing to 100 percent of each company, so that nothing is in doubt."""
    held: dict[str, Fraction] = {}
    for _, owned, share in edges:
        held[owned] = held.get(owned, Fraction(0)) + Fraction(share or 0)
    return [(owned, str(float(100 - total))) for owned, total in held.items() if total < 100]


def test_an_open_hit_blocks_on_condition_and_a_settled_one_outright() -> None:
    case = owning(("X", "A", "60"), ("Y", "B", "60"), ("P", "A", "40"), ("P", "B", "40"))
    assert statuses(case, settled="X", unsettled="Y") == {"A": "blocked", "B": "conditional"}
    assert statuses(case) == {}


def test_shares_of_a_settled_and_an_open_hit_together_block_on_condition() -> None:
    case = owning(("X", "A", "30"), ("Y", "A", "30"), ("P", "A", "40"))
    assert statuses(case, "X", "Y") == {"A": "conditional"}


@pytest.mark.parametrize(
    ("edges", "status"),
    [
        ([("X", "A", None), ("P", "A", "40")], "possible"),
        ([("X", "A", None), ("P", "A", "50")], "possible"),
        ([("X", "A", None), ("P", "A", "50.01")], None),
        ([("X", "A", "30"), ("P", "A", None)], "possible"),
        ([("X", "A", "30"), ("P", "A", "40")], "possible"),
        ([("X", "A", "30"), ("P", "A", "60")], None),
        ([("X", "A", "30"), ("P", "A", "-5"), ("Q", "A", "70")], "possible"),
        ([("X", "A", "10"), ("P", "A", "95")], "possible"),
        ([("X", "A", "60"), ("P", "A", "-60")], "blocked"),
        ([("X", "A", "0"), ("P", "A", "10")], None),
        ([("P", "A", "10")], None),
    ],
    ids=["unknown share", "unknown share that could be half", "unknown share that can't be half",
         "a share of someone else that may be theirs", "a part that nobody accounts for",
         "a part too small to matter", "a share below zero", "more than all", "half all the same",
         "no share at all", "no listed holder"],
)  # fmt: skip
def test_what_nobody_knows_may_be_theirs_and_is_never_clear(
    edges: list[Edge], status: str | None
) -> None:
    assert statuses(owning(*edges), "X") == ({} if status is None else {"A": status})


def test_doubt_cascades() -> None:
    case = owning(("X", "A", None), ("A", "B", "50"), ("P", "B", "50"))
    assert statuses(case, "X") == {"A": "possible", "B": "possible"}


def test_a_circle_without_a_listed_party_blocks_nobody_and_with_one_everybody() -> None:
    circle: list[Edge] = [("A", "B", "50"), ("B", "A", "50"), ("X", "A", "50"), ("P", "B", "50")]
    assert statuses(owning(*circle), "Y") == {}
    assert statuses(owning(*circle), "X") == {"A": "blocked", "B": "blocked"}


def test_a_listed_company_is_not_blocked_by_what_it_owns_itself() -> None:
    case = owning(("A", "B", "50"), ("B", "A", "50"), ("P", "A", "50"), ("P", "B", "50"))
    assert statuses(case, "A") == {"B": "blocked"}


def test_a_company_whose_own_hit_was_false_is_still_blocked_by_its_owner() -> None:
    assert statuses(owning(("X", "A", "100")), "X") == {"A": "blocked"}


def test_without_aggregation_each_listed_party_counts_for_itself() -> None:
    several = owning(("X", "A", "40"), ("Y", "A", "60"), ("X", "B", "50"), ("Y", "B", "50"))
    law = rule(inclusive=False, aggregate=False)
    assert statuses(several, "XY", law=law) == {"A": "blocked"}
    assert statuses(several, "XY", law=rule(inclusive=False)) == {"A": "blocked", "B": "blocked"}
    (blocked,) = found(several, "XY", law=law).values()
    assert (blocked.fraction, blocked.listed) == ("3/5", ("Y",))


@pytest.mark.parametrize(("law", "status"), [(US, None), (EU, "possible"), (GB, "possible")])
def test_control_is_a_question_where_the_law_asks_for_it(
    law: BlockingRule, status: str | None
) -> None:
    case = owning(("P", "A", "100"), control=[("X", "A")])
    assert statuses(case, "X", law=law) == ({} if status is None else {"A": status})


def test_what_a_blocking_rests_on_is_shown() -> None:
    case = owning(("X", "A", "50"), ("A", "C", "33.3"), ("Y", "C", "20"), ("P", "C", "46.7"))
    shown = found(case, "XY")["C"]
    assert (shown.fraction, str(shown.percent)) == ("533/1000", "53.30")
    assert (shown.holders, shown.listed) == (("A", "Y"), ("X", "Y"))
    assert [[(k.owner, k.owned, k.fraction) for k in p.links] for p in shown.paths] == [
        [("Y", "C", "1/5")],
        [("X", "A", "1/2"), ("A", "C", "333/1000")],
    ]


companies, owners = "ABCDE", "ABCDEXYP"
edges_drawn = st.lists(
    st.tuples(
        st.sampled_from(owners),
        st.sampled_from(companies),
        st.one_of(st.none(), st.sampled_from(["5", "10", "25", "30", "49.9", "50", "60", "100"])),
    ),
    max_size=14,
    unique_by=lambda edge: edge[:2],
)


def smallest_closed_set(edges: list[Edge], listed: str) -> set[str]:
    """Try every set of companies: the blocked ones are in each that the rule adds nothing to."""

    def closed(blocked: set[str]) -> bool:
        shares = {
            c: sum(Fraction(s or 0) for o, d, s in edges if d == c and o in blocked)
            for c in companies
        }
        return all(shares[c] < 50 for c in companies if c not in blocked)

    every = chain.from_iterable(combinations(companies, n) for n in range(len(companies) + 1))
    sets = [{*some, *listed} for some in every]
    return set.intersection(*(one for one in sets if closed(one)))


@settings(max_examples=150, deadline=None)
@given(edges_drawn, st.sampled_from(["X", "XY", "AX", "A", "AB"]))
def test_any_graph_gives_the_smallest_set_that_the_rule_adds_nothing_to(
    edges: list[Edge], listed: str
) -> None:
    case = owning(*edges)
    blocked = {p for p, s in statuses(case, listed).items() if s == "blocked"}
    assert blocked - set(listed) == smallest_closed_set(edges, listed) - set(listed)


_STRENGTH = {"blocked": 3, "conditional": 2, "possible": 1}


@settings(max_examples=200, deadline=None)
@given(
    edges_drawn,
    st.sampled_from(["", "X", "A"]),
    st.sampled_from(["", "Y", "B"]),
    st.sampled_from(companies),
    st.sampled_from(["1", "20", "50", "90"]),
    st.sampled_from([US, EU, GB]),
)
def test_more_shares_for_a_listed_party_never_clear_anybody(
    edges: list[Edge], settled: str, unsettled: str, company: str, more: str, law: BlockingRule
) -> None:
    """What is said of a party that is listed itself is left out: it is held for its own hit.

    Without aggregation a share that turns out to be one listed party's can't be another's: what
    was only possible may then be none.
    """
    known = [listed for listed in settled + unsettled if (listed, company, None) not in edges]
    for listed in known:
        before = statuses(owning(*edges), settled, unsettled, law)
        after = statuses(owning(*edges, (listed, company, more)), settled, unsettled, law)
        kept = {
            party: status
            for party, status in before.items()
            if party not in settled + unsettled and (law.aggregate or status != "possible")
        }
        assert kept.keys() <= after.keys()
        assert all(_STRENGTH[after[party]] >= _STRENGTH[s] for party, s in kept.items())


@settings(max_examples=100, deadline=None)
@given(edges_drawn, st.sampled_from(["X", "XY", "AX"]), st.sampled_from([US, EU, GB]))
def test_a_hit_that_is_confirmed_never_clears_anybody(
    edges: list[Edge], listed: str, law: BlockingRule
) -> None:
    case = owning(*edges)
    unsettled, settled = statuses(case, "", listed, law), statuses(case, listed, "", law)
    assert unsettled.keys() == settled.keys()
    assert all(_STRENGTH[settled[p]] >= _STRENGTH[unsettled[p]] for p in settled)
