"""The ownership graph of a case: who holds what of whom, and effective shares over all chains."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from casegate.model.bundle import CaseBundle
from casegate.model.party import PartySchema


@dataclass(frozen=True)
class Graph:
    """Who holds what of whom; an unknown share is None and never zero."""

    holders: Mapping[str, Mapping[str, Fraction | None]]
    """By company: its direct holders with their shares of one, several edges added up."""
    controllers: Mapping[str, tuple[str, ...]]
    persons: frozenset[str]

    @classmethod
    def of(cls, bundle: CaseBundle) -> "Graph":
        """Read the edges of a bundle."""
        holders: dict[str, dict[str, Fraction | None]] = defaultdict(dict)
        controllers: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for edge in bundle.ownership:
            if edge.control:
                controllers[edge.owned] = (*controllers[edge.owned], edge.owner)
            if edge.share_percent is None and edge.control:
                # A control edge without a share says nothing of a share.
                continue
            known = holders[edge.owned].get(edge.owner, Fraction(0))
            share = None if edge.share_percent is None else Fraction(edge.share_percent) / 100
            holders[edge.owned][edge.owner] = (
                None if known is None or share is None else known + share
            )
        persons = {p.id for p in bundle.parties if p.schema_ is PartySchema.PERSON}
        return cls(holders, controllers, frozenset(persons))

    def above(self, company: str) -> list[str]:
        """Give `company` and every company above it that has holders, nearest first."""
        seen, queue = [company], [company]
        while queue:
            for holder in self.holders.get(queue.pop(0), {}):
                if holder not in seen and holder in self.holders:
                    seen.append(holder)
                    queue.append(holder)
        return seen

    def cycle(self, company: str) -> tuple[str, ...]:
        """Give the companies on cycles, and between two; empty if there are none.

        What has no holder left, or holds nothing left, is taken away until nothing changes.
        """
        left = set(self.above(company))
        while True:
            held = {holder for c in left for holder in self.holders.get(c, {})}
            kept = {c for c in left & held if left & set(self.holders.get(c, {}))}
            if kept == left:
                return tuple(sorted(left))
            left = kept

    def order(self, company: str) -> list[str]:
        """Give the companies of the chain so that each comes before its holders. No cycles."""
        left, ordered = self.above(company), []
        while left:
            held = {h for c in left for h in self.holders.get(c, {})}
            for free in [c for c in left if c not in held]:
                ordered.append(free)
                left.remove(free)
        return ordered

    def controls(self, company: str) -> tuple[str, ...]:
        """Give the natural persons that control `company`, directly or through others."""
        seen, queue = {company}, [company]
        while queue:
            for controller in self.controllers.get(queue.pop(0), ()):
                if controller not in seen:
                    seen.add(controller)
                    queue.append(controller)
        return tuple(sorted(seen & self.persons))


@dataclass(frozen=True)
class Held:
    """A share of one; `open` if a chain with an unknown share adds to it."""

    share: Fraction
    open: bool


def effective_shares(graph: Graph, company: str) -> dict[str, Held]:
    """Give what every party above `company` holds of it. The graph must have no cycle."""
    held = {company: Held(Fraction(1), open=False)}
    for current in graph.order(company):
        below = held[current]
        for holder, share in graph.holders.get(current, {}).items():
            before = held.get(holder, Held(Fraction(0), open=False))
            held[holder] = Held(
                before.share + below.share * (share or 0),
                open=before.open or below.open or share is None,
            )
    del held[company]
    return held
