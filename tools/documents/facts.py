"""Facts of one document, for narratives: predicates `document_*`."""

from collections.abc import Iterator, Mapping, Sequence

from casegate.model.document import DocumentType
from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.party import Party
from tools.documents.found import Found
from tools.documents.paper import Paper
from tools.documents.schema import DocumentSchema
from tools.documents.subjects import matching_party, subject_name

_IDENTITY = {DocumentType.PASSPORT, DocumentType.IDENTITY_CARD}


def document_facts(
    paper: Paper, found: Sequence[Found], parties: Sequence[Party]
) -> tuple[FactDraft, ...]:
    """Make the facts that a document's fields allow; a fact without its party is not made."""
    return facts_of(paper.schema, found, parties)


def facts_of(
    schema: DocumentSchema, found: Sequence[Found], parties: Sequence[Party]
) -> tuple[FactDraft, ...]:
    """Make the facts of a document of which only the values are at hand."""
    values = {value.field.name: value for value in reversed(found)}
    roles = {"document": _text(schema.type.value.replace("_", " "))}
    name = subject_name(schema, found)
    if name is not None:
        party = matching_party(name, parties)
        roles["party"] = RoleValue(
            type=RoleType.PARTY,
            value=party.name if party else name,
            unit=party.id if party else "",
        )
    return tuple(_facts(schema.type, values, roles))


def _facts(
    kind: DocumentType, values: Mapping[str, Found], roles: dict[str, RoleValue]
) -> Iterator[FactDraft]:
    if kind in _IDENTITY and "party" in roles:
        dates = _dates(values, birth="date_of_birth", expiry="expiry_date")
        more = _words(values, number="document_number") | _country(values, "nationality")
        yield _fact("document_identity", roles | dates | more)
    address = next((values[n] for n in ("address", "registered_address") if n in values), None)
    if kind in _SHOWS_ADDRESS and "party" in roles and address is not None:
        shown = {"address": _text(address.normalised)}
        yield _fact("document_address", roles | shown | _dates(values, date="issue_date"))
    source = next((values[n] for n in ("source", "source_of_funds") if n in values), None)
    if source is not None:
        named = {"source": _text(source.normalised)}
        yield _fact("document_funds", roles | named | _dates(values, date="date") | _amount(values))
    number = values.get("registration_number")
    if kind is DocumentType.REGISTER_EXTRACT and "party" in roles and number is not None:
        dates = _dates(values, date="incorporation_date")
        more = _words(values, number="registration_number") | _country(values, "country")
        yield _fact("document_registration", roles | dates | more)


_SHOWS_ADDRESS = {
    DocumentType.PROOF_OF_ADDRESS,
    DocumentType.BANK_STATEMENT,
    DocumentType.REGISTER_EXTRACT,
}


def _fact(predicate: str, roles: dict[str, RoleValue]) -> FactDraft:
    return FactDraft(predicate=predicate, roles=roles)


def _text(value: str) -> RoleValue:
    return RoleValue(type=RoleType.TEXT, value=value)


def _words(values: Mapping[str, Found], **names: str) -> dict[str, RoleValue]:
    return {role: _text(values[name].normalised) for role, name in names.items() if name in values}


def _dates(values: Mapping[str, Found], **names: str) -> dict[str, RoleValue]:
    return {
        role: RoleValue(type=RoleType.DATE, value=values[name].normalised)
        for role, name in names.items()
        if name in values
    }


def _country(values: Mapping[str, Found], name: str) -> dict[str, RoleValue]:
    """Give the country by its common name, however the paper prints it."""
    from rigour.territories import get_territory

    if name not in values:
        return {}
    territory = get_territory(values[name].normalised.lower())
    shown = str(territory.name) if territory else values[name].normalised
    return {"country": RoleValue(type=RoleType.PLACE, value=shown)}


def _amount(values: Mapping[str, Found]) -> dict[str, RoleValue]:
    found = values.get("amount")
    if found is None or not found.currency:
        return {}
    return {"amount": RoleValue(type=RoleType.MONEY, value=found.normalised, unit=found.currency)}
