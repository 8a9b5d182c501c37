"""The chains of an ownership graph, largest first, bounded and told when cut."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from casegate.model.evidence import OwnershipLink, OwnershipPath
from casegate.ownership.graph import Graph
from casegate.ownership.percent import percent

PATHS_OF_A_COMPANY = 50
"""Shown beside the nearest chain of every owner; sums are over all chains in any case."""
_PATHS_OF_AN_OWNER = 10
_LONGEST = 30
_LOOKED_AT = 4_000


@dataclass(frozen=True)
class Chains:
    """Chains that end at one company; `cut` if there are more."""

    paths: tuple[OwnershipPath, ...]
    cut: bool


def chains(
    graph: Graph,
    company: str,
    *,
    through: Callable[[str], bool] = lambda _: True,
    wanted: Callable[[str], bool] = lambda _: True,
) -> Chains:
    """Give the chains from owners down to `company` in which no party comes twice.

    Args:
        through: whether a chain may go on above this party.
        wanted: whether a chain that starts with this party is given.
    """
    queue: list[tuple[Fraction, int, tuple[str, ...]]] = [(Fraction(-1), 1, (company,))]
    found: list[tuple[str, ...]] = []
    seen: dict[str, int] = {}
    cut = False
    looked = 0
    while queue and looked < _LOOKED_AT:
        product, _, chain = heapq.heappop(queue)
        looked += 1
        first = chain[0]
        seen[first] = seen.get(first, 0) + 1
        if seen[first] > _PATHS_OF_AN_OWNER or len(chain) > _LONGEST:
            cut = True
            continue
        if len(chain) > 1 and wanted(first):
            if seen[first] > 1 and len(found) >= PATHS_OF_A_COMPANY:
                cut = True
            else:
                found.append(chain)
        if len(chain) > 1 and not through(first):
            continue
        for holder, share in _onward(graph, chain):
            heapq.heappush(queue, (product * (share or 0), len(chain) + 1, (holder, *chain)))
    return Chains(tuple(_path(graph, chain) for chain in found), cut or bool(queue))


def _onward(graph: Graph, chain: tuple[str, ...]) -> Iterable[tuple[str, Fraction | None]]:
    return (
        (holder, share)
        for holder, share in graph.shares_of(chain[0]).items()
        if holder not in chain
    )


def _path(graph: Graph, chain: tuple[str, ...]) -> OwnershipPath:
    """Write a chain out; its product is unknown where a link is."""
    product: Fraction | None = Fraction(1)
    links = []
    for owner, owned in pairwise(chain):
        share = graph.shares_of(owned)[owner]
        product = None if product is None or share is None else product * share
        links.append(
            OwnershipLink(
                owner=owner,
                owned=owned,
                fraction=None if share is None else str(share),
                percent=None if share is None else percent(share),
            )
        )
    return OwnershipPath(
        links=tuple(links),
        fraction=None if product is None else str(product),
        percent=None if product is None else percent(product),
    )
