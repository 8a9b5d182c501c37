"""Compares names word by word, a rare word counting more than a common one.

nomenklatura gives a pair up when one word differs too much, and takes `LIMITED LIABILITY` without
`COMPANY` for two words of a name. Here every word is paired with the nearest of the other name, and
counts by how rare it is in the lists in force: `company` next to nothing, `volnogorsk` in full.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA

from tools.screening.policy import WordingPolicy

Rarity = Callable[[str], float]
"""Tells of a word how rare it is: near 0 where every name has it, 1 where none has."""
Words = tuple[str, ...]
# Words of one letter are initials: the matcher's own comparison knows what to do with them.
_SHORTEST = 2


def any_word(word: str) -> float:
    """Hold every word for equally rare, where no list is known."""
    return 1.0


class _Pair(NamedTuple):
    distance: float
    ours: int
    theirs: int


@dataclass(frozen=True)
class Wording:
    """The feature with its numbers."""

    policy: WordingPolicy

    def best(self, ours: Iterable[Words], theirs: Iterable[Words], rarity: Rarity) -> float:
        """Give the agreement of the two names that agree most, from 0 to 1."""
        names = tuple(theirs)
        return max((self.agreement(a, b, rarity) for a in ours for b in names), default=0.0)

    def agreement(self, ours: Words, theirs: Words, rarity: Rarity) -> float:
        """Give the rarity of the words that agree as a share of that of all words.

        A pair counts by the rarity of the list's word, times how alike both are. A word of the
        query without a partner counts in full, one of the list's name by `extra` of the policy.
        Of equally near pairs the first in the names' order is taken.
        """
        if not ours or not theirs:
            return 0.0
        left, right = set(range(len(ours))), set(range(len(theirs)))
        alike = total = 0.0
        for pair in self._pairs(ours, theirs):
            if pair.ours in left and pair.theirs in right:
                left.remove(pair.ours)
                right.remove(pair.theirs)
                weight = self._weight(theirs[pair.theirs], rarity)
                alike += weight * (1.0 - pair.distance) ** self.policy.likeness_power
                total += weight
        total += sum(self._weight(ours[at], rarity) for at in left)
        total += self.policy.extra * sum(self._weight(theirs[at], rarity) for at in right)
        return alike / total if total else 0.0

    def _pairs(self, ours: Words, theirs: Words) -> Sequence[_Pair]:
        """Give all pairs of words that are alike enough, nearest first."""
        furthest = 1.0 - self.policy.alike
        found = []
        for at, word in enumerate(ours):
            for place, other in enumerate(theirs):
                distance = _distance(word, other, furthest)
                if distance <= furthest:
                    found.append(_Pair(distance, at, place))
        return sorted(found)

    def _weight(self, word: str, rarity: Rarity) -> float:
        return float(rarity(word) ** self.policy.rarity_power)


def _distance(word: str, other: str, furthest: float) -> float:
    if word == other:
        return 0.0
    short, long = sorted((len(word), len(other)))
    if short < _SHORTEST or long - short > furthest * long:
        return 1.0
    return float(OSA.normalized_distance(word, other, score_cutoff=furthest))
