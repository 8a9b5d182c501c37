"""Reading a parsed document: its type, its fields with their places, the facts they make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from casegate.model.document import (
    DocumentType,
    DroppedValue,
    Engine,
    Field,
    MrzReading,
    Signal,
    Span,
)
from casegate.model.fact import FactDraft
from casegate.model.party import Party
from tools.documents.ask_model import ask_for
from tools.documents.classify import Ask, classify
from tools.documents.facts import document_facts
from tools.documents.found import Found
from tools.documents.grid import make_grid
from tools.documents.instructions import without_instructions
from tools.documents.labels import values_by_label
from tools.documents.mrz import Zone, find_zone
from tools.documents.mrz.agreement import reading_of, zone_signals
from tools.documents.paper import Paper
from tools.documents.parsed import Parsed
from tools.documents.reading import Rules
from tools.documents.rows import values_in_rows
from tools.documents.schema import FieldSchema, Kind, library
from tools.documents.sentences import values_by_place, values_in_sentences
from tools.documents.subjects import matching_party, same_party, subject_name
from tools.documents.values.dates import infer_order
from tools.documents.values.money import meaning_of_dollar

__all__ = ["Ask", "ReadResult", "read_document"]

_ZONE_CHECKED, _ZONE_UNCHECKED = 0.99, 0.8


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


def read_document(
    parsed: Parsed, *, parties: Sequence[Party], opened_on: date, ask: Ask
) -> ReadResult:
    """Read type and fields: labels and validators first, the model for required ones only.

    Lines that read like instructions to a machine are left out throughout. Without an answer of
    the model, fields stay missing.
    """
    words = library()
    grid = make_grid(parsed, without_instructions(parsed.text), words)
    if not grid.rows:
        return ReadResult(DocumentType.UNKNOWN)
    type_ = classify(grid, words, ask)
    schema = words.of(type_)
    if schema is None:
        return ReadResult(type_)
    rules = Rules(opened_on, words.shared, infer_order(grid.text), meaning_of_dollar(grid.text))
    paper = Paper(grid, schema, words, rules)
    zone = find_zone(grid.text, opened_on)
    found, printed = _without_model(paper, zone, parties)
    paper = replace(paper, others=_others(paper, found, parties))
    wanted = [f for f in _missing(paper, found) if f.required and f.says]
    added, dropped = ask_for(wanted, paper, ask)
    found = (*found, *added)
    told = zone_signals(zone, printed, parsed) if zone else ()
    return ReadResult(
        type=type_,
        fields=_fields(found, paper, parsed, parties),
        dropped=dropped,
        signals=(*told, *_strangers(paper, found, parties)),
        facts=document_facts(paper, found, parties),
        missing=tuple(f.name for f in _missing(paper, found) if f.required),
        mrz=reading_of(zone, printed, parsed) if zone else None,
    )


def _without_model(
    paper: Paper, zone: Zone | None, parties: Sequence[Party]
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Read labels, rows, the machine readable zone, fixed places and fixed phrases.

    Gives all values, and of them those that are printed beside a label.
    """
    found = printed = (*values_by_label(paper), *values_in_rows(paper))
    if zone is not None:
        found += _from_zone(zone, _missing(paper, found))
    found += tuple(values_by_place(_missing(paper, found), paper))
    paper = replace(paper, others=_others(paper, found, parties))
    found += tuple(values_in_sentences(_missing(paper, found), paper))
    return found, printed


def _missing(paper: Paper, found: Sequence[Found]) -> tuple[FieldSchema, ...]:
    known = {value.field.name for value in found}
    return tuple(field for field in paper.schema.fields if field.name not in known)


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
            _ZONE_CHECKED if part.checked else _ZONE_UNCHECKED,
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


def _fields(
    found: Sequence[Found], paper: Paper, parsed: Parsed, parties: Sequence[Party]
) -> tuple[Field, ...]:
    name = subject_name(paper.schema, found)
    subject = matching_party(name, parties) if name else None
    owners = _row_subjects(found, parties)
    fields = []
    for value in sorted(found, key=lambda v: (v.start, v.end)):
        span = Span(start=value.start, end=value.end)
        place = parsed.place(span)
        party = subject
        if value.field.group:
            party = owners.get(value.row)
        elif value.field.about == "other":
            party = matching_party(value.normalised, parties)
        fields.append(
            Field(
                name=value.field.name,
                value=" ".join(parsed.text[value.start : value.end].split()),
                normalised=value.normalised,
                page=place.page,
                boxes=place.boxes,
                span=span,
                engine=value.engine,
                confidence=value.confidence,
                subject=party.id if party else None,
            )
        )
    return tuple(fields)


def _row_subjects(found: Sequence[Found], parties: Sequence[Party]) -> dict[int, Party]:
    named = (v for v in found if v.field.group and v.field.kind is Kind.NAME)
    matched = ((v.row, matching_party(v.normalised, parties)) for v in named)
    return {row: party for row, party in matched if party is not None}
