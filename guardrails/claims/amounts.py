"""Amounts, percentages, multiples, durations and bare numbers."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from casegate.model.narrative import ClaimKind
from guardrails.claims.mention import Form, Mention, Reading, decimal_key
from guardrails.claims.numerals import (
    DIGITS,
    SCALE,
    SPACED_DIGITS,
    SPELT,
    WORDS,
    readings,
    scaled,
)

_NEVER = r"(?!)"
_HOURS = {"minute": Decimal(1) / 60, "hour": Decimal(1), "hr": Decimal(1), "day": Decimal(24),
          "week": Decimal(168), "fortnight": Decimal(336)}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_FRACTIONS = {"half": "50", "one half": "50", "a half": "50", "one third": "33.3",
              "a third": "33.3", "two thirds": "66.7", "three quarters": "75",
              "two-thirds": "66.7", "three-quarters": "75", "one-third": "33.3"}  # fmt: skip
_FOLD = {"twice": "2", "double": "2", "doubled": "2", "thrice": "3", "triple": "3",
         "tripled": "3", "quadruple": "4", "quadrupled": "4"}  # fmt: skip


class Amounts:
    """Finds numbers with their units. `currencies` maps a sign, code or word to ISO codes."""

    def __init__(
        self, currencies: Mapping[str, Iterable[str]], *, upper_only: Iterable[str]
    ) -> None:
        self._codes = {name.casefold(): tuple(codes) for name, codes in currencies.items()}
        self._upper = frozenset(upper_only)
        self._common = ("USD", "EUR", "GBP", "CHF")

    @functools.cached_property
    def _money(self) -> re.Pattern[str]:
        return self._compile(_NEVER)

    @functools.cached_property
    def _money_spelt(self) -> re.Pattern[str]:
        return self._compile(SPELT)

    def _compile(self, spelt: str) -> re.Pattern[str]:
        number = rf"(?:{SPACED_DIGITS}|{DIGITS}|{spelt})"
        names = sorted(self._codes, key=len, reverse=True)
        signs = "|".join(re.escape(n) for n in names if not n[-1].isalnum())
        upper = {code.casefold() for code in self._upper}
        plain = [n for n in names if n[-1].isalnum() and n not in upper]
        plain += [code.casefold() for code in self._common]
        codes = "|".join(sorted(self._upper))
        words = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in plain)
        words = rf"{words}|(?-i:{codes})"
        before = rf"(?:(?P<sign>{signs})\s?|\b(?P<code>{words})\b\s?(?P<sign2>{signs})?)"
        after = rf"(?:\s?(?P<asign>{signs})|[\s-]?(?P<acode>{words})\b)"
        return re.compile(
            rf"(?P<minus>(?<![\w$])-\s?)?"
            rf"(?:{before}(?P<n1>-?{number})(?P<s1>{SCALE})?(?:\s?(?:{words})\b)?"
            rf"|\b(?P<n2>{number})(?P<s2>{SCALE})?{after})"
            rf"(?P<cents>\s+and\s+(?P<n3>{SPELT}|\d\d?)\s+cents?\b)?",
            re.IGNORECASE,
        )

    def find_money(self, text: str, *, spelt: bool) -> Iterator[Mention]:
        """Find amounts with a currency in any of its forms, numbers in words if `spelt`."""
        form = self._money_spelt if spelt else self._money
        for found in form.finditer(text):
            yield self._amount(found)

    def _amount(self, found: re.Match[str]) -> Mention:
        part = found.groupdict()
        number = (part["n1"] or part["n2"]).lstrip("-")
        name = part["sign2"] or part["sign"] or part["code"] or part["asign"] or part["acode"]
        codes = self._codes[" ".join(str(name).casefold().split())]
        negative = bool(part["minus"]) or (part["n1"] or "").startswith("-")
        cents = readings(part["n3"])[0] / 100 if part["n3"] else Decimal(0)
        values = scaled(number, part["s1"] or part["s2"] or "")
        keys = tuple(
            Reading(Form.MONEY, money_key(-value if negative else value + cents, code))
            for value in values
            for code in codes
        )
        wrong = "" if keys else "not readable as an amount"
        return Mention(
            ClaimKind.AMOUNT, found.start(), found.end(), found[0].strip(), keys, wrong=wrong
        )


def money_key(amount: Decimal, currency: str) -> str:
    """Give the key of an amount: two places at least, so that 9.5k meets 9500.00."""
    shown = decimal_key(f"{amount:f}")
    return f"{shown}|{currency}"


_SIGNS = {
    "percent": ("%", "percent", "per cent", "pct"),
    "fraction": ("half", "third", "quarter"),
    "multiple": ("times", "x", "fold", "factor", *_FOLD),
    "duration": (*_HOURS, *_MONTHS),
}
"""What a text must hold for a form to be worth a search."""


@functools.cache
def _forms(spelt: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    flags = re.IGNORECASE
    words = SPELT if spelt else _NEVER
    number = rf"(?<![\w.,$])(?P<n>-?{DIGITS}|{words})"
    units = "|".join((*_HOURS, *_MONTHS))
    return (
        ("percent", re.compile(
            rf"{number}(?:\s?%|[\s-](?:percent|per\s?cent|pct|percentage\s+points?)\b)", flags)),
        ("fraction", re.compile(
            rf"\b(?P<n>{'|'.join(sorted(_FRACTIONS, key=len, reverse=True))})\b(?=\s+(?:of|the))",
            flags)),
        ("multiple", re.compile(
            rf"{number}\s?(?:x\b|-?\s?fold\b|times\b)|\bfactor\s+of\s+(?P<n2>{DIGITS}|{words})"
            rf"|\b(?P<w>{'|'.join(_FOLD)})\b"
            rf"|\b(?P<f>{'|'.join(w for w in WORDS if w not in ('one', 'zero'))})fold\b", flags)),
        ("duration", re.compile(rf"{number}[\s-](?P<unit>(?:{units}))s?\b", flags)),
    )  # fmt: skip


def find_measures(text: str, *, spelt: bool) -> Iterator[Mention]:
    """Find percentages, multiples and durations."""
    low = text.casefold()
    for name, form in _forms(spelt):
        if not any(sign in low for sign in _SIGNS[name]):
            continue
        for found in form.finditer(text):
            yield _measure(name, found)


def _measure(name: str, found: re.Match[str]) -> Mention:
    part = found.groupdict()
    number = part.get("n") or ""
    keys: list[Reading] = []
    if name == "percent":
        kind = ClaimKind.PERCENT
        keys = [Reading(Form.PERCENT, decimal_key(f"{v:f}")) for v in _signed(number)]
    elif name == "fraction":
        kind = ClaimKind.PERCENT
        share = _FRACTIONS[" ".join(number.casefold().split())]
        keys = [Reading(Form.PERCENT, share)]
    elif name == "multiple":
        kind = ClaimKind.MULTIPLE
        keys = list(_multiples(part))
    else:
        kind = ClaimKind.DURATION
        keys = list(_durations(number, part["unit"].casefold()))
    wrong = "" if keys else "not readable as a number"
    return Mention(kind, found.start(), found.end(), found[0], tuple(keys), wrong=wrong)


def _signed(number: str) -> tuple[Decimal, ...]:
    values = readings(number.lstrip("-"))
    return tuple(-v for v in values) if number.startswith("-") else values


def _multiples(part: Mapping[str, str | None]) -> Iterator[Reading]:
    """`four times` is a multiple or a count of occasions: both are kept."""
    word = part.get("w") or ""
    spelt = part.get("f") or ""
    if word:
        yield Reading(Form.MULTIPLE, _FOLD[word.casefold()])
        if word.casefold() in ("twice", "thrice"):
            yield Reading(Form.COUNT, _FOLD[word.casefold()])
    elif spelt:
        yield Reading(Form.MULTIPLE, str(WORDS[spelt.casefold()]))
    for value in _signed(part.get("n") or part.get("n2") or ""):
        yield Reading(Form.MULTIPLE, decimal_key(f"{value:f}"))
        if value == value.to_integral_value():
            yield Reading(Form.COUNT, decimal_key(f"{value:f}"))


def _durations(number: str, unit: str) -> Iterator[Reading]:
    for value in _signed(number):
        if unit in _HOURS:
            yield Reading(Form.HOURS, decimal_key(f"{(value * _HOURS[unit]):f}"))
        else:
            yield Reading(Form.MONTHS, decimal_key(f"{(value * _MONTHS[unit]):f}"))


@functools.cache
def _bare(spelt: bool) -> re.Pattern[str]:
    words = SPELT if spelt else _NEVER
    return re.compile(rf"(?<![\w.,$/-])(?P<n>{DIGITS}|{words})(?![\w/]|-\d)", re.IGNORECASE)


def find_bare(text: str, *, spelt: bool) -> Iterator[Mention]:
    """Find what is left of numbers: a count, or an amount that names no currency.

    The word `one` alone is no number: it stands for "a" too often.
    """
    for found in _bare(spelt).finditer(text):
        number = found["n"]
        if number.casefold() == "one":
            continue
        keys: list[Reading] = []
        for value in readings(number):
            if value == value.to_integral_value():
                keys.append(Reading(Form.COUNT, decimal_key(f"{value:f}")))
            keys.append(Reading(Form.MONEY, money_key(value, "")))
        wrong = "" if keys else "not readable as a number"
        yield Mention(ClaimKind.COUNT, found.start(), found.end(), number, tuple(keys), wrong=wrong)
