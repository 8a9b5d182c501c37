"""What the print outside a zone says of its values without a label beside them."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from tools.documents.found import Found
from tools.documents.mrz.layout import check_digit
from tools.documents.mrz.lines import has_filler
from tools.documents.mrz.names import same_name
from tools.documents.mrz.zone import Zone
from tools.documents.prose import blanked
from tools.documents.values.dates import Century, DateRules, Order, find_dates
from tools.documents.values.numbers import compact

_FEWEST_IN_NUMBER = 6
_FEWEST_IN_NAME = 4
"""Letters: shorter names are words of every paper."""
_MOST_WORDS = 5
_BEFORE_NUMBERS = frozenset({"NO", "NR", "NUM"})
_LIKE = str.maketrans("OQDILZSBG", "000112586")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019`-](?=[^\W\d_]))*")
_PART_OF_NUMBER = re.compile(r"\S*\d\S*|[A-Z]{1,3}")


class Outside(NamedTuple):
    """The text of a paper, and how its dates are read."""

    text: str
    today: date
    order: Order | None = None
    """None: `04/03/1986` can't be read."""


def from_print(zone: Zone, outside: Outside, values: Sequence[Found]) -> tuple[Found, ...]:
    """Leave out values that were read from the zone's own lines."""
    text = _without_zone(zone, outside.text)
    return tuple(value for value in values if text[value.start : value.end].strip())


def number_stands(zone: Zone, outside: Outside, printed: Sequence[Found]) -> bool:
    """Tell whether the document number stands in the print as a whole token.

    Letters and digits must be the same ones; blanks may part them. It does not count where it
    may be something else: a value read beside another label, the personal number, a day, the
    zone read twice. Nor does it where a look-alike of it stands in the print as well.
    """
    part = zone.parts.get("document_number")
    if part is None or _is_vague(part.normalised, zone):
        return False
    taken = [(v.start, v.end) for v in printed if v.field.name != "document_number"]
    inner = "".join("[ ./-]?" if char == "<" else f"{char} ?" for char in part.raw)
    token = re.compile(
        rf"(?<![^\s:#(]){inner.removesuffix(' ?')}(?=\.?(?:[\s,;)]|$))", re.IGNORECASE
    )
    text = _without_zone(zone, outside.text)
    return any(
        not any(match.start() < end and start < match.end() for start, end in taken)
        and _is_whole(match, zone)
        for match in token.finditer(text)
    ) and not _has_look_alike(part.normalised, text)


def others_standing(zone: Zone, outside: Outside) -> Iterator[str]:
    """Name which of birth, expiry, surname and given names stand in the print."""
    for piece in re.split(r"[\t\n]", _without_zone(zone, outside.text)):
        days = DateRules(outside.today, outside.order, Century.FUTURE)
        found = tuple(find_dates(piece, days))
        for day in found:
            # Two digits leave the century open.
            full = re.search(r"\d{4}", piece[day.start : day.end])
            yield from _days(zone, day.day, full=full is not None)
        for line in blanked(piece, found, "\n").split("\n"):
            yield from _names(zone, line)


def _days(zone: Zone, day: date, *, full: bool) -> Iterator[str]:
    for name in ("date_of_birth", "expiry_date"):
        part = zone.parts.get(name)
        if part and part.raw == f"{day:%y%m%d}" and (not full or f"{day}" == part.normalised):
            yield name


def _names(zone: Zone, line: str) -> Iterator[str]:
    words = [match.span() for match in _WORD.finditer(line)]
    for name in ("surname", "given_names"):
        part = zone.parts.get(name)
        if part is None or len(compact(part.normalised)) < _FEWEST_IN_NAME:
            continue
        windows = (
            line[words[first][0] : words[last][1]]
            for first in range(len(words))
            for last in range(first, min(first + _MOST_WORDS, len(words)))
        )
        if any(same_name(window, part.normalised, cut=zone.names_cut) for window in windows):
            yield name


def _without_zone(zone: Zone, text: str) -> str:
    """Blank out the lines of the zone, those that have its fillers, and those that read as its
    number with the check digit and the state."""
    again = _number_and_state(zone)
    rows: list[str] = []
    position = 0
    for row in text.split("\n"):
        end = position + len(row)
        inside = any(span.start < end and position < span.end for span in zone.spans)
        copy = has_filler(row) or (again and again in compact(row))
        rows.append(" " * len(row) if inside or copy else row)
        position = end + 1
    return "\n".join(rows)


def _is_vague(number: str, zone: Zone) -> bool:
    """Tell whether a number may well stand in the print as something else."""
    if len(number) < _FEWEST_IN_NUMBER or not any(char.isdigit() for char in number):
        return True
    optional = zone.parts.get("personal_number")
    again = sum(compact(line).count(number) for line in zone.lines)
    return again > 1 or (optional is not None and optional.normalised == number) or _is_day(number)


def _is_day(number: str) -> bool:
    """Tell whether a number reads as a day, such as 12081974 or 740812."""
    if not number.isdigit() or len(number) not in {6, 8}:
        return False
    year = len(number) - 4
    for parts in (
        (number[:year], number[year : year + 2], number[year + 2 :]),
        (number[4:], number[2:4], number[:2]),
        (number[4:], number[:2], number[2:4]),
    ):
        full = int(parts[0]) if year == 4 else 2000 + int(parts[0])
        if 1850 <= full <= 2200:
            with suppress(ValueError):
                date(full, int(parts[1]), int(parts[2]))
                return True
    return False


def _is_whole(match: re.Match[str], zone: Zone) -> bool:
    """Tell whether a token is no part of a longer number, nor of the zone read once more."""
    number, text = zone.parts["document_number"], match.string
    before = re.search(r"(\S+) $", text[: match.start()])
    behind = re.match(r" (\S+)", text[match.end() :])
    code = zone.lines[0][2:5].strip("<")
    known = _BEFORE_NUMBERS | ({code} if len(code) == 3 else set())
    if before and before[1].rstrip(".:") not in known and _PART_OF_NUMBER.fullmatch(before[1]):
        return False
    if behind and _PART_OF_NUMBER.fullmatch(behind[1]):
        return False
    rest = text[match.end() :].partition("\n")[0]
    around = compact(text[match.start() : match.end() + 40])
    return not (
        compact(rest).startswith(check_digit(number.raw))
        or around.startswith(_number_and_state(zone))
    )


def _number_and_state(zone: Zone) -> str:
    """Give the number as a line of a passport's zone goes on; empty where none was read."""
    number = zone.parts.get("document_number")
    state = zone.parts.get("nationality")
    code = state.raw if state else zone.lines[0][2:5]
    return compact(number.raw + check_digit(number.raw) + code) if number else ""


def _has_look_alike(number: str, text: str) -> bool:
    """Tell whether the print has the number with another letter or digit that looks alike."""
    like = number.translate(_LIKE)
    for row in re.split(r"[\t\n]", text.upper()):
        words = [compact(word) for word in row.split()]
        for first in range(len(words)):
            for last in range(first, min(first + _MOST_WORDS, len(words))):
                said = "".join(words[first : last + 1])
                if said != number and said.translate(_LIKE) == like:
                    return True
    return False
