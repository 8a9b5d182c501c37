"""Which role of a fact a mention may fill, by the words beside it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from casegate.model.fact import RoleType
from casegate.model.narrative import ClaimKind
from casegate.narrative.predicates import PREDICATES
from guardrails.claims.clause import Clause
from guardrails.claims.mention import Form, Hint, Mention
from guardrails.claims.records import DIFFERS, Records, Slot
from guardrails.claims.words import Vocabulary
from guardrails.text import Token

TYPES: dict[ClaimKind, frozenset[RoleType]] = {
    ClaimKind.AMOUNT: frozenset({RoleType.MONEY}),
    ClaimKind.DATE: frozenset({RoleType.DATE, RoleType.SPAN}),
    ClaimKind.COUNT: frozenset({RoleType.COUNT, RoleType.MONEY}),
    ClaimKind.PERCENT: frozenset({RoleType.PERCENT}),
    ClaimKind.MULTIPLE: frozenset({RoleType.MULTIPLE, RoleType.COUNT}),
    ClaimKind.DURATION: frozenset({RoleType.DURATION}),
    ClaimKind.ACCOUNT: frozenset({RoleType.ACCOUNT}),
    ClaimKind.NAME: frozenset({RoleType.PARTY, RoleType.LIST, RoleType.TEXT}),
    ClaimKind.PLACE: frozenset({RoleType.PLACE}),
    ClaimKind.IDENTIFIER: frozenset({RoleType.TEXT}),
}
_FROM_ROLES = frozenset({"since", "opened", "min", "previous", "expected"})
_TO_ROLES = frozenset({"expiry", "max", "measured"})

Pairs = frozenset[tuple[str, str]]


class RoleReader:
    """Reads the words beside a mention."""

    def __init__(self, words: Vocabulary, records: Records) -> None:
        self._words = words
        self._records = records

    def slots(self, clause: Clause, number: int) -> tuple[Slot, ...]:
        """Give the places where a mention's value stands and that its words allow."""
        mention = clause.mention(number)
        found = self._records.find(mention)
        if not found:
            return ()
        allowed = self.allowed(clause, number)
        return tuple(s for s in found if self._fits(mention, s, allowed))

    def allowed(self, clause: Clause, number: int) -> Pairs | None:
        """Give the (predicate, role) pairs that the words beside a mention allow; None: any."""
        mention = clause.mention(number)
        if not mention.hard:
            return None
        types = TYPES[mention.kind]
        left, right = clause.sentence.left(number), clause.sentence.right(number)
        counted = self._counted(right) if mention.kind is ClaimKind.COUNT else None
        if counted is not None:
            return counted
        limit = _relevant(self._cued((*left, *right), self._words.limiting_words), types)
        # What follows a day seldom says which day it is: "in March, exceeding the declared ...".
        for words in (left,) if mention.kind is ClaimKind.DATE else (left, right):
            pairs = _relevant(self._cued(words, self._words.role_words), types)
            if pairs:
                return pairs & limit if limit else pairs
        return limit or None

    def _counted(self, right: Iterable[Token]) -> Pairs | None:
        for token in right:
            roles = self._words.count_nouns.get(token.low)
            if roles is not None:
                return _expand(roles)
        return None

    def _cued(self, words: Iterable[Token], known: Mapping[str, frozenset[str]]) -> Pairs:
        roles: set[str] = set()
        for token in words:
            roles |= known.get(token.low, frozenset())
        return _expand(frozenset(roles))

    def _fits(self, mention: Mention, slot: Slot, allowed: Pairs | None) -> bool:
        fact = self._records.facts[slot.fact]
        if _is_month(mention):
            return True
        if fact.predicate == DIFFERS:
            return True
        if allowed is not None and (fact.predicate, slot.role) not in allowed:
            return False
        if mention.kind is ClaimKind.AMOUNT:
            return _amount_fits(mention.hint, slot.role)
        if mention.kind is ClaimKind.DATE:
            return self._day_fits(mention.hint, slot)
        return True

    def _day_fits(self, hint: Hint, slot: Slot) -> bool:
        days = self._records.days(slot.fact)
        one_day = len(set(days)) == 1
        if hint in (Hint.AFTER, Hint.BEFORE):
            return True
        if hint is Hint.NONE:
            return slot.hint is Hint.NONE or one_day
        if hint is Hint.START:
            return slot.hint is Hint.START or slot.role in _FROM_ROLES
        return slot.hint is Hint.END or slot.role in _TO_ROLES


def _is_month(mention: Mention) -> bool:
    """Tell whether a mention is a month or year: it says when, and never which role."""
    return any(r.form in (Form.MONTH, Form.MONTH_OF_YEAR, Form.YEAR) for r in mention.readings)


def _amount_fits(hint: Hint, role: str) -> bool:
    if hint is Hint.START:
        return role in _FROM_ROLES
    return role in _TO_ROLES if hint is Hint.END else True


@lru_cache(maxsize=2048)
def _expand(roles: frozenset[str]) -> Pairs:
    """Turn `total` and `structuring.total` into the (predicate, role) pairs they stand for."""
    return frozenset(
        (name, role)
        for name, predicate in PREDICATES.items()
        for role in predicate.roles
        if role in roles or f"{name}.{role}" in roles
    )


def _relevant(pairs: Pairs, types: frozenset[RoleType]) -> Pairs:
    return frozenset(p for p in pairs if PREDICATES[p[0]].roles[p[1]] in types)
