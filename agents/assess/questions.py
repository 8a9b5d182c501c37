"""What a person still has to find out, in fixed words and by ids alone."""

from collections.abc import Iterator
from datetime import date

from agents.assess.activity import Activity
from agents.assess.identity import Identity
from agents.assess.recommend import lacking_evidence
from casegate.model.case import CaseKind
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceKind, OwnershipContent
from guardrails.numbers import Numbers


def open_questions(
    dossier: Dossier, numbers: Numbers, activity: Activity, identity: Identity, *, at: date
) -> tuple[str, ...]:
    """Ask about hits, conflicts, gaps, patterns and values that were not taken."""
    asked = (
        *_hits(dossier, at),
        *_papers(dossier, identity),
        *_evidence(dossier, numbers),
        *_ownership(dossier),
        *_activity(dossier, activity),
        *_dropped(dossier),
    )
    return tuple(dict.fromkeys(asked))


def _hits(dossier: Dossier, at: date) -> Iterator[str]:
    for hit in dossier.open_hits(at=at):
        against = f"against: {', '.join(hit.contradictions)}" if hit.contradictions else ""
        speaks = f"in favour: {', '.join(hit.agreements)}" if hit.agreements else ""
        parts = "; ".join(part for part in (speaks, against) if part)
        yield (
            f"Is {hit.party} the entry {hit.entity_id} of {hit.list}"
            f" (score {hit.score:.2f}{'; ' + parts if parts else ''})?"
        )
    if dossier.case.kind is CaseKind.SCREENING_ALERT and not dossier.hits():
        yield "Which list entry does the alert mean? Screening finds none."


def _papers(dossier: Dossier, identity: Identity) -> Iterator[str]:
    for document in dossier.documents:
        if document.id in identity.unread:
            verdict = document.verdict.value.replace("_", " ")
            yield f"Can {document.id} be sent again? It was not read ({verdict})."
    for missing in identity.missing:
        party, _, what = missing.partition(" ")
        yield f"Ask for the {what.replace('_', ' ').replace('.', ', showing the ')} of {party}."
    for expired in identity.expired:
        yield f"Ask for a valid document in place of {expired}, which has expired."
    for attribute in dossier.profile.conflicts() if dossier.profile else ():
        sources = ", ".join(dict.fromkeys(source.evidence for source in attribute.sources))
        name = attribute.name.replace("_", " ")
        yield f"Which {name} of {attribute.party} is right? {sources} differ."


def _evidence(dossier: Dossier, numbers: Numbers) -> Iterator[str]:
    items = {item.id: item for item in dossier.evidence}
    for lacking in lacking_evidence(dossier, numbers):
        item = items.get(lacking)
        if item is None:
            yield f"There is no {lacking} evidence: run the case again."
        else:
            code = f" ({item.problem.code})" if item.problem else ""
            yield f"{item.id} ({item.kind.value}) is {item.coverage.value}{code}: what is missing?"


def _ownership(dossier: Dossier) -> Iterator[str]:
    found = dossier.of_kind(EvidenceKind.OWNERSHIP)
    if not found or "companies" not in found[-1].content:
        return
    for company in OwnershipContent.model_validate(found[-1].content).companies:
        for finding in company.findings:
            about = f" ({', '.join(finding.parties)})" if finding.parties else ""
            yield f"Ownership of {finding.company}: {finding.kind.replace('_', ' ')}{about}?"


def _activity(dossier: Dossier, activity: Activity) -> Iterator[str]:
    found = dossier.of_kind(EvidenceKind.TRANSACTIONS)
    where = f" in {found[-1].id}" if found else ""
    for name in activity.unexplained:
        yield f"What explains the pattern {name.replace('_', ' ')}{where}?"
    for fact in activity.exceeds:
        yield f"Where do the credits of {fact.roles['month'].value} come from ({fact.id})?"


def _dropped(dossier: Dossier) -> Iterator[str]:
    for document in dossier.documents:
        names = dict.fromkeys(value.name.replace("_", " ") for value in document.dropped)
        if names:
            yield f"Check by eye in {document.id}: {', '.join(names)}; a value was not taken."
