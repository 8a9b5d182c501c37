"""A sentence with its words and mentions, and the places where it may fall into clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casegate.model.narrative import ClaimKind
from guardrails.claims.mention import Hint, Mention
from guardrails.text import Token, stem

_BREAKS = frozenset({",", ";", ":", "(", ")", "and", "but", "while", "whereas", "then",
                     "followed", "after", "before", "with", "plus", "-"})  # fmt: skip
_RELATIVE = frozenset({"which", "who", "whom", "whose", "where"})
"""Words that tie what follows to what stands before: no clause of its own begins there."""
LEFT, RIGHT = 7, 3


@dataclass(frozen=True)
class Sentence:
    """One sentence taken apart. Citations are not among its mentions."""

    text: str
    mentions: tuple[Mention, ...]
    tokens: tuple[Token, ...]

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Every word and mark outside the mentions."""
        inside = {at for m in self.mentions for at in range(m.start, m.end)}
        return tuple(t for t in self.tokens if t.start not in inside)

    def left(self, index: int) -> tuple[Token, ...]:
        """Give the words between the mention before and this one, the nearest seven."""
        since = self.mentions[index - 1].end if index else 0
        until = self.mentions[index].start
        return tuple(t for t in self.words if since <= t.start < until)[-LEFT:]

    def right(self, index: int) -> tuple[Token, ...]:
        """Give up to three words behind a mention, none beyond a break."""
        since = self.mentions[index].end
        last = index + 1 == len(self.mentions)
        until = len(self.text) if last else self.mentions[index + 1].start
        found: list[Token] = []
        for token in (t for t in self.words if since <= t.start < until):
            if token.low in _BREAKS or len(found) == RIGHT:
                break
            found.append(token)
        return tuple(found)

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """Give the words from character `start` to `end`."""
        return tuple(t for t in self.words if start <= t.start < end)

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Mention numbers before which a new clause may begin, with the place where it does."""
        return tuple(self._breaks())

    def _breaks(self) -> Iterator[int]:
        for index in range(1, len(self.mentions)):
            here, before = self.mentions[index], self.mentions[index - 1]
            if here.hint is Hint.END and before.hint is Hint.START and here.kind is before.kind:
                continue
            words = [t.low for t in self.between(before.end, here.start)]
            if any(w in _BREAKS for w in words) and not any(w in _RELATIVE for w in words):
                yield index

    def clause(self, first: int, last: int) -> "Clause":
        """Give the clause of the mentions `first` to `last` (exclusive)."""
        return Clause(self, first, last, self._start(first), self._start(last))

    def _start(self, index: int) -> int:
        if index == 0:
            return 0
        if index == len(self.mentions):
            return len(self.text)
        before, here = self.mentions[index - 1], self.mentions[index]
        marks = [t for t in self.between(before.end, here.start) if t.low in _BREAKS]
        return marks[0].start if marks else here.start


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence: some of its mentions and the words around them."""

    sentence: Sentence
    first: int
    last: int
    start: int
    end: int

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The clause's own words."""
        return self.sentence.between(self.start, self.end)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The clause's words without their endings."""
        return frozenset(stem(t.low) for t in self.words)

    @property
    def whole(self) -> bool:
        """True if the clause is the sentence."""
        return self.first == 0 and self.last == len(self.sentence.mentions)

    @property
    def numbers(self) -> range:
        """The numbers of its mentions within the sentence."""
        return range(self.first, self.last)

    def mention(self, number: int) -> Mention:
        """Give a mention by its number within the sentence."""
        return self.sentence.mentions[number]

    @cached_property
    def kinds(self) -> frozenset[ClaimKind]:
        """The kinds of its mentions."""
        return frozenset(self.mention(n).kind for n in self.numbers)


def following(words: Sequence[Token], start: int, count: int) -> tuple[Token, ...]:
    """Give the next words from a character on."""
    return tuple(t for t in words if t.start >= start)[:count]
