"""The facts of one case, indexed by value: what a mention can be compared with."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from casegate.model.document import FieldAnswer
from casegate.model.dossier import Dossier
from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.narrative.format import MONTHS, Style, country_name, plain, show_role
from guardrails.claims.amounts import money_key
from guardrails.claims.days import find_days
from guardrails.claims.mention import Form, Hint, Mention, Reading, decimal_key
from guardrails.text import clean, tokens

DIFFERS = "attribute_conflict"
"""What two sources state of an attribute: that they state it is a fact, what they state is not."""
_STYLES = tuple(Style)
_BEGIN = frozenset({"first"})
_FINISH = frozenset({"last"})
_HOURS = {"hours": 1, "days": 24, "weeks": 168}
_NAMED = frozenset({RoleType.PARTY, RoleType.PLACE, RoleType.LIST, RoleType.TEXT})


@dataclass(frozen=True)
class Slot:
    """A place where a value stands: a fact, a role, and which part of it."""

    fact: int
    role: str
    hint: Hint = Hint.NONE


@dataclass(frozen=True)
class Known:
    """A recorded string: its words, and where it stands."""

    words: tuple[str, ...]
    exact: tuple[str, ...]
    """The words with their letters as recorded."""
    kind: RoleType


class Records:
    """Facts with look-ups by value. Built once for each check, never changed after."""

    def __init__(self, dossier: Dossier) -> None:
        self.facts: tuple[Fact, ...] = dossier.facts
        self.evidence = frozenset(e.id for e in dossier.evidence)
        self.slots: dict[Reading, list[Slot]] = defaultdict(list)
        self._forms: dict[tuple[int, str], frozenset[str]] = {}
        self._spans: dict[int, tuple[str, ...]] = {}
        self.known: dict[str, list[Known]] = defaultdict(list)
        self.name_words: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self.account_keys: set[str] = set()
        self.by_predicate: dict[str, list[int]] = defaultdict(list)
        for index, fact in enumerate(self.facts):
            self.by_predicate[fact.predicate].append(index)
            for role, value in fact.roles.items():
                self._add(index, role, value)
        self._add_case(dossier)
        self.corrected = frozenset(_corrected(dossier))
        for options in self.known.values():
            options.sort(key=lambda known: -len(known.words))
        self.parties = tuple(frozenset(self._parties(f, dossier)) for f in self.facts)
        self.accounts = tuple(frozenset(self._accounts(f, dossier)) for f in self.facts)

    def find(self, mention: Mention) -> tuple[Slot, ...]:
        """Give every place where one of the mention's readings stands."""
        found = [slot for reading in mention.readings for slot in self._find(reading)]
        return tuple(dict.fromkeys(found))

    def shown(self, index: int, role: str) -> frozenset[str]:
        """Give the forms in which code writes a role's value, in lower case."""
        found = self._forms.get((index, role))
        if found is None:
            found = self._forms[index, role] = _shown(self.facts[index].roles[role], role)
        return found

    def days(self, index: int) -> tuple[str, ...]:
        """Give the ISO days of a fact, sorted."""
        found = self._spans.get(index)
        if found is None:
            found = self._spans[index] = _days(self.facts[index])
        return found

    def knows(self, reading: Reading) -> bool:
        """Tell whether a recorded string is this one."""
        words = tuple(reading.key.split(" "))
        return any(k.words == words for k in self.known.get(words[0], ()))

    def was_read(self, mention: Mention) -> bool:
        """Tell whether a value was read from a paper before a person corrected it."""
        return bool(self.corrected.intersection(mention.readings))

    def strings(self) -> Iterator[str]:
        """Give every recorded string, as recorded."""
        for fact in self.facts:
            for value in fact.roles.values():
                if value.type in _NAMED:
                    yield plain(value.value)

    def _find(self, reading: Reading) -> Iterable[Slot]:
        if reading.form in (Form.MONTH, Form.MONTH_OF_YEAR, Form.YEAR):
            return self._inside(reading)
        if reading.form is Form.MONEY and reading.key.endswith("|"):
            return self._any_currency(reading.key)
        return self.slots.get(reading, ())

    def _any_currency(self, key: str) -> Iterator[Slot]:
        for currency in self._currencies:
            yield from self.slots.get(Reading(Form.MONEY, key + currency), ())

    @functools.cached_property
    def _currencies(self) -> frozenset[str]:
        money = (v for f in self.facts for v in f.roles.values() if v.type is RoleType.MONEY)
        return frozenset(value.unit for value in money)

    def _inside(self, reading: Reading) -> Iterator[Slot]:
        """Find roles that are this month or year, and facts that lie in it with all their days."""
        yield from self.slots.get(reading, ())
        for index in range(len(self.facts)):
            days = self.days(index)
            if days and all(_lies_in(day, reading) for day in days):
                roles = self.facts[index].roles
                yield Slot(index, next(r for r in ("date", "span", "first") if r in roles))

    def _add(self, index: int, role: str, value: RoleValue) -> None:
        try:
            for reading, hint in _readings(role, value):
                self.slots[reading].append(Slot(index, role, hint))
        except (ValueError, InvalidOperation):
            return
        stated = _stated_day(value) if self.facts[index].predicate == DIFFERS else None
        if stated is not None:
            for reading, hint in _day_readings(stated, Hint.NONE):
                self.slots[reading].append(Slot(index, role, hint))
            return
        if value.type in _NAMED:
            for words in _words_of(value):
                self.slots[Reading(Form.WORDS, " ".join(words))].append(Slot(index, role))
                self._know(value.type, words, plain(value.value))
        if value.type is RoleType.ACCOUNT:
            self._know_account(value.value)

    def _know(self, kind: RoleType, words: tuple[str, ...], recorded: str) -> None:
        exact = tuple(t.text for t in tokens(clean(recorded).text))
        if kind is RoleType.TEXT and (not _stands_out(recorded) or _is_months(recorded)):
            return
        entry = Known(words, exact if len(exact) == len(words) else words, kind)
        if entry not in self.known[words[0]]:
            self.known[words[0]].append(entry)
        if kind is RoleType.PARTY or (kind is RoleType.TEXT and not _has_digit(recorded)):
            for word in words:
                if word.isalpha() and len(word) > 1:
                    self.name_words[word].add(words)

    def _add_case(self, dossier: Dossier) -> None:
        """Know the names and references of the case itself, even where no fact repeats them."""
        for party in dossier.bundle.parties:
            self._know_string(RoleType.PARTY, party.name)
        references = [dossier.case.id, dossier.bundle.reference]
        references += [dossier.bundle.alert.id] if dossier.bundle.alert else []
        references += [prior.id for prior in dossier.bundle.prior_cases]
        for reference in references:
            self._know_string(RoleType.TEXT, reference)
        for account in dossier.bundle.accounts:
            self._know_account(account.number)

    def _know_account(self, number: str) -> None:
        self.account_keys.add(account_key(number))
        self._know_string(RoleType.ACCOUNT, number)

    def _know_string(self, kind: RoleType, text: str) -> None:
        words = tuple(t.low for t in tokens(clean(plain(text)).text))
        if words:
            self._know(kind, words, plain(text))

    def _parties(self, fact: Fact, dossier: Dossier) -> Iterator[str]:
        """Name whose fact it is: its party, and the holder of its account."""
        names = {p.id: p.name for p in dossier.bundle.parties}
        if "party" in fact.roles:
            yield fact.roles["party"].value
        if "account" in fact.roles:
            number = fact.roles["account"].value
            yield from (names[a.holder] for a in dossier.bundle.accounts if a.number == number)
            for other in self.facts:
                account, party = other.roles.get("account"), other.roles.get("party")
                if account and party and account.value == number:
                    yield party.value

    def _accounts(self, fact: Fact, dossier: Dossier) -> Iterator[str]:
        if "account" in fact.roles:
            yield account_key(fact.roles["account"].value)
            return
        party = fact.roles.get("party")
        if party is None:
            return
        held = {p.id for p in dossier.bundle.parties if p.name == party.value}
        yield from (account_key(a.number) for a in dossier.bundle.accounts if a.holder in held)
        for other in self.facts:
            account, holder = other.roles.get("account"), other.roles.get("party")
            if account and holder and holder.value == party.value:
                yield account_key(account.value)


def account_key(number: str) -> str:
    """Give an account number without blanks and marks, in upper case."""
    return "".join(c for c in number if c.isalnum()).upper()


def _readings(role: str, value: RoleValue) -> Iterator[tuple[Reading, Hint]]:
    match value.type:
        case RoleType.MONEY:
            yield Reading(Form.MONEY, money_key(Decimal(value.value), value.unit)), Hint.NONE
        case RoleType.DATE:
            hint = Hint.START if role in _BEGIN else Hint.END if role in _FINISH else Hint.NONE
            yield from _day_readings(value.value, hint)
        case RoleType.SPAN:
            first, last = value.value.split("/")
            yield from _day_readings(first, Hint.START)
            yield from _day_readings(last, Hint.END)
        case RoleType.COUNT:
            yield Reading(Form.COUNT, str(int(value.value))), Hint.NONE
        case RoleType.PERCENT:
            yield Reading(Form.PERCENT, decimal_key(value.value)), Hint.NONE
        case RoleType.MULTIPLE:
            yield Reading(Form.MULTIPLE, decimal_key(value.value)), Hint.NONE
        case RoleType.DURATION:
            yield _duration(value), Hint.NONE
        case RoleType.ACCOUNT:
            yield Reading(Form.ACCOUNT, account_key(value.value)), Hint.NONE
        case RoleType.TEXT:
            yield from _month_readings(value)
        case _:
            return


def _stated_day(value: RoleValue) -> str | None:
    """Give the day that a text is, where it can be read in one way only."""
    if value.type is not RoleType.TEXT:
        return None
    text = plain(value.value).strip()
    text = text.title() if text.isupper() else text
    found = [list(find_days(text, month_first=first)) for first in (True, False)]
    days = {r.key for one in found for m in one for r in m.readings if r.form is Form.DAY}
    whole = all(len(one) == 1 and one[0].text == text and not one[0].wrong for one in found)
    return next(iter(days)) if whole and len(days) == 1 else None


def _corrected(dossier: Dossier) -> Iterator[Reading]:
    """Read what stood on papers until a person corrected it."""
    for review in dossier.field_reviews:
        if review.answer is not FieldAnswer.CORRECT or not review.before:
            continue
        value = RoleValue(type=RoleType.TEXT, value=review.before)
        day = _stated_day(value)
        if day is not None:
            yield Reading(Form.DAY, day)
            continue
        for words in _words_of(value):
            yield Reading(Form.WORDS, " ".join(words))


def _duration(value: RoleValue) -> Reading:
    if value.unit in _HOURS:
        return Reading(Form.HOURS, str(int(value.value) * _HOURS[value.unit]))
    return Reading(Form.MONTHS, str(int(value.value)))


def _day_readings(iso: str, hint: Hint) -> Iterator[tuple[Reading, Hint]]:
    date.fromisoformat(iso)
    yield Reading(Form.DAY, iso), hint
    yield Reading(Form.DAY_OF_YEAR, iso[5:]), hint


def _month_readings(value: RoleValue) -> Iterator[tuple[Reading, Hint]]:
    shown = show_role("", value, Style.LONG)
    name, _, year = shown.partition(" ")
    if name in MONTHS and year.isdigit():
        number = f"{MONTHS.index(name) + 1:02d}"
        yield Reading(Form.MONTH, f"{year}-{number}"), Hint.NONE
        yield Reading(Form.MONTH_OF_YEAR, number), Hint.NONE
        return
    if not all(word in MONTHS for word in shown.replace(",", " ").split() if word != "and"):
        return
    for place, month in enumerate(MONTHS, start=1):
        if month in shown:
            yield Reading(Form.MONTH_OF_YEAR, f"{place:02d}"), Hint.NONE


def _words_of(value: RoleValue) -> Iterator[tuple[str, ...]]:
    recorded = plain(value.value)
    forms = {recorded, show_role("", value, Style.LONG)}
    if value.type is RoleType.PLACE and country_name(recorded) != recorded:
        forms.discard(recorded)
    for form in sorted(forms):
        words = tuple(t.low for t in tokens(clean(form).text))
        if words:
            yield words


def _stands_out(recorded: str) -> bool:
    """Tell whether a text can be recognised in prose: it has a digit or a capital letter."""
    return any(c.isupper() or c.isdigit() for c in recorded)


def _is_months(recorded: str) -> bool:
    return any(_month_readings(RoleValue(type=RoleType.TEXT, value=recorded)))


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _days(fact: Fact) -> tuple[str, ...]:
    days: list[str] = []
    for role, value in fact.roles.items():
        if value.type is RoleType.SPAN or (
            value.type is RoleType.DATE and role in ("date", "first", "last")
        ):
            days += value.value.split("/")
    return tuple(sorted(days))


def _lies_in(day: str, reading: Reading) -> bool:
    if reading.form is Form.MONTH_OF_YEAR:
        return day[5:7] == reading.key
    return day.startswith(reading.key)


def _shown(value: RoleValue, role: str) -> frozenset[str]:
    try:
        forms = {show_role(role, value, style) for style in _STYLES}
    except (ValueError, InvalidOperation):
        forms = set()
    forms.add(plain(value.value))
    return frozenset(clean(form).text.casefold() for form in forms)


def values_of(facts: Iterable[Fact]) -> Mapping[str, RoleValue]:
    """Map `F3.total` to its value, for messages."""
    return {f"{f.id}.{role}": v for f in facts for role, v in f.roles.items()}
