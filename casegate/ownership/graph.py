"""The ownership graph of a case: who holds what of whom, what lies above, what runs in circles."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from casegate.model.bundle import CaseBundle
from casegate.model.party import PartySchema

Shares = Mapping[str, Fraction | None]
"""Direct holders of one party with their shares of one; None where nobody knows the share."""


@dataclass(frozen=True)
class Graph:
    """Who holds what of whom; an unknown share is None and never zero."""

    holders: Mapping[str, Shares]
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
        return cls(dict(holders), dict(controllers), frozenset(persons))

    def shares_of(self, company: str) -> Shares:
        """Give the direct holders of a company; empty when it has none."""
        return self.holders.get(company, {})

    def above(self, company: str) -> list[str]:
        """Give `company` and every company above it that has holders, nearest first."""
        seen, queue, known = [company], [company], {company}
        while queue:
            for holder in self.shares_of(queue.pop(0)):
                if holder not in known and holder in self.holders:
                    known.add(holder)
                    seen.append(holder)
                    queue.append(holder)
        return seen

    def cycle(self, company: str) -> tuple[str, ...]:
        """Give the companies on cycles, and between two; empty if there are none.

        What has no holder left, or holds nothing left, is taken away until nothing changes.
        """
        left = set(self.above(company))
        while True:
            held = {holder for c in left for holder in self.shares_of(c)}
            kept = {c for c in left & held if left & set(self.shares_of(c))}
            if kept == left:
                return tuple(sorted(left))
            left = kept

    def beyond_unknown(self, company: str) -> frozenset[str]:
        """Give the parties to which a chain with an unknown share leads."""
        marked = {h for c in self.above(company) for h, s in self.shares_of(c).items() if s is None}
        queue = sorted(marked)
        while queue:
            for holder in self.shares_of(queue.pop()):
                if holder not in marked:
                    marked.add(holder)
                    queue.append(holder)
        return frozenset(marked)

    def controls(self, company: str) -> tuple[str, ...]:
        """Give the natural persons that control `company`, directly or through others."""
        seen, queue = {company}, [company]
        while queue:
            for controller in self.controllers.get(queue.pop(0), ()):
                if controller not in seen:
                    seen.add(controller)
                    queue.append(controller)
        return tuple(sorted(seen & self.persons))
