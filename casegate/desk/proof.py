"""Holds a case's stored records against the chained log: a row edited behind the desk shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from casegate.audit.event import StoredEvent
from casegate.desk.dossier import assemble
from casegate.desk.seal import (
    decision_hash,
    evidence_content_hash,
    facts_hash,
    proposal_hash,
)
from casegate.errors import BlobMissing
from casegate.hashing import content_hash, sha256_hex
from casegate.model.base import Json, Record
from casegate.model.decision import DecisionStatus
from casegate.model.document import Document
from casegate.model.dossier import Dossier
from casegate.storage import BlobFolder, Work


class Mismatch(Record):
    """A stored record that is not what the log says it was."""

    record: str
    """Such as `evidence E3` or `decision dec-01k...`."""
    entry: int | None
    """Number of the log entry that it contradicts; None for a record that no entry tells of."""
    reason: str


def mismatches(work: Work, blobs: BlobFolder, case_id: str) -> tuple[Mismatch, ...]:
    """Compare every record of the case with the log; nothing found means they agree."""
    records = _Records(work, case_id)
    events = _with_suppressions(records, work.log.of_case(case_id))
    newest = {(e.kind, e.payload.get("document")): e.seq for e in events}
    found: list[Mismatch] = []
    for event in events:
        # A later run reads a document anew and its record replaces the earlier one.
        replaced = newest[event.kind, event.payload.get("document")] != event.seq
        if event.kind != "document_read" or not replaced:
            found += _contradictions(records, event)
    found += _unlogged(records, events)
    found += _last_state(records, events)
    return tuple(found + _files(records.dossier, blobs))


@dataclass(frozen=True)
class _Records:
    """Reads the record that an event tells of and hashes it as it is now."""

    work: Work
    case_id: str

    @cached_property
    def dossier(self) -> Dossier:
        return assemble(self.work, self.case_id)

    @cached_property
    def read_documents(self) -> tuple[Document, ...]:
        return self.work.documents.all(self.case_id)

    def bundle(self, _told: Json) -> str | None:
        return content_hash(self.dossier.bundle)

    def document(self, told: Json) -> str | None:
        # As it was read: what people said of it since is a record of its own.
        found = [one for one in self.read_documents if one.id == told["document"]]
        return content_hash(found[0]) if found else None

    def review(self, told: Json) -> str | None:
        hashes = {one.id: content_hash(one) for one in self.dossier.field_reviews}
        hashes |= {one.id: content_hash(one) for one in self.dossier.document_reviews}
        hashes |= {one.id: content_hash(one) for one in self.dossier.hit_reviews}
        return hashes.get(told["review"])

    def suppression(self, told: Json) -> str | None:
        found = [one for one in self.dossier.suppressions if one.id == told["suppression"]]
        return content_hash(found[0]) if found else None

    def suppression_end(self, told: Json) -> str | None:
        ends = self.dossier.suppression_ends
        found = [one for one in ends if one.suppression == told["suppression"]]
        return content_hash(found[0]) if found else None

    def file(self, told: Json) -> str | None:
        found = [one for one in self.dossier.documents if one.id == told["document"]]
        return found[0].sha256 if found else None

    def evidence(self, told: Json) -> str | None:
        found = self.work.findings.evidence(told["run"])
        hashes = [evidence_content_hash(one) for one in found if one.id == told["evidence"]]
        return hashes[0] if hashes else None

    def facts(self, told: Json) -> str | None:
        found = self.work.findings.facts(told["run"])
        return facts_hash(f for f in found if f.id in told["facts"])

    def answer(self, told: Json) -> str | None:
        for key, _, answer, _ in self.work.runs.completions(told["run"]):
            if key == told["key"]:
                return sha256_hex(answer.text.encode())
        return None

    def request(self, told: Json) -> str | None:
        for key, request, _, _ in self.work.runs.completions(told["run"]):
            if key == told["key"]:
                return content_hash(request)
        return None

    def profile(self, told: Json) -> str | None:
        found = self.work.findings.profile(told["run"])
        return None if found is None else content_hash(found)

    def assessment(self, told: Json) -> str | None:
        found = self.work.findings.assessment(told["run"])
        return None if found is None else content_hash(found)

    def assessed_anew(self, told: Json) -> str | None:
        for one in self.work.reviews.reruled(told["run"]):
            if one.review == told["review"] and one.assessment is not None:
                return content_hash(one.assessment)
        return None

    def proposal(self, told: Json) -> str | None:
        found = self.work.proposals.of_run(told["run"])
        return None if found is None else proposal_hash(found)

    def decision(self, told: Json) -> str | None:
        for one in self.work.decisions.all(self.case_id):
            if one.id == told["decision"]:
                version = one.ruling.rules_version
                then = assemble(self.work, self.case_id, until=one.made_at)
                return decision_hash(one, then, rules_version=version)
        return None

    def approval(self, told: Json) -> str | None:
        found = [one for one in self.dossier.approvals if one.id == told["approval"]]
        return content_hash(found[0]) if found else None


_REVIEWED = (
    "field_confirmed",
    "field_corrected",
    "document_accepted",
    "document_rejected",
    "document_asked_again",
    "document_replaced",
    "hit_reviewed",
    "hit_seconded",
)

_CHECKS: tuple[tuple[str, str, str, Callable[[_Records, Json], str | None]], ...] = (
    # event kind, its hash, what names the record, how the record is hashed now
    ("case_submitted", "bundle_hash", "", _Records.bundle),
    ("document_stored", "sha256", "document", _Records.file),
    ("document_read", "content_hash", "document", _Records.document),
    ("evidence_recorded", "content_hash", "evidence", _Records.evidence),
    ("evidence_recorded", "facts_hash", "evidence", _Records.facts),
    ("model_called", "completion_hash", "completion", _Records.answer),
    ("model_called", "request_hash", "completion", _Records.request),
    ("profile_recorded", "content_hash", "run", _Records.profile),
    ("assessment_recorded", "content_hash", "run", _Records.assessment),
    ("assessment_recomputed", "content_hash", "review", _Records.assessed_anew),
    ("proposal_recorded", "content_hash", "proposal", _Records.proposal),
    *((kind, "content_hash", "review", _Records.review) for kind in _REVIEWED),
    ("suppression_made", "content_hash", "suppression", _Records.suppression),
    ("suppression_ended", "content_hash", "suppression", _Records.suppression_end),
    ("decision_made", "content_hash", "decision", _Records.decision),
    ("approval_given", "answer_hash", "approval", _Records.approval),
    ("approval_returned", "answer_hash", "approval", _Records.approval),
)


def _with_suppressions(
    records: _Records, events: tuple[StoredEvent, ...]
) -> tuple[StoredEvent, ...]:
    """Add what other cases' entries say of the suppressions that this case's hits name."""
    made_on = {one.case_id for one in records.dossier.suppressions} - {records.case_id}
    used = {one.id for one in records.dossier.suppressions}
    others = [event for case_id in sorted(made_on) for event in records.work.log.of_case(case_id)]
    return (
        *events,
        *(
            event
            for event in others
            if event.kind.startswith("suppression_") and event.payload["suppression"] in used
        ),
    )


def _contradictions(records: _Records, event: StoredEvent) -> list[Mismatch]:
    found = []
    for kind, field, name, now in _CHECKS:
        if kind != event.kind:
            continue
        is_hash = now(records, event.payload)
        if is_hash != event.payload[field]:
            reason = "is gone" if is_hash is None else f"has another {field} than entry {event.seq}"
            record = f"{kind.split('_')[0]} {event.payload.get(name, '')}".rstrip()
            found.append(Mismatch(record=record, entry=event.seq, reason=reason))
    return found


def _unlogged(records: _Records, events: tuple[StoredEvent, ...]) -> list[Mismatch]:
    dossier = records.dossier
    told = {str(value) for event in events for value in event.payload.values()}
    told |= {fact for event in events for fact in event.payload.get("facts", ())}
    stored = [
        *(("document", one.id) for one in dossier.documents),
        *(("evidence", one.id) for one in dossier.evidence),
        *(("fact", one.id) for one in dossier.facts),
        *(("review", one.id) for one in dossier.field_reviews),
        *(("review", one.id) for one in dossier.document_reviews),
        *(("review", one.id) for one in dossier.hit_reviews),
        *(("suppression", one.id) for one in dossier.suppressions),
        *(("decision", one.id) for one in records.work.decisions.all(dossier.case.id)),
        *(("approval", one.id) for one in dossier.approvals),
    ]
    # The end of a suppression has no id of its own: its content says whether it was logged.
    unlogged = [f"{kind} {id_}" for kind, id_ in stored if id_ not in told]
    unlogged += [
        f"suppression_end {one.suppression}"
        for one in dossier.suppression_ends
        if content_hash(one) not in told
    ]
    return [
        Mismatch(record=record, entry=None, reason="is in no entry of the log")
        for record in unlogged
    ]


def _last_state(records: _Records, events: tuple[StoredEvent, ...]) -> list[Mismatch]:
    case = records.dossier.case
    changes = [event for event in events if event.kind == "status_changed"]
    found = []
    if changes and changes[-1].payload["after"] != case.status:
        reason = f"is `{case.status}`, not as entry {changes[-1].seq} says"
        found.append(Mismatch(record=f"case {case.id}", entry=changes[-1].seq, reason=reason))
    decision = records.dossier.decision
    approved = decision is not None and decision.status is DecisionStatus.APPROVED
    disposition = decision.disposition if decision is not None and approved else None
    if case.disposition is not disposition:
        reason = "has a disposition that no approved decision gave it"
        found.append(Mismatch(record=f"case {case.id}", entry=None, reason=reason))
    return found


def _files(dossier: Dossier, blobs: BlobFolder) -> list[Mismatch]:
    found = []
    for document in dossier.documents:
        pages = [image.blob for image in document.pages]
        for sha256 in (document.sha256, document.text_blob, *pages):
            try:
                if sha256 is not None:
                    blobs.get(sha256)
            except BlobMissing as bad:
                record = f"document {document.id}"
                found.append(Mismatch(record=record, entry=None, reason=bad.message))
    return found
