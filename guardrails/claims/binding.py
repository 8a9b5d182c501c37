"""Binds all values of a clause to one fact: they must stand together there, not only somewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from casegate.model.narrative import ClaimKind
from guardrails.claims.clause import Clause, Sentence
from guardrails.claims.mention import Form, Mention
from guardrails.claims.records import DIFFERS, Records, Slot
from guardrails.claims.relation import RelationReader
from guardrails.claims.roles import RoleReader
from guardrails.claims.words import Vocabulary

_WRONG = 1000
"""Cost of one value that does not fit; far above the cost of one more clause."""


@dataclass(frozen=True)
class Bond:
    """A clause with the fact that carries it."""

    clause: Clause
    core: int | None
    slots: dict[int, Slot] = field(default_factory=dict)
    """Mention number to the slot that it fills."""
    missed: tuple[int, ...] = ()
    """Mentions that do not stand with the others."""
    conflicts: tuple[str, ...] = ()

    @property
    def cost(self) -> int:
        """What speaks against this reading of the clause."""
        return _WRONG * (len(self.missed) + len(self.conflicts)) + 1


class Binder:
    """Finds the reading of a sentence that the facts support best."""

    def __init__(self, words: Vocabulary, records: Records) -> None:
        self._words = words
        self._records = records
        self._roles = RoleReader(words, records)
        self.relation = RelationReader(words, records)

    def bind(self, sentence: Sentence) -> tuple[Bond, ...]:
        """Give the clauses of the best reading: as few wrong values, then clauses, as possible."""
        count = len(sentence.mentions)
        if not count:
            return ()
        whole = self._bond(sentence.clause(0, count))
        if whole.cost < _WRONG or not sentence.breaks:
            return (whole,)
        return self._cut(sentence, whole)

    def _cut(self, sentence: Sentence, whole: Bond) -> tuple[Bond, ...]:
        count = len(sentence.mentions)
        cuts = (0, *sentence.breaks, count)
        best: dict[int, tuple[int, tuple[Bond, ...]]] = {0: (0, ())}
        for end in cuts[1:]:
            for start in cuts[: cuts.index(end)]:
                if start not in best:
                    continue
                clause = sentence.clause(start, end)
                bond = whole if clause.whole else self._bond(clause)
                if not self._stands(bond):
                    continue
                cost = best[start][0] + bond.cost
                if end not in best or cost < best[end][0]:
                    best[end] = (cost, (*best[start][1], bond))
        return best[count][1]

    def _stands(self, bond: Bond) -> bool:
        """Tell whether a clause may be read by itself.

        It must tell a relation in its own words and not share its direction with the rest of the
        sentence, unless it holds enough values to identify a fact; else a wrong pairing could
        pass by being cut in two.
        """
        clause = bond.clause
        if clause.whole:
            return True
        if bond.core is None:
            return not any(clause.mention(n).hard for n in clause.numbers)
        if not self._same_account(bond):
            return False
        hard = {clause.mention(n).kind for n in clause.numbers if clause.mention(n).hard}
        enough = len(clause.kinds) > 1 and bool(hard)
        if not self.relation.has_cue(clause, self._predicate(bond.core)):
            return enough and len(hard) + self._identifying(bond) > 1
        if enough or not hard:
            return True
        frame = self._words.frame(self._predicate(bond.core))
        own = self.relation.direction.told(clause.words)
        rest = tuple(t for t in clause.sentence.words if t not in clause.words)
        others = self.relation.direction.told(rest)
        moves = frame.direction or frame.roles_in
        return bool(own and others and not own & others) if moves else not own & others

    def _same_account(self, bond: Bond) -> bool:
        """Tell whether a clause is about the account that was named last before it."""
        clause, core = bond.clause, bond.core
        if core is None or not self._records.accounts[core]:
            return True
        numbers = clause.sentence.mentions[: clause.last]
        named = [m for m in numbers if m.kind is ClaimKind.ACCOUNT]
        return not named or self._on_its_side(named[-1], core) is not None

    def _predicate(self, index: int) -> str:
        return self._records.facts[index].predicate

    def _identifying(self, bond: Bond) -> int:
        """Count the names and places that stand in the core fact itself."""
        kinds = (ClaimKind.NAME, ClaimKind.PLACE, ClaimKind.IDENTIFIER)
        return sum(
            slot.fact == bond.core and bond.clause.mention(n).kind in kinds
            for n, slot in bond.slots.items()
        )

    def _bond(self, clause: Clause) -> Bond:
        slots = {n: self._roles.slots(clause, n) for n in clause.numbers}
        bonds = [self._with_core(clause, core, slots) for core in self._cores(clause, slots)]
        if not bonds:
            missed = tuple(n for n in clause.numbers if not self._known_name(clause.mention(n)))
            return Bond(clause, None, {}, missed)
        return min(bonds, key=lambda b: (b.cost, -self._weight(b)))

    def _cores(self, clause: Clause, slots: dict[int, tuple[Slot, ...]]) -> list[int]:
        told = {n: {s.fact for s in slots[n] if self._tells(clause, s.fact)} for n in slots}
        hard = [n for n in clause.numbers if clause.mention(n).hard and told[n]]
        used = hard or [n for n in clause.numbers if told[n]]
        facts = sorted({fact for n in used for fact in told[n]})
        if hard:
            return facts
        # Names alone identify no fact: the words must say which relation is meant.
        meant = [i for i in facts if self.relation.has_cue(clause, self._predicate(i))]
        return meant or facts

    def _tells(self, clause: Clause, index: int) -> bool:
        """Tell whether a clause may rest on a fact; that sources differ has to be said."""
        predicate = self._predicate(index)
        return predicate != DIFFERS or self.relation.has_cue(clause, predicate)

    def _weight(self, bond: Bond) -> int:
        own = sum(slot.fact == bond.core for slot in bond.slots.values())
        cue = bond.core is not None and self.relation.has_cue(
            bond.clause, self._predicate(bond.core)
        )
        return 2 * own + cue

    def _with_core(self, clause: Clause, core: int, slots: dict[int, tuple[Slot, ...]]) -> Bond:
        bound: dict[int, Slot] = {}
        missed: list[int] = []
        for number in clause.numbers:
            slot = self._slot(clause, number, core, slots[number], bound)
            if slot is None:
                missed.append(number)
            else:
                bound[number] = slot
        conflicts = self.relation.conflicts(clause, core, bound)
        return Bond(clause, core, bound, tuple(missed), conflicts)

    def _slot(
        self,
        clause: Clause,
        number: int,
        core: int,
        slots: tuple[Slot, ...],
        bound: dict[int, Slot],
    ) -> Slot | None:
        """Find the slot of one mention: in the core fact, on its side, or in an attribute of it."""
        taken = {(s.fact, s.role, s.hint) for s in bound.values()}
        mention = clause.mention(number)
        own = [s for s in slots if s.fact == core]
        free = [s for s in own if (s.fact, s.role, s.hint) not in taken]
        if free or own:
            return (free or own)[0]
        aside = self._on_its_side(mention, core)
        if aside is not None:
            return aside
        linked = [s for s in slots if self._linked(clause, core, s.fact)]
        return linked[0] if linked else None

    def _on_its_side(self, mention: Mention, core: int) -> Slot | None:
        """Place the holder of the fact's account, or the account of the fact's party."""
        if mention.kind is ClaimKind.ACCOUNT:
            keys = {r.key for r in mention.readings}
            ends = any(a.endswith(k) for a in self._records.accounts[core] for k in keys)
            if keys & self._records.accounts[core] or (ends and _is_ending(mention)):
                return self._account_slot(core)
        if mention.kind is ClaimKind.NAME and self.relation.direction.is_holder(mention, core):
            return self._party_slot(core)
        return None

    def _account_slot(self, core: int) -> Slot:
        if "account" in self._records.facts[core].roles:
            return Slot(core, "account")
        party = self._records.parties[core]
        return self._find_slot("account", lambda i: bool(party & self._records.parties[i]), core)

    def _party_slot(self, core: int) -> Slot:
        if "party" in self._records.facts[core].roles:
            return Slot(core, "party")
        accounts = self._records.accounts[core]
        return self._find_slot("party", lambda i: bool(accounts & self._records.accounts[i]), core)

    def _find_slot(self, role: str, belongs: Callable[[int], bool], core: int) -> Slot:
        for index, fact in enumerate(self._records.facts):
            if role in fact.roles and belongs(index):
                return Slot(index, role)
        return Slot(core, next(iter(self._records.facts[core].roles)))

    def _linked(self, clause: Clause, core: int, other: int) -> bool:
        """Tell whether a fact may stand beside the core: an attribute of its party or account."""
        here, there = self._records.facts[core], self._records.facts[other]
        frame = self._words.frame(there.predicate)
        if not frame.attribute or here.predicate == there.predicate:
            return False
        if not self.relation.has_cue(clause, there.predicate):
            return False
        if "account" in here.roles and "account" in there.roles:
            return bool(self._records.accounts[core] & self._records.accounts[other])
        return bool(self._records.parties[core] & self._records.parties[other])

    def _known_name(self, mention: Mention) -> bool:
        """Tell whether a mention is a name that the case knows although no fact holds it."""
        if mention.wrong or mention.hard:
            return False
        if mention.kind is ClaimKind.ACCOUNT:
            return any(r.key in self._records.account_keys for r in mention.readings)
        return any(self._records.knows(r) for r in mention.readings)


def _is_ending(mention: Mention) -> bool:
    return any(r.form is Form.ACCOUNT_END for r in mention.readings)


def facts_of(bonds: tuple[Bond, ...]) -> Iterator[int]:
    """Give the fact numbers that a reading rests on."""
    for bond in bonds:
        yield from ({bond.core} if bond.core is not None else set()) | {
            s.fact for s in bond.slots.values()
        }
