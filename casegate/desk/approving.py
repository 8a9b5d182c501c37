"""A second person approves exactly what they read, or returns it."""

from dataclasses import dataclass

from casegate.access.policy import ApprovalPolicy
from casegate.access.principals import Principal
from casegate.access.rights import Action, acting_role
from casegate.audit.events import ApprovalGiven, ApprovalReturned, DecisionVoided
from casegate.desk.deciding import makers, refusal
from casegate.desk.dossier import assemble
from casegate.desk.hits_suppressed import require_same_suppressions
from casegate.desk.office import Office
from casegate.desk.ports import ClaimGate, RulesGate
from casegate.desk.seal import decision_hash, evidence_hash
from casegate.desk.sight import case_row
from casegate.desk.verdict import gate_ruled, objections, output_kind, texts
from casegate.errors import ApprovalVoid, GateRefused, NoPendingDecision, SelfApproval
from casegate.hashing import content_hash as record_hash
from casegate.model.case import CaseStatus, Disposition
from casegate.model.decision import Approval, Decision, DecisionStatus, Outcome, Ruling
from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject
from casegate.model.narrative import ClaimReport
from casegate.storage import Job, JobKind, Work

_FOLLOWING = {
    Disposition.SUSPICIOUS_FILE: CaseStatus.PENDING_FILING,
    # Two people agree that it can't be concluded yet: that never closes a case.
    Disposition.INCONCLUSIVE: CaseStatus.INVESTIGATING,
}
"""What follows an approval; every other disposition closes the case."""


@dataclass(frozen=True)
class _Pending:
    """A decision that waits, with everything that is stored of its case now."""

    dossier: Dossier
    decision: Decision
    editors: frozenset[str]
    evidence_hash_seen: str | None


@dataclass(frozen=True)
class Approving:
    """The checker's use case."""

    office: Office
    rules: RulesGate
    claims: ClaimGate
    policy: ApprovalPolicy

    def approve(
        self,
        actor: Principal,
        case_id: str,
        *,
        decision_id: str,
        content_hash: str,
        approved: bool,
        note: str,
    ) -> Approval:
        """Approve or return one content hash of one decision."""
        acting_role(actor, Action.APPROVE)
        pending = self._pending(actor, case_id, decision_id)
        decision = pending.decision
        if actor.id in pending.editors:
            raise SelfApproval(f"{actor.id} made or edited decision {decision_id}")
        if content_hash != decision.content_hash:
            raise ApprovalVoid(f"`content_hash` is not that of decision {decision_id}")
        if not approved:
            return self._give_back(actor, pending, note)
        self._role(actor, decision, decision.ruling)
        claims = self._claims(pending)
        ruling = self._ruling(actor, pending, claims)
        self._require_unchanged(actor, pending)
        role = self._role(actor, decision, decision.ruling, ruling)
        if found := objections(ruling, claims, decision):
            self._refuse(actor, pending, claims=claims, ruling=ruling, found=found)
        return self._approve(actor, pending, ruling, role=role, note=note)

    def _pending(self, actor: Principal, case_id: str, decision_id: str) -> _Pending:
        with self.office.store.read() as work:
            case_row(work, actor, Action.APPROVE, case_id)
            dossier = assemble(work, case_id)
            decision = dossier.decision
            if (
                decision is None
                or decision.id != decision_id
                or decision.status is not DecisionStatus.PENDING
                or dossier.case.status is not CaseStatus.PENDING_APPROVAL
            ):
                raise NoPendingDecision(f"case {case_id} has no pending decision {decision_id!r}")
            seen = work.decisions.evidence_hash(decision_id)
            return _Pending(dossier, decision, makers(work, case_id), seen)

    def _role(self, actor: Principal, decision: Decision, *rulings: Ruling) -> str:
        outcomes = {ruling.outcome for ruling in rulings}
        outcomes |= {finding.outcome for ruling in rulings for finding in ruling.findings}
        escalated = Outcome.ESCALATE in outcomes
        return self.policy.approving_role(actor, decision.disposition, escalated=escalated)

    def _claims(self, pending: _Pending) -> ClaimReport:
        proposal, decision = pending.dossier.proposal, pending.decision
        output = output_kind(pending.dossier.case.kind, decision.disposition)
        if proposal is not None and proposal.disposition is decision.disposition:
            output = proposal.narrative.output
        return self.claims(pending.dossier, texts(pending.dossier, decision.sentences), output)

    def _ruling(self, actor: Principal, pending: _Pending, claims: ClaimReport) -> Ruling:
        proposal, decision = pending.dossier.proposal, pending.decision
        subject = GateSubject(
            stage="approval",
            disposition=decision.disposition,
            rating=decision.rating,
            rationale=decision.rationale,
            claims=claims,
            provenance=None if proposal is None else proposal.provenance,
            maker=decision.maker,
            editors=tuple(sorted(pending.editors)),
            approver=actor.id,
            evidence_hash_seen=pending.evidence_hash_seen,
            detection_date=decision.detection_date or pending.dossier.case.detection_date,
            acknowledged=decision.acknowledged,
        )
        return self.rules(pending.dossier, subject, at=self.office.clock().date())

    def _require_unchanged(self, actor: Principal, pending: _Pending) -> None:
        decision, jurisdiction = pending.decision, pending.dossier.case.jurisdiction
        # The rules as they were for the maker: a new day alone voids nothing, changed rules do.
        version = self.rules.version(jurisdiction, at=decision.ruling.at)
        found = decision_hash(decision, pending.dossier, rules_version=version)
        same_evidence = evidence_hash(pending.dossier) == pending.evidence_hash_seen
        if found == decision.content_hash and same_evidence:
            self._require_files(pending.dossier)
            return
        with self.office.store.work() as work:
            self._settle(work, decision, DecisionStatus.VOID)
            voided = DecisionVoided(
                decision=decision.id, decided=decision.content_hash, found=found
            )
            self.office.note(work, voided, actor, decision.case_id)
            self.office.move(work, pending.dossier.case, CaseStatus.INVESTIGATING, actor)
        raise ApprovalVoid(f"what decision {decision.id} rests on has changed since it was made")

    def _require_files(self, dossier: Dossier) -> None:
        for document in dossier.documents:
            self.office.blobs.get(document.sha256)
        if dossier.transactions is not None:
            self.office.blobs.get(dossier.transactions.parquet)

    def _approve(
        self, actor: Principal, pending: _Pending, ruling: Ruling, *, role: str, note: str
    ) -> Approval:
        case, decision = pending.dossier.case, pending.decision
        approval = self._answer(actor, decision, approved=True, role=role, note=note)
        following = _FOLLOWING.get(decision.disposition, CaseStatus.CLOSED)
        ends = following is not CaseStatus.INVESTIGATING
        with self.office.store.work() as work:
            require_same_suppressions(work, pending.dossier)
            self._settle(work, decision, DecisionStatus.APPROVED)
            work.decisions.add_approval(case.id, approval)
            work.proposals.add_ruling(case.id, subject=approval.id, stage="approval", new=ruling)
            self.office.note(work, gate_ruled("approval", approval.id, ruling), actor, case.id)
            given = ApprovalGiven(
                approval=approval.id,
                decision=decision.id,
                content_hash=decision.content_hash,
                answer_hash=record_hash(approval),
                role=role,
            )
            self.office.note(work, given, actor, case.id)
            disposition = decision.disposition if ends else None
            self.office.move(work, case, following, actor, disposition=disposition)
            if ends and case.run_id is not None:
                work.jobs.add(self._finish_job(case.id, case.run_id, decision.id))
        return approval

    def _finish_job(self, case_id: str, run_id: str, decision_id: str) -> Job:
        return Job(
            id=f"finish-{decision_id}",
            kind=JobKind.FINISH_CASE,
            case_id=case_id,
            run_id=run_id,
            decision_id=decision_id,
            created_at=self.office.clock(),
        )

    def _give_back(self, actor: Principal, pending: _Pending, note: str) -> Approval:
        case, decision = pending.dossier.case, pending.decision
        role = acting_role(actor, Action.APPROVE)
        answer = self._answer(actor, decision, approved=False, role=role, note=note)
        with self.office.store.work() as work:
            self._settle(work, decision, DecisionStatus.RETURNED)
            work.decisions.add_approval(case.id, answer)
            returned = ApprovalReturned(
                approval=answer.id,
                decision=decision.id,
                content_hash=decision.content_hash,
                answer_hash=record_hash(answer),
                role=role,
            )
            self.office.note(work, returned, actor, case.id)
            self.office.move(work, case, CaseStatus.INVESTIGATING, actor)
        return answer

    def _answer(
        self, actor: Principal, decision: Decision, *, approved: bool, role: str, note: str
    ) -> Approval:
        return Approval(
            id=self.office.new_id("a"),
            decision_id=decision.id,
            approver=actor.id,
            approver_role=role,
            approved=approved,
            note=note,
            content_hash=decision.content_hash,
            at=self.office.clock(),
        )

    def _refuse(
        self,
        actor: Principal,
        pending: _Pending,
        *,
        claims: ClaimReport,
        ruling: Ruling,
        found: tuple[str, ...],
    ) -> None:
        decision = pending.decision
        with self.office.store.work() as work:
            refused = refusal("approval", decision.disposition, claims, ruling)
            self.office.note(work, refused, actor, decision.case_id)
        raise GateRefused("; ".join(found), remedy="Return the decision to its maker.")

    def _settle(self, work: Work, decision: Decision, status: DecisionStatus) -> None:
        if not work.decisions.settle(decision.id, status):
            raise NoPendingDecision(f"decision {decision.id} is pending no more")
