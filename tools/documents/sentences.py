"""Values that a letter states in sentences."""

import re
from collections.abc import Iterator, Sequence

from casegate.model.document import Engine
from tools.documents.context import holds_for_subject, names_origin
from tools.documents.found import Found, Way
from tools.documents.paper import Paper
from tools.documents.prose import fold
from tools.documents.reading import (
    CAPITALISED,
    Reading,
    Rules,
    capitalised_name,
    find_values,
    read_value,
)
from tools.documents.schema import FieldSchema, Kind
from tools.documents.values.companies import find_companies
from tools.documents.values.found_addresses import find_addresses

_AS = "als|jako|as|come|como|comme|en tant que|en qualite de|in qualita di|na qualidade de"
"""Between a name and its part in a contract."""
_REACH = 25
"""Characters between a lead-in and its value."""
_PHRASE = re.compile(r"[^.,;:()\n]+(?:\n(?!\n)[^.,;:()\n]+)*")
_LONGEST_PHRASE = 120
_NEAR = 6
# An address ends with its sentence, or before a verb or a day.
_ADDRESS = re.compile(
    r"(?=[^;()]*\d)[^;()\n]+?(?:\n[^;()\n]+?)??(?:\s\([A-Z]{2}\))?"
    r"(?=\.(?:\s|$)|;|\n\n|$|\s(?:am|on|le|el|il|em|op|w dniu|dnia)\s\d"
    r"|,?\s(?:and|und|et|y|e|en|oraz|i)\s(?!\d)[a-z]|,?\s(?:was|is|has|wurde|wird|ist|est|fue)\s"
    r"|,?\s(?:ha sido|\u00e8|werd|wordt|foi|\u00e9|zosta\u0142a|jest|hat|unterh\u00e4lt|holds)\s"
    r"|,?\sa \u00e9t\u00e9\s|\s(?:for|f\u00fcr|gegen|pour|por|per|voor|za)"
    r"\s(?:[\u20ac$\u00a3]|[A-Z]{3}\s\d|\d)"
    r"|\sto\s(?:the|be)\s|,\s(?:for|at a|f\u00fcr|gegen|pour|por|pela|per|voor|za)\s"
    r"|,\s(?:titulaire|registered|incorporated|constitu|immatricul|under|unter|sous)|\s\()"
)


def values_in_sentences(fields: Sequence[FieldSchema], paper: Paper) -> Iterator[Found]:
    """Give what a letter states of fields that no label gave; two different values give none."""
    for field in fields:
        found = [
            value
            for pattern in field.prose_patterns
            for match in pattern.finditer(paper.text)
            if (value := _stated(field, match.end(), paper))
        ]
        found += _marked(field, paper)
        if found:
            longest = max(found, key=lambda value: value.end - value.start)
            if all(_same(longest, value) for value in found):
                yield longest


def _marked(field: FieldSchema, paper: Paper) -> list[Found]:
    """Give the names behind which their part in a contract stands, such as `(tenant)`."""
    if not field.marks:
        return []
    marks = "|".join(map(re.escape, field.marks))
    found = []
    for match in re.finditer(
        rf"(?:\s*[(,]\s*|\s+(?:{_AS})\s+)"
        rf"(?:the |der |die |le |la |el |il |a |o )?(?:{marks})(?!\w)",
        fold(paper.text),
    ):
        before = paper.text[max(0, match.start() - 80) : match.start()]
        names = [n for n in CAPITALISED.finditer(before) if n.end() == len(before)]
        # The name may follow another word with a capital: the longest run that is one counts.
        reading = next(
            (r for n in names if (r := capitalised_name(n[0], paper.rules.shared))), None
        )
        if reading is not None:
            start = match.start() - len(names[0][0]) + reading.start
            end = match.start() - len(names[0][0]) + reading.end
            found.append(Found(field, start, end, reading.normalised, Engine.LABEL, Way.SENTENCE))
    return found


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
    if field.kind is Kind.ADDRESS:
        return _address(field, at, text, rules)
    ahead = text[at : at + 160]
    if field.kind is Kind.NUMBER:
        lead = len(ahead) - len(ahead.lstrip(" :\n"))
        number = read_value(ahead[lead:], field, rules)
        return number and number.moved(at + lead)
    if field.kind is Kind.NAME and field.company:
        company = next(find_companies(ahead), None)
        if company is None or company.start > _NEAR:
            return None
        return Reading(at + company.start, at + company.end, company.name)
    if field.kind is Kind.NAME:
        name = capitalised_name(ahead, rules.shared)
        return name and name.moved(at)
    first = next(find_values(ahead, field, rules), None)
    if first is None or first.start > _REACH:
        return None
    if re.search(r"\n\n|[.;]\s", ahead[: first.start]):
        return None
    return first.moved(at)


def _address(field: FieldSchema, at: int, text: str, rules: Rules) -> Reading | None:
    """Read the address with a postcode, or the words up to where the sentence goes on."""
    found = next(find_addresses(text[at : at + _LONGEST_PHRASE + _REACH]), None)
    if found is not None and found.start <= _REACH:
        start, end = at + found.start, at + found.end
        return Reading(start, end, " ".join(text[start:end].split()))
    match = _ADDRESS.match(text, at)
    if match is None or len(match[0]) > _LONGEST_PHRASE:
        return None
    reading = read_value(match[0], field, rules)
    if reading is None:
        return None
    line = " ".join(match[0][reading.start : reading.end].split())
    return Reading(at + reading.start, at + reading.end, line)


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
