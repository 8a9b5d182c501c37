"""A zone of known format: its check digits and its values."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from casegate.model.document import MrzCheck, Span
from tools.documents.mrz.layout import Format, Place, check_digit
from tools.documents.mrz.lines import Line
from tools.documents.values.countries import read_country
from tools.documents.values.dates import Century, DateRules, find_dates


class Part(NamedTuple):
    """A value of the zone: characters `start` to `end` of the document's text."""

    start: int
    end: int
    normalised: str
    checked: bool
    """Covered by a check digit; names, nationality, state and sex are not."""
    raw: str
    """As the zone has it, fillers at its end left out."""


class Zone(NamedTuple):
    """A zone with its values by field name."""

    format: str
    lines: tuple[str, ...]
    spans: tuple[Span, ...]
    """Where each line stands in the document's text."""
    checks: tuple[MrzCheck, ...]
    parts: dict[str, Part]
    repaired: tuple[str, ...]
    """Fields in which a character was replaced by the one that its place asks for."""
    padded: int
    """How many fillers were added behind the names or taken: the fewer, the likelier."""
    names_cut: bool
    """The names fill their line: they may be longer than it."""

    @property
    def valid(self) -> bool:
        """All check digits are right."""
        return all(check.right for check in self.checks)


def read_zone(lines: tuple[Line, ...], form: Format, today: date) -> Zone:
    """Check and read the lines of a zone; each has the format's length."""
    parts = dict(_names(lines, form))
    parts |= _parts(lines, form, today)
    repaired = dict.fromkeys(name for line in lines for name in line.repaired)
    return Zone(
        format=form.name,
        lines=tuple(line.text for line in lines),
        spans=tuple(Span(start=line.start, end=line.end) for line in lines),
        checks=tuple(checks_of(tuple(line.text for line in lines), form)),
        parts=parts,
        repaired=tuple(_named(repaired, parts)),
        padded=sum(line.padded for line in lines),
        names_cut=not _at(lines, form.names).endswith("<"),
    )


def checks_of(lines: tuple[str, ...], form: Format) -> Iterator[MrzCheck]:
    """Compare each check digit.

    Only the one over empty optional data may be a filler (9303-4, 4.2.2.2, note d).
    """

    def at(place: Place) -> str:
        return lines[place.line][place.start : place.end]

    number, digit = _number(lines, form)
    yield MrzCheck(name="document_number", right=check_digit(number) == digit)
    for name, place, check in (
        ("date_of_birth", form.birth, form.birth_check),
        ("expiry_date", form.expiry, form.expiry_check),
    ):
        yield MrzCheck(name=name, right=check_digit(at(place)) == at(check))
    if form.optional_check is not None:
        data, digit = at(form.optional[0]), at(form.optional_check)
        empty = digit == "<" and not data.strip("<")
        yield MrzCheck(name="optional", right=empty or check_digit(data) == digit)
    if form.composite_check is not None:
        total = "".join(at(place) for place in form.composite)
        yield MrzCheck(name="composite", right=check_digit(total) == at(form.composite_check))


def _number(lines: tuple[str, ...], form: Format) -> tuple[str, str]:
    """Give the document number and its check digit.

    A number of more than nine characters goes on in the optional data, behind a filler in the
    check digit's place, and ends with its check digit (9303-5, 4.2.2.1 note j; 9303-6, 4.2.2.2
    note j). Passports and visas have no such form.
    """
    place, check = form.number, form.number_check
    number = lines[place.line][place.start : place.end]
    digit = lines[check.line][check.start : check.end]
    if digit == "<" and form.name in {"TD1", "TD2"} and not number.endswith("<"):
        data = form.optional[0]
        rest, _, _ = lines[data.line][data.start : data.end].partition("<")
        if len(rest) >= 2:
            return number + rest[:-1], rest[-1]
    return number, digit


def _at(lines: tuple[Line, ...], place: Place) -> str:
    return lines[place.line].text[place.start : place.end]


def _span(lines: tuple[Line, ...], place: Place, length: int) -> tuple[int, int]:
    return lines[place.line].span(place.start, place.start + max(1, length))


def _names(lines: tuple[Line, ...], form: Format) -> Iterator[tuple[str, Part]]:
    """Part primary and secondary identifier at the first double filler (9303-3, 4.6)."""
    line = lines[form.names.line]
    surname, _, given = _at(lines, form.names).partition("<<")
    position = form.names.start
    for name, text in (("surname", surname), ("given_names", given)):
        bare = text.strip("<")
        if bare:
            begin = position + text.index(bare)
            words = re.sub("<+", " ", bare)
            yield name, Part(*line.span(begin, begin + len(bare)), words, checked=False, raw=bare)
        position += len(text) + 2


def _parts(lines: tuple[Line, ...], form: Format, today: date) -> Iterator[tuple[str, Part]]:
    texts = tuple(line.text for line in lines)
    number, _ = _number(texts, form)
    bare = number.rstrip("<")
    if bare:
        place = form.number
        start, end = _span(lines, place, min(len(bare), 9))
        if len(number) > 9:
            rest = Place(form.optional[0].line, form.optional[0].start, 0)
            end = _span(lines, rest, len(number) - 9)[1]
        shown = bare.replace("<", "")
        yield "document_number", Part(start, end, shown, checked=True, raw=bare)
    for name, place, read, checked in (
        ("issuing_state", form.state, read_country, False),
        ("nationality", form.nationality, read_country, False),
        ("sex", form.sex, _sex, False),
        ("date_of_birth", form.birth, lambda raw: _day(raw, today, Century.PAST), True),
        ("expiry_date", form.expiry, lambda raw: _day(raw, today, Century.FUTURE), True),
    ):
        raw = _at(lines, place).rstrip("<")
        value = read(raw) if raw else None
        if value:
            yield name, Part(*_span(lines, place, len(raw)), value, checked, raw)
    if form.name == "TD3":
        raw = _at(lines, form.optional[0]).rstrip("<")
        if raw:
            span = _span(lines, form.optional[0], len(raw))
            yield "personal_number", Part(*span, raw.replace("<", ""), checked=True, raw=raw)


def _sex(raw: str) -> str | None:
    return raw if raw in {"M", "F", "X"} else None


def _day(raw: str, today: date, century: Century) -> str | None:
    if not re.fullmatch(r"\d{6}", raw):
        return None
    printed = f"{raw[4:6]}.{raw[2:4]}.{raw[0:2]}"
    found = next(find_dates(printed, DateRules(today, None, century)), None)
    return found.day.isoformat() if found else None


def _named(repaired: dict[str, None], parts: dict[str, Part]) -> Iterator[str]:
    """Name the fields of a repair; one in the names may be in either."""
    for name in repaired:
        if name == "names":
            yield from (n for n in ("surname", "given_names") if n in parts)
        else:
            yield name
