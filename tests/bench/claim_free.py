"""Facts in free wording: a development set, and a held-out set that the checker never saw."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum

from casegate.model.dossier import Dossier
from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.narrative.format import MONTHS, country_name, long_date
from tests.bench.claim_mutations import _other
from tests.bench.paraphrases import HELD_OUT, REMARKS, SEEN

DEVELOPMENT: tuple[tuple[str, str], ...] = (
    ("structuring", "Between {first:day} and {last:long}, Ms. {party:last} deposited cash on "
                    "{count:word} occasions, for a total of {total:usd}, into account "
                    "{account:raw}."),
    ("structuring", "{party:raw} made {count:word} cash deposits of between {min:usd} and {max:usd} "
                    "each, all below the {threshold:usd} reporting threshold."),
    ("structuring", "The deposits totalled {total:words}."),
    ("structuring", "{total:code} was deposited in cash between {first:iso} and {last:iso}."),
    ("credit", "On {date:long} a cash deposit of {amount:usd} was made at the {place:raw} branch."),
    ("debit", "{party:none}On {date:euro}, {amount:code} was wired to {counterparty:raw}."),
    ("transfers_to", "{count:word} wire transfers totalling {total:usd} were sent to "
                     "{counterparty:raw} in {country:raw} between {first:long} and {last:long}."),
    ("transfers_to", "The customer sent {total:cents} to {counterparty:raw} in {count:word} "
                     "transfers."),
    ("exceeds_expected", "Credits of {measured:usd} in {month:long} exceeded the declared monthly "
                         "credits of {expected:usd}."),
    ("pass_through", "Within {within:raw} {debited:usd}, or {share:sign} of the funds received, left "
                     "the account."),
    ("customer", "{party:raw} is a {occupation:raw} and has been a customer since {since:long}."),
    ("account", "Account {account:raw} was opened at {place:raw} on {opened:long}."),
    ("cash_place", "{count:word} deposits totalling {total:usd} were made at {place:raw}."),
    ("alert", "Alert {alert:raw} was raised on {date:long}."),
    ("fan_in", "{count:word} different parties paid {total:usd} into the account."),
)  # fmt: skip

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS = ["x", "x", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SLOT = re.compile(r"\{(\w+):(\w+)\}")
_SIGN = {"USD": "$", "EUR": "€", "GBP": "£"}
_NOUN = {"USD": "dollars", "EUR": "euros", "GBP": "pounds"}
_TYPES = {
    RoleType.MONEY: "amount", RoleType.DATE: "date", RoleType.COUNT: "count",
    RoleType.ACCOUNT: "account", RoleType.PARTY: "name", RoleType.PLACE: "place",
    RoleType.PERCENT: "percent", RoleType.MULTIPLE: "multiple or duration",
    RoleType.DURATION: "multiple or duration",
}  # fmt: skip


class FreeWording(Enum):
    """Which set of free wordings."""

    DEVELOPMENT = "development"
    SEEN = "seen"
    HELD_OUT = "held out"


def _rows(wording: FreeWording) -> tuple[tuple[str, str], ...]:
    return {
        FreeWording.DEVELOPMENT: DEVELOPMENT,
        FreeWording.SEEN: SEEN,
        FreeWording.HELD_OUT: HELD_OUT,
    }[wording]


def remarks() -> tuple[str, ...]:
    """Give the remarks without a value."""
    return REMARKS


def faithful_sentences(wording: FreeWording, dossier: Dossier, seed: int) -> Iterator[str]:
    """Word one fact of the case by every row that has one."""
    rng = random.Random(seed)
    for predicate, template in _rows(wording):
        fact = _pick(dossier, predicate, template, rng)
        if fact is not None:
            yield _word(template, fact.roles)


def mutated_sentences(
    wording: FreeWording, dossier: Dossier, seed: int
) -> Iterator[tuple[str, str]]:
    """Word one fact by every row with one role changed; and with a value of a sister fact."""
    rng = random.Random(seed)
    for predicate, template in _rows(wording):
        fact = _pick(dossier, predicate, template, rng)
        if fact is None:
            continue
        roles = [r for r in dict.fromkeys(_roles(template)) if fact.roles[r].type in _TYPES]
        for role in roles:
            text = _word(template, {**fact.roles, role: _changed(fact.roles[role], rng)})
            if text != _word(template, fact.roles):
                yield _TYPES[fact.roles[role].type], text
        yield from _sisters(dossier, fact, template, roles, rng)


def _sisters(
    dossier: Dossier, fact: Fact, template: str, roles: list[str], rng: random.Random
) -> Iterator[tuple[str, str]]:
    """Swap in one value of another fact of the same predicate: it exists, but not here."""
    others = [f for f in dossier.facts if f.predicate == fact.predicate and f.id != fact.id]
    telling = [r for r in roles if fact.roles[r].type in (RoleType.MONEY, RoleType.DATE)]
    if others and telling and len(roles) > 1:
        role, other = rng.choice(telling), rng.choice(others)
        if other.roles[role].value != fact.roles[role].value:
            text = _word(template, {**fact.roles, role: other.roles[role]})
            yield "value of another record", text


def _roles(template: str) -> list[str]:
    return [found[1] for found in _SLOT.finditer(template) if found[2] != "none"]


def _pick(dossier: Dossier, predicate: str, template: str, rng: random.Random) -> Fact | None:
    found = [
        f for f in dossier.facts
        if f.predicate == predicate and all(r in f.roles for r in _roles(template))
    ]  # fmt: skip
    return rng.choice(found) if found else None


def _changed(value: RoleValue, rng: random.Random) -> RoleValue:
    if value.type is RoleType.PARTY:
        return value.model_copy(update={"value": rng.choice(["Wanda Quist", "Tobias Renner"])})
    if value.type is RoleType.PLACE:
        new = rng.choice(["NO", "BZ"]) if len(value.value) == 2 else "Lantern Row"
        return value.model_copy(update={"value": new})
    return _other(value, rng)


def _word(template: str, roles: dict[str, RoleValue]) -> str:
    text = _SLOT.sub(lambda s: "" if s[2] == "none" else _write(roles[s[1]], s[2]), template)
    return text[0].upper() + text[1:]


def _write(value: RoleValue, how: str) -> str:
    writers: dict[str, Callable[[RoleValue], str]] = {
        "usd": lambda v: f"{_SIGN[v.unit]}{_trim(v.value)}",
        "cents": lambda v: f"{_SIGN[v.unit]}{Decimal(v.value):,.2f}",
        "code": lambda v: f"{v.unit} {_trim(v.value)}",
        "words": lambda v: _spelt_money(v),
        "long": lambda v: _long(v.value),
        "day": lambda v: _long(v.value).rpartition(",")[0],
        "euro": lambda v: f"{int(v.value[8:])} {MONTHS[int(v.value[5:7]) - 1]} {v.value[:4]}",
        "iso": lambda v: v.value,
        "us": lambda v: f"{v.value[5:7]}/{v.value[8:]}/{v.value[:4]}",
        "word": lambda v: _spelt(int(v.value)),
        "digit": lambda v: v.value,
        "sign": lambda v: f"{v.value}%",
        "last": lambda v: v.value.split()[-1],
        "raw": lambda v: f"{v.value} {v.unit}" if v.type is RoleType.DURATION
        else country_name(v.value),
    }  # fmt: skip
    return writers[how](value)


def _trim(amount: str) -> str:
    return f"{Decimal(amount):,.2f}".removesuffix(".00")


def _long(iso: str) -> str:
    if len(iso) == 7:
        return f"{MONTHS[int(iso[5:]) - 1]} {iso[:4]}"
    return long_date(date.fromisoformat(iso))


def _spelt_money(value: RoleValue) -> str:
    whole, cents = f"{Decimal(value.value):.2f}".split(".")
    text = f"{_spelt(int(whole))} {_NOUN[value.unit]}"
    return text if cents == "00" else f"{text} and {_spelt(int(cents))} cents"


def _spelt(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens] + (f"-{_UNITS[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_UNITS[hundreds]} hundred" + (f" {_spelt(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    return f"{_spelt(thousands)} thousand" + (f" {_spelt(rest)}" if rest else "")
