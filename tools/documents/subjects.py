"""Whom a document is about."""

from collections.abc import Iterable, Sequence

from casegate.model.party import Party, PartySchema
from tools.documents.found import Found
from tools.documents.schema import DocumentSchema
from tools.documents.values.names import same_company, same_person


def subject_name(schema: DocumentSchema, found: Iterable[Found]) -> str | None:
    """Give the name of whom the document is about, as far as it was read."""
    values = {value.field.name: value.normalised for value in reversed(tuple(found))}
    name = " ".join(values[part] for part in schema.subject if part in values)
    return name or None


def matching_party(name: str, parties: Sequence[Party]) -> Party | None:
    """Give the one party of that name; None if none or several match."""
    matching = [party for party in parties if same_party(name, party)]
    return matching[0] if len(matching) == 1 else None


def same_party(name: str, party: Party) -> bool:
    """Tell whether a printed name is a party's."""
    if party.schema_ is PartySchema.PERSON:
        return same_person(name, party.name)
    return same_company(name, party.name)
