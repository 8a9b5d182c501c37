"""One customer profile from the submission and all documents; conflicts stay conflicts."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from casegate.model.bundle import CaseBundle
from casegate.model.document import Document
from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.party import Attribute, AttributeSource, CustomerProfile, Party
from tools.documents.sources import (
    Stated,
    stated_in_document,
    stated_in_submission,
    with_named_papers,
)
from tools.documents.values import addresses, names
from tools.documents.values.numbers import compact


class Reconciled(NamedTuple):
    """The profile and the facts that follow from it."""

    profile: CustomerProfile
    facts: tuple[FactDraft, ...]


def reconcile(
    bundle: CaseBundle,
    documents: Sequence[Document],
    evidence: Mapping[str, str],
    *,
    on: date,
) -> Reconciled:
    """Hold every reading of every attribute side by side.

    `evidence` maps document ids to evidence ids; the submission itself counts as `intake`. Two
    readings agree by meaning (alphabet, order of names, forms of an address), never by being
    merely alike. A document whose name fits no party counts for the party that it was most likely
    handed in for, so that the difference shows.
    """
    stated = list(stated_in_submission(bundle))
    for document in documents:
        source = evidence.get(document.id, document.id)
        stated += stated_in_document(document, bundle, source)
    groups = _grouped(with_named_papers(stated, documents, bundle))
    parties = {party.id: party for party in bundle.parties}
    return Reconciled(
        profile=CustomerProfile(
            attributes=tuple(_attribute(group) for group in groups),
            expired_documents=tuple(d.id for d in documents if _expired(d, on)),
        ),
        facts=tuple(_fact(group, parties) for group in groups if len(group) > 1),
    )


def _grouped(stated: Sequence[Stated]) -> list[list[Stated]]:
    """Gather what belongs together, in the order in which it was first stated."""
    groups: dict[tuple[str, str, str], list[Stated]] = {}
    for item in stated:
        groups.setdefault((item.party, item.name, item.variant), []).append(item)
    return list(groups.values())


def _attribute(group: Sequence[Stated]) -> Attribute:
    return Attribute(
        party=group[0].party,
        name=group[0].name,
        sources=tuple(
            AttributeSource(value=i.value, shown=i.shown, evidence=i.source) for i in group
        ),
        agrees=_difference(group) is None,
    )


def _difference(group: Sequence[Stated]) -> tuple[Stated, Stated] | None:
    """Give the first two readings that differ."""
    return next((pair for pair in combinations(group, 2) if not same_value(*pair)), None)


def same_value(left: Stated, right: Stated) -> bool:
    """Tell whether two readings of one attribute agree."""
    if left.name == "name":
        same = names.same_company if left.company else names.same_person
        return same(left.shown, right.shown)
    if left.name == "address":
        return addresses.same_place(left.shown, right.shown)
    if left.name.endswith("_number"):
        return compact(left.value) == compact(right.value)
    return left.value == right.value


def _expired(document: Document, on: date) -> bool:
    """Tell whether a document's expiry lies before a day."""
    return any(
        field.name == "expiry_date" and date.fromisoformat(field.normalised) < on
        for field in document.fields
    )


def _fact(group: Sequence[Stated], parties: Mapping[str, Party]) -> FactDraft:
    party = parties[group[0].party]
    roles = {
        "party": RoleValue(type=RoleType.PARTY, value=party.name, unit=party.id),
        "attribute": _text(group[0].name.replace("_", " ")),
    }
    difference = _difference(group)
    if difference is None:
        count = RoleValue(type=RoleType.COUNT, value=str(len(group)))
        return FactDraft(predicate="attribute_agrees", roles=roles | {"count": count})
    first, second = difference
    pair = {"first": _text(first.shown), "second": _text(second.shown)}
    return FactDraft(predicate="attribute_conflict", roles=roles | pair)


def _text(value: str) -> RoleValue:
    return RoleValue(type=RoleType.TEXT, value=value)
