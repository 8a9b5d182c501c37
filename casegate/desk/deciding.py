"""A person takes a case, checks what they write, and decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from casegate.access.principals import Principal
from casegate.access.rights import Action, acting_role
from casegate.audit.events import (
    CaseClaimed,
    DecisionMade,
    DocumentAccepted,
    DocumentAskedAgain,
    DocumentRejected,
    FieldConfirmed,
    FieldCorrected,
    GateRefusedDecision,
    HitReviewed,
)
from casegate.desk.dossier import assemble
from casegate.desk.hits_suppressed import require_same_suppressions
from casegate.desk.office import Office, require
from casegate.desk.ports import ClaimGate, RulesGate
from casegate.desk.replacing import waits
from casegate.desk.seal import decision_hash
from casegate.desk.sight import case_row
from casegate.desk.verdict import (
    finding_refs,
    gate_ruled,
    kept_sentences,
    objections,
    output_kind,
    texts,
)
from casegate.errors import AccessRefused, Conflict, GateRefused, VersionConflict
from casegate.model.case import Case, CaseStatus, Disposition
from casegate.model.decision import Decision, DecisionDraft, DecisionStatus, Ruling
from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject
from casegate.model.narrative import ClaimReport, OutputKind, SentenceText
from casegate.storage import Work

_PREPARING = (
    DecisionMade,
    FieldConfirmed,
    FieldCorrected,
    DocumentAccepted,
    DocumentRejected,
    DocumentAskedAgain,
    HitReviewed,
)
"""Whoever did one of these prepared what a later decision rests on."""


@dataclass(frozen=True)
class Deciding:
    """The maker's use cases."""

    office: Office
    rules: RulesGate
    claims: ClaimGate

    def claim(self, actor: Principal, case_id: str, *, version: int) -> Case:
        """Take a case from the queue, or over from a colleague; taking one's own is no change."""
        with self.office.store.work() as work:
            case = case_row(work, actor, Action.CLAIM, case_id).case
            if case.assignee == actor.id and case.status is CaseStatus.INVESTIGATING:
                return case
            _require_version(case, version)
            if case.status is CaseStatus.INVESTIGATING:
                return self._take_over(work, actor, case)
            before = case.assignee
            case = self.office.move(work, case, CaseStatus.ASSIGNED, actor, assignee=actor.id)
            self.office.note(work, CaseClaimed(assignee=actor.id, before=before), actor, case_id)
            return self.office.move(work, case, CaseStatus.INVESTIGATING, actor)

    def _take_over(self, work: Work, actor: Principal, case: Case) -> Case:
        if case.assignee is not None:
            acting_role(actor, Action.REASSIGN)
        taken = work.cases.change(case.model_copy(update={"assignee": actor.id}))
        claimed = CaseClaimed(assignee=actor.id, before=case.assignee)
        self.office.note(work, claimed, actor, case.id)
        return taken

    def check(
        self,
        actor: Principal,
        case_id: str,
        sentences: Sequence[SentenceText],
        disposition: Disposition | None,
    ) -> ClaimReport:
        """Run the claim gate on a person's text; nothing is stored."""
        with self.office.store.read() as work:
            case_row(work, actor, Action.DECIDE, case_id)
            dossier = assemble(work, case_id)
        return self.claims(dossier, texts(dossier, sentences), _output(dossier, disposition))

    def decide(
        self, actor: Principal, case_id: str, *, version: int, draft: DecisionDraft
    ) -> Decision:
        """Take a maker's decision, if the gates let it, and put it before a second person."""
        role = acting_role(actor, Action.DECIDE)
        with self.office.store.read() as work:
            case_row(work, actor, Action.DECIDE, case_id)
            dossier = assemble(work, case_id)
            editors = makers(work, case_id) | {actor.id}
        _require_decidable(actor, dossier.case, version)
        _require_read(dossier)
        sentences = kept_sentences(draft.sentences, dossier.proposal)
        claims = self.claims(
            dossier, texts(dossier, sentences), _output(dossier, draft.disposition)
        )
        subject = _subject(actor, dossier, draft, claims, editors)
        ruling = self.rules(dossier, subject, at=self.office.clock().date())
        if found := objections(ruling, claims, draft):
            self._refuse(actor, dossier, draft, claims=claims, ruling=ruling, found=found)
        decision = Decision(
            id=self.office.new_id("dec"),
            case_id=case_id,
            proposal_id=None if dossier.proposal is None else dossier.proposal.id,
            maker=actor.id,
            maker_role=role,
            disposition=draft.disposition,
            reason_code=draft.reason_code,
            rationale=draft.rationale,
            rating=subject.rating,
            sentences=sentences,
            claims=claims,
            ruling=ruling,
            detection_date=draft.detection_date,
            acknowledged=draft.acknowledged,
            content_hash="0" * 64,
            status=DecisionStatus.PENDING,
            made_at=self.office.clock(),
        )
        digest = decision_hash(decision, dossier, rules_version=ruling.rules_version)
        return self._store(actor, dossier, decision.model_copy(update={"content_hash": digest}))

    def _store(self, actor: Principal, dossier: Dossier, decision: Decision) -> Decision:
        detected = decision.detection_date or dossier.case.detection_date
        with self.office.store.work() as work:
            require_same_suppressions(work, dossier)
            self.office.move(
                work, dossier.case, CaseStatus.PENDING_APPROVAL, actor, detection_date=detected
            )
            work.decisions.add(decision, evidence_hash=dossier.evidence_hash)
            ruled = gate_ruled("decision", decision.id, decision.ruling)
            self.office.note(work, ruled, actor, decision.case_id)
            made = DecisionMade(
                decision=decision.id,
                proposal=decision.proposal_id,
                disposition=decision.disposition,
                content_hash=decision.content_hash,
                evidence_hash=dossier.evidence_hash,
                rules_version=decision.ruling.rules_version,
            )
            self.office.note(work, made, actor, decision.case_id)
        return decision

    def _refuse(
        self,
        actor: Principal,
        dossier: Dossier,
        draft: DecisionDraft,
        *,
        claims: ClaimReport,
        ruling: Ruling,
        found: tuple[str, ...],
    ) -> None:
        with self.office.store.work() as work:
            refused = refusal("decision", draft.disposition, claims, ruling)
            self.office.note(work, refused, actor, dossier.case.id)
        raise GateRefused("; ".join(found), remedy="Mend what is named, then decide again.")


def refusal(
    stage: str, disposition: Disposition, claims: ClaimReport, ruling: Ruling
) -> GateRefusedDecision:
    """Give the event of a refused decision or approval."""
    return GateRefusedDecision(
        stage=stage,
        disposition=disposition,
        outcome=ruling.outcome,
        findings=finding_refs(ruling),
        unsupported=claims.unsupported_values(),
        rules_version=ruling.rules_version,
    )


def makers(work: Work, case_id: str) -> frozenset[str]:
    """Give everyone who decided on the case, reviewed its documents or answered its hits first:
    each prepared what a later decision builds on.

    The log is asked too, for it is chained and a decision's row is not.
    """
    recorded = frozenset(decision.maker for decision in work.decisions.all(case_id))
    return recorded.union(*(work.log.actors(case_id, done.kind) for done in _PREPARING))


def _output(dossier: Dossier, disposition: Disposition | None) -> OutputKind:
    proposal = dossier.proposal
    if proposal is not None and disposition in {None, proposal.disposition}:
        return proposal.narrative.output
    return output_kind(dossier.case.kind, disposition or Disposition.INCONCLUSIVE)


def _subject(
    actor: Principal,
    dossier: Dossier,
    draft: DecisionDraft,
    claims: ClaimReport,
    editors: frozenset[str],
) -> GateSubject:
    computed = None if dossier.assessment is None else dossier.assessment.rating
    return GateSubject(
        stage="decision",
        disposition=draft.disposition,
        rating=draft.rating or computed,
        rationale=draft.rationale,
        claims=claims,
        provenance=None if dossier.proposal is None else dossier.proposal.provenance,
        maker=actor.id,
        editors=tuple(sorted(editors)),
        evidence_hash_seen=dossier.evidence_hash,
        detection_date=draft.detection_date or dossier.case.detection_date,
        acknowledged=draft.acknowledged,
    )


def _require_version(case: Case, version: int) -> None:
    if case.version != version:
        raise VersionConflict(
            f"case {case.id} is at version {case.version}; `version` names {version}"
        )


def _require_decidable(actor: Principal, case: Case, version: int) -> None:
    _require_version(case, version)
    require(case, CaseStatus.PENDING_APPROVAL)
    if case.assignee != actor.id:
        raise AccessRefused(
            f"case {case.id} is in the hands of {case.assignee}", remedy="Claim the case first."
        )


def _require_read(dossier: Dossier) -> None:
    if waiting := [d.id for d in dossier.documents if waits(d)]:
        raise Conflict(
            f"case {dossier.case.id} has a copy that is being read: {', '.join(waiting)}",
            remedy="Decide once it was read, or reject it.",
        )
