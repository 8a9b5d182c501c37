"""Which papers prove who the customer is, and what is missing of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from agents.assess.policy import AssessPolicy, Required
from casegate.model.document import Document, DocumentAnswer, DocumentVerdict
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceKind, OwnershipContent
from casegate.model.party import PartyRole


@dataclass(frozen=True)
class Identity:
    """What stands between the papers and an established identity; empty parts are good."""

    missing: tuple[str, ...]
    """Such as `P1 proof_of_address` or `P1 passport.expiry_date`."""
    conflicts: tuple[str, ...]
    """Such as `P1.date_of_birth`."""
    expired: tuple[str, ...]
    """Document ids."""
    unread: tuple[str, ...]
    """Document ids."""


def look_at(dossier: Dossier, policy: AssessPolicy) -> Identity:
    """Compare what was submitted with what the policy asks for."""
    profile = dossier.profile
    conflicts = () if profile is None else profile.conflicts()
    wanted = policy.identity_documents.get(dossier.case.kind, ())
    return Identity(
        missing=tuple(line for required in wanted for line in _missing(dossier, required)),
        conflicts=tuple(f"{a.party}.{a.name}" for a in conflicts),
        expired=() if profile is None else profile.expired_documents,
        unread=tuple(d.id for d in dossier.documents if _is_unread(d)),
    )


def _is_unread(document: Document) -> bool:
    """Tell whether nobody knows what it says: not read, and neither settled nor replaced."""
    unsettled = document.answer in {None, DocumentAnswer.ASK_AGAIN}
    return document.verdict is not DocumentVerdict.PARSED and unsettled


def _missing(dossier: Dossier, required: Required) -> Iterator[str]:
    types = "/".join(required.types)
    for party in _parties(dossier, required):
        counted = (d for d in dossier.documents if d.counts and d.type in required.types)
        papers = [d for d in counted if is_of(d, party)]
        if not papers:
            yield f"{party} {types}"
            continue
        gaps = min((_gaps(paper, required) for paper in papers), key=len)
        yield from (f"{party} {types}.{name}" for name in gaps)


def _gaps(paper: Document, required: Required) -> list[str]:
    read = {field.name for field in paper.fields}
    return [name for name in required.fields if name not in read]


def is_of(document: Document, party: str) -> bool:
    """Tell whether a paper is about a party: the name that was read from it is the party's."""
    return any(field.subject == party for field in document.fields)


def _parties(dossier: Dossier, required: Required) -> tuple[str, ...]:
    if required.of == "subject":
        return tuple(party.id for party in dossier.subjects())
    return beneficial_owners(dossier)


def beneficial_owners(dossier: Dossier) -> tuple[str, ...]:
    """Give the parties that are owners by the submission or by effective share."""
    declared = [p.id for p in dossier.bundle.parties if p.role is PartyRole.BENEFICIAL_OWNER]
    found = dossier.of_kind(EvidenceKind.OWNERSHIP)
    if found and "companies" in found[-1].content:
        content = OwnershipContent.model_validate(found[-1].content)
        declared += [o.party for c in content.companies for o in c.owners if o.beneficial_owner]
    return tuple(dict.fromkeys(declared))
