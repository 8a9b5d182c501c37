"""Periods: two dates, a span of days in one month, or a whole month."""

import re
from calendar import monthrange
from datetime import date
from itertools import islice

from tools.documents.values.dates import DateRules, FoundDate, find_dates, month_of

_BETWEEN = re.compile(
    r"(?:\s?r\.)?[\s,]*(?:-|\u2013|\u2014|to|until|till|through|bis|au|jusqu'au|al|hasta el|a|tot"
    r"|tot en met|t/m|ate|do|and|und|et|y|e)?[\s,]*(?:the|zum|le|il|el)?\s*",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?P<a>\d{1,2})(?:st|nd|rd|th|\.)?\s?(?:-|\u2013|\u2014|to|bis|au|al|a|tot|do)\s?"
    r"(?P<rest>(?P<b>\d{1,2})(?:st|nd|rd|th|\.)?\s(?:de\s)?(?P<m>[^\W\d_]{3,12})\.?\s(?:de[l]?\s)?(?P<y>\d{4}))",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:(?P<w>[^\W\d_]{3,12})\.?\s(?:de[l]?\s)?|(?P<n>\d{1,2})\s?[/.-]\s?)(?P<y>\d{4})",
    re.IGNORECASE,
)


def read_period(text: str, rules: DateRules) -> tuple[FoundDate, FoundDate] | None:
    """Read the period that a text begins with: its first and last day.

    A month alone means all of it. Two dates must follow each other and be in order.
    """
    lead = re.match(
        r"\s*(?:from|vom|von|du|del|dal|desde(?:\sel)?|van|de|od|between)?\s*", text, re.IGNORECASE
    )
    at = lead.end() if lead else 0
    two = list(islice(find_dates(text, rules), 2))
    if len(two) == 2 and two[0].start <= at:
        between = text[two[0].end : two[1].start]
        if _BETWEEN.fullmatch(between) and two[0].day <= two[1].day:
            return two[0], two[1]
        return None
    return None if two and two[0].start <= at else _in_one_month(text, at)


def _in_one_month(text: str, at: int) -> tuple[FoundDate, FoundDate] | None:
    within = _WITHIN.match(text, at)
    if within:
        month = month_of(within["m"].lower())
        first, last = int(within["a"]), int(within["b"])
        return _days(within.span("a"), within.span("rest"), int(within["y"]), month, first, last)
    whole = _MONTH.match(text, at)
    if whole is None or text[whole.end() :].strip(" .)"):
        return None
    month = int(whole["n"]) if whole["n"] else month_of(whole["w"].lower())
    if month is None or not 1 <= month <= 12:
        return None
    year = int(whole["y"])
    if not 1900 <= year <= 2200:
        return None
    return _days(whole.span(), whole.span(), year, month, 1, monthrange(year, month)[1])


def _days(
    one: tuple[int, int],
    other: tuple[int, int],
    year: int,
    month: int | None,
    first: int,
    last: int,
) -> tuple[FoundDate, FoundDate] | None:
    if month is None or first > last:
        return None
    try:
        return FoundDate(*one, date(year, month, first)), FoundDate(*other, date(year, month, last))
    except ValueError:
        return None
