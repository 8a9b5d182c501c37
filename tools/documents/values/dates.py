"""Dates. Order and century follow from rules that are stated, never from a guess."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Order(StrEnum):
    """Which of two leading numbers is the day."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class Century(StrEnum):
    """What a year of two digits means, seen from the case's day."""

    PAST = "past"
    """Up to 110 years back, as births are; where two centuries fit, neither is taken."""
    RECENT = "recent"
    """The latest such day that is not in the future, as papers are issued."""
    FUTURE = "future"
    """Near the case's day or after it, as papers expire."""


class DateRules(NamedTuple):
    """How to read the dates of one field of one document."""

    today: date
    order: Order | None = None
    """None: `04/03/1986` can't be read."""
    century: Century | None = None
    """None: a year of two digits can't be read."""


class FoundDate(NamedTuple):
    """A date and the characters that it stands on."""

    start: int
    end: int
    day: date


_WORD = r"[^\W\d_]{3,12}"
_YEAR = r"(?P<{0}>\d{{4}}|\d{{2}})(?!\d)"
_YEAR_FIRST = re.compile(
    r"(?<![\d.])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d./-])(?P<a>\d{1,2}) ?(?P<s>[./-]) ?(?P<b>\d{1,2}) ?(?P=s) ?" + _YEAR.format("y")
    + r"(?![./-]\d)"
)  # fmt: skip
_DAY_MONTH = re.compile(
    r"(?<![\w.,])(?P<d>\d{1,2})(?:st|nd|rd|th|er|[.º°])?[\s-]*(?:day\s+)?(?:of\s+|de\s+)?"
    rf"(?P<m>{_WORD})\.?(?:\s?/\s?(?P<also>{_WORD})\.?)?[\s,-]*(?:of\s+|de[l]?\s+)?"
    + _YEAR.format("y"),
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?P<m>{_WORD})\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,\s*|\s+)(?P<y>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_OLDEST = 110
"""Years back from the case's day that a year of two digits may mean."""
_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da"]


def find_dates(text: str, rules: DateRules) -> Iterator[FoundDate]:
    """Give every date of a text that can be read without a guess, in order."""
    found = [hit for pattern in _READERS for hit in _read_all(pattern, text, rules)]
    last = -1
    for hit in sorted(found, key=lambda f: (f.start, -f.end)):
        if hit.start >= last:
            yield hit
            last = hit.end


def read_date(text: str, rules: DateRules) -> FoundDate | None:
    """Read the date that a text begins with."""
    for hit in find_dates(text, rules):
        return hit if not text[: hit.start].strip(" \t\n:-") else None
    return None


def infer_order(text: str) -> Order | None:
    """Take the order from the document's own dates that allow one only; None if they differ."""
    orders = _orders(text)
    return orders.pop() if len(orders) == 1 else None


def orders_differ(text: str) -> bool:
    """Tell whether a document's dates contradict each other in their order."""
    return len(_orders(text)) > 1


def reads_either_way(text: str) -> bool:
    """Tell whether a printed date could be read with the day or with the month first."""
    match = _NUMBERS.search(text)
    if match is None or match["s"] == ".":
        return False
    first, second = int(match["a"]), int(match["b"])
    return first != second and max(first, second) <= 12


def _orders(text: str) -> set[Order]:
    orders: set[Order] = set()
    for match in _NUMBERS.finditer(text):
        first, second = int(match["a"]), int(match["b"])
        if match["s"] != "." and first > 12 >= second:
            orders.add(Order.DAY_FIRST)
        elif match["s"] != "." and second > 12 >= first:
            orders.add(Order.MONTH_FIRST)
    return orders


def order_in_label(label: str) -> Order | None:
    """Take the order from a label such as `Date of birth (dd/mm/yyyy)`."""
    letters = re.search(
        r"\b(d{1,2}|m{1,2})\s?[/. -]\s?(d{1,2}|m{1,2})\s?[/. -]\s?[yj]", label.lower()
    )
    if letters is None:
        return None
    return Order.DAY_FIRST if letters[1].startswith("d") else Order.MONTH_FIRST


def _read_all(pattern: re.Pattern[str], text: str, rules: DateRules) -> Iterator[FoundDate]:
    for match in pattern.finditer(text):
        day = _READERS[pattern](match, rules)
        if day is not None:
            yield FoundDate(match.start(), match.end(), day)


def _year_first(match: re.Match[str], rules: DateRules) -> date | None:
    return _date(match["y"], int(match["m"]), int(match["d"]), rules)


def _numbers(match: re.Match[str], rules: DateRules) -> date | None:
    first, second = int(match["a"]), int(match["b"])
    order = rules.order
    if match["s"] == "." or first > 12:
        order = Order.DAY_FIRST
    elif second > 12:
        order = Order.MONTH_FIRST
    elif first == second:
        order = Order.DAY_FIRST
    if order is None:
        return None
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    return _date(match["y"], month, day, rules)


def _words(match: re.Match[str], rules: DateRules) -> date | None:
    day, year = match.span("d"), match.start("y")
    said = match.string[day[1] : match.start("m")], match.string[match.end("m") : year]
    if said[0].strip() == "-" and "-" not in said[1]:
        # `July 1 - July 31`: a span of days.
        return None
    # Twice on papers of two languages, such as `12 AUG/AOUT 74`.
    told = match.group("m", "also") if match.re is _DAY_MONTH else (match["m"],)
    months = {month for word in told if word and (month := month_of(word.lower()))}
    return _date(match["y"], months.pop(), int(match["d"]), rules) if len(months) == 1 else None


_READERS = {_YEAR_FIRST: _year_first, _NUMBERS: _numbers, _DAY_MONTH: _words, _MONTH_DAY: _words}


def _date(year: str, month: int, day: int, rules: DateRules) -> date | None:
    full = int(year) if len(year) == 4 else _full_year(int(year), month, day, rules)
    if full is None or not 1850 <= full <= 2200:
        return None
    try:
        return date(full, month, day)
    except ValueError:
        return None


def _full_year(year: int, month: int, day: int, rules: DateRules) -> int | None:
    this = rules.today.year // 100 * 100
    if rules.century is Century.FUTURE:
        # Papers are valid for decades at most, so the century around the case's day is meant.
        return min((this - 100 + year, this + year, this + 100 + year),
                   key=lambda full: abs(full - rules.today.year - 10))  # fmt: skip
    now = (rules.today.year, rules.today.month, rules.today.day)
    past = [
        full
        for full in (this + year, this - 100 + year)
        if (full, month, day) <= now and rules.today.year - full < _OLDEST
    ]
    if rules.century is Century.RECENT:
        return past[0] if past else None
    if rules.century is Century.PAST:
        return past[0] if len(past) == 1 else None
    return None


@lru_cache(maxsize=4096)
def month_of(word: str) -> int | None:
    """Give the month that a word of one of the languages names."""
    if word[:3] in _ENGLISH and (len(word) == 3 or _ENGLISH[word[:3]].startswith(word)):
        return list(_ENGLISH).index(word[:3]) + 1
    from datetime import datetime

    from dateparser import parse

    base = datetime(2000, 1, 1)  # noqa: DTZ001 - only the month is read
    read = parse(
        f"1 {word} 2000",
        languages=_LANGUAGES,
        settings={
            "STRICT_PARSING": True,
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": base,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
        },
    )
    return read.month if read is not None and (read.day, read.year) == (1, 2000) else None


_ENGLISH = {
    name[:3]: name
    for name in (
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    )
}  # fmt: skip
