"""How what a run finds becomes part of the case."""

from dataclasses import dataclass
from decimal import Decimal

from casegate.access.principals import AGENT, Principal
from casegate.audit.event import Event
from casegate.audit.events import (
    AssessmentRecorded,
    DocumentRead,
    EvidenceRecorded,
    ModelCalled,
    ProfileRecorded,
    ProposalRecorded,
    TransactionsRead,
)
from casegate.desk.office import Office
from casegate.desk.seal import (
    call_hash,
    evidence_content_hash,
    facts_hash,
    proposal_hash,
    require_json,
)
from casegate.desk.verdict import gate_ruled
from casegate.errors import InvalidInput
from casegate.hashing import content_hash, sha256_hex
from casegate.inference.ports import Completion, ModelIdentity, Request
from casegate.model.base import Money
from casegate.model.decision import Ruling
from casegate.model.document import Document
from casegate.model.evidence import Evidence, EvidenceDraft
from casegate.model.fact import Fact, RoleType
from casegate.model.party import CustomerProfile
from casegate.model.proposal import Assessment, ModelRef, Proposal
from casegate.model.transaction import TransactionSet
from casegate.narrative.predicates import broken_declaration
from casegate.storage import Work
from casegate.storage.tables import evidence, fact


@dataclass(frozen=True)
class Recorder:
    """Writes one run's results, each with its event; the caller has checked that it may."""

    office: Office
    work: Work
    case_id: str
    run_id: str
    actor: Principal = AGENT
    """Whose doing led to the results: a person's review has the checks run again."""

    def document(self, document: Document) -> None:
        """Keep what was read from a document; the file it is about can't change."""
        stored = self.work.documents.get(self.case_id, document.id)
        fixed = ("case_id", "parent", "sha256", "filename", "size")
        if changed := [n for n in fixed if getattr(document, n) != getattr(stored, n)]:
            raise InvalidInput(f"document {document.id}: {changed} can't change")
        if not self.work.documents.read(document, self.run_id):
            return
        self._note(
            DocumentRead(
                run=self.run_id,
                document=document.id,
                sha256=document.sha256,
                verdict=document.verdict,
                content_hash=content_hash(document),
                text_blob=document.text_blob,
                fields=len(document.fields),
                dropped=len(document.dropped),
                signals=len(document.signals),
            )
        )

    def transactions(self, parsed: TransactionSet) -> None:
        """Keep what was read from the transaction file."""
        stored = self.work.transactions.get(self.case_id)
        if stored is None or stored[1] != parsed.sha256:
            raise InvalidInput(f"case {self.case_id} has no transaction file {parsed.sha256}")
        if self.work.transactions.read(self.case_id, parsed, self.run_id):
            self._note(
                TransactionsRead(
                    run=self.run_id, sha256=parsed.sha256, parquet=parsed.parquet, rows=parsed.rows
                )
            )

    def evidence(self, draft: EvidenceDraft) -> Evidence:
        """Number evidence and its facts; the same question of the run gives its first answer."""
        require_json(draft)
        plain = draft.model_dump(mode="json")
        asked = call_hash(draft.tool, plain["parameters"])
        known = self.work.findings.by_call(self.run_id, asked)
        if known is not None:
            return known
        if broken := [why for one in draft.facts if (why := broken_declaration(one))]:
            raise InvalidInput(f"facts of `{draft.tool}`: {'; '.join(broken)}")
        digest = evidence_content_hash(draft)
        number = self.work.findings.next_number(evidence, self.case_id)
        recorded = Evidence.model_validate(
            {name: value for name, value in plain.items() if name != "facts"}
            | {
                "id": f"E{number}",
                "case_id": self.case_id,
                "run_id": self.run_id,
                "content_hash": digest,
                "recorded_at": self.office.clock(),
            }
        )
        facts = self._facts(draft, recorded.id)
        self.work.findings.add(recorded, facts, call_hash=asked)
        self._note_evidence(recorded, facts)
        return recorded

    def _facts(self, draft: EvidenceDraft, evidence_id: str) -> tuple[Fact, ...]:
        first = self.work.findings.next_number(fact, self.case_id)
        return tuple(
            Fact(
                id=f"F{first + place}",
                predicate=one.predicate,
                roles=one.roles,
                evidence=(evidence_id,),
                mitigating=one.mitigating,
                required=one.required,
            )
            for place, one in enumerate(draft.facts)
        )

    def _note_evidence(self, recorded: Evidence, facts: tuple[Fact, ...]) -> None:
        self._note(
            EvidenceRecorded(
                run=self.run_id,
                evidence=recorded.id,
                evidence_kind=recorded.kind,
                tool=recorded.tool,
                tool_version=recorded.tool_version,
                coverage=recorded.coverage,
                source_hash=content_hash(recorded.source),
                content_hash=recorded.content_hash,
                facts=tuple(one.id for one in facts),
                facts_hash=facts_hash(facts),
            )
        )

    def completion(
        self, key: str, request: Request, answer: Completion, identity: ModelIdentity
    ) -> ModelRef:
        """Keep a model call under `key`; a second one under the same key gives the first."""
        known = self.work.runs.completion(self.run_id, key)
        if known is not None:
            return known[1]
        reference = ModelRef(
            task=request.task,
            model=identity.name,
            model_sha256=identity.sha256,
            prompt=request.prompt,
            sampler=request.sampler.model_dump(),
            request_hash=content_hash(request),
            completion=self.office.new_id("m"),
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
            seconds=answer.seconds,
        )
        self.work.runs.add_completion(
            self.case_id, self.run_id, key=key, request=request, answer=answer, reference=reference
        )
        self._note(
            ModelCalled(
                run=self.run_id,
                key=key,
                completion_hash=sha256_hex(answer.text.encode()),
                **reference.model_dump(exclude={"seconds"}),
            )
        )
        return reference

    def profile(self, profile: CustomerProfile) -> None:
        """Keep the reconciled profile."""
        if self.work.findings.set_profile(self.case_id, self.run_id, profile):
            self._note(
                ProfileRecorded(
                    run=self.run_id,
                    content_hash=content_hash(profile),
                    conflicts=len(profile.conflicts()),
                )
            )

    def assessment(self, assessment: Assessment) -> None:
        """Keep what code concludes."""
        if self.work.findings.set_assessment(self.case_id, self.run_id, assessment):
            self._note(
                AssessmentRecorded(
                    run=self.run_id,
                    content_hash=content_hash(assessment),
                    rating=assessment.rating,
                    recommended=assessment.recommended,
                )
            )

    def proposal(self, proposal: Proposal, ruling: Ruling) -> Proposal:
        """Seal and keep the proposal with the gate's ruling on it."""
        known = self.work.proposals.of_run(self.run_id)
        if known is not None:
            return known
        if (proposal.case_id, proposal.run_id) != (self.case_id, self.run_id):
            raise InvalidInput(f"proposal {proposal.id} is of another case or run")
        sealed = proposal.model_copy(update={"content_hash": proposal_hash(proposal)})
        self.work.proposals.add(sealed)
        self.work.proposals.add_ruling(
            self.case_id, subject=sealed.id, stage="proposal", new=ruling
        )
        self.work.cases.summarise(
            self.case_id,
            proposed=sealed.disposition,
            outcome=ruling.outcome,
            rating=sealed.rating,
            amount=_largest_total(self.work.findings.facts(self.run_id)),
        )
        self._note_proposal(sealed, ruling)
        return sealed

    def _note_proposal(self, sealed: Proposal, ruling: Ruling) -> None:
        made = sealed.provenance
        self._note(
            ProposalRecorded(
                run=self.run_id,
                proposal=sealed.id,
                content_hash=sealed.content_hash,
                disposition=sealed.disposition,
                method=sealed.narrative.method,
                rules_version=made.rules_version or None,
                lists_hash=content_hash(list(made.lists)),
                evidence_hash=made.evidence_hash,
                completions=tuple(call.completion for call in made.calls),
            )
        )
        self._note(gate_ruled("proposal", sealed.id, ruling))

    def _note(self, event: Event) -> None:
        self.office.note(self.work, event, self.actor, self.case_id)


def _largest_total(facts: tuple[Fact, ...]) -> Money | None:
    totals = [
        Money(amount=Decimal(value.value), currency=value.unit)
        for one in facts
        if one.required and not one.mitigating
        for role, value in one.roles.items()
        if value.type is RoleType.MONEY and role in {"total", "credited", "measured"}
    ]
    return max(totals, key=lambda total: total.amount, default=None)
