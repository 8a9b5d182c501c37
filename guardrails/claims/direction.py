"""Which way the money goes in a clause, seen from the account of a fact."""

from collections.abc import Iterator, Mapping, Sequence

from casegate.model.narrative import ClaimKind
from guardrails.claims.clause import Clause
from guardrails.claims.mention import Mention
from guardrails.claims.records import Records, Slot
from guardrails.claims.words import Frame, Vocabulary
from guardrails.text import Token, words_key

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

Bound = Mapping[int, Slot]
"""Mention number to the slot that it fills."""


class DirectionReader:
    """Finds where a clause has the money go another way than the fact."""

    def __init__(self, words: Vocabulary, records: Records) -> None:
        self._words = words
        self._records = records

    def told(self, words: tuple[Token, ...]) -> frozenset[str]:
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

    def conflicts(self, clause: Clause, core: int, frame: Frame, bound: Bound) -> Iterator[str]:
        """Say where the clause's direction is not the fact's."""
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
        if share and self.told(clause.words) == {"in"}:
            yield "the record says out, the text says in"

    def _nearest(self, clause: Clause, mention: Mention) -> str:
        """Give the direction of the word nearest to a mention, one before it preferred."""
        named = [
            (self._distance(clause, token, mention), direction)
            for at, token in enumerate(clause.words)
            if (direction := self._way(clause.words, at))
            and not self._describes(clause, token)
            and self._after(clause, token) in (None, mention)
        ]
        return min(named)[1] if named else ""

    def _describes(self, clause: Clause, token: Token) -> bool:
        """Tell whether a word of direction only says which money: `the funds received`."""
        before = [t for t in clause.words if t.end <= token.start]
        near = bool(before) and token.start - before[-1].end < 3
        return near and before[-1].low in self._words.described

    def _after(self, clause: Clause, token: Token) -> Mention | None:
        """Give the amount that a participle directly follows: in `$900 received` it is its own."""
        if not token.low.endswith(("ed", "wn")):
            return None
        before = (clause.mention(n) for n in clause.numbers)
        return next((m for m in before if m.hard and token.start - m.end == 1), None)

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
        if is_passive(clause, token):
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

    def _name(self, core: int) -> str:
        return self._records.facts[core].predicate


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


def is_passive(clause: Clause, token: Token) -> bool:
    """Tell whether a verb is passive: `was sent`, `was exceeded`; `was below` is not."""
    verb = token.low.endswith(("ed", "en", "nt", "id", "wn"))
    return verb and any(t.low in _PASSIVE and 0 < token.start - t.end < 3 for t in clause.words)
