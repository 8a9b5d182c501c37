"""Facts about screening and identity."""

from collections.abc import Iterable
from datetime import date

from casegate.model.evidence import Coverage, EvidenceKind, Hit, ScreeningContent
from casegate.model.party import Party, PartyRole, PartySchema
from casegate.model.standing import CUSTOMER, is_sanction
from guardrails.readings.view import View

SCREENED_ROLES = frozenset(set(PartyRole) - {PartyRole.VICTIM})


def screened(view: View) -> bool:
    """There is a screening record."""
    return bool(view.dossier.of_kind(EvidenceKind.SCREENING))


def open_hits(view: View) -> int | None:
    """How many hits wait for a person: neither settled nor suppressed; unknown without a
    screening."""
    return len(view.dossier.open_hits(at=view.at)) if screened(view) else None


def open_hit_parties(view: View) -> tuple[str, ...]:
    """Ids of the parties with an open hit."""
    return _parties(view.dossier.open_hits(at=view.at))


def hits_awaiting_second(view: View) -> int:
    """How many of the open hits have an answer that waits for a second person."""
    standings = view.dossier.standings(at=view.at)
    return sum(one.state == "waits_for_second" for one in standings)


def true_match_parties(view: View) -> tuple[str, ...] | None:
    """Ids of the parties with a hit that people settled as true; unknown without a screening."""
    return _parties(_true_matches(view)) if screened(view) else None


def sanctioned_parties(view: View) -> tuple[str, ...] | None:
    """Ids of the parties that are truly on a sanctions list, or on one that does not say what
    for; unknown without a screening."""
    if not screened(view):
        return None
    return _parties(hit for hit in _true_matches(view) if is_sanction(hit))


def _true_matches(view: View) -> list[Hit]:
    return [hit for hit in view.dossier.hits() if hit.disposition == "true_match"]


def _parties(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.party for hit in hits))


def unscreened_parties(view: View) -> tuple[str, ...]:
    """Ids of subjects, owners, directors, signatories and counterparties not fully screened."""
    done = {s.party for s in view.dossier.screened() if s.coverage is Coverage.COMPLETE}
    parties = view.dossier.bundle.parties
    return tuple(p.id for p in parties if p.role in SCREENED_ROLES and p.id not in done)


def list_age_days(view: View) -> int | None:
    """Days since the oldest list of the newest screening was loaded."""
    loaded = [version.loaded_at.date() for version in view.dossier.list_versions()]
    return max(0, (view.at - min(loaded)).days) if loaded else None


def screened_before_party_update(view: View) -> bool | None:
    """The newest screening is older than the submission or the newest reading of a document."""
    found = view.dossier.of_kind(EvidenceKind.SCREENING)
    if not found or not found[-1].content:
        return None
    screening = found[-1]
    told = [e for e in view.dossier.evidence if e.kind in _ABOUT_PARTIES]
    screened_on = ScreeningContent.model_validate(screening.content).screened_at
    return screened_on < view.dossier.case.received_at or any(
        e.recorded_at > screening.recorded_at for e in told
    )


_ABOUT_PARTIES = (EvidenceKind.DOCUMENT, EvidenceKind.PROFILE)


def missing_identity(view: View) -> tuple[str, ...] | None:
    """What no source gives of a subject's identity, such as `P1.address`."""
    profile = view.dossier.profile
    read = set() if profile is None else {(a.party, a.name) for a in profile.attributes}
    missing = []
    for party in view.dossier.subjects():
        person = party.schema_ is PartySchema.PERSON
        wanted = view.numbers.names("identity_attributes" if person else _ENTITY_ATTRIBUTES)
        if wanted is None:
            return None
        missing += [
            f"{party.id}.{name}"
            for name in wanted
            if not declared_identity(party, name)
            and not read & {(party.id, other) for other in _READ_AS.get(name, (name,))}
        ]
    return tuple(missing)


_ENTITY_ATTRIBUTES = "entity_identity_attributes"
_READ_AS = {
    "name": ("name", "company_name"),
    "address": ("address", "registered_address"),
    "identifier": ("identifier", "document_number", "registration_number"),
}
"""Under which names documents give an attribute of identity."""


def declared_identity(party: Party, name: str) -> bool:
    """Tell whether the submission gives an attribute; a blank value is none.

    The institution's own number of a customer identifies nobody: no authority gave it.
    """
    if name == "identifier":
        return any(i.value.strip() for i in party.identifiers if i.kind != CUSTOMER)
    value = getattr(party, name, None)
    return bool(value.strip() if isinstance(value, str) else value)


def identity_conflicts(view: View) -> tuple[str, ...] | None:
    """Attributes on which sources differ, such as `P1.date_of_birth`; unknown unreconciled."""
    profile = view.dossier.profile
    return None if profile is None else tuple(f"{a.party}.{a.name}" for a in profile.conflicts())


def expired_documents(view: View) -> tuple[str, ...] | None:
    """Ids of documents that are past their expiry date; unknown before reconciliation."""
    profile = view.dossier.profile
    if profile is None:
        return None
    read = {
        document.id
        for document in view.dossier.documents
        if document.counts
        for field in document.fields
        if field.name == "expiry_date" and date.fromisoformat(field.normalised) < view.at
    }
    return tuple(sorted(read | set(profile.expired_documents)))
