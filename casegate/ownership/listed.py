"""Which parties of a case are on a sanctions list, settled or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceKind, Hit, ScreeningContent
from casegate.model.standing import is_sanction


@dataclass(frozen=True)
class Listed:
    """Party ids by how sure their listing is."""

    settled: frozenset[str]
    """With a hit that people settled as true."""
    open: frozenset[str]
    """With a hit that waits for a person."""


def listed_parties(dossier: Dossier, *, at: date) -> Listed | None:
    """Give the parties with a sanctions hit that holds on day `at`; None without a screening.

    Hits that were settled as false, and suppressed ones, list nobody.
    """
    if not dossier.screened():
        return None
    settled = [hit for hit in dossier.hits() if hit.disposition == "true_match"]
    return Listed(settled=_parties(settled), open=_parties(dossier.open_hits(at=at)))


def screened_on(dossier: Dossier) -> date | None:
    """Give the day of the newest screening; None without one that was made."""
    found = dossier.of_kind(EvidenceKind.SCREENING)
    if not found or not found[-1].content:
        return None
    return ScreeningContent.model_validate(found[-1].content).screened_at.date()


def _parties(hits: Iterable[Hit]) -> frozenset[str]:
    return frozenset(hit.party for hit in hits if is_sanction(hit))
