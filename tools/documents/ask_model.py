"""What the model may add: fields that nothing else gave, and only what can be found."""

import re
from collections.abc import Iterator, Sequence

from casegate.model.base import Json
from casegate.model.document import DroppedValue, Engine
from tools.documents.classify import Ask
from tools.documents.context import Context, context_of, names_origin
from tools.documents.found import Found, Way
from tools.documents.paper import Paper
from tools.documents.passages import shown_to_model
from tools.documents.prose import fold
from tools.documents.reading import Reading, Rules, find_values, is_name, read_value
from tools.documents.schema import FieldSchema, Kind
from tools.documents.values.numbers import compact

_SHOWN = 6_000
"""Characters that the model sees: some 1,800 tokens, which leaves room for prompt and answer."""
_TYPED = {Kind.DATE, Kind.MONEY, Kind.COUNTRY, Kind.PERCENT}


def ask_for(
    missing: Sequence[FieldSchema], paper: Paper, ask: Ask
) -> tuple[tuple[Found, ...], tuple[DroppedValue, ...]]:
    """Ask once for all missing fields; take what stands in the text, in its context."""
    if not missing:
        return (), ()
    values = {
        "type": paper.schema.type.value.replace("_", " "),
        "fields": "\n".join(f"- {field.name}: {field.says}" for field in missing),
        "text": shown_to_model(paper, missing, _SHOWN),
    }
    answer = ask("extract", values, _answer_schema(missing))
    found: list[Found] = []
    dropped: list[DroppedValue] = []
    for field in missing:
        value = None if answer is None else answer.get(field.name)
        if not isinstance(value, str) or not value.strip():
            continue
        taken = _take(field, value, paper)
        if isinstance(taken, Found):
            found.append(taken)
        else:
            dropped.append(DroppedValue(name=field.name, reason=taken))
    return tuple(found), tuple(dropped)


def _answer_schema(missing: Sequence[FieldSchema]) -> Json:
    names = [field.name for field in missing]
    value: Json = {"anyOf": [{"type": "string", "maxLength": 200}, {"type": "null"}]}
    return {
        "type": "object",
        "properties": dict.fromkeys(names, value),
        "required": names,
        "additionalProperties": False,
    }


def _take(field: FieldSchema, value: str, paper: Paper) -> Found | str:
    """Give the value with its place, or why it is dropped."""
    rules = paper.rules
    read = _canonical(field, value, rules)
    if read is None:
        return "format"
    places = list(locate(field, value, read, paper.text, rules))
    if not places:
        return "not_located"
    if field.origin and not names_origin(value, rules):
        return "context"
    judged = [(context_of(field, place.start, place.end, paper), place) for place in places]
    # What money comes from is never guessed: a flat that is for sale is not sold.
    for wanted in (Context.FOR,) if field.origin else (Context.FOR, Context.OPEN):
        for context, place in judged:
            if context is wanted:
                return _found(field, place, doubtful=context is Context.OPEN)
    return "context"


def _found(field: FieldSchema, place: Reading, *, doubtful: bool) -> Found:
    return Found(
        field, place.start, place.end, place.normalised, Engine.MODEL, Way.MODEL, place.currency,
        doubtful=doubtful,
    )  # fmt: skip


def _canonical(field: FieldSchema, value: str, rules: Rules) -> str | None:
    if field.kind in _TYPED:
        first = next(find_values(value, field, rules), None) or read_value(value, field, rules)
        return first.normalised if first else None
    if field.kind is Kind.NAME and not is_name(value, rules.shared, company=field.company):
        return None
    return " ".join(value.split())


def locate(
    field: FieldSchema, value: str, canonical: str, text: str, rules: Rules
) -> Iterator[Reading]:
    """Give every place where the text says the same value.

    Dates, amounts, countries and shares are compared by meaning, numbers by letters and digits,
    words whatever their blanks, case and accents.
    """
    if field.kind in _TYPED:
        for reading in find_values(text, field, rules):
            if reading.normalised == canonical:
                yield reading
        return
    if field.kind is Kind.NUMBER:
        pattern = r"[\s./-]*".join(map(re.escape, compact(value).lower()))
    else:
        pattern = r"[\s,]+".join(map(re.escape, re.split(r"[\s,]+", fold(value).strip(" ,.;"))))
    if not pattern:
        return
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", fold(text)):
        printed = text[match.start() : match.end()]
        reading_ = read_value(printed, field, rules)
        normalised = reading_.normalised if reading_ else " ".join(printed.split())
        yield Reading(match.start(), match.end(), normalised)
