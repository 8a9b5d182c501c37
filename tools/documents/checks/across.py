"""What the papers of one case say of the same person or company: do they agree?"""

from collections.abc import Iterator, Mapping, Sequence

from casegate.model.document import Document, Signal, SignalLevel
from casegate.model.party import Attribute, AttributeSource, CustomerProfile
from tools.documents.checks.seen import about
from tools.documents.sources import INTAKE, fields_of

_LOUD = frozenset({"date_of_birth", "document_number", "registration_number"})
"""Attributes that have one value for good: another one is another person, or a false paper."""


def papers_agree(
    profile: CustomerProfile, documents: Sequence[Document], evidence: Mapping[str, str]
) -> Mapping[str, tuple[Signal, ...]]:
    """Signal, by document id, each value on which another paper or the submission differs.

    Gives `differs_from_others`, with the place of the value here and where the other one stands.
    `evidence` maps document ids to the evidence ids that the profile names.
    """
    of_evidence = {item: document for document, item in evidence.items()}
    found: dict[str, list[Signal]] = {}
    for attribute in profile.conflicts():
        for document in documents:
            found.setdefault(document.id, []).extend(_told(attribute, document, of_evidence))
    return {document: tuple(signals) for document, signals in found.items() if signals}


def _told(
    attribute: Attribute, document: Document, of_evidence: Mapping[str, str]
) -> Iterator[Signal]:
    own = [s for s in attribute.sources if of_evidence.get(s.evidence, s.evidence) == document.id]
    others = [s for s in attribute.sources if s not in own and _differs(s, own)]
    fields = [field for field in document.fields if field.name in fields_of(attribute.name)]
    if not own or not others:
        return
    where = dict.fromkeys(_place(of_evidence.get(s.evidence, s.evidence)) for s in others)
    name = attribute.name.replace("_", " ")
    yield from about(
        "differs_from_others",
        f"The {name} here is another than in {', '.join(where)}.",
        *fields,
        level=SignalLevel.ALARM if attribute.name in _LOUD else SignalLevel.LOOK,
    )


def _differs(source: AttributeSource, own: Sequence[AttributeSource]) -> bool:
    return all(source.value != one.value for one in own)


def _place(source: str) -> str:
    return "the submission" if source == INTAKE else f"document {source}"
