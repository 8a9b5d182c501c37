"""Whether a clause tells the relation of a fact: direction, channel, comparison, order."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from casegate.model.fact import Fact
from casegate.model.narrative import ClaimKind
from guardrails.claims.clause import Clause
from guardrails.claims.mention import Mention
from guardrails.claims.records import Records, Slot
from guardrails.claims.words import Frame, Vocabulary
from guardrails.text import Token, stem, words_key

_SKIP = frozenset({"the", "account", "accounts", "number", "no", "a", "an", "own", "customer", ".",
                   "subject", "company", "party", "mr", "mrs", "ms", "dr"})  # fmt: skip
_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
_OPPOSITE = {"in": "out", "out": "in"}
_INTO = frozenset({"into", "to", "onto"})
_PARTING = frozenset({";", "while", "whereas", "but"})
_PREPOSITIONS = frozenset({"to", "into", "from", "of", "at", "with", "for", "in", "via"})
_GOING = frozenset({"went", "go", "goes", "came", "come", "comes", "took", "taken", "brought",
                    "flowed", "gone", "passed"})  # fmt: skip
_PAST = frozenset({".", ",", ";", "at", "on", "to", "from", "by", "over", "between", "and"})
"""What may follow the `in` of `paid in`; in `paid in cash` it tells no direction."""
_ITS = frozenset({"the", "his", "her", "their", "its", "this"})
_ADJACENT = 2

Bound = Mapping[int, Slot]
"""Mention number to the slot that it fills."""


class RelationReader:
    """Finds where a clause contradicts the fact that its values come from."""

    def __init__(self, words: Vocabulary, records: Records) -> None:
        self._words = words
        self._records = records

    def conflicts(self, clause: Clause, core: int, bound: Bound) -> tuple[str, ...]:
        """Say how the clause's words contradict fact number `core`; empty if they don't."""
        fact = self._records.facts[core]
        frame = self._words.frame(fact.predicate)
        return tuple(
            [
                *self._direction(clause, core, frame, bound),
                *self._channel(clause, fact, frame),
                *self._comparison(clause, frame, bound),
                *self._order(clause, core, frame, bound),
                *self._negated(clause, frame),
                *self._negation(clause, fact, frame),
            ]
        )

    def directions(self, words: tuple[Token, ...]) -> frozenset[str]:
        """Give the directions that words name, absolute or not."""
        named = (self._way(words, at) for at in range(len(words)))
        return frozenset(d for d in named if d)

    def _way(self, words: Sequence[Token], at: int) -> str:
        """Give the direction of one word: `debited`; `paid out`, `came in`, `moved on`."""
        word = words[at].low
        way = self._words.directions.get(word, ("", False))[0]
        if way or not (word in self._words.directions or word in _GOING):
            return way
        after = [t.low for t in words[at + 1 : at + 3]]
        if after[:1] in (["out"], ["onward"], ["away"]):
            return "out"
        inward = after[:1] == ["into"] or (after[:1] == ["in"] and (after[1:] or ["."])[0] in _PAST)
        return "in" if inward else ""

    def has_cue(self, clause: Clause, predicate: str) -> bool:
        """Tell whether a clause holds a word that tells this predicate's relation."""
        return bool(self._words.cues[predicate] & clause.stems)

    # direction

    def _direction(self, clause: Clause, core: int, frame: Frame, bound: Bound) -> Iterator[str]:
        if frame.direction:
            told = self._flow(clause, core, bound)
            if _OPPOSITE[frame.direction] in told:
                shown = " and ".join(sorted(told))
                yield f"the record says {frame.direction}, the text says {shown}"
            return
        for number, slot in bound.items():
            wanted = (
                "in"
                if slot.role in frame.roles_in
                else "out"
                if slot.role in frame.roles_out
                else ""
            )
            if slot.fact != core or not wanted:
                continue
            nearest = self._nearest(clause, clause.mention(number))
            if nearest and nearest != wanted:
                yield f"`{slot.role}` is {wanted}, the text says {nearest}"
        share = any(s.fact == core and s.role in frame.roles_told_out for s in bound.values())
        if share and self.directions(clause.words) == {"in"}:
            yield "the record says out, the text says in"

    def _nearest(self, clause: Clause, mention: Mention) -> str:
        """Give the direction of the word nearest to a mention, one before it preferred."""
        named = [
            (self._distance(clause, token, mention), direction)
            for at, token in enumerate(clause.words)
            if (direction := self._way(clause.words, at)) and not self._describes(clause, token)
        ]
        return min(named)[1] if named else ""

    def _describes(self, clause: Clause, token: Token) -> bool:
        """Tell whether a word of direction only says which money: `the funds received`."""
        before = [t for t in clause.words if t.end <= token.start]
        near = bool(before) and token.start - before[-1].end < 3
        return near and before[-1].low in self._words.described

    def _distance(self, clause: Clause, token: Token, mention: Mention) -> tuple[int, int]:
        low, high = sorted((token.start, mention.start))
        parted = sum(low < t.start < high and t.low in _PARTING for t in clause.words)
        crossed = 2 * parted + sum(
            low < clause.mention(n).start < high for n in clause.numbers
            if clause.mention(n).hard and clause.mention(n) is not mention
        )  # fmt: skip
        return crossed, abs(token.start - mention.start)

    def _flow(self, clause: Clause, core: int, bound: Bound) -> frozenset[str]:
        """Give the directions that the clause tells, seen from the fact's account.

        Verbs whose actor is unknown count only where nothing else tells a direction.
        """
        told = {
            found[0]
            for token in clause.words
            if (found := self._words.directions.get(token.low)) and found[1]
        }
        told |= {d for n in clause.numbers if (d := self._from_preposition(clause, n, core))}
        told |= set(_into_the_account(clause))
        told |= {
            way
            for at, token in enumerate(clause.words)
            if token.low not in self._words.directions or not self._words.directions[token.low][0]
            if (way := self._way(clause.words, at))
        }
        verbs = [self._relative(clause, token, core, bound) for token in clause.words]
        told |= {direction for direction, sure in verbs if direction and sure}
        return frozenset(told or {direction for direction, _ in verbs if direction})

    def _from_preposition(self, clause: Clause, number: int, core: int) -> str:
        mention = clause.mention(number)
        whose = self._whose(mention, core)
        if not whose:
            return ""
        before = [t for t in clause.sentence.left(number) if t.low not in _SKIP]
        word = before[-1].low if before else ""
        if word == "of" and len(before) > 1 and before[-2].low == "out":
            word = "from"
        if word in _INTO:
            return "in" if whose == "own" else "out"
        if word == "from":
            return "out" if whose == "own" else "in"
        return ""

    def _relative(self, clause: Clause, token: Token, core: int, bound: Bound) -> tuple[str, bool]:
        """Read a verb whose direction depends on who acts; and whether the actor is known."""
        direction, absolute = self._words.directions.get(token.low, ("", True))
        if absolute or not direction or self._describes(clause, token):
            return "", False
        if _is_passive(clause, token):
            return (direction, False) if direction == "in" else ("", False)
        actors = [
            self._whose(clause.mention(n), core) or self._counted_others(n, core, bound)
            for n in clause.numbers
            if clause.mention(n).end <= token.start and not self._governed(clause, n)
        ]
        actor = next((a for a in reversed(actors) if a), "")
        if actor == "other":
            return _OPPOSITE[direction], True
        return direction, actor == "own"

    def _governed(self, clause: Clause, number: int) -> bool:
        """Tell whether a preposition stands before a mention: then it does not act."""
        before = [t.low for t in clause.sentence.left(number) if t.low not in _SKIP]
        return bool(before) and before[-1] in _PREPOSITIONS

    def _counted_others(self, number: int, core: int, bound: Bound) -> str:
        """Read `22 parties` before a verb: the actors are the other side of a fan-in."""
        slot = bound.get(number)
        fan_in = self._name(core) == "fan_in"
        return "other" if fan_in and slot == Slot(core, "count") else ""

    def _whose(self, mention: Mention, core: int) -> str:
        """Tell whether a name or account is the fact's own side or its counterparty."""
        if mention.kind is ClaimKind.ACCOUNT:
            own = any(r.key in self._records.accounts[core] for r in mention.readings)
            return "own" if own else "other"
        if mention.kind is not ClaimKind.NAME:
            return ""
        slots = [s for s in self._records.find(mention) if s.fact == core]
        if any(s.role in ("counterparty", "company") for s in slots):
            return "other"
        return "own" if self.is_holder(mention, core) else ""

    def is_holder(self, mention: Mention, core: int) -> bool:
        """Tell whether a name is that of the party whose fact it is."""
        keys = {r.key for r in mention.readings}
        return any(words_key(p) in keys for p in self._records.parties[core])

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
            upward = (token in greater) is not _is_passive(clause, token)
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


def _into_the_account(clause: Clause) -> Iterator[str]:
    """Read `into the account` and `from her account`, where no number names the account."""
    words = [t.low for t in clause.words]
    for at, word in enumerate(words):
        if word == "account" and at > 1 and words[at - 1] in _ITS:
            before = words[at - 2]
            if before in ("into", "to"):
                yield "in"
            if before in ("from", "left") or words[at - 3 : at - 1] == ["out", "of"]:
                yield "out"


def _is_passive(clause: Clause, token: Token) -> bool:
    """Tell whether a verb is passive: `was sent`, `was exceeded`; `was below` is not."""
    verb = token.low.endswith(("ed", "en", "nt", "id", "wn"))
    return verb and any(t.low in _PASSIVE and 0 < token.start - t.end < 3 for t in clause.words)


def _amount(mention: Mention) -> Decimal:
    return Decimal(mention.readings[0].key.partition("|")[0])
