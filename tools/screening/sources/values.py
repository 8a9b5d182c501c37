"""Dates and countries as lists print them, in the forms that a match compares."""

import re
from datetime import date, datetime
from functools import lru_cache

from rigour.territories import lookup_territory

_DAY = "%d %b %Y"
_MONTH = "%b %Y"
_YEAR = re.compile(r"^\d{4}$")
LONGEST_RANGE = 20
"""Years; a wider range says nothing about a birth date and is left out."""


@lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """Give the FollowTheMoney code of a country name or code, such as `ru`; None if unknown."""
    territory = lookup_territory(text.strip())
    return None if territory is None else str(territory.code)


def day_of(text: str) -> date | None:
    """Give the day that a text begins with, as `2026-02-27T00:00:09Z`; None for any other."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def partial_date(text: str) -> str | None:
    """Turn `16 Dec 1949`, `Dec 1949`, `1949` or an ISO date into ISO 8601, year first."""
    words = " ".join(text.replace("circa", "").split())
    if _YEAR.match(words):
        return words
    for form, size in ((_DAY, 10), (_MONTH, 7)):
        try:
            return datetime.strptime(words, form).date().isoformat()[:size]  # noqa: DTZ007
        except ValueError:
            continue
    try:
        return date.fromisoformat(words[:10]).isoformat()
    except ValueError:
        return words if re.match(r"^\d{4}-(0[1-9]|1[0-2])$", words) else None


def years_between(first: str, last: str) -> tuple[str, ...]:
    """Give every year from one to the other; nothing for a range too wide to mean anything."""
    span = range(int(first[:4]), int(last[:4]) + 1)
    return tuple(str(year) for year in span) if len(span) <= LONGEST_RANGE else ()


def birth_dates(text: str, *, around: int) -> tuple[str, ...]:
    """Read a birth date: a day, month or year; a range `1984 to 1986`; `circa 1960`.

    `around` is how many years either side a date that the list calls approximate may mean
    (policy): without it an approximate date would count as a contradiction.
    """
    first, _, last = (part.strip() for part in text.partition(" to "))
    start, end = partial_date(first), partial_date(last) if last else None
    if start is None or (last and end is None):
        return ()
    if end is not None:
        return years_between(start, end)
    if "circa" in text:
        year = int(start[:4])
        return years_between(str(year - around), str(year + around))
    return (start,)
