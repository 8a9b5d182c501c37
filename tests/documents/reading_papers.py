"""Short ways to read a text as a document, for tests of fields."""

from collections.abc import Callable, Mapping
from datetime import date

from casegate.model.base import Json
from casegate.model.document import DocumentVerdict
from casegate.model.party import Party, PartyRole, PartySchema
from tools.documents import Parsed, ReadResult, no_answer, read_document

Ask = Callable[[str, dict[str, str], Json], Json | None]
ON = date(2026, 11, 8)


def answering(**answers: str | None) -> Ask:
    """Stand for a model that gives these fields, and null for all others."""

    def ask(task: str, values: dict[str, str], schema: Json) -> Json | None:
        if task == "classify":
            return {"type": answers.get("type", "unknown")}
        return {name: answers.get(name) for name in schema["properties"]}

    return ask


def text_of(text: str) -> Parsed:
    """Make a parsed document of a text without pages."""
    return Parsed(DocumentVerdict.PARSED, "", "text/plain", text=text)


def read_text(text: str, ask: Ask = no_answer, *parties: Party) -> ReadResult:
    """Read a text as a document."""
    return read_document(text_of(text), parties=parties, opened_on=ON, ask=ask)


def values_of(result: ReadResult) -> Mapping[str, str]:
    """Give the canonical values by field name."""
    return {field.name: field.normalised for field in result.fields}


def person(id_: str, name: str, role: PartyRole = PartyRole.SUBJECT, **more: object) -> Party:
    """Make a person of a case."""
    return Party.model_validate(
        {"id": id_, "schema": PartySchema.PERSON, "role": role, "name": name, **more}
    )


def company(id_: str, name: str, **more: object) -> Party:
    """Make a company of a case."""
    return Party.model_validate(
        {"id": id_, "schema": "Company", "role": "subject", "name": name, **more}
    )
