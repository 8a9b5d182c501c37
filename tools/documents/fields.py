"""From values to fields: identity, place, source, confidence, and whose they are."""

from collections.abc import Sequence

from casegate.model.document import Field, Span
from casegate.model.party import Party
from tools.documents.confidence import calibration, sureness
from tools.documents.found import Found
from tools.documents.paper import Paper
from tools.documents.parsed import Parsed
from tools.documents.schema import FieldSchema, Kind
from tools.documents.subjects import matching_party, subject_name


def in_order(found: Sequence[Found]) -> tuple[Found, ...]:
    """Give values in reading order, the order of the fields."""
    return tuple(sorted(found, key=lambda value: (value.start, value.end)))


def make_fields(
    found: Sequence[Found], paper: Paper, parsed: Parsed, parties: Sequence[Party]
) -> tuple[Field, ...]:
    """Make the fields of a document in reading order."""
    name = subject_name(paper.schema, found)
    subject = matching_party(name, parties) if name else None
    owners = _row_subjects(found, parties)
    fields = []
    for number, value in enumerate(in_order(found), start=1):
        party = subject
        if value.field.group:
            party = owners.get(value.row)
        elif value.field.about == "other":
            party = matching_party(value.normalised, parties)
        fields.append(_field(number, value, parsed, party))
    return tuple(fields)


def _field(number: int, value: Found, parsed: Parsed, party: Party | None) -> Field:
    span = Span(start=value.start, end=value.end)
    further = tuple(Span(start=start, end=end) for start, end in value.further)
    place = parsed.place(span)
    boxes = (*place.boxes, *(box for line in further for box in parsed.place(line).boxes))
    printed = " ".join(parsed.text[line.start : line.end] for line in (span, *further))
    sure = sureness(value, parsed, calibration())
    return Field(
        id=f"F{number}",
        name=value.field.name,
        value=" ".join(printed.split()),
        normalised=value.normalised,
        currency=value.currency,
        page=place.page,
        boxes=boxes,
        span=span,
        further=further,
        engine=value.engine,
        read_from=parsed.source_of(span),
        confidence=sure.confidence,
        band=sure.band,
        subject=party.id if party else None,
    )


def _row_subjects(found: Sequence[Found], parties: Sequence[Party]) -> dict[int, Party]:
    named = (v for v in found if v.field.group and v.field.kind is Kind.NAME)
    matched = ((v.row, matching_party(v.normalised, parties)) for v in named)
    return {row: party for row, party in matched if party is not None}


def not_read(paper: Paper, found: Sequence[Found]) -> tuple[FieldSchema, ...]:
    """Give the fields of the type without a value; one that another stands for is not missing."""
    known = {value.field.name for value in found}
    return tuple(
        field
        for field in paper.schema.fields
        if field.name not in known and not known.intersection(field.instead)
    )
