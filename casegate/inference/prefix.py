"""Prompts that begin alike are read once: their beginning is kept and put back."""

from collections import OrderedDict
from collections.abc import Sequence

from casegate.inference.weights import Weights

SHELF_BYTES = 256_000_000
SHORTEST = 16
"""Tokens below which keeping is not worth it."""


class PrefixShelf:
    """The state of the model after each common beginning, the least used dropped first."""

    def __init__(self, room: int = SHELF_BYTES) -> None:
        self._room = room
        self._kept: OrderedDict[tuple[int, ...], bytes] = OrderedDict()

    def read(self, weights: Weights, tokens: Sequence[int], stable: int) -> int:
        """Make `weights` hold exactly `tokens`; the first `stable` of them are a beginning.

        The rest is always read in the same steps, whether the beginning was there or not: steps
        of other sizes round otherwise, and the same request would not get the same answer.

        Returns:
            How many tokens did not have to be read.
        """
        start = tuple(tokens[:stable])
        reused = self._begin(weights, start)
        weights.read(tokens[stable:])
        return reused

    def _begin(self, weights: Weights, start: tuple[int, ...]) -> int:
        if start and tuple(weights.tokens[: len(start)]) == start:
            weights.keep(len(start))
            return len(start)
        state = self._kept.get(start)
        if state is not None and weights.restore(state, start):
            self._kept.move_to_end(start)
            return len(start)
        weights.keep(0)
        if start:
            weights.read(start)
            self._put(start, weights)
        return 0

    def _put(self, start: tuple[int, ...], weights: Weights) -> None:
        if len(start) < SHORTEST:
            return
        self._kept[start] = weights.save()
        while sum(map(len, self._kept.values())) > self._room:
            self._kept.popitem(last=False)
