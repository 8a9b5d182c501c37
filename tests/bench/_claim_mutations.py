"""Ways to make one sentence of a faithful draft false, by type."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from casegate.model.dossier import Dossier
from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.model.narrative import Narrative, Sentence
from casegate.narrative.format import show_role, style_of

NAMES = ("Tobias Renner", "Wanda Quist", "Sable Holdings BV", "Igor Petrasz", "Quill Partners LLC")
PLACES = ("Lantern Row", "Foundry Lane", "Copper Yard")
SWAPS = (
    ("was deposited into", "was withdrawn from"),
    ("was withdrawn from", "was deposited into"), (" left account ", " entered account "),
    ("was credited with", "was debited with"), (" went from account ", " went to account "),
    (" to account ", " from account "), ("paid a total of", "received a total of"),
    (" into account ", " out of account "), ("received ", "paid out "), ("paid out", "received"),
    ("cash deposits", "cash withdrawals"), ("Credits to", "Debits of"), ("credits to", "debits of"),
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A draft with one false sentence."""

    type: str
    sentences: tuple[Sentence, ...]
    at: int
    evidence: tuple[str, ...] | None = None
    """Other evidence ids for the false sentence."""


class Mutator:
    """Makes mutants of one draft. Every text it makes is false of the case, or it gives none."""

    def __init__(self, dossier: Dossier, draft: Narrative, seed: int) -> None:
        self.dossier = dossier
        self.draft = draft
        self.random = random.Random(seed)  # noqa: S311
        self.style = style_of(draft.output)
        self.facts = {f.id: f for f in dossier.facts}
        self.true = {s.text for s in draft.sentences}

    def make(self, kind: str) -> Mutant | None:
        """Make one mutant of a type, or none if the draft has nothing to change."""
        options = list(MAKERS[kind](self))
        while options:
            at, text, evidence = options.pop(self.random.randrange(len(options)))
            if text in self.true and evidence is None:
                continue
            sentences = list(self.draft.sentences)
            sentences[at] = sentences[at].model_copy(update={"text": text})
            return Mutant(kind, tuple(sentences), at, evidence)
        return None

    def bound(self, *types: RoleType) -> Iterator[tuple[int, Sentence, int, int, Fact, str]]:
        """Give every written value of some types with its place."""
        for at, sentence in enumerate(self.draft.sentences):
            for b in sentence.bindings:
                fact = self.facts[b.fact]
                if fact.roles[b.role].type in types:
                    yield at, sentence, b.start, b.end, fact, b.role

    def shown(self, role: str, value: RoleValue) -> str:
        """Write a value as the draft does."""
        return show_role(role, value, self.style)

    def put(self, sentence: Sentence, start: int, end: int, text: str) -> str:
        """Replace some characters of a sentence."""
        return sentence.text[:start] + text + sentence.text[end:]


_Option = tuple[int, str, tuple[str, ...] | None]


def _changed(*types: RoleType) -> Callable[[Mutator], Iterator[_Option]]:
    def make(m: Mutator) -> Iterator[_Option]:
        for at, sentence, start, end, fact, role in m.bound(*types):
            old = fact.roles[role]
            new = _other(old, m.random)
            yield at, m.put(sentence, start, end, m.shown(role, new)), None

    return make


def _other(value: RoleValue, rng: random.Random) -> RoleValue:
    match value.type:
        case RoleType.MONEY:
            change = rng.choice([Decimal("0.10"), Decimal(1), Decimal(100), Decimal(1000)])
            amount = Decimal(value.value)
            new = amount * 10 if rng.random() < 0.2 else amount + rng.choice([1, -1]) * change
            return value.model_copy(update={"value": f"{abs(new):.2f}"})
        case RoleType.DATE:
            moved = _moved(value.value, rng)
            return value.model_copy(update={"value": moved})
        case RoleType.SPAN:
            first, last = value.value.split("/")
            return value.model_copy(update={"value": f"{_moved(first, rng)}/{last}"})
        case RoleType.ACCOUNT:
            at = rng.choice([i for i, c in enumerate(value.value) if c.isdigit()])
            digit = str((int(value.value[at]) + rng.randint(1, 9)) % 10)
            return value.model_copy(
                update={"value": value.value[:at] + digit + value.value[at + 1 :]}
            )
        case RoleType.PERCENT:
            return value.model_copy(
                update={"value": str(int(value.value) + rng.choice([-3, 2, 5]))}
            )
        case RoleType.MULTIPLE:
            return value.model_copy(
                update={"value": f"{float(value.value) + rng.choice([1, 0.4]):.1f}"}
            )
        case _:
            return value.model_copy(update={"value": str(int(value.value) + rng.randint(1, 3))})


def _moved(iso: str, rng: random.Random) -> str:
    days = rng.choice([-30, -7, -1, 1, 2, 10, 31, 365])
    return (date.fromisoformat(iso) + timedelta(days)).isoformat()


def _names(m: Mutator) -> Iterator[_Option]:
    known = sorted({v.value for f in m.dossier.facts for v in f.roles.values()
                    if v.type is RoleType.PARTY})  # fmt: skip
    for at, sentence, start, end, fact, role in m.bound(RoleType.PARTY):
        pool = [n for n in (*NAMES, *known) if n != fact.roles[role].value]
        yield at, m.put(sentence, start, end, m.random.choice(pool)), None


def _places(m: Mutator) -> Iterator[_Option]:
    known = sorted({f.roles["place"].value for f in m.dossier.facts if "place" in f.roles})
    for at, sentence, start, end, fact, role in m.bound(RoleType.PLACE):
        old = m.shown(role, fact.roles[role])
        pool = ("Norway", "Belize") if role == "country" else (*PLACES, *known)
        yield at, m.put(sentence, start, end, m.random.choice([p for p in pool if p != old])), None


def _directions(m: Mutator) -> Iterator[_Option]:
    for at, sentence in enumerate(m.draft.sentences):
        for old, new in SWAPS:
            if old in sentence.text and sentence.bindings:
                yield at, sentence.text.replace(old, new, 1), None


def _scopes(m: Mutator) -> Iterator[_Option]:
    """Another fact's total, count or day in place of this one's: it exists, but not here."""
    pool: dict[RoleType, list[tuple[str, RoleValue]]] = {}
    for fact in m.dossier.facts:
        for role, value in fact.roles.items():
            pool.setdefault(value.type, []).append((role, value))
    for at, sentence, start, end, fact, role in m.bound(RoleType.MONEY, RoleType.DATE):
        mine = fact.roles[role]
        others = [v for _, v in pool[mine.type] if v.value != mine.value and v.unit == mine.unit]
        if others:
            text = m.put(sentence, start, end, m.shown(role, m.random.choice(others)))
            yield at, text, None


def _pairs(m: Mutator) -> Iterator[_Option]:
    """Two values of one sentence change places."""
    for at, sentence in enumerate(m.draft.sentences):
        by_type: dict[RoleType, list[tuple[int, int, str]]] = {}
        for b in sentence.bindings:
            kind = m.facts[b.fact].roles[b.role].type
            by_type.setdefault(kind, []).append((b.start, b.end, sentence.text[b.start : b.end]))
        for places in by_type.values():
            if len(places) > 1 and places[0][2] != places[1][2]:
                (s1, e1, t1), (s2, e2, t2) = places[:2]
                text = sentence.text
                yield at, text[:s1] + t2 + text[e1:s2] + t1 + text[e2:], None


def _rows(m: Mutator) -> Iterator[_Option]:
    """The amount of one transaction on the day of another."""
    rows = [x for x in m.bound(RoleType.MONEY) if x[4].predicate in ("credit", "debit")]
    for at, sentence, start, end, fact, role in rows:
        others = [x[4].roles[x[5]] for x in rows if x[4].id != fact.id]
        others = [o for o in others if o.value != fact.roles[role].value]
        if others:
            text = m.put(sentence, start, end, m.shown(role, m.random.choice(others)))
            yield at, text, None


def _ids(m: Mutator) -> Iterator[_Option]:
    for at, sentence, start, end, fact, role in m.bound(RoleType.TEXT):
        old = fact.roles[role].value
        if any(c.isdigit() for c in old) and role != "month":
            digits = re.sub(r"\d", lambda d: str((int(d[0]) + 1) % 10), old)
            yield at, m.put(sentence, start, end, digits), None


def _citations(m: Mutator) -> Iterator[_Option]:
    every = [e.id for e in m.dossier.evidence]
    for at, sentence in enumerate(m.draft.sentences):
        if sentence.facts:
            wrong = [e for e in every if e not in sentence.evidence]
            yield at, sentence.text, (m.random.choice([*wrong, "E99"]),)


def _negations(m: Mutator) -> Iterator[_Option]:
    forms = ((" made ", " did not make "), (" was ", " was not "), (" were ", " were not "),
             (" is ", " is not "), (" holds ", " does not hold "), (" left ", " never left "),
             (" declared ", " never declared "), (" received ", " never received "),
             (" controls ", " does not control "), (" without a hit", " with a hit"),
             (" found no ", " found a "), (" agrees ", " does not agree "))  # fmt: skip
    for at, sentence in enumerate(m.draft.sentences):
        for old, new in forms:
            if old in sentence.text and sentence.bindings:
                yield at, sentence.text.replace(old, new, 1), None


def _additions(m: Mutator) -> Iterator[_Option]:
    """A true sentence with a false amount added to it."""
    for at, sentence in enumerate(m.draft.sentences):
        if sentence.bindings:
            tail = m.random.choice(
                [", and a further $250,000.00 in cash", " and sent $12,345.00 to Wanda Quist",
                 ", of which 73 percent was in cash", ", on 19 occasions"]
            )  # fmt: skip
            yield at, sentence.text.removesuffix(".") + tail + ".", None


MAKERS: dict[str, Callable[[Mutator], Iterator[_Option]]] = {
    "amount": _changed(RoleType.MONEY),
    "date": _changed(RoleType.DATE, RoleType.SPAN),
    "account": _changed(RoleType.ACCOUNT),
    "name": _names,
    "count": _changed(RoleType.COUNT),
    "direction": _directions,
    "scope of a total": _scopes,
    "swapped pair": _pairs,
    "amount of another row": _rows,
    "invented id": _ids,
    "citation": _citations,
    "place": _places,
    "percent": _changed(RoleType.PERCENT),
    "multiple or duration": _changed(RoleType.MULTIPLE, RoleType.DURATION),
    "added value": _additions,
    "negation": _negations,
}
