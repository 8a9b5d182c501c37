"""Values that a letter states in sentences, its letterhead, date line and closing."""

import re
from collections.abc import Iterator, Sequence

from casegate.model.document import Engine
from tools.documents.context import holds_for_subject, names_origin
from tools.documents.found import Found
from tools.documents.grid import is_label
from tools.documents.paper import Paper
from tools.documents.prose import fold
from tools.documents.reading import Reading, Rules, capitalised_name, find_values
from tools.documents.schema import FieldSchema, Kind
from tools.documents.values.dates import read_date
from tools.documents.values.names import tidy

_STATED, _PLACED = 0.85, 0.9
_NEAR_TOP = 12
_CLOSING = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm)? ?regards|sincerely|signed"
    r"|mit freundlichen grussen|cordialement|atentamente)[\s,.:]*$"
)
_REACH = 25
"""Characters between a lead-in and its value."""
_PHRASE = re.compile(r"[^.,;:()\n]+(?:\n(?!\n)[^.,;:()\n]+)*")
_LONGEST_PHRASE = 120
_PLACE_BEFORE_DATE = re.compile(r"^[^\W\d_][^\d,]{1,40},\s")


def values_in_sentences(fields: Sequence[FieldSchema], paper: Paper) -> Iterator[Found]:
    """Give what a letter states of fields that no label gave; two different values give none."""
    for field in fields:
        found = [
            value
            for pattern in field.prose_patterns
            for match in pattern.finditer(paper.text)
            if (value := _stated(field, match.end(), paper))
        ]
        if found:
            longest = max(found, key=lambda value: value.end - value.start)
            if all(_same(longest, value) for value in found):
                yield longest


def _same(longest: Found, value: Found) -> bool:
    within = longest.start <= value.start and value.end <= longest.end
    return within or value.normalised.casefold() == longest.normalised.casefold()


def _stated(field: FieldSchema, at: int, paper: Paper) -> Found | None:
    reading = _value_at(field, at, paper.text, paper.rules)
    if reading is None or not holds_for_subject(field, reading.start, reading.end, paper):
        return None
    return Found(
        field,
        reading.start,
        reading.end,
        reading.normalised,
        Engine.LABEL,
        _STATED,
        reading.currency,
    )


def _value_at(field: FieldSchema, at: int, text: str, rules: Rules) -> Reading | None:
    if field.kind is Kind.TEXT:
        return _phrase(field, at, text, rules)
    ahead = text[at : at + 160]
    if field.kind is Kind.NAME:
        name = capitalised_name(ahead, rules.shared)
        return name and name._replace(start=at + name.start, end=at + name.end)
    first = next(find_values(ahead, field, rules), None)
    if first is None or first.start > _REACH:
        return None
    if re.search(r"\n\n|[.;]\s", ahead[: first.start]):
        return None
    return first._replace(start=at + first.start, end=at + first.end)


def _phrase(field: FieldSchema, at: int, text: str, rules: Rules) -> Reading | None:
    """Read the words from a lead-in to where the source they name ends."""
    match = _PHRASE.match(text, at)
    if match is None:
        return None
    folded = fold(match[0])
    stops = (m.start() for m in rules.shared.end_pattern.finditer(folded, 1))
    value = match[0][: next(stops, len(folded))].rstrip()
    if not value or len(value) > _LONGEST_PHRASE:
        return None
    if field.origin and not names_origin(value, rules):
        return None
    return Reading(at, at + len(value), " ".join(value.split()))


def values_by_place(fields: Sequence[FieldSchema], paper: Paper) -> Iterator[Found]:
    """Give what stands where letters have it: letterhead, date line, name below the closing."""
    for field in fields:
        reading = None
        if field.dateline:
            reading = _date_line(field, paper)
        elif field.closing:
            reading = _signature(paper)
        elif field.heading:
            reading = _letterhead(paper)
        if reading is not None:
            yield Found(
                field, reading.start, reading.end, reading.normalised, Engine.LABEL, _PLACED
            )


def _date_line(field: FieldSchema, paper: Paper) -> Reading | None:
    for row in paper.grid.rows[:_NEAR_TOP]:
        for cell in row:
            # `Port Ellery, 4 March 2026`: a place may go before.
            text = _PLACE_BEFORE_DATE.sub(lambda m: " " * len(m[0]), cell.text)
            found = read_date(text, paper.rules.dates(field.century))
            if found is not None and found.end >= len(text.rstrip(" .")):
                day = found.day.isoformat()
                return Reading(cell.start + found.start, cell.start + found.end, day)
    return None


def _signature(paper: Paper) -> Reading | None:
    rows = paper.grid.rows
    for index, row in enumerate(rows):
        if not _CLOSING.search(row[-1].folded):
            continue
        for following in rows[index + 1 : index + 4]:
            cell = following[0]
            name = capitalised_name(cell.text, paper.library.shared)
            if name is not None and name.end >= len(cell.text.rstrip(" .,")):
                return Reading(cell.start + name.start, cell.start + name.end, name.normalised)
    return None


def _letterhead(paper: Paper) -> Reading | None:
    rows = (row for row in paper.grid.rows[:4] if len(row) == 1)
    titles = {fold(title) for title in paper.schema.cues.title}
    named = [
        row[0]
        for row in rows
        if not is_label(row[0], paper.library)
        and ":" not in row[0].text
        and len(row[0].text) <= 60
        and not any(title in row[0].folded for title in titles)
        and not any(char.isdigit() for char in row[0].text)
    ]
    if not named or named[0].row > 1:
        return None
    cell = max(named, key=lambda c: (c.height, -c.row))
    return Reading(cell.start, cell.end, tidy(cell.text))
