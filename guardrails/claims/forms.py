"""The first net: sentences of a known pattern, read back role by role."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casegate.model.fact import Fact, RoleType
from casegate.model.narrative import ClaimKind
from casegate.narrative.format import MONTHS
from casegate.narrative.patterns import PATTERNS, Pattern, Slot
from casegate.narrative.predicates import PREDICATES
from guardrails.claims.mention import Mention
from guardrails.claims.records import DIFFERS, Records
from guardrails.text import words_key

LONGEST = 1200
"""Characters; a longer sentence is not of a pattern, and is left to the second net."""

_MONTH = "|".join(MONTHS)
_DAY = (
    rf"(?:(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}(?: of)? (?:{_MONTH}),? \d{{4}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}"
    rf"|(?:{_MONTH}) \d{{1,2}})"
)
_WORDS = r"[^\n]{1,200}?"
_GROUPS: dict[RoleType, str] = {
    RoleType.MONEY: r"-?(?:[A-Za-z]{0,3} ?[$€£¥]? ?-?\d[\d.,' ]*\d?(?: ?(?:k|m|thousand|million))?"
    r"(?: ?(?:[A-Z]{3}|dollars|euros))?|[a-z -]+(?:dollars|euros|pounds))",
    RoleType.DATE: _DAY,
    RoleType.SPAN: rf"{_DAY} ?(?:to|-|/|until|through) ?{_DAY}",
    RoleType.COUNT: r"(?:\d[\d.,]*|[A-Za-z]+(?:[ -][a-z]+){0,3}?)",
    RoleType.PERCENT: r"(?:-?\d[\d.,]*|[a-z]+(?:[ -][a-z]+){0,4}?) ?(?:%|percent|per cent)",
    RoleType.MULTIPLE: r"(?:-?\d[\d.,]*|[a-z]+(?:[ -][a-z]+){0,4}?) ?(?:times|x)",
    RoleType.DURATION: r"(?:-?\d[\d.,]*|[a-z]+(?:[ -][a-z]+){0,4}?) [a-z]+?s?",
    RoleType.ACCOUNT: r"[\w*][\w*./ -]{0,40}?",
}
_JOIN = re.compile(
    r"(?:(also|then|however|in addition|additionally|moreover|furthermore|subsequently),? )(?=.)",
    re.IGNORECASE,
)
_KIND: dict[RoleType, ClaimKind] = {
    RoleType.MONEY: ClaimKind.AMOUNT, RoleType.DATE: ClaimKind.DATE, RoleType.SPAN: ClaimKind.SPAN,
    RoleType.PARTY: ClaimKind.NAME, RoleType.ACCOUNT: ClaimKind.ACCOUNT,
    RoleType.COUNT: ClaimKind.COUNT, RoleType.MULTIPLE: ClaimKind.MULTIPLE,
    RoleType.PERCENT: ClaimKind.PERCENT, RoleType.PLACE: ClaimKind.PLACE,
    RoleType.LIST: ClaimKind.NAME, RoleType.DURATION: ClaimKind.DURATION,
    RoleType.TEXT: ClaimKind.STATEMENT,
}  # fmt: skip
_ANCHORED = frozenset({RoleType.PARTY, RoleType.ACCOUNT})
_NAMELIKE = re.compile(r"(?:[A-Z0-9][\w.,'&-]*|of|de|van|von|der|den|la|al|bin|the)(?: |$)")

ReadValue = Callable[[str], Iterable[Mention]]
"""Finds the mentions of a piece of text."""


@dataclass(frozen=True)
class Read:
    """One role as the text has it."""

    slot: Slot
    text: str

    @property
    def type(self) -> RoleType:
        """The declared type of the role."""
        return PREDICATES[self.slot.predicate].roles[self.slot.role]

    @property
    def kind(self) -> ClaimKind:
        """What kind of claim it makes."""
        return _KIND[self.type]


@dataclass(frozen=True)
class FormMatch:
    """A sentence read as a pattern, with the facts that come nearest."""

    pattern: Pattern
    reads: tuple[Read, ...]
    facts: tuple[int, ...]
    """Fact numbers, in the order of the pattern's predicates; empty if there is no such fact."""
    wrong: tuple[int, ...]
    """Numbers of the reads that those facts don't hold."""
    join: str

    @property
    def exact(self) -> bool:
        """True if one group of facts holds every value."""
        return not self.wrong and (bool(self.facts) or self.pattern.fixed)


@dataclass(frozen=True)
class _Compiled:
    pattern: Pattern
    anchor: str
    regexes: tuple[re.Pattern[str], ...]
    """The same form with its first words read short and read long: "the date of birth of A" can
    be cut at either "of"."""
    slots: tuple[Slot, ...]


class FormReader:
    """Reads sentences back into patterns."""

    def __init__(self, records: Records, read_value: ReadValue) -> None:
        self._records = records
        self._read_value = read_value
        self._found: dict[tuple[RoleType, str], list[Mention]] = {}

    def __call__(self, sentence: str, cited: frozenset[str]) -> FormMatch | None:
        """Read a sentence; the best reading, None if it is of no pattern.

        Of facts with equal values the one that rests on `cited` evidence is taken.
        """
        if len(sentence) > LONGEST:
            return None
        body, join = _without_join(sentence.strip())
        low = body.casefold()
        best: FormMatch | None = None
        for compiled in _compiled():
            if compiled.anchor not in low:
                continue
            for regex in compiled.regexes:
                found = regex.fullmatch(body)
                if found is None:
                    break
                match = self._match(compiled, found, join, cited)
                if match is not None and match.exact:
                    return match
                if match is not None and (best is None or _nearness(match) > _nearness(best)):
                    best = match
        return best

    def _match(
        self, compiled: _Compiled, found: re.Match[str], join: str, cited: frozenset[str]
    ) -> FormMatch | None:
        pattern = compiled.pattern
        reads = tuple(Read(s, t) for s, t in zip(compiled.slots, found.groups(), strict=True))
        if pattern.fixed:
            return FormMatch(pattern, (), (), (), join)
        written = self._as_written(pattern, reads, cited)
        if written is not None:
            return FormMatch(pattern, reads, written, (), join)
        readings = [
            (len(wrong), not self._rests_on(group, cited), group, wrong)
            for group in self._groups(pattern)
            for wrong in [self._wrong(group, reads)]
        ]
        if not readings:
            return FormMatch(pattern, reads, (), tuple(range(len(reads))), join)
        _, _, group, wrong = min(readings)
        match = FormMatch(pattern, reads, group, wrong, join)
        return match if match.exact or self._is_claim(match) else None

    def _as_written(
        self, pattern: Pattern, reads: tuple[Read, ...], cited: frozenset[str]
    ) -> tuple[int, ...] | None:
        """Find the facts that code would write exactly so: the common case, without parsing."""
        found = [
            group
            for group in self._groups(pattern)
            if all(
                r.text.casefold() in self._records.shown(self._fact(group, r), r.slot.role)
                for r in reads
            )
        ]
        return min(found, key=lambda g: not self._rests_on(g, cited), default=None)

    def _fact(self, group: tuple[int, ...], read: Read) -> int:
        return next(i for i in group if self._records.facts[i].predicate == read.slot.predicate)

    def _wrong(self, group: tuple[int, ...], reads: tuple[Read, ...]) -> tuple[int, ...]:
        return tuple(
            n for n, read in enumerate(reads) if not self._holds(self._fact(group, read), read)
        )

    def _rests_on(self, group: tuple[int, ...], cited: frozenset[str]) -> bool:
        return all(cited & set(self._records.facts[i].evidence) for i in group)

    def _groups(self, pattern: Pattern) -> Iterator[tuple[int, ...]]:
        first, *others = pattern.predicates
        facts = self._records.facts
        for index in self._records.by_predicate[first]:
            if not others:
                if pattern.admits((facts[index],)):
                    yield (index,)
                continue
            for other in self._records.by_predicate[others[0]]:
                if pattern.admits((facts[index], facts[other])):
                    yield (index, other)

    def _holds(self, index: int, read: Read) -> bool:
        """Tell whether the fact's role has this value, in any form that it may be written in."""
        role = read.slot.role
        if read.text.casefold() in self._records.shown(index, role):
            return True
        if read.type in (RoleType.PARTY, RoleType.PLACE, RoleType.LIST, RoleType.TEXT):
            fact = self._records.facts[index]
            if words_key(read.text) == words_key(fact.roles[role].value):
                return True
            if fact.predicate != DIFFERS:
                return False
        values = self._values(read)
        return bool(values) and all(self._is_there(index, read, m) for m in values)

    def _is_there(self, index: int, read: Read, mention: Mention) -> bool:
        ends = read.type is RoleType.SPAN
        return any(
            slot.fact == index
            and slot.role == read.slot.role
            and (not ends or slot.hint is mention.hint)
            for slot in self._records.find(mention)
        )

    def _values(self, read: Read) -> list[Mention]:
        """Give the mentions that take up the whole text of a role."""
        key = (read.type, read.text)
        if key not in self._found:
            self._found[key] = self._parsed(read)
        return self._found[key]

    def _parsed(self, read: Read) -> list[Mention]:
        text = f"account {read.text}" if read.type is RoleType.ACCOUNT else read.text
        found = list(self._read_value(text))
        whole = sum(m.end - m.start for m in found) >= len(read.text.strip()) - 1
        if read.type is RoleType.SPAN:
            return found if len(found) == 2 else []
        return found if len(found) == 1 and whole else []

    def _is_claim(self, match: FormMatch) -> bool:
        """Tell whether a sentence of pattern form makes the pattern's claim.

        Some patterns are short ("{party} controls {company}"): prose may fall into their form.
        Names and accounts must look like ones, and one value must be right.
        """
        if len(match.wrong) == len(match.reads):
            return False
        for number in match.wrong:
            read = match.reads[number]
            if read.type in _ANCHORED and not _looks_like_name(read.text):
                return False
            if read.type not in _ANCHORED and read.kind not in (
                ClaimKind.STATEMENT, ClaimKind.PLACE, ClaimKind.NAME
            ) and not self._values(read):  # fmt: skip
                return False
        return True


def _nearness(match: FormMatch) -> tuple[int, int]:
    return len(match.reads) - 2 * len(match.wrong), len(match.reads)


def _looks_like_name(text: str) -> bool:
    return _NAMELIKE.sub("", f"{text} ").strip() == ""


def _without_join(sentence: str) -> tuple[str, str]:
    found = _JOIN.match(sentence)
    if found is None:
        return sentence, ""
    body = sentence[found.end() :]
    return body[0].upper() + body[1:], found[1].casefold()


@functools.cache
def _compiled() -> tuple[_Compiled, ...]:
    return tuple(_compile(pattern) for pattern in PATTERNS.values())


def _compile(pattern: Pattern) -> _Compiled:
    regex, literals, slots = "", [], []
    for part in pattern.parts:
        if isinstance(part, str):
            literals.append(part.casefold())
            regex += re.escape(part)
        elif part.agrees:
            regex += f"(?:{re.escape(str(part.one))}|{re.escape(str(part.many))})"
        else:
            slots.append(part)
            kind = PREDICATES[part.predicate].roles[part.role]
            regex += f"({_GROUPS.get(kind, _WORDS)})"
    regex = regex.removesuffix(r"\.") + r"\.?"
    anchor = max(literals, key=len).strip().removesuffix(".")
    readings = dict.fromkeys((regex, regex.replace(_WORDS, _WORDS.removesuffix("?"), 1)))
    compiled = tuple(re.compile(reading, re.IGNORECASE) for reading in readings)
    return _Compiled(pattern, anchor, compiled, tuple(slots))


def fact_of(match: FormMatch, read: Read, records: Records) -> tuple[int, Fact] | None:
    """Give the fact that a read belongs to."""
    for index in match.facts:
        if records.facts[index].predicate == read.slot.predicate:
            return index, records.facts[index]
    return None
