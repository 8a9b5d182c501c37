"""What the submission and each document state of a party, in one form."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casegate.model.bundle import CaseBundle
from casegate.model.document import Document, DocumentType, Field
from casegate.model.party import Party, PartyRole, PartySchema
from tools.documents.values.countries import read_country
from tools.documents.values.numbers import compact

INTAKE = "intake"
_PERSON_PAPERS = {
    DocumentType.PASSPORT,
    DocumentType.IDENTITY_CARD,
    DocumentType.PROOF_OF_ADDRESS,
    DocumentType.SOURCE_OF_FUNDS,
    DocumentType.ACCOUNT_APPLICATION,
    DocumentType.BANK_STATEMENT,
}
_IDENTITY_PAPERS = {DocumentType.PASSPORT, DocumentType.IDENTITY_CARD}
_LICENCE = DocumentType.DRIVING_LICENCE.value
_UNTOLD = "untold"
"""Variant of a number until it is known of which paper it is."""
_COMPANY_PAPERS = {DocumentType.REGISTER_EXTRACT, DocumentType.OWNERSHIP_DECLARATION}
_ATTRIBUTES = {
    "name": "name",
    "company_name": "name",
    "owner_name": "name",
    "date_of_birth": "date_of_birth",
    "owner_date_of_birth": "date_of_birth",
    "nationality": "nationality",
    "address": "address",
    "registered_address": "address",
    "document_number": "document_number",
    "registration_number": "registration_number",
    "incorporation_date": "incorporation_date",
    "country": "country",
    "owner_share": "share",
}
"""Fields of documents that say something of a party, and which attribute it is."""
_NUMBERS = {
    "passport": ("document_number", "passport"),
    "identity_card": ("document_number", "identity_card"),
    "id_card": ("document_number", "identity_card"),
    "national_id": ("document_number", "identity_card"),
    "registration": ("registration_number", ""),
}
"""Kinds of identifiers of the submission; a passport's number is not held against a card's."""


def fields_of(attribute: str) -> frozenset[str]:
    """Give the names of the fields that say something of an attribute."""
    parts = {"name": ("given_names", "surname")}
    named = {field for field, said in _ATTRIBUTES.items() if said == attribute}
    return frozenset(named.union(parts.get(attribute, ())))


class Stated(NamedTuple):
    """One reading of one attribute."""

    party: str
    name: str
    value: str
    shown: str
    source: str
    variant: str = ""
    """Readings of another variant are not held against this one."""
    company: bool = False


def stated_in_submission(bundle: CaseBundle) -> Iterator[Stated]:
    """Give what the submitting system declared."""
    for party in bundle.parties:
        yield from _declared(party)
    for edge in bundle.ownership:
        if edge.share_percent is not None:
            share = f"{edge.share_percent.normalize():f}"
            yield Stated(edge.owner, "share", share, f"{share} %", INTAKE, variant=edge.owned)


def _declared(party: Party) -> Iterator[Stated]:
    company = party.schema_ is not PartySchema.PERSON
    plain = {
        "name": party.name,
        "date_of_birth": party.date_of_birth and party.date_of_birth.isoformat(),
        "nationality": party.nationality,
        "address": party.address,
        "incorporation_date": party.incorporated_on and party.incorporated_on.isoformat(),
        "country": party.country if company else None,
    }
    for name, value in plain.items():
        if value:
            yield _stated(party, name, value, value, INTAKE)
    for identifier in party.identifiers:
        if identifier.kind in _NUMBERS and identifier.value.strip():
            name, variant = _NUMBERS[identifier.kind]
            yield _stated(party, name, identifier.value, identifier.value, INTAKE, variant)


def stated_in_document(document: Document, bundle: CaseBundle, source: str) -> Iterator[Stated]:
    """Give what a document states of the parties of a case."""
    if document.type not in _PERSON_PAPERS | _COMPANY_PAPERS:
        return
    party = _party_of(document, bundle)
    if party is not None:
        yield from _full_name(document, party, source)
    parties = {p.id: p for p in bundle.parties}
    for field in document.fields:
        grouped = field.name.startswith("owner_")
        about = parties.get(field.subject or "") if grouped else party
        if about is None or field.name not in _ATTRIBUTES:
            continue
        variant = _variant(document, field, party)
        name = _ATTRIBUTES[field.name]
        yield _stated(about, name, field.normalised, field.value, source, variant)


def _full_name(document: Document, party: Party, source: str) -> Iterator[Stated]:
    """Put given names and surname together, as passports part them."""
    parts = {f.name: f.normalised for f in document.fields}
    whole = " ".join(parts[n] for n in ("given_names", "surname") if n in parts)
    if whole:
        yield _stated(party, "name", whole, whole, source)


def _variant(document: Document, field: Field, company: Party | None) -> str:
    if field.name == "owner_share":
        return company.id if company else ""
    if field.name != "document_number":
        return ""
    return document.type.value if document.type in _IDENTITY_PAPERS else _UNTOLD


def with_named_papers(
    stated: Sequence[Stated], documents: Sequence[Document], bundle: CaseBundle
) -> list[Stated]:
    """Hold a number that does not say of which paper it is against every identity paper.

    It is of the paper whose number it has, a driving licence too; where none has it, it is held
    against the most alike, so that the difference shows.
    """
    licences = [
        Stated(party.id, "document_number", field.normalised.upper(), field.value, "", _LICENCE)
        for document in documents
        if document.type is DocumentType.DRIVING_LICENCE and (party := _party_of(document, bundle))
        for field in document.fields
        if field.name == "document_number"
    ]
    known = [one for one in (*stated, *licences) if one.name == "document_number"]
    return [_named(one, known) if one.variant == _UNTOLD else one for one in stated]


def _named(untold: Stated, known: Sequence[Stated]) -> Stated:
    from rapidfuzz.fuzz import ratio

    own = compact(untold.value)
    papers = [one for one in known if one.party == untold.party and one.variant != _UNTOLD]
    if not papers:
        return untold._replace(variant=DocumentType.PASSPORT.value)
    same = [one for one in papers if compact(one.value) == own]
    held = same or [one for one in papers if one.variant != _LICENCE] or papers
    alike = max(held, key=lambda one: ratio(compact(one.value), own))
    return untold._replace(variant=alike.variant)


def _stated(
    party: Party, name: str, value: str, shown: str, source: str, variant: str = ""
) -> Stated:
    company = party.schema_ is not PartySchema.PERSON
    canonical = " ".join(value.split()).upper()
    if name in {"nationality", "country"}:
        canonical = read_country(value) or canonical
    return Stated(party.id, name, canonical, shown, source, variant, company)


def _party_of(document: Document, bundle: CaseBundle) -> Party | None:
    """Give whom a document is about; where no name fits, whom it was most likely given in for."""
    named = {f.subject for f in document.fields if f.subject and not f.name.startswith("owner_")}
    company = document.type in _COMPANY_PAPERS
    fitting = [p for p in bundle.parties if _fits(p, company)]
    by_name = [p for p in fitting if p.id in named] or [p for p in bundle.parties if p.id in named]
    if by_name:
        return by_name[0]
    if not fitting:
        return None
    if len(fitting) == 1:
        return fitting[0]
    printed = _printed_name(document)
    if printed is None:
        return None
    from rapidfuzz.fuzz import token_sort_ratio

    # The most alike name first; between equals the subject of the case.
    return max(
        fitting,
        key=lambda p: (
            round(token_sort_ratio(p.name.lower(), printed.lower())),
            p.role is PartyRole.SUBJECT,
        ),
    )


def _fits(party: Party, company: bool) -> bool:
    return (party.schema_ is not PartySchema.PERSON) == company


def _printed_name(document: Document) -> str | None:
    fields = {f.name: f.normalised for f in document.fields}
    parts = [fields[n] for n in ("given_names", "surname") if n in fields]
    return " ".join(parts) or fields.get("name") or fields.get("company_name")
