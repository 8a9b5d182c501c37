"""A case whose documents were read, in the hands of someone who reviews them."""

from dataclasses import dataclass

from casegate.access.principals import Principal
from casegate.model.case import Case, Disposition
from casegate.model.document import (
    CopyReason,
    Document,
    DocumentAnswer,
    DocumentReview,
    DocumentType,
    DocumentVerdict,
    Engine,
    Field,
    FieldAnswer,
    FieldReview,
    Span,
)
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    CaseSource,
    DocumentSource,
    Evidence,
    EvidenceDraft,
    EvidenceKind,
)
from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.proposal import Assessment, Provenance
from tests.kernel.world import (
    ANA,
    ANSWER,
    IVAN,
    MODEL,
    OTTO,
    World,
    bundle,
    request,
    ruling,
)

BORN = Field(
    name="date_of_birth",
    value="17 MAY 1984",
    normalised="1984-05-17",
    page=1,
    span=Span(start=0, end=11),
    engine=Engine.MODEL,
    confidence=0.8,
)
NAME = BORN.model_copy(
    update={"name": "surname", "value": "ROE", "normalised": "ROE", "engine": Engine.LABEL}
)


def told(value: str) -> FactDraft:
    roles = {
        "party": RoleValue(type=RoleType.PARTY, value="Jane Roe", unit="P1"),
        "count": RoleValue(type=RoleType.COUNT, value=value),
    }
    return FactDraft(predicate="prior_cases", roles=roles)


@dataclass
class Desk:
    """The case under review; each call names the version that the case has now."""

    world: World
    case_id: str
    document_id: str

    @property
    def dossier(self) -> Dossier:
        return self.world.desk.read(IVAN, self.case_id)

    @property
    def document(self) -> Document:
        (document,) = self.dossier.documents
        return document

    def evidence(self, evidence_id: str) -> Evidence:
        return next(e for e in self.dossier.evidence if e.id == evidence_id)

    def field(
        self,
        field_id: str,
        value: str | None = None,
        *,
        by: Principal = ANA,
        name: str = "",
        version: int | None = None,
    ) -> FieldReview:
        return self.world.desk.review_field(
            by,
            self.case_id,
            self.document_id,
            field_id=field_id,
            name=name,
            answer=FieldAnswer.CONFIRM if value is None else FieldAnswer.CORRECT,
            value=value,
            version=self.dossier.case.version if version is None else version,
        )

    def paper(
        self,
        answer: DocumentAnswer,
        reason: str = "Seen.",
        *,
        by: Principal = ANA,
        code: CopyReason | None = None,
    ) -> DocumentReview:
        return self.world.desk.review_document(
            by,
            self.case_id,
            self.document_id,
            answer=answer,
            reason=reason,
            reason_code=code,
            version=self.dossier.case.version,
        )


def read_case(
    world: World,
    reference: str = "B-1",
    *,
    sent_by: Principal = ANA,
    assessed: Assessment | None = None,
) -> tuple[str, str, str]:
    """Have a run read one document and propose; gives case, run and document id."""
    case = world.desk.submit(sent_by, bundle(reference))
    document = world.desk.add_document(sent_by, case.id, filename="p.txt", data=b"17 MAY 1984 ROE")
    run_id = str(world.desk.start(sent_by, case.id).run_id)
    case_id = case.id
    world.run.begin(case_id, run_id)
    world.run.record_completion(
        case_id, run_id, f"fields-{document.id}", request("fields"), ANSWER, MODEL
    )
    read = {
        "verdict": DocumentVerdict.PARSED,
        "type": DocumentType.PASSPORT,
        "text_blob": world.run.put_blob(b"17 MAY 1984 ROE"),
        "fields": (BORN, NAME),
        "missing": ("nationality",),
    }
    world.run.document_read(case_id, run_id, document.model_copy(update=read))
    world.run.record_evidence(case_id, run_id, _evidence(document))
    world.run.record_evidence(case_id, run_id, _profile())
    if assessed is not None:
        world.run.record_assessment(case_id, run_id, assessed)
    provenance = Provenance(
        calls=(), rules_version="v1", evidence_hash=world.run.dossier(case_id).evidence_hash
    )
    proposal = world.proposal(
        case_id, run_id, disposition=Disposition.NO_SUSPICION, provenance=provenance
    )
    world.run.record_proposal(case_id, run_id, proposal, ruling())
    world.run.deliver(case_id, run_id)
    return case_id, run_id, document.id


def _evidence(document: Document) -> EvidenceDraft:
    return EvidenceDraft(
        kind=EvidenceKind.DOCUMENT,
        title="Passport: 2 values read",
        tool="documents",
        tool_version="1",
        parameters={"document": document.id},
        source=DocumentSource(document=document.id, sha256=document.sha256),
        content={},
        facts=(told("1"),),
    )


def _profile() -> EvidenceDraft:
    return EvidenceDraft(
        kind=EvidenceKind.PROFILE,
        title="Reconciled",
        tool="reconcile",
        tool_version="1",
        parameters={},
        source=CaseSource(evidence=("E1",)),
        content={"attributes": []},
        facts=(told("2"),),
    )


def under_review(
    world: World,
    reference: str = "B-1",
    *,
    by: Principal = ANA,
    sent_by: Principal = ANA,
    assessed: Assessment | None = None,
) -> Desk:
    """Give a case that `by` holds, its one document read."""
    case_id, _, document_id = read_case(world, reference, sent_by=sent_by, assessed=assessed)
    version = world.desk.read(IVAN, case_id).case.version
    taken: Case = world.desk.claim(by, case_id, version=version)
    return Desk(world, taken.id, document_id)


def kinds(desk: Desk, since: int) -> list[str]:
    return [e.kind for e in desk.world.desk.events(OTTO, desk.case_id)[since:]]


def logged(desk: Desk) -> int:
    return len(desk.world.desk.events(OTTO, desk.case_id))
