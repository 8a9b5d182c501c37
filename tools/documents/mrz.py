"""Machine readable zones: check digits, and whether zone and print agree.

Source: ICAO 9303-3 section 4.9 (check digits), 9303-4 (passports, TD3), 9303-5 (cards, TD1),
9303-6 (TD2). Nothing is repaired: a repaired character makes a wrong number look right.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tools.documents.values.countries import read_country
from tools.documents.values.dates import Century, DateRules, find_dates

_LINE = re.compile(r"^[A-Z0-9< ]{30,60}$", re.MULTILINE)
_ORDER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (7, 3, 1)


class Part(NamedTuple):
    """A value of the zone: characters `start` to `end` of the document's text."""

    start: int
    end: int
    normalised: str
    checked: bool
    """Covered by a check digit; names, nationality and sex are not."""


class Zone(NamedTuple):
    """A zone with its values by field name."""

    start: int
    valid: bool
    """All check digits are right."""
    parts: dict[str, Part]


class _Line(NamedTuple):
    start: int
    text: str
    blanks: bool

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Give the place of characters; of the whole line where blanks hide it."""
        if self.blanks:
            return self.start, self.start + len(self.text)
        return self.start + begin, self.start + end


def find_zone(text: str, today: date) -> Zone | None:
    """Give the first machine readable zone of a text."""
    lines = list(_lines(text))
    for first, second, third in zip(lines, [*lines[1:], None], [*lines[2:], None, None],
                                    strict=False):  # fmt: skip
        lengths = tuple(len(line.text) if line else 0 for line in (first, second, third))
        if lengths[:2] == (44, 44) and second and first.text[0] in "PV":
            return _two_lines(first, second, today)
        if lengths[:2] == (36, 36) and second and first.text[0] in "ACIPV":
            return _two_lines(first, second, today)
        if lengths == (30, 30, 30) and second and third and first.text[0] in "ACI":
            return _three_lines(first, second, third, today)
    return None


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        plain = match[0].replace(" ", "")
        if "<" in plain:
            yield _Line(match.start(), plain, plain != match[0])


def check_digit(text: str) -> str:
    """Give the check digit of a text: weights 7, 3, 1, modulo 10."""
    values = (0 if char == "<" else _ORDER.index(char) for char in text)
    return str(sum(value * _WEIGHTS[i % 3] for i, value in enumerate(values)) % 10)


def _right(text: str, digit: str) -> bool:
    return check_digit(text) == digit or (digit == "<" and not text.strip("<"))


def _two_lines(first: _Line, second: _Line, today: date) -> Zone:
    row = second.text
    total = row[0:10] + row[13:20] + row[21 : len(row) - 1]
    checks = [
        _right(row[0:9], row[9]),
        _right(row[13:19], row[19]),
        _right(row[21:27], row[27]),
        _right(total, row[-1]),
    ]
    if len(row) == 44:
        checks.append(_right(row[28:42], row[42]))
    parts = dict(_names(first, 5))
    parts |= _common(
        today,
        number=(second, 0, 9),
        nationality=(second, 10, 13),
        birth=(second, 13, 19),
        sex=(second, 20, 21),
        expiry=(second, 21, 27),
    )
    return Zone(first.start, all(checks), parts)


def _three_lines(first: _Line, second: _Line, third: _Line, today: date) -> Zone:
    top, middle = first.text, second.text
    total = top[5:30] + middle[0:7] + middle[8:15] + middle[18:29]
    checks = [
        _right(top[5:14], top[14]),
        _right(middle[0:6], middle[6]),
        _right(middle[8:14], middle[14]),
        _right(total, middle[29]),
    ]
    parts = dict(_names(third, 0))
    parts |= _common(
        today,
        number=(first, 5, 14),
        nationality=(second, 15, 18),
        birth=(second, 0, 6),
        sex=(second, 7, 8),
        expiry=(second, 8, 14),
    )
    return Zone(first.start, all(checks), parts)


def _names(line: _Line, begin: int) -> Iterator[tuple[str, Part]]:
    surname, _, given = line.text[begin:].partition("<<")
    position = begin
    for name, text in (("surname", surname), ("given_names", given.rstrip("<"))):
        words = text.replace("<", " ").strip()
        if words:
            yield name, Part(*line.span(position, position + len(text)), words, checked=False)
        position += len(text) + 2


def _common(today: date, **places: tuple[_Line, int, int]) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for name, (line, begin, end) in places.items():
        value = line.text[begin:end].replace("<", "")
        span = line.span(begin, end)
        if name == "number" and value:
            parts["document_number"] = Part(*span, value, checked=True)
        elif name == "nationality" and (code := read_country(value)):
            parts["nationality"] = Part(*span, code, checked=False)
        elif name == "sex" and value in {"M", "F"}:
            parts["sex"] = Part(*span, value, checked=False)
        elif name == "birth" and (day := _day(value, today, Century.PAST)):
            parts["date_of_birth"] = Part(*span, day, checked=True)
        elif name == "expiry" and (day := _day(value, today, Century.FUTURE)):
            parts["expiry_date"] = Part(*span, day, checked=True)
    return parts


def _day(value: str, today: date, century: Century) -> str | None:
    if not re.fullmatch(r"\d{6}", value):
        return None
    printed = f"{value[4:6]}.{value[2:4]}.{value[0:2]}"
    found = next(find_dates(printed, DateRules(today, None, century)), None)
    return found.day.isoformat() if found else None
