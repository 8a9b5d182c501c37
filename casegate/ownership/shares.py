"""What every party holds of a company over all chains, cycles included, as exact fractions.

A share of a company is followed upward: each holder takes its part, and what a company on the way
takes goes on to its own holders. What a party holds is the part that ever comes to it. Without
cycles that is the sum over all chains of the product of their links. With cycles it is the solution
of linear equations: what goes round in a circle is divided among those that it leaves it to.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from casegate.ownership.graph import Graph

MOST_ON_CYCLES = 40
"""Companies; the equations of a larger tangle take seconds, and a person has to look at it."""

_NOTHING, _ALL = Fraction(0), Fraction(1)
_Matrix = dict[str, dict[str, Fraction]]


@dataclass(frozen=True)
class Held:
    """A share of one; `open` if a chain with an unknown share adds to it."""

    share: Fraction
    open: bool


def effective_shares(graph: Graph, company: str) -> dict[str, Held] | None:
    """Give what every party above `company` holds of it; an unknown share counts as nothing.

    None if cycles leave no single answer: companies that hold all of each other, shares on a
    cycle that can't be, or more companies on cycles than `MOST_ON_CYCLES`.
    """
    circle = graph.cycle(company)
    if len(circle) > MOST_ON_CYCLES or not all(_possible(graph, c) for c in circle):
        return None
    rounds = _rounds(graph, circle)
    if rounds is None:
        return None
    passed = {company: _ALL}
    for unit in _upward(graph, company, circle):
        if set(unit) == set(circle):
            came = {c: passed.get(c, _NOTHING) for c in unit}
            passed |= {c: sum((came[f] * rounds[f][c] for f in unit), _NOTHING) for c in unit}
        for current in unit:
            for holder, share in graph.shares_of(current).items():
                if holder not in circle or current not in circle:
                    part = passed[current] * (share or 0)
                    passed[holder] = passed.get(holder, _NOTHING) + part
    unknown = graph.beyond_unknown(company)
    return {
        # A circle through a party itself adds nothing to what ever comes to it.
        party: Held(share / (rounds[party][party] if party in rounds else 1), party in unknown)
        for party, share in passed.items()
        if party != company
    }


def _possible(graph: Graph, company: str) -> bool:
    known = [share for share in graph.shares_of(company).values() if share is not None]
    return all(share >= 0 for share in known) and sum(known) <= 1


def _upward(graph: Graph, company: str, circle: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the companies so that each comes before its holders, those on cycles together."""
    left = graph.above(company)
    holds: dict[str, set[str]] = {c: set() for c in left}
    for current in left:
        for holder in holds.keys() & graph.shares_of(current).keys():
            if not (holder in circle and current in circle):
                holds[holder].add(current)
    done: set[str] = set()
    while left:
        free = [c for c in left if c not in circle and holds[c] <= done]
        yield from ((c,) for c in free)
        if not free:
            yield circle
            free = list(circle)
        done.update(free)
        left = [c for c in left if c not in done]


def _rounds(graph: Graph, circle: Sequence[str]) -> _Matrix | None:
    """Give what a share of each company comes to at each other, all circles counted.

    The inverse of one less the shares. It means something only if every pivot is above zero: else
    all of a company comes back to itself, and nobody outside holds it.
    """
    left = {c: {h: _one(c, h) - (graph.shares_of(c).get(h) or 0) for h in circle} for c in circle}
    right = {c: {h: _one(c, h) for h in circle} for c in circle}
    for pivot in circle:
        scale = left[pivot][pivot]
        if scale <= 0:
            return None
        for matrix in (left, right):
            matrix[pivot] = {h: value / scale for h, value in matrix[pivot].items()}
        for other in (c for c in circle if c != pivot and left[c][pivot]):
            _take(left, right, other, pivot)
    return right


def _one(row: str, column: str) -> Fraction:
    return _ALL if row == column else _NOTHING


def _take(left: _Matrix, right: _Matrix, row: str, pivot: str) -> None:
    """Take as much of the pivot's row from another that the pivot's column becomes zero there."""
    times = left[row][pivot]
    for matrix in (left, right):
        taken: Iterable[tuple[str, Fraction]] = matrix[pivot].items()
        matrix[row] = {h: matrix[row][h] - times * value for h, value in taken}
