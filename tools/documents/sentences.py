"""Values that a letter states in sentences."""

import re
from collections.abc import Iterator, Sequence

from casegate.model.document import Engine
from tools.documents.context import holds_for_subject, names_origin
from tools.documents.found import Found, Way
from tools.documents.paper import Paper
from tools.documents.prose import fold
from tools.documents.reading import Reading, Rules, capitalised_name, find_values
from tools.documents.schema import FieldSchema, Kind

_REACH = 25
"""Characters between a lead-in and its value."""
_PHRASE = re.compile(r"[^.,;:()\n]+(?:\n(?!\n)[^.,;:()\n]+)*")
_LONGEST_PHRASE = 120


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
        Way.SENTENCE,
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
