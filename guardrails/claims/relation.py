"""Whether a clause tells the relation of a fact: direction, channel, comparison, order."""

from collections.abc import Iterator
from decimal import Decimal

from casegate.model.fact import Fact
from casegate.model.narrative import ClaimKind
from guardrails.claims.clause import Clause
from guardrails.claims.direction import Bound, DirectionReader, is_passive
from guardrails.claims.mention import Mention
from guardrails.claims.records import Records
from guardrails.claims.words import Frame, Vocabulary
from guardrails.text import Token, stem

_ADJACENT = 2


class RelationReader:
    """Finds where a clause contradicts the fact that its values come from."""

    def __init__(self, words: Vocabulary, records: Records) -> None:
        self._words = words
        self._records = records
        self.direction = DirectionReader(words, records)

    def conflicts(self, clause: Clause, core: int, bound: Bound) -> tuple[str, ...]:
        """Say how the clause's words contradict fact number `core`; empty if they don't."""
        fact = self._records.facts[core]
        frame = self._words.frame(fact.predicate)
        return tuple(
            [
                *self.direction.conflicts(clause, core, frame, bound),
                *self._channel(clause, fact, frame),
                *self._comparison(clause, frame, bound),
                *self._order(clause, core, frame, bound),
                *self._negated(clause, frame),
                *self._negation(clause, fact, frame),
            ]
        )

    def has_cue(self, clause: Clause, predicate: str) -> bool:
        """Tell whether a clause holds a word that tells this predicate's relation."""
        return bool(self._words.cues[predicate] & clause.stems)

    # channel, comparison, order

    def _channel(self, clause: Clause, fact: Fact, frame: Frame) -> Iterator[str]:
        recorded = fact.roles.get("channel")
        channel = frame.channel or (recorded.value if recorded else "")
        if not channel:
            return
        told = {self._words.channels[t.low] for t in clause.words if t.low in self._words.channels}
        if told and channel not in told:
            yield f"the record says {channel}, the text says {' and '.join(sorted(told))}"

    def _comparison(self, clause: Clause, frame: Frame, bound: Bound) -> Iterator[str]:
        greater, less = self._compared(clause)
        if any(t.low in self._words.negators for t in clause.words):
            return
        yield from self._arithmetic(clause, greater, less, bound)
        if frame.relation == "greater":
            if less:
                yield f"the record says more, the text says {less[0].low}"
        elif frame.relation == "less":
            if greater:
                yield f"the record says less, the text says {greater[0].low}"
        elif not frame.relation:
            for token in (*greater, *less):
                if self._before_value(clause, token):
                    yield f"`{token.low}` and the recorded value can't both be right"

    @property
    def _reaching(self) -> frozenset[str]:
        """Words that, denied, say "less": none reached, no deposit exceeded."""
        return self._words.greater | {"reach", "reached", "reaches", "reaching", "met"}

    def _compared(self, clause: Clause) -> tuple[list[Token], list[Token]]:
        durations = {
            clause.mention(n).start for n in clause.numbers
            if clause.mention(n).kind is ClaimKind.DURATION
        }  # fmt: skip
        less = [
            t for t in clause.words if t.low in self._words.less
            and not (t.low == "within" and any(0 < at - t.end < 12 for at in durations))
        ]  # fmt: skip
        return [t for t in clause.words if t.low in self._words.greater], less

    def _before_value(self, clause: Clause, token: Token) -> bool:
        return any(
            clause.mention(n).hard and sum(token.end <= t.start < clause.mention(n).start
                                           for t in clause.words) < _ADJACENT
            and token.end <= clause.mention(n).start
            for n in clause.numbers
        )  # fmt: skip

    def _arithmetic(
        self, clause: Clause, greater: list[Token], less: list[Token], bound: Bound
    ) -> Iterator[str]:
        """Hold `more` and `less` between two amounts against the amounts themselves.

        A threshold is left out: each deposit lies below it, their total does not.
        """
        amounts = [
            (clause.mention(n), bound[n].role)
            for n in clause.numbers
            if n in bound and clause.mention(n).kind is ClaimKind.AMOUNT
        ]
        for token in (*greater, *less):
            left = [m for m, _ in amounts if m.end <= token.start]
            right = [(m, role) for m, role in amounts if m.start >= token.end]
            if not left or not right or right[0][1] == "threshold":
                continue
            first, second = _amount(left[-1]), _amount(right[0][0])
            upward = (token in greater) is not is_passive(clause, token)
            if first == second or (first > second) is not upward:
                yield f"`{token.low}` is not so between the two amounts"

    def _order(self, clause: Clause, core: int, frame: Frame, bound: Bound) -> Iterator[str]:
        if not frame.order:
            return
        actor, other = frame.order
        at = {s.role: n for n, s in bound.items() if s.fact == core}
        if actor not in at or other not in at or at[actor] < at[other]:
            return
        first, second = clause.mention(at[other]), clause.mention(at[actor])
        between = [t for t in clause.words if first.end <= t.start < second.start]
        acts = any(stem(t.low) in self._words.cues[self._name(core)] for t in between)
        if acts and not any(t.low == "by" for t in between):
            yield f"`{actor}` and `{other}` have changed places"

    def _name(self, core: int) -> str:
        return self._records.facts[core].predicate

    # negation

    def _negated(self, clause: Clause, frame: Frame) -> Iterator[str]:
        """A fact that something is not there may not be told as if it were."""
        told = [t for t in clause.words if t.low in frame.negated]
        denied = any(t.low in self._words.negators for t in clause.words)
        if told and not denied:
            yield f"the record says that there is no {told[0].low}"

    def _negation(self, clause: Clause, fact: Fact, frame: Frame) -> Iterator[str]:
        """Find a negation right before a word that tells the relation, or before a value."""
        cues = self._words.cues[fact.predicate]
        for token in (t for t in clause.words if t.low in self._words.negators):
            after = [t for t in clause.words if t.start > token.start]
            if frame.negated:
                if after and stem(after[0].low) in cues and after[0].low not in frame.negated:
                    yield f"`{token.low}` denies what the record says"
                continue
            if frame.relation == "less" and any(t.low in self._reaching for t in after):
                continue
            denied = any(stem(t.low) in cues or t.low in ("make", "made") for t in after[:3])
            if denied or self._before_value(clause, token):
                yield f"`{token.low}` denies what the record says"


def _amount(mention: Mention) -> Decimal:
    return Decimal(mention.readings[0].key.partition("|")[0])
