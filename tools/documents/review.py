"""What the desk needs once a person reviews documents: values read as printed ones are, and every
check run again."""

from collections.abc import Mapping, Sequence
from datetime import date

from casegate.desk.ports import Rechecked
from casegate.errors import ValueRefused
from casegate.model.bundle import CaseBundle
from casegate.model.document import Document, DocumentType, Field
from casegate.model.fact import FactDraft
from casegate.model.party import Party
from tools.documents import DOCUMENTS_VERSION
from tools.documents.checks import check_values
from tools.documents.facts import facts_of
from tools.documents.found import Found, Way
from tools.documents.library import library
from tools.documents.reading import Reading, Rules, read_value
from tools.documents.reconcile import reconcile
from tools.documents.schema import DocumentSchema, FieldSchema, Kind

_WANTED = {
    Kind.NAME: "a name in words",
    Kind.DATE: "a day that can be read in one way only, such as 1984-05-17 or 17 May 1984",
    Kind.COUNTRY: "a country by name or code",
    Kind.NUMBER: "a number as printed, without other words",
    Kind.ADDRESS: "an address on one line, with a number in it",
    Kind.MONEY: "an amount with its currency, such as 1,250.00 USD",
    Kind.TEXT: "a few words",
    Kind.PERCENT: "a share, such as 25 %",
}


def read_typed(type_: DocumentType, name: str, text: str, *, on: date) -> str:
    """Read what a person typed for a field by the rules that hold for what is printed.

    Raises:
        ValueRefused: documents of that type have no such field, or the text is no such value.
    """
    schema = library().of(type_)
    field = _field(schema, name)
    if field is None:
        raise ValueRefused(f"a document of type `{type_}` has no field `{name}`")
    reading = _whole(text, field, on)
    if reading is None:
        raise ValueRefused(f"`value` is none for `{name}`", remedy=f"Write {_WANTED[field.kind]}.")
    return reading.normalised


def recheck(
    bundle: CaseBundle, documents: Sequence[Document], evidence: Mapping[str, str], *, on: date
) -> Rechecked:
    """Reconcile the documents again and make the facts of each anew."""
    reconciled = reconcile(bundle, documents, evidence, on=on)
    return Rechecked(
        version=DOCUMENTS_VERSION,
        profile=reconciled.profile,
        facts=reconciled.facts,
        document_facts={d.id: _facts(d, bundle.parties, on) for d in documents},
        signals=check_values(reconciled.profile, documents, evidence, on=on),
    )


def _facts(document: Document, parties: Sequence[Party], on: date) -> tuple[FactDraft, ...]:
    schema = library().of(document.type)
    if schema is None:
        return ()
    found = [made for value in document.fields if (made := _found(schema, value, on))]
    return facts_of(schema, found, parties)


def _found(schema: DocumentSchema, value: Field, on: date) -> Found | None:
    """Give a field as the reader had it; of one that a person gave, the currency as written."""
    field = _field(schema, value.name)
    if field is None:
        return None
    reading = _whole(value.value, field, on) if field.kind is Kind.MONEY else None
    return Found(
        field,
        value.span.start,
        value.span.end,
        value.normalised,
        value.engine,
        Way.FORM,
        value.currency or (reading.currency if reading else ""),
        further=tuple((line.start, line.end) for line in value.further),
    )


def _whole(text: str, field: FieldSchema, on: date) -> Reading | None:
    """Read a value that has to be all of the text."""
    reading = read_value(text, field, Rules(on, library().shared))
    if reading is None or text[: reading.start].strip() or text[reading.end :].strip(" .,;*"):
        return None
    return reading


def _field(schema: DocumentSchema | None, name: str) -> FieldSchema | None:
    fields = schema.fields if schema is not None else ()
    return next((field for field in fields if field.name == name), None)
