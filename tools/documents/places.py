"""Values without a label that stand where papers have them: letterhead, addressee, closing."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from casegate.model.document import Engine
from tools.documents.blocks import blocks
from tools.documents.found import Found, Way
from tools.documents.grid import is_label
from tools.documents.letter import saluted, signed
from tools.documents.letterhead import letterhead, name_and_address, sender, sender_address
from tools.documents.paper import Paper
from tools.documents.prose import blanked, fold
from tools.documents.reading import Reading, find_values
from tools.documents.schema import FieldSchema, Kind
from tools.documents.values.companies import find_companies
from tools.documents.values.dates import Century, DateRules, find_dates, read_date
from tools.documents.values.found_addresses import find_addresses
from tools.documents.values.numbers import compact
from tools.documents.values.periods import read_period

_NEAR_TOP = 12
_PLACE_BEFORE_DATE = re.compile(
    r"^[^\W\d_][^\d,]{1,40},\s(?:den\s|le\s|a\s|il\s|em\s|dnia\s)?", re.IGNORECASE
)
_LONG_NUMBER = re.compile(r"(?<![\w.,])(?:[A-Z]{1,4}[ -]?)?\d[\d./-]{2,13}\d[a-z]?(?![\w,])")
_RECENT = timedelta(days=800)
_LONGEST_PERIOD = 60


def values_by_place(fields: Sequence[FieldSchema], paper: Paper) -> Iterator[Found]:
    """Give what stands where papers of this kind have it; two candidates give none."""
    for field in fields:
        readers: tuple[tuple[bool, Callable[[FieldSchema, Paper], Reading | None]], ...] = (
            (field.certified, _certified),
            (field.dateline, _date_line),
            (field.closing, _signature),
            (field.saluted, _salutation),
            (field.addressee, _addressee),
            (field.heading, _letterhead),
            (field.under_heading, _under_letterhead),
            (field.anywhere, _only_one),
        )
        readings = (reader(field, paper) for allowed, reader in readers if allowed)
        reading = next((reading for reading in readings if reading is not None), None)
        if reading is not None:
            yield Found(
                field, reading.start, reading.end, reading.normalised, Engine.LABEL, Way.PLACE,
                reading.currency, doubtful=field.anywhere or field.closing or field.saluted,
            )  # fmt: skip


def _date_line(field: FieldSchema, paper: Paper) -> Reading | None:
    for index, row in enumerate(paper.grid.rows[:_NEAR_TOP]):
        apart = index in paper.grid.gaps
        above = paper.grid.rows[index - 1] if index and not apart else ()
        if any(is_label(cell, paper.library) for cell in (*row, *above)):
            # A day beside or below some label is that label's.
            continue
        for cell in row if len(row) == 1 else ():
            # `Port Ellery, 4 March 2026`: a place may go before.
            text = _PLACE_BEFORE_DATE.sub(lambda m: " " * len(m[0]), cell.text)
            found = read_date(text, paper.rules.dates(field.century))
            if found is not None and found.end >= len(text.rstrip(" .")):
                day = found.day.isoformat()
                return Reading(cell.start + found.start, cell.start + found.end, day)
    return None


def _only_one(field: FieldSchema, paper: Paper) -> Reading | None:
    """Read the one day, amount, address or long number that a short paper names."""
    if field.kind is Kind.ADDRESS:
        places = [
            _bare(paper.text[hit.start : hit.end], paper) for hit in find_addresses(paper.text)
        ]
        return _the_one(paper, {" ".join(place.split()): place for place in places})
    if field.kind is Kind.NUMBER:
        plain = _without_known_figures(paper.text, paper.rules.dates(None))
        numbers = (match[0] for match in _LONG_NUMBER.finditer(plain))
        return _the_one(paper, {compact(number): number for number in numbers})
    if field.part:
        return _only_period(field, paper)
    if field.kind is Kind.MONEY:
        amounts = list(find_values(paper.text, field, paper.rules))
        return amounts[0] if len({hit.normalised for hit in amounts}) == 1 else None
    found = list(find_dates(paper.text, paper.rules.dates(field.century)))
    if field.century is Century.RECENT and paper.schema.subject:
        # Birth or founding of whom a paper is about is no day on which it was made.
        since = paper.rules.today - _RECENT
        found = [hit for hit in found if since <= hit.day <= paper.rules.today]
    if len({hit.day for hit in found}) != 1:
        return None
    return Reading(found[0].start, found[0].end, found[0].day.isoformat())


def _only_period(field: FieldSchema, paper: Paper) -> Reading | None:
    """Read the one span of two days that a paper names."""
    text, rules = paper.text, paper.rules.dates(field.century)
    days = list(find_dates(text, rules))
    found = {
        (span[0].day, span[1].day): (day.start, span)
        for day in days
        if (span := read_period(text[day.start : day.start + _LONGEST_PERIOD], rules))
    }
    if len(found) != 1:
        return None
    at, span = next(iter(found.values()))
    chosen = span[0] if field.part == "first" else span[1]
    return Reading(at + chosen.start, at + chosen.end, chosen.day.isoformat())


def _bare(address: str, paper: Paper) -> str:
    """Take off the word that says whose address it is, such as `Anschrift`."""
    match = paper.library.label_at(fold(address), 0)
    rest = address[match.end :].lstrip(" \n:") if match is not None else ""
    return rest if rest and not rest[0].isdigit() and any(map(str.isdigit, rest)) else address


def _the_one(paper: Paper, found: dict[str, str]) -> Reading | None:
    """Give what all of a paper's mentions agree on, where it stands first."""
    if len(found) != 1:
        return None
    printed = next(iter(found.values()))
    start = paper.text.index(printed)
    return Reading(start, start + len(printed), " ".join(printed.split()))


def _without_known_figures(text: str, rules: DateRules) -> str:
    """Blank out addresses and days: their figures number nothing."""
    return blanked(text, (*find_addresses(text), *find_dates(text, rules)))


def _signature(field: FieldSchema, paper: Paper) -> Reading | None:
    return signed(paper)


def _salutation(field: FieldSchema, paper: Paper) -> Reading | None:
    return saluted(paper)


def _certified(field: FieldSchema, paper: Paper) -> Reading | None:
    """Read the one company that a certificate or the articles name."""
    found = list(find_companies(paper.text))
    names = {hit.name.casefold().rstrip(".") for hit in found}
    # A heading above a name runs into it: the shorter form is the name.
    names = {name for name in names if not any(name != n and name.endswith(n) for n in names)}
    if len(names) != 1:
        return None
    alike = [hit for hit in found if hit.name.casefold().rstrip(".") in names]
    # Where one occurrence has no point at its end, the other's ends its sentence.
    hit = min(alike, key=lambda hit: len(hit.name))
    return Reading(hit.start, hit.end, hit.name)


def _letterhead(field: FieldSchema, paper: Paper) -> Reading | None:
    return sender(paper)


def _under_letterhead(field: FieldSchema, paper: Paper) -> Reading | None:
    return sender_address(paper, paper.rules.dates(field.century))


def _addressee(field: FieldSchema, paper: Paper) -> Reading | None:
    """Read name or address of the one block of lines that a letter is sent to."""
    head = letterhead(paper)
    found = [block for block in blocks(paper) if head is None or head not in block.cells]
    read = [pair for block in found if (pair := name_and_address(block, paper)) is not None]
    if len(read) != 1:
        return None
    return read[0][0 if field.kind is Kind.NAME else 1]
