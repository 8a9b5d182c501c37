"""Facts about blocked property: computed anew, so that they follow what people say of hits."""

from casegate.model.evidence import BlockedParty, EvidenceKind, OwnershipContent
from casegate.ownership.blocking import blocked_parties
from casegate.ownership.listed import listed_parties
from guardrails.readings.view import View


def blocked_by_ownership(view: View) -> tuple[str, ...] | None:
    """Ids of the parties that are blocked because parties with a true sanctions hit own them."""
    found = _blocked(view)
    return None if found is None else tuple(b.party for b in found if b.status == "blocked")


def possibly_blocked_by_ownership(view: View) -> tuple[str, ...] | None:
    """Ids of the parties that are blocked by ownership if open hits are true, or that may be for
    shares nobody knows or for control."""
    found = _blocked(view)
    return None if found is None else tuple(b.party for b in found if b.status != "blocked")


def _blocked(view: View) -> tuple[BlockedParty, ...] | None:
    """Compute on the hits as they stand now, by the rule that the ownership evidence names.

    None, so held, where there are shares and either the screening or that rule is missing.
    """
    dossier = view.dossier
    if not dossier.bundle.ownership:
        return ()
    found = dossier.of_kind(EvidenceKind.OWNERSHIP)
    if not found or "companies" not in found[-1].content:
        return None
    rule = OwnershipContent.model_validate(found[-1].content).blocking
    listed = listed_parties(dossier, at=view.at)
    if rule is None or listed is None:
        return None
    return blocked_parties(dossier.bundle, listed, rule)
