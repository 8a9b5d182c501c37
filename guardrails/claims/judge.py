"""From matches to claims: the verdict on every value, with the nearest miss."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from casegate.model.fact import RoleType, RoleValue
from casegate.model.narrative import Claim, ClaimKind, ClaimVerdict
from casegate.narrative.format import Style, show_role
from guardrails.claims.binding import Bond
from guardrails.claims.clause import Clause
from guardrails.claims.forms import FormMatch, Read
from guardrails.claims.mention import Mention
from guardrails.claims.records import Records
from guardrails.claims.roles import TYPES
from guardrails.claims.words import Vocabulary
from guardrails.text import stem

V = ClaimVerdict
_CORRECTED = "was read so before a person corrected it"


@dataclass(frozen=True)
class Judgement:
    """The claims of one sentence and the facts that it rests on."""

    claims: tuple[Claim, ...]
    facts: frozenset[int]
    join: str = ""


class Judge:
    """Turns matches into claims."""

    def __init__(self, words: Vocabulary, records: Records) -> None:
        self._words = words
        self._records = records

    # first net

    def form(self, match: FormMatch, find: Iterable[Mention]) -> Judgement:
        """Judge a sentence of a known pattern. `find` holds the mentions of the whole sentence."""
        mentions = tuple(find)
        claims = [self._read(match, n, read, mentions) for n, read in enumerate(match.reads)]
        if match.pattern.fixed:
            claims = [Claim(text=match.pattern.id, kind=ClaimKind.STATEMENT, verdict=V.SUPPORTED,
                            reason="fixed sentence")]  # fmt: skip
        return Judgement(tuple(claims), frozenset(match.facts), match.join)

    def _read(
        self, match: FormMatch, number: int, read: Read, mentions: tuple[Mention, ...]
    ) -> Claim:
        index = next(
            (i for i in match.facts if self._records.facts[i].predicate == read.slot.predicate),
            None,
        )
        record = None if index is None else f"{self._records.facts[index].id}.{read.slot.role}"
        if number not in match.wrong and record is not None:
            return Claim(text=read.text, kind=read.kind, verdict=V.SUPPORTED, record=record)
        nearest = None if index is None else self._record(index, read.slot.role)
        known = self._occurs(read, mentions)
        if not known and self._was_read(read, mentions):
            return Claim(text=read.text, kind=read.kind, verdict=V.CONTRADICTED, nearest=nearest,
                         reason=_CORRECTED)  # fmt: skip
        return Claim(
            text=read.text,
            kind=read.kind,
            verdict=V.CONTRADICTED if known else V.UNSUPPORTED,
            nearest=nearest,
            reason="stands in the records, but not with the other values of the sentence"
            if known
            else "stands nowhere in the records",
        )

    def _occurs(self, read: Read, mentions: tuple[Mention, ...]) -> bool:
        if read.type in (RoleType.PARTY, RoleType.PLACE, RoleType.LIST, RoleType.TEXT):
            low = read.text.casefold()
            return any(low == text.casefold() for text in self._records.strings())
        return any(self._records.find(m) for m in _inside(read, mentions))

    def _was_read(self, read: Read, mentions: tuple[Mention, ...]) -> bool:
        return any(self._records.was_read(m) for m in _inside(read, mentions))

    # second net

    def bonds(self, bonds: tuple[Bond, ...]) -> Judgement:
        """Judge a sentence in free words, clause by clause."""
        claims: list[Claim] = []
        facts: set[int] = set()
        for bond in bonds:
            claims += [self._mention(bond, n) for n in bond.clause.numbers]
            claims += [
                Claim(text=self._shown_words(bond.clause), kind=ClaimKind.DIRECTION,
                      verdict=V.CONTRADICTED, nearest=self._fact_id(bond), reason=reason)
                for reason in bond.conflicts
            ]  # fmt: skip
            facts |= {s.fact for s in bond.slots.values()}
            facts |= set() if bond.core is None else {bond.core}
        claims += self._unproved(bonds)
        return Judgement(tuple(claims), frozenset(facts))

    def _mention(self, bond: Bond, number: int) -> Claim:
        mention = bond.clause.mention(number)
        slot = bond.slots.get(number)
        if slot is not None and not mention.wrong:
            record = f"{self._records.facts[slot.fact].id}.{slot.role}"
            return _claim(mention, V.SUPPORTED, record=record)
        nearest = self._nearest(bond, mention)
        if mention.wrong:
            return _claim(mention, V.UNSUPPORTED, nearest=nearest, reason=mention.wrong)
        if self._records.find(mention):
            reason = "stands in the records, but not with the other values of the sentence"
            return _claim(mention, V.CONTRADICTED, nearest=nearest, reason=reason)
        if self._records.was_read(mention):
            return _claim(mention, V.CONTRADICTED, nearest=nearest, reason=_CORRECTED)
        if not mention.hard and any(self._records.knows(r) for r in mention.readings):
            return _claim(mention, V.NOT_CHECKABLE, reason="known, but in no fact")
        if self._is_rough(bond, number):
            reason = "an approximation of the record: a person compares"
            return _claim(mention, V.NOT_CHECKABLE, nearest=nearest, reason=reason)
        return _claim(
            mention, V.UNSUPPORTED, nearest=nearest, reason="stands nowhere in the records"
        )

    def _is_rough(self, bond: Bond, number: int) -> bool:
        """Tell whether a value is marked as approximate and lies close to one of the core fact."""
        left = [t.low for t in bond.clause.sentence.left(number)][-2:]
        mention = bond.clause.mention(number)
        if bond.core is None or not self._words.approximators & set(left):
            return False
        share = Decimal(self._words.data.approximation_percent) / 100
        wanted = [n for r in mention.readings if (n := _number(r.key)) is not None]
        return any(
            abs(value - actual) <= abs(actual) * share
            for value in wanted
            for actual in self._numbers(bond.core, mention.kind)
        )

    def _numbers(self, index: int, kind: ClaimKind) -> Iterator[Decimal]:
        for value in self._records.facts[index].roles.values():
            number = _number(value.value) if value.type in TYPES.get(kind, ()) else None
            if number is not None:
                yield number

    def _unproved(self, bonds: tuple[Bond, ...]) -> Iterator[Claim]:
        """Report words whose meaning no list knows, and names without a told relation."""
        for bond in bonds:
            left = self._unknown_words(bond)
            if left:
                yield Claim(
                    text=" ".join(left[:8]), kind=ClaimKind.STATEMENT, verdict=V.NOT_CHECKABLE,
                    reason="no record tells this in these words",
                )  # fmt: skip
            elif not self._told(bond):
                yield Claim(
                    text=self._shown_words(bond.clause), kind=ClaimKind.STATEMENT,
                    verdict=V.NOT_CHECKABLE, reason="the sentence tells no relation of a record",
                )  # fmt: skip

    def _told(self, bond: Bond) -> bool:
        if bond.core is None:
            return False
        if any(bond.clause.mention(n).hard for n in bond.clause.numbers):
            return True
        predicate = self._records.facts[bond.core].predicate
        return bool(self._words.cues[predicate] & bond.clause.stems)

    def _unknown_words(self, bond: Bond) -> list[str]:
        indexes = {s.fact for s in bond.slots.values()} | (
            set() if bond.core is None else {bond.core}
        )
        known = set(self._words.function)
        denials: set[str] = set()
        for index in indexes:
            fact = self._records.facts[index]
            denials |= self._words.negators & set(self._words.frame(fact.predicate).words)
            known |= self._words.frame_words[fact.predicate] | self._words.cues[fact.predicate]
            for role, value in fact.roles.items():
                if value.type in (RoleType.TEXT, RoleType.PLACE, RoleType.LIST):
                    known |= {stem(w) for shown in self._records.shown(index, role)
                              for w in shown.split()}  # fmt: skip
        return [
            t.text
            for t in bond.clause.words
            if t.low[0].isalnum()
            and (
                t.low not in denials if t.low in self._words.negators else stem(t.low) not in known
            )
        ]

    # nearest misses

    def _nearest(self, bond: Bond, mention: Mention) -> str | None:
        types = TYPES.get(mention.kind, frozenset())
        pool = [bond.core] if bond.core is not None else range(len(self._records.facts))
        options = [
            (self._gap(mention, value), i, role)
            for i in pool
            for role, value in self._records.facts[i].roles.items()
            if value.type in types
        ]
        if not options:
            return None
        _, index, role = min(options)
        return self._record(index, role)

    def _gap(self, mention: Mention, value: RoleValue) -> Decimal:
        """Measure how far a recorded value is from a mention; what has no distance is far."""
        actual = _number(value.value)
        wanted = [n for r in mention.readings if (n := _number(r.key)) is not None]
        if actual is None or not wanted:
            return Decimal(10) ** 15
        return min(abs(actual - n) for n in wanted)

    def _record(self, index: int, role: str) -> str:
        fact = self._records.facts[index]
        value = fact.roles[role]
        if value.type is RoleType.MONEY:
            return f"{fact.id}.{role} {Decimal(value.value):,.2f} {value.unit}"
        return f"{fact.id}.{role} {show_role(role, value, Style.ISO)}"

    def _fact_id(self, bond: Bond) -> str | None:
        return None if bond.core is None else self._records.facts[bond.core].id

    def _shown_words(self, clause: Clause) -> str:
        return clause.sentence.text[clause.start : clause.end].strip(" ,;")[:120]


def _inside(read: Read, mentions: tuple[Mention, ...]) -> list[Mention]:
    return [m for m in mentions if m.text and (m.text in read.text or read.text in m.text)]


def _claim(
    mention: Mention,
    verdict: ClaimVerdict,
    *,
    record: str | None = None,
    nearest: str | None = None,
    reason: str = "",
) -> Claim:
    return Claim(
        text=mention.text,
        kind=mention.kind,
        verdict=verdict,
        record=record,
        nearest=nearest,
        reason=reason,
    )


def _number(key: str) -> Decimal | None:
    try:
        return Decimal(key.partition("|")[0])
    except InvalidOperation:
        return None
