"""Puts a dossier together from one transaction's view of the database."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from casegate.desk.effective import effective
from casegate.desk.hits_suppressed import known_suppressions
from casegate.model.case import Case
from casegate.model.document import Document, DocumentReview, FieldReview, Signal
from casegate.model.dossier import Dossier
from casegate.model.evidence import DocumentSource, Evidence, EvidenceKind
from casegate.model.party import CustomerProfile
from casegate.model.proposal import Assessment
from casegate.storage import Work
from casegate.storage.materials import evidence_root
from casegate.storage.reviews import Reruled

RECHECK = "recheck"
"""The tool that evidence of checks after a review names."""
SIGNALS = "signals"
"""Where the content of profile evidence holds what the checks say of each document."""


def assemble(work: Work, case_id: str, *, until: datetime | None = None) -> Dossier:
    """Give everything that is known of the case.

    Evidence, facts, problems, reviews and the proposal are those of the case's present run; what
    earlier runs left stays stored and in the log.

    Args:
        until: leaves out evidence, reviews, suppressions and ends of them from after this moment:
            what a decision rested on.

    Raises:
        CaseUnknown: there is no such case.
    """
    case = work.cases.get(case_id)
    decisions = work.decisions.all(case_id)
    plain = Dossier(
        case=case,
        bundle=work.cases.bundle(case_id),
        documents=work.documents.all(case_id),
        transactions=work.transactions.parsed(case_id),
        decision=decisions[-1] if decisions else None,
        approvals=work.decisions.approvals(case_id),
    )
    if case.run_id is None:
        return plain
    return _with_hits(work, _with_run(work, plain, case, case.run_id, until), until)


def _with_run(
    work: Work, plain: Dossier, case: Case, run_id: str, until: datetime | None
) -> Dossier:
    evidence = tuple(e for e in work.findings.evidence(run_id) if _before(e.recorded_at, until))
    values = tuple(r for r in work.reviews.fields(run_id) if _before(r.at, until))
    papers = tuple(r for r in work.reviews.documents(run_id) if _before(r.at, until))
    superseded = {e.supersedes for e in evidence}
    standing = {e.id for e in evidence} - superseded
    facts = tuple(f for f in work.findings.facts(run_id) if standing.intersection(f.evidence))
    documents = tuple(d for d in plain.documents if _known(d, evidence, values, papers, until))
    words = tuple(r for r in work.hits.reviews(case.id) if _before(r.at, until))
    seen = {r.id for r in values} | {r.id for r in papers} | {r.id for r in words}
    checked = _newest_profile(evidence)
    proposal = work.proposals.of_run(run_id)
    reruled = work.reviews.reruled(run_id)
    newest = reruled[-1] if reruled and until is None else None
    ruling = None if proposal is None else work.proposals.ruling(proposal.id, "proposal")
    return plain.model_copy(
        update={
            "documents": effective(documents, values, papers, _signals(checked)),
            "field_reviews": values,
            "document_reviews": papers,
            "hit_reviews": words,
            "evidence": evidence,
            "facts": facts,
            "profile": _rechecked_profile(checked) or work.findings.profile(run_id),
            "assessment": _reassessed(reruled, seen) or work.findings.assessment(run_id),
            "proposal": proposal,
            "ruling": ruling if newest is None else newest.ruling,
            "claims": None if newest is None else newest.claims,
            "problems": work.runs.problems(case.id, run_id),
            "evidence_hash": evidence_root(evidence),
        }
    )


def _with_hits(work: Work, plain: Dossier, until: datetime | None) -> Dossier:
    """Add the suppressions that hits of the newest screening name, and those made on the case.

    Words on hits hold over runs of a case: they name the content that they are about.
    """
    hits = tuple(hit for party in plain.screened() for hit in party.hits)
    made, ends = known_suppressions(work, plain.case.id, hits)
    return plain.model_copy(
        update={
            "suppressions": tuple(s for s in made if _before(s.approved_at, until)),
            "suppression_ends": tuple(e for e in ends if _before(e.at, until)),
        }
    )


def _known(
    document: Document,
    evidence: tuple[Evidence, ...],
    values: tuple[FieldReview, ...],
    papers: tuple[DocumentReview, ...],
    until: datetime | None,
) -> bool:
    """Tell whether a document was on the case then: no decision is made on one that is unread."""
    if document.replaces is None or until is None:
        return True
    sources = (e.source for e in evidence)
    told = {s.document for s in sources if isinstance(s, DocumentSource)}
    told |= {r.document_id for r in values} | {r.document_id for r in papers}
    return document.id in told


def _before(at: datetime, until: datetime | None) -> bool:
    return until is None or at <= until


def _reassessed(reruled: Sequence[Reruled], reviews: Set[str]) -> Assessment | None:
    """Give the assessment that took the run's place with the newest of `reviews`, if one did."""
    anew = [r.assessment for r in reruled if r.assessment is not None and r.review in reviews]
    return anew[-1] if anew else None


def _newest_profile(evidence: tuple[Evidence, ...]) -> Evidence | None:
    found = [e for e in evidence if e.kind is EvidenceKind.PROFILE]
    return found[-1] if found else None


def _signals(checked: Evidence | None) -> dict[str, tuple[Signal, ...]]:
    told: dict[str, Any] = {} if checked is None else checked.content.get(SIGNALS, {})
    return {
        document: tuple(Signal.model_validate(one) for one in found)
        for document, found in told.items()
    }


_SHOWN = {
    "type", "verdict", "verdict_reason", "page_count", "fields", "missing", "dropped", "signals",
    "mrz", "answer",
}  # fmt: skip


def document_content(document: Document) -> dict[str, Any]:
    """Give what evidence holds of a document, as it was read or after a review."""
    return document.model_dump(mode="json", include=_SHOWN)


def profile_content(
    profile: CustomerProfile, signals: Mapping[str, Sequence[Signal]]
) -> dict[str, Any]:
    """Give what evidence holds of a profile, with what the checks say of each document."""
    told = {
        document: [one.model_dump(mode="json") for one in found]
        for document, found in sorted(signals.items())
    }
    return {**profile.model_dump(mode="json"), SIGNALS: told}


def _rechecked_profile(checked: Evidence | None) -> CustomerProfile | None:
    """Give the profile that holds since a review; the run's own is stored apart."""
    if checked is None or checked.tool != RECHECK:
        return None
    told = {name: value for name, value in checked.content.items() if name != SIGNALS}
    return CustomerProfile.model_validate(told)
