"""Who is blocked because listed parties own it: the cascade, over all that is known and unknown.

OFAC's 50 percent rule: property of an entity that one or more blocked persons own, directly or
indirectly and in the aggregate, 50 percent or more is blocked. An entity so owned is itself
blocked and counts in full for what it owns in turn; one that is not counts for nothing (FAQ 401).
So shares are never multiplied here. The rule of another jurisdiction is the same cascade with
another threshold, with or without aggregation and control.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from casegate.model.bundle import CaseBundle
from casegate.model.evidence import BlockedParty, BlockingRule
from casegate.ownership.chains import chains
from casegate.ownership.graph import Graph, Shares
from casegate.ownership.listed import Listed
from casegate.ownership.percent import percent

Status = Literal["blocked", "conditional", "possible"]
_NOTHING, _ALL = Fraction(0), Fraction(1)


def blocked_parties(
    bundle: CaseBundle, listed: Listed, rule: BlockingRule
) -> tuple[BlockedParty, ...]:
    """Give every party that is blocked by ownership, or may be; the surest first.

    A party that is listed itself is among them only if others own it so far.
    """
    graph = Graph.of(bundle)
    sure, all_ = frozenset(listed.settled), frozenset(listed.settled | listed.open)
    if not all_:
        return ()
    levels: tuple[tuple[Status, frozenset[str], _Level], ...] = (
        ("blocked", sure, _Level(graph, rule, doubtful=False)),
        ("conditional", all_, _Level(graph, rule, doubtful=False)),
        ("possible", all_, _Level(graph, rule, doubtful=True)),
    )
    found: dict[str, BlockedParty] = {}
    for status, seeds, level in levels:
        for party in _owned(graph):
            if party not in found and (basis := level.basis(party, seeds)):
                found[party] = _blocked(graph, party, status, basis)
    return tuple(found.values())


def _owned(graph: Graph) -> list[str]:
    return sorted(graph.holders.keys() | graph.controllers.keys())


@dataclass(frozen=True)
class _Basis:
    """On what a party's blocking rests."""

    seeds: frozenset[str]
    blocked: frozenset[str]
    """Seeds and all that is blocked for them."""
    share: Fraction
    most: Fraction
    control: bool


class _Level:
    """One reading of the graph: as known, or as bad as it could be (`doubtful`)."""

    def __init__(self, graph: Graph, rule: BlockingRule, *, doubtful: bool) -> None:
        self.graph = graph
        self.rule = rule
        self.doubtful = doubtful
        self._known: dict[frozenset[str], frozenset[str]] = {}

    def basis(self, party: str, seeds: frozenset[str]) -> _Basis | None:
        """Tell why `party` is blocked for other listed parties; None if it is not."""
        others = seeds - {party}
        groups = [others] if self.rule.aggregate else [frozenset({s}) for s in sorted(others)]
        found = [self._of(party, group) for group in groups if group]
        held = [basis for basis in found if party in basis.blocked]
        return max(held, key=lambda basis: (basis.share, basis.most), default=None)

    def _of(self, party: str, seeds: frozenset[str]) -> _Basis:
        blocked = self._cascade(seeds)
        shares = self.graph.shares_of(party)
        counted = blocked - {party}
        return _Basis(
            seeds=seeds,
            blocked=blocked,
            share=known_share(shares, counted),
            most=most_share(shares, counted),
            control=self.rule.control,
        )

    def _cascade(self, seeds: frozenset[str]) -> frozenset[str]:
        """Give all that is blocked for the seeds, themselves included."""
        if seeds not in self._known:
            self._known[seeds] = self._spread(seeds)
        return self._known[seeds]

    def _spread(self, seeds: frozenset[str]) -> frozenset[str]:
        blocked, left = set(seeds), set(_owned(self.graph)) - seeds
        while more := {party for party in left if self._reached(party, blocked)}:
            blocked |= more
            left -= more
        return frozenset(blocked)

    def _reached(self, party: str, blocked: Set[str]) -> bool:
        shares = self.graph.shares_of(party)
        share = most_share(shares, blocked) if self.doubtful else known_share(shares, blocked)
        threshold = Fraction(self.rule.threshold_percent) / 100
        if share > threshold or (self.rule.inclusive and share == threshold):
            return True
        if not (self.doubtful and self.rule.control):
            return False
        return any(c in blocked for c in self.graph.controllers.get(party, ()))


def known_share(shares: Shares, blocked: Set[str]) -> Fraction:
    """Give what blocked parties hold directly, of what is known; a share below zero is nothing."""
    known = (share for holder, share in shares.items() if holder in blocked and share is not None)
    return sum((max(_NOTHING, share) for share in known), _NOTHING)


def most_share(shares: Shares, blocked: Set[str]) -> Fraction:
    """Give the most that blocked parties could hold: all that nobody else is known to hold.

    Nothing if none of them holds anything, and everything if the shares can't be true.
    """
    counting = [h for h in shares if h in blocked and shares[h] != 0]
    if not counting:
        return _NOTHING
    known = [share for share in shares.values() if share is not None]
    if any(share < 0 for share in known) or sum(known) > 1:
        return _ALL
    return known_share(shares, blocked) + 1 - sum(known, _NOTHING)


def _blocked(graph: Graph, party: str, status: Status, basis: _Basis) -> BlockedParty:
    direct: Iterable[str] = graph.shares_of(party)
    if status == "possible" and basis.control:
        direct = [*direct, *graph.controllers.get(party, ())]
    holders = tuple(dict.fromkeys(h for h in direct if h in basis.blocked and h != party))
    shown = chains(
        graph,
        party,
        through=lambda p: p in basis.blocked,
        wanted=lambda p: p in basis.seeds,
    )
    return BlockedParty(
        party=party,
        status=status,
        fraction=str(basis.share),
        percent=percent(basis.share),
        most_percent=percent(max(basis.share, basis.most)),
        holders=tuple(sorted(holders)),
        listed=_rests_on(graph, party, basis),
        paths=shown.paths,
        paths_cut=shown.cut,
    )


def _rests_on(graph: Graph, party: str, basis: _Basis) -> tuple[str, ...]:
    """Give the listed parties above `party` that are reached through blocked ones only."""
    found: set[str] = set()
    seen, queue = {party}, [party]
    while queue:
        current = queue.pop()
        above = [*graph.shares_of(current)]
        above += graph.controllers.get(current, ()) if basis.control else ()
        for holder in above:
            if holder in basis.blocked and holder not in seen:
                seen.add(holder)
                queue.append(holder)
                found |= {holder} & basis.seeds
    return tuple(sorted(found))
