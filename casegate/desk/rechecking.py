"""What follows from a review: new evidence in place of the old, and both gates asked again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casegate.access.principals import AGENT, Principal
from casegate.audit.events import AssessmentRecomputed
from casegate.desk.dossier import RECHECK, assemble, document_content, profile_content
from casegate.desk.effective import counted_values
from casegate.desk.findings import Recorder
from casegate.desk.hits_suppressed import StoredSuppressions
from casegate.desk.office import Office
from casegate.desk.ports import ClaimGate, Rechecked, ReviewPorts, RulesGate
from casegate.desk.verdict import gate_ruled, texts
from casegate.hashing import content_hash
from casegate.model.document import Document, DocumentAnswer
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    CaseSource,
    DocumentSource,
    Evidence,
    EvidenceDraft,
    EvidenceKind,
)
from casegate.model.gate import GateSubject
from casegate.model.proposal import Assessment, Proposal
from casegate.storage import Work
from casegate.storage.reviews import Reruled
from casegate.storage.tables import evidence as evidence_table

_LEFT_OUT = {
    DocumentAnswer.REJECT: "rejected by a person",
    DocumentAnswer.ASK_AGAIN: "a better copy was asked for",
}


@dataclass(frozen=True)
class Plan:
    """What a review leads to, worked out before anything is stored."""

    review: str
    drafts: tuple[EvidenceDraft, ...]
    first: int
    """Number that the first draft has to get: the profile names it as a source."""


@dataclass(frozen=True)
class Rechecking:
    """Runs tools and gates again after a review."""

    office: Office
    rules: RulesGate
    claims: ClaimGate
    ports: ReviewPorts

    def plan(self, before: Dossier, reviewed: Document, review: str) -> Plan:
        """Run the checks on the case with `reviewed` in the place of the document that it was.

        A review that changes no value that anything rests on has no new evidence.
        """
        was = next(d for d in before.documents if d.id == reviewed.id)
        if counted_values(was) == counted_values(reviewed):
            return Plan(review, (), self._next_number(before.case.id))
        known = before.document_evidence().get(reviewed.id)
        return self._plan(
            before,
            reviewed,
            review,
            lambda checked: _of_document(reviewed, checked, review, known),
        )

    def replaced(self, before: Dossier, read: Document, own: EvidenceDraft, review: str) -> Plan:
        """Run the checks on the case with `read` in the place of the document that it replaces.

        `own` is the evidence of the reading.
        """
        known = before.document_evidence().get(str(read.replaces))
        draft = own.model_copy(update={"supersedes": None if known is None else known.id})
        return self._plan(before, read, review, lambda _: draft)

    def _plan(
        self,
        before: Dossier,
        reviewed: Document,
        review: str,
        of_document: Callable[[Rechecked], EvidenceDraft],
    ) -> Plan:
        number = self._next_number(before.case.id)
        documents = tuple(reviewed if d.id == reviewed.id else d for d in before.documents)
        known = before.document_evidence()
        evidence = {document: item.id for document, item in known.items()}
        evidence[reviewed.id] = f"E{number}"
        checked = self.ports.recheck(
            before.bundle,
            tuple(d for d in documents if d.counts),
            evidence,
            on=before.case.opened_at.date(),
        )
        drafts = [
            of_document(checked),
            _of_profile(before, documents, checked, review, evidence),
        ]
        if self.ports.screen is not None:
            after = before.model_copy(update={"documents": documents, "profile": checked.profile})
            suppressed = StoredSuppressions(self.office.store)
            screened = self.ports.screen(after, suppressed=suppressed)
            drafts.append(_of_screening(before, screened, review))
        return Plan(review, tuple(drafts), number)

    def keep(self, work: Work, actor: Principal, before: Dossier, plan: Plan) -> None:
        """Store the new evidence, then what the gates say of the proposal on what is known now.

        A word on a hit has a plan without drafts: it changes no evidence.
        """
        case_id, run_id = before.case.id, str(before.case.run_id)
        recorder = Recorder(self.office, work, case_id, run_id, actor)
        for place, draft in enumerate(plan.drafts):
            recorded = recorder.evidence(draft)
            # The case's version was taken in this transaction: no one else numbers evidence.
            assert recorded.id == f"E{plan.first + place}"  # noqa: S101
        after = self._assessed(assemble(work, case_id))
        if after.proposal is None:
            return
        reruled = self._reruled(after, after.proposal, plan.review)
        if after.assessment is not None and after.assessment != before.assessment:
            reruled = reruled.model_copy(update={"assessment": after.assessment})
            self.office.note(work, _told(after.assessment, run_id, plan.review), AGENT, case_id)
        work.reviews.add_reruled(reruled, case_id=case_id, run_id=run_id)
        rating = after.rating_of(after.proposal)
        work.cases.set_outcome(case_id, reruled.ruling.outcome, rating)
        ruled = gate_ruled("review", plan.review, reruled.ruling)
        self.office.note(work, ruled, AGENT, case_id)

    def _assessed(self, after: Dossier) -> Dossier:
        """Compute rating and recommendation anew; a run that came to none has none to compute."""
        if after.assessment is None:
            return after
        anew = self.ports.assess(after, at=after.case.opened_at.date())
        return after.model_copy(update={"assessment": anew})

    def _reruled(self, after: Dossier, proposal: Proposal, review: str) -> Reruled:
        sentences = texts(after, proposal.narrative.sentences)
        claims = self.claims(after, sentences, proposal.narrative.output)
        subject = GateSubject.of_proposal(proposal).model_copy(
            update={
                "rating": after.rating_of(proposal),
                "claims": claims,
                "evidence_hash_seen": after.evidence_hash,
                "detection_date": after.case.detection_date,
            }
        )
        ruling = self.rules(after, subject, at=self.office.clock().date())
        return Reruled(review=review, claims=claims, ruling=ruling)

    def _next_number(self, case_id: str) -> int:
        with self.office.store.read() as work:
            return work.findings.next_number(evidence_table, case_id)


def _told(anew: Assessment, run_id: str, review: str) -> AssessmentRecomputed:
    return AssessmentRecomputed(
        run=run_id,
        review=review,
        content_hash=content_hash(anew),
        rating=anew.rating,
        recommended=anew.recommended,
    )


def _newest(dossier: Dossier, kind: EvidenceKind) -> str | None:
    found = dossier.of_kind(kind)
    return found[-1].id if found else None


def _of_document(
    document: Document, checked: Rechecked, review: str, replaced: Evidence | None
) -> EvidenceDraft:
    said = _LEFT_OUT.get(document.answer) if document.answer is not None else None
    name = document.type.value.replace("_", " ").capitalize()
    return EvidenceDraft(
        kind=EvidenceKind.DOCUMENT,
        title=f"{name}: {said or f'{len(document.fields)} values after a review'}",
        tool=RECHECK,
        tool_version=checked.version,
        parameters={"document": document.id, "review": review},
        source=DocumentSource(document=document.id, sha256=document.sha256),
        content=document_content(document),
        facts=() if said else checked.document_facts.get(document.id, ()),
        supersedes=None if replaced is None else replaced.id,
    )


def _of_profile(
    before: Dossier,
    documents: tuple[Document, ...],
    checked: Rechecked,
    review: str,
    evidence: Mapping[str, str],
) -> EvidenceDraft:
    profile = checked.profile
    sources = sorted(evidence[d.id] for d in documents if d.counts and d.id in evidence)
    return EvidenceDraft(
        kind=EvidenceKind.PROFILE,
        title=f"{len(profile.attributes)} attributes reconciled after a review, "
        f"{len(profile.conflicts())} in conflict",
        tool=RECHECK,
        tool_version=checked.version,
        parameters={"review": review},
        source=CaseSource(evidence=tuple(sources)),
        content=profile_content(profile, checked.signals),
        facts=checked.facts,
        supersedes=_newest(before, EvidenceKind.PROFILE),
    )


def _of_screening(before: Dossier, made: EvidenceDraft, review: str) -> EvidenceDraft:
    return made.model_copy(
        update={
            "parameters": made.parameters | {"review": review},
            "supersedes": _newest(before, EvidenceKind.SCREENING),
        }
    )
