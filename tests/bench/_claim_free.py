"""Facts in free wording: a development set, and a held-out set that the checker never saw."""

import functools
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

import yaml

from casegate.model.dossier import Dossier
from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.narrative.format import MONTHS, country_name, long_date
from tests.bench._claim_mutations import _other

_UNITS = tuple(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
)
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
    HELD_OUT = "held_out"


def _rows(wording: FreeWording) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in _wordings()[wording.value]]


@functools.cache
def _wordings() -> dict[str, list[list[str]]]:
    text = Path(__file__).with_name("claim_wordings.yaml").read_text("utf-8")
    found: dict[str, list[list[str]]] = yaml.safe_load(text)
    return found


def remarks() -> list[str]:
    """Give the remarks without a value."""
    return [str(row) for row in _wordings()["remarks"]]


def faithful_sentences(wording: FreeWording, dossier: Dossier, seed: int) -> Iterator[str]:
    """Word one fact of the case by every row that has one."""
    rng = random.Random(seed)  # noqa: S311
    for predicate, template in _rows(wording):
        fact = _pick(dossier, predicate, template, rng)
        if fact is not None:
            yield _word(template, fact.roles)


def mutated_sentences(
    wording: FreeWording, dossier: Dossier, seed: int
) -> Iterator[tuple[str, str]]:
    """Word one fact by every row with one role changed; and with a value of a sister fact."""
    rng = random.Random(seed)  # noqa: S311
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
