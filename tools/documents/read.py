"""Reading a parsed document: its type, its fields with their places, the facts they make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casegate.model.document import (
    DocumentType,
    DroppedValue,
    Engine,
    Field,
    MrzReading,
    Signal,
)
from casegate.model.fact import FactDraft
from casegate.model.party import Party
from tools.documents.ask_model import ask_for
from tools.documents.captions import captions_below
from tools.documents.classify import Ask, classify
from tools.documents.confidence import Like, likeness
from tools.documents.facts import document_facts
from tools.documents.fields import in_order, make_fields, not_read
from tools.documents.found import Found, Way
from tools.documents.grid import make_grid
from tools.documents.instructions import without_instructions
from tools.documents.label_values import values_by_label
from tools.documents.library import library
from tools.documents.mrz import Zone, find_zone
from tools.documents.mrz.agreement import confirmed, reading_of, zone_signals
from tools.documents.mrz.outside import Outside
from tools.documents.numbered import values_by_number
from tools.documents.paper import Paper
from tools.documents.parsed import Parsed
from tools.documents.places import values_by_place
from tools.documents.reading import Rules
from tools.documents.rows import values_in_rows
from tools.documents.schema import FieldSchema, Kind, Shared
from tools.documents.sentences import values_in_sentences
from tools.documents.stacked import labels_over
from tools.documents.subjects import same_party, subject_name
from tools.documents.values.conventions import order_by_language
from tools.documents.values.dates import infer_order, orders_differ, reads_either_way
from tools.documents.values.money import meaning_of_dollar, only_currency

__all__ = ["Ask", "ReadResult", "read_document"]


@dataclass(frozen=True)
class ReadResult:
    """What a document says."""

    type: DocumentType
    fields: tuple[Field, ...] = ()
    dropped: tuple[DroppedValue, ...] = ()
    signals: tuple[Signal, ...] = ()
    facts: tuple[FactDraft, ...] = ()
    missing: tuple[str, ...] = ()
    """Required fields that were not read."""
    mrz: MrzReading | None = None
    likes: tuple[Like, ...] = ()
    """Of each field, in their order, what its confidence was measured on."""


def read_document(
    parsed: Parsed, *, parties: Sequence[Party], opened_on: date, ask: Ask
) -> ReadResult:
    """Read type and fields: labels and validators first, the model where a required one is missing.

    Lines that read like instructions to a machine are left out throughout. Without an answer of
    the model, fields stay missing.
    """
    words = library()
    grid = make_grid(parsed, without_instructions(parsed.text), words)
    if not grid.rows:
        return ReadResult(DocumentType.UNKNOWN)
    zone = find_zone(grid.text, opened_on)
    type_ = classify(grid, words, ask, zone)
    schema = words.of(type_)
    rules = _rules(grid.text, opened_on, words.shared)
    outside = Outside(grid.text, opened_on, rules.order if rules.order_sure else None)
    if schema is None:
        return _zone_alone(type_, zone, parsed, outside)
    captions = captions_below(grid)
    stacked = not captions and labels_over(grid, words)
    paper = Paper(grid, schema, words, rules, captions=captions, stacked=stacked)
    found, printed = _without_model(paper, zone, parties)
    paper = replace(paper, others=_others(paper, found, parties))
    added, dropped = ask_for(_to_ask(paper, found), paper, ask)
    found = (*found, *added)
    told = zone_signals(zone, printed, parsed) if zone else ()
    return ReadResult(
        type=type_,
        fields=make_fields(found, paper, parsed, parties),
        dropped=dropped,
        signals=(*told, *_strangers(paper, found, parties)),
        facts=document_facts(paper, found, parties),
        missing=tuple(f.name for f in not_read(paper, found) if f.required),
        mrz=reading_of(zone, printed, parsed, outside) if zone else None,
        likes=tuple(likeness(value, parsed) for value in in_order(found)),
    )


def _to_ask(paper: Paper, found: Sequence[Found]) -> tuple[FieldSchema, ...]:
    """Give what the model is asked for: nothing, unless a required field is missing."""
    missing = [field for field in not_read(paper, found) if field.says]
    return tuple(missing) if any(field.required for field in missing) else ()


def _rules(text: str, today: date, shared: Shared) -> Rules:
    """Take a paper's conventions from its own dates first, then from its language."""
    order, sure = infer_order(text), True
    if order is None and not orders_differ(text):
        order, sure = order_by_language(text)
    return Rules(today, shared, order, meaning_of_dollar(text), only_currency(text), sure)


def _zone_alone(
    type_: DocumentType, zone: Zone | None, parsed: Parsed, outside: Outside
) -> ReadResult:
    """Give the zone of a paper that has no fields of its own, such as a visa."""
    if zone is None:
        return ReadResult(type_)
    signals = zone_signals(zone, (), parsed)
    return ReadResult(type_, signals=signals, mrz=reading_of(zone, (), parsed, outside))


def _without_model(
    paper: Paper, zone: Zone | None, parties: Sequence[Party]
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Read labels, rows, the machine readable zone, fixed places and fixed phrases.

    Gives all values, and of them those that are printed beside a label.
    """
    found = (*values_by_label(paper), *values_in_rows(paper))
    found = printed = (*found, *values_by_number(not_read(paper, found), paper))
    if zone is not None:
        found += _from_zone(zone, not_read(paper, found))
    found += tuple(values_by_place(not_read(paper, found), paper))
    paper = replace(paper, others=_others(paper, found, parties))
    found += tuple(values_in_sentences(not_read(paper, found), paper))
    sure = confirmed(zone, printed) if zone is not None else frozenset()
    return tuple(_guarded(found, paper, sure)), printed


def _guarded(found: Sequence[Found], paper: Paper, sure: frozenset[str]) -> Iterator[Found]:
    """Mark days as doubtful whose order only the paper's country suggests.

    What the machine readable zone repeats (`sure`) is doubtful no more, wherever it stands.
    """
    for read in found:
        value = replace(read, doubtful=False) if read.field.name in sure else read
        printed = paper.text[value.start : value.end]
        either = value.field.kind is Kind.DATE and reads_either_way(printed)
        open_ = either and value.field.name not in sure
        yield replace(value, doubtful=True) if open_ and not paper.rules.order_sure else value


def _others(paper: Paper, found: Sequence[Found], parties: Sequence[Party]) -> tuple[str, ...]:
    """Give the parties that a document is not about; none while its own name is unknown."""
    name = subject_name(paper.schema, found)
    if name is None:
        return ()
    return tuple(party.name for party in parties if not same_party(name, party))


def _from_zone(zone: Zone, missing: Sequence[FieldSchema]) -> tuple[Found, ...]:
    if not zone.valid:
        return ()
    parts = ((field, zone.parts[field.name]) for field in missing if field.name in zone.parts)
    return tuple(
        Found(
            field, part.start, part.end, part.normalised, Engine.MRZ,
            Way.ZONE if part.checked else Way.ZONE_UNCHECKED,
            doubtful=field.name in zone.repaired,
        )
        for field, part in parts
    )  # fmt: skip


def _strangers(
    paper: Paper, found: Sequence[Found], parties: Sequence[Party]
) -> tuple[Signal, ...]:
    """Say that a document is about, or names as an owner, someone whom the case does not know."""
    if not parties:
        return ()
    signals = []
    name = subject_name(paper.schema, found)
    if name is not None and not any(same_party(name, party) for party in parties):
        message = "The document is made out to a name that is no party's of the case."
        signals.append(Signal(kind="unknown_subject", message=message))
    owners = [v for v in found if v.field.group and v.field.kind is Kind.NAME]
    unknown = [v for v in owners if not any(same_party(v.normalised, p) for p in parties)]
    if unknown:
        message = f"The document names {len(unknown)} owners who are no parties of the case."
        signals.append(Signal(kind="unknown_owner", message=message))
    return tuple(signals)
