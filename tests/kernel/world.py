"""A whole kernel over a temporary folder, with a clock that counts and gates that can be set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from casegate.access.principals import Principal, Role
from casegate.audit.checkpoint import Checkpoints
from casegate.desk.desk import Desk
from casegate.desk.office import Office
from casegate.desk.ports import ClaimGate, Rechecked, ReviewPorts, RulesGate
from casegate.desk.rechecking import Rechecking
from casegate.desk.replacing import Replacing
from casegate.desk.run import RunDesk
from casegate.errors import ValueRefused
from casegate.ids import TimeSortedIds
from casegate.inference.ports import Completion, Message, ModelIdentity, Request
from casegate.model.bundle import CaseBundle
from casegate.model.case import Alert, Case, CaseKind, Disposition
from casegate.model.decision import Decision, DecisionDraft, Finding, Outcome, Ruling, worst
from casegate.model.document import Document, DocumentType, Field, Signal, SignalLevel
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceDraft, EvidenceKind, SnapshotSource
from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.gate import GateSubject
from casegate.model.narrative import (
    CheckedSentence,
    Claim,
    ClaimKind,
    ClaimReport,
    ClaimVerdict,
    Narrative,
    OutputKind,
    Section,
    Sentence,
    SentenceText,
)
from casegate.model.party import (
    Attribute,
    AttributeSource,
    CustomerProfile,
    Party,
    PartyRole,
    PartySchema,
)
from casegate.model.proposal import Assessment, Proposal, ProposalStatus, Provenance, RiskLevel
from casegate.storage import BlobFolder, Store, open_store

ANA = Principal(id="ana", name="Ana", roles=(Role.ANALYST,))
IVAN = Principal(id="ivan", name="Ivan", roles=(Role.INVESTIGATOR,))
INES = Principal(id="ines", name="Ines", roles=(Role.INVESTIGATOR,))
MIRA = Principal(id="mira", name="Mira", roles=(Role.MLRO,))
OTTO = Principal(id="otto", name="Otto", roles=(Role.AUDITOR,))
EVA = Principal(id="eva", name="Eva", roles=(Role.EVALUATOR,))
ADAM = Principal(id="adam", name="Adam", roles=(Role.ADMIN,))
BANK = Principal(id="core-banking", name="Core banking", roles=(Role.API_CLIENT,))
OTHER_BANK = Principal(id="other-bank", name="Other bank", roles=(Role.API_CLIENT,))
ROBOT = Principal(id="agent", name="Agent", roles=(Role.AGENT,))
EVERYONE = (ANA, IVAN, INES, MIRA, OTTO, EVA, ADAM, BANK, ROBOT)

FABRICATED = "77,777.00"
"""The claim gate of these tests finds no record for a sentence that holds this."""
VAGUE = "seems"
"""The claim gate of these tests can't check a sentence that holds this."""


@dataclass
class CountingClock:
    """Gives a moment one second later each time it is asked."""

    at: datetime = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@dataclass
class FakeRules:
    """A rules gate that finds what the test puts into `findings`."""

    findings: tuple[Finding, ...] = ()
    rules_version: str = "US@2026-03-01#abcdef012345"
    dated: bool = False
    """Let the version name the day, as that of the real rules does."""
    asked: list[GateSubject] = field(default_factory=list)
    days: list[date] = field(default_factory=list)

    def version(self, jurisdiction: str, *, at: date) -> str:
        return f"{jurisdiction}@{at}#abcdef012345" if self.dated else self.rules_version

    def __call__(self, dossier: Dossier, subject: GateSubject, *, at: date) -> Ruling:
        self.asked.append(subject)
        self.days.append(at)
        version = self.version(dossier.case.jurisdiction, at=at)
        return ruling(*self.findings, version=version, at=at)


@dataclass
class FakeClaims:
    """A claim gate that knows one fabricated amount and one vague word."""

    asked: list[tuple[SentenceText, ...]] = field(default_factory=list)

    def __call__(
        self, dossier: Dossier, sentences: Sequence[SentenceText], output: OutputKind
    ) -> ClaimReport:
        self.asked.append(tuple(sentences))
        checked = tuple(_checked(sentence.text) for sentence in sentences)
        held = any(one.verdict is ClaimVerdict.UNSUPPORTED for one in checked)
        return ClaimReport(sentences=checked, held=held)


def _checked(text: str) -> CheckedSentence:
    verdict = ClaimVerdict.SUPPORTED
    if VAGUE in text:
        verdict = ClaimVerdict.NOT_CHECKABLE
    if FABRICATED in text:
        verdict = ClaimVerdict.UNSUPPORTED
    claim = Claim(text=text, kind=ClaimKind.AMOUNT, verdict=verdict)
    return CheckedSentence(text=text, verdict=verdict, claims=(claim,))


def fake_value(type_: DocumentType, name: str, text: str, *, on: date) -> str:
    """Read a value that is not called nonsense."""
    if text == "nonsense" or type_ is DocumentType.UNKNOWN:
        raise ValueRefused(f"`value` is none for `{name}`")
    return text.upper()


def fake_recheck(
    bundle: CaseBundle, documents: Sequence[Document], evidence: Mapping[str, str], *, on: date
) -> Rechecked:
    """Find one attribute a value, and a signal on every document that says otherwise."""
    stated = [(f, evidence[d.id]) for d in documents for f in d.fields]
    attributes = tuple(
        Attribute(
            party="P1",
            name=field.name,
            sources=(AttributeSource(value=field.normalised, shown=field.value, evidence=source),),
            agrees=True,
        )
        for field, source in stated
    )
    odd = Signal(kind="odd", message="A value is odd.", level=SignalLevel.ALARM)
    return Rechecked(
        version="7",
        profile=CustomerProfile(attributes=attributes),
        facts=(),
        document_facts={d.id: tuple(map(_told, d.fields)) for d in documents},
        signals={d.id: (odd,) for d in documents if any(f.value == "odd" for f in d.fields)},
    )


def _told(field: Field) -> FactDraft:
    words = {"party": RoleValue(type=RoleType.PARTY, value="Jane Roe", unit="P1")}
    count = RoleValue(type=RoleType.COUNT, value=str(len(field.normalised)))
    return FactDraft(predicate="prior_cases", roles=words | {"count": count})


def fake_assess(dossier: Dossier, *, at: date) -> Assessment:
    """Rate low while every document counts."""
    return LOW if all(document.counts for document in dossier.documents) else ASSESSMENT


REVIEW = ReviewPorts(read_value=fake_value, recheck=fake_recheck, assess=fake_assess)


def ruling(
    *findings: Finding, version: str = "US@2026-03-01#abcdef012345", at: date = date(2026, 3, 1)
) -> Ruling:
    return Ruling(
        rules_version=version,
        at=at,
        outcome=worst([finding.outcome for finding in findings]),
        findings=findings,
        evaluated=("SAN-02",),
        facts_hash="f" * 64,
    )


def finding(rule: str, outcome: Outcome) -> Finding:
    return Finding(
        rule=rule, outcome=outcome, message=f"{rule} found", source="policy", confidence="verified"
    )


def bundle(reference: str = "B-1", *, name: str = "Jane Roe") -> CaseBundle:
    return CaseBundle(
        reference=reference,
        kind=CaseKind.AML_ALERT,
        jurisdiction="US",
        opened_at=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
        parties=(Party(id="P1", schema=PartySchema.PERSON, role=PartyRole.SUBJECT, name=name),),
        alert=Alert(
            id="A-1",
            raised_at=datetime(2026, 2, 27, tzinfo=UTC),
            scenario="cash_structuring",
        ),
    )


def sentence(text: str, *evidence: str) -> Sentence:
    return Sentence(text=text, section=Section.BODY, evidence=evidence, origin="plan")


def evidence_draft(tool: str = "history", **parameters: object) -> EvidenceDraft:
    return EvidenceDraft(
        kind=EvidenceKind.HISTORY,
        title="Prior cases: 2",
        tool=tool,
        tool_version="1",
        parameters=dict(parameters),
        source=SnapshotSource(name="bundle", sha256="a" * 64),
        content={"prior": 2, "share": 0.5, "names": ["Ä", "b"]},
        facts=(
            FactDraft(
                predicate="prior_cases",
                roles={
                    "party": RoleValue(type=RoleType.PARTY, value="Jane Roe", unit="P1"),
                    "count": RoleValue(type=RoleType.COUNT, value="2"),
                },
            ),
        ),
    )


def request(task: str = "plan") -> Request:
    return Request(
        task=task,
        prompt="narrative/plan@1#0123456789ab",
        messages=(Message(role="user", content="Choose."),),
        schema_={"type": "object"},
    )


ANSWER = Completion(text='{"a":1}', prompt_tokens=12, completion_tokens=5, seconds=0.25)
MODEL = ModelIdentity(name="test-model", sha256="d" * 64, context_tokens=4096)

ASSESSMENT = Assessment(
    rating=RiskLevel.HIGH,
    score=3.5,
    factors=(),
    typologies=("structuring",),
    recommended=Disposition.SUSPICIOUS_FILE,
    admissible=(Disposition.SUSPICIOUS_FILE,),
    reason_codes=("structuring",),
)

LOW = ASSESSMENT.model_copy(
    update={"rating": RiskLevel.LOW, "recommended": Disposition.NO_SUSPICION}
)

NO_CLAIMS = ClaimReport(sentences=(), held=False)


class World:
    """The kernel's parts, and the usual ways of bringing a case somewhere."""

    def __init__(
        self,
        folder: Path,
        *,
        url: str = "",
        claims: ClaimGate | None = None,
        review: ReviewPorts | None = None,
        rules: RulesGate | None = None,
        max_document_bytes: int = 1000,
    ) -> None:
        self.folder = folder
        self.clock = CountingClock()
        numbers = iter(range(1, 1_000_000_000))
        self.new_id = TimeSortedIds(self.clock, lambda length: next(numbers).to_bytes(length))
        self.rules = FakeRules()
        self.fake_claims = FakeClaims()
        self.checkpoints = Checkpoints.open(folder / "audit")
        self.url = url or f"sqlite:///{folder / 'casegate.db'}"
        self.store: Store = open_store(self.url, witness=self.checkpoints.witness)
        self.blobs = BlobFolder(folder / "blobs")
        self.desk = Desk(
            self.store,
            self.blobs,
            clock=self.clock,
            new_id=self.new_id,
            rules=rules or self.rules,
            claims=claims or self.fake_claims,
            review=review or REVIEW,
            checkpoints=self.checkpoints,
            max_document_bytes=max_document_bytes,
            max_transactions_bytes=2000,
        )
        office = Office(self.store, self.blobs, self.clock, self.new_id)
        checking = Rechecking(
            office, rules or self.rules, claims or self.fake_claims, review or REVIEW
        )
        self.replacing = Replacing(office, checking)
        self.run = RunDesk(
            self.store,
            self.blobs,
            clock=self.clock,
            new_id=self.new_id,
            checkpoints=self.checkpoints,
        )

    def started(self, reference: str = "B-1") -> tuple[Case, str]:
        """Give a case with a queued run, and the run's id."""
        case = self.desk.submit(ANA, bundle(reference))
        case = self.desk.start(ANA, case.id)
        assert case.run_id is not None
        return case, case.run_id

    def processing(self, reference: str = "B-1") -> tuple[str, str]:
        """Give case id and run id of a case that a run is working on."""
        case, run_id = self.started(reference)
        self.run.begin(case.id, run_id)
        return case.id, run_id

    def proposed(
        self,
        reference: str = "B-1",
        *,
        disposition: Disposition = Disposition.NO_SUSPICION,
    ) -> tuple[str, str]:
        """Give case id and run id of a case that waits for people."""
        case_id, run_id = self.processing(reference)
        self.run.record_evidence(case_id, run_id, evidence_draft())
        reference_ = self.run.record_completion(case_id, run_id, "plan-1", request(), ANSWER, MODEL)
        self.run.record_assessment(case_id, run_id, ASSESSMENT)
        dossier = self.run.dossier(case_id)
        provenance = Provenance(
            calls=(reference_,), rules_version="v1", evidence_hash=dossier.evidence_hash
        )
        self.run.record_proposal(
            case_id,
            run_id,
            self.proposal(case_id, run_id, disposition=disposition, provenance=provenance),
            ruling(),
        )
        self.run.deliver(case_id, run_id)
        return case_id, run_id

    def proposal(
        self,
        case_id: str,
        run_id: str,
        *,
        disposition: Disposition,
        provenance: Provenance,
    ) -> Proposal:
        return Proposal(
            id=self.new_id("p"),
            case_id=case_id,
            run_id=run_id,
            status=ProposalStatus.GATE_PASSED,
            disposition=disposition,
            reason_codes=("structuring",),
            rating=RiskLevel.HIGH,
            narrative=Narrative(
                output=OutputKind.NO_FILE_RATIONALE,
                sentences=(sentence("Two prior cases are known.", "E1"),),
                method="planned",
            ),
            claims=NO_CLAIMS,
            provenance=provenance,
            content_hash="0" * 64,
            made_at=self.clock(),
        )

    def claimed(
        self,
        reference: str = "B-1",
        *,
        by: Principal = ANA,
        disposition: Disposition = Disposition.NO_SUSPICION,
    ) -> Case:
        """Give a case that `by` is investigating."""
        case_id, _ = self.proposed(reference, disposition=disposition)
        version = self.desk.read(IVAN, case_id).case.version
        return self.desk.claim(by, case_id, version=version)

    def decided(
        self,
        reference: str = "B-1",
        *,
        by: Principal = ANA,
        disposition: Disposition = Disposition.NO_SUSPICION,
    ) -> Decision:
        """Give a decision that waits for a second person."""
        case = self.claimed(reference, by=by)
        return self.desk.decide(
            by, case.id, version=case.version, draft=draft(disposition=disposition)
        )

    def approve(self, by: Principal, decision: Decision, *, approved: bool = True) -> None:
        """Answer a decision as it stands."""
        self.desk.approve(
            by,
            decision.case_id,
            decision_id=decision.id,
            content_hash=decision.content_hash,
            approved=approved,
        )

    def close(self) -> None:
        self.store.close()


def draft(
    *,
    disposition: Disposition = Disposition.NO_SUSPICION,
    sentences: tuple[Sentence, ...] | None = None,
    acknowledged: tuple[str, ...] = (),
    rating: RiskLevel | None = None,
) -> DecisionDraft:
    return DecisionDraft(
        disposition=disposition,
        reason_code="explained",
        rationale="The activity is explained.",
        rating=rating,
        sentences=sentences,
        acknowledged=acknowledged,
    )
