"""A desk over real SQLite and files, with cases put into the queue by a hand-made run."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from argon2 import PasswordHasher

from agents.assess import assess
from casegate.access.principals import Principal
from casegate.access.sign_in import DEMO_PASSWORD, DEMO_USERS, SignIn, seed_demo_users
from casegate.config import Settings
from casegate.desk.kernel import Kernel, open_kernel
from casegate.desk.ports import ReviewPorts
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case
from casegate.model.document import (
    Document,
    DocumentType,
    DocumentVerdict,
    PageImage,
    Signal,
)
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceDraft
from casegate.model.narrative import SentenceText
from casegate.model.proposal import Proposal, ProposalStatus
from tests.api.seed_gates import ESCALATE, FLAG, FakeClaims, FakeRules
from tests.api.seed_records import (
    START,
    assessment_of,
    box_of,
    field_of,
    narrative_of,
    provenance_of,
    screening,
    structuring,
    subject_of,
)
from tools.documents.review import read_typed, recheck
from tools.transactions.load import load

EXAMPLES = Path("examples/cases")
STRUCTURING = "structuring-pass-through"

PEOPLE: dict[str, Principal] = {person.id: person for person in DEMO_USERS}


class TickingClock:
    """A clock that moves one second at each reading."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


def open_desk(
    folder: Path, *, rules: FakeRules | None = None, settings: Settings | None = None
) -> Kernel:
    """Open a kernel in `folder` with the demo's users and fake gates."""
    settings = (settings or Settings()).model_copy(update={"data_dir": folder})
    clock = TickingClock()
    kernel = open_kernel(
        settings,
        rules=rules or FakeRules(),
        claims=FakeClaims(),
        review=ReviewPorts(read_value=read_typed, recheck=recheck, assess=assess),
        clock=clock,
    )
    # Hashing a password is slow on purpose; tests sign in often.
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    seed_demo_users(
        SignIn(kernel.store, clock=clock, new_id=kernel.new_id, minutes=480, hasher=quick),
        kernel.store,
        password=DEMO_PASSWORD,
    )
    return kernel


def bundle(name: str = STRUCTURING) -> CaseBundle:
    """Read an example bundle."""
    return CaseBundle.model_validate_json((EXAMPLES / name / "case.json").read_bytes())


def hand_in(
    kernel: Kernel,
    name: str = STRUCTURING,
    *,
    sender: str = "core-banking",
    subject: str | None = None,
) -> Case:
    """Submit an example with its files and ask for a run; `subject` renames its subject."""
    actor, desk = PEOPLE[sender], kernel.desk
    sent = bundle(name)
    if subject is not None:
        first = sent.parties[0].model_copy(update={"name": subject})
        sent = sent.model_copy(update={"parties": (first, *sent.parties[1:])})
    case = desk.submit(actor, sent)
    for path in sorted((EXAMPLES / name / "documents").iterdir()):
        desk.add_document(actor, case.id, filename=path.name, data=path.read_bytes())
    rows = EXAMPLES / name / "transactions.csv"
    if rows.exists():
        desk.add_transactions(actor, case.id, filename=rows.name, data=rows.read_bytes())
    desk.start(actor, case.id)
    return desk.read(PEOPLE["mira"], case.id).case


def put_into_queue(
    kernel: Kernel, name: str = STRUCTURING, *, vague: bool = False, subject: str | None = None
) -> str:
    """Do by hand what a run does; gives the case id. `vague` adds a sentence none can check."""
    case = hand_in(kernel, name, subject=subject)
    assert case.run_id is not None
    run = HandRun(kernel, case.id, case.run_id)
    run.desk.begin(case.id, case.run_id)
    run.desk.step(case.id, case.run_id, "intake")
    run.read_documents()
    run.read_transactions()
    run.gather()
    run.propose(vague=vague)
    run.desk.deliver(case.id, case.run_id)
    return case.id


class HandRun:
    """One hand-made run."""

    def __init__(self, kernel: Kernel, case_id: str, run_id: str) -> None:
        self.kernel = kernel
        self.desk = kernel.run_desk
        self.case_id = case_id
        self.run_id = run_id

    @property
    def dossier(self) -> Dossier:
        return self.desk.dossier(self.case_id)

    def read_documents(self) -> None:
        for document in self.dossier.documents:
            data = self.desk.blob(document.sha256)
            if data[:4] == b"%PDF":
                self.desk.document_read(self.case_id, self.run_id, self._pdf(document, data))

    def _pdf(self, document: Document, data: bytes) -> Document:
        name = self.dossier.subjects()[0].name
        pdf = pdfium.PdfDocument(data)
        page = pdf[0]
        out = BytesIO()
        page.render(scale=2).to_pil().save(out, format="PNG")
        text = page.get_textpage()
        whole = text.get_text_bounded()
        at = whole.find(name)
        fields = () if at < 0 else (field_of("full_name", name, at, box_of(page, text, name)),)
        width, height = page.get_size()
        image = PageImage(
            page=1, width_pt=width, height_pt=height, blob=self.desk.put_blob(out.getvalue())
        )
        read = {
            "verdict": DocumentVerdict.PARSED,
            "type": DocumentType.PROOF_OF_ADDRESS,
            "pages": (image,),
            "page_count": len(pdf),
            "text_blob": self.desk.put_blob(whole.encode()),
            "fields": fields,
            "signals": (Signal(kind="embedded_file", message="A file is embedded.", page=1),),
        }
        pdf.close()
        return document.model_copy(update=read)

    def read_transactions(self) -> None:
        file = self.desk.transactions_file(self.case_id)
        if file is None:
            return
        loaded = load(self.desk.blob(file[1]), file[0], accounts=self.dossier.bundle.accounts)
        self.desk.put_blob(loaded.parquet)
        self.desk.transactions_read(self.case_id, self.run_id, loaded.set)

    def gather(self) -> None:
        self._record(screening(self.dossier))
        if self.dossier.transactions is not None:
            self._record(structuring(self.dossier))

    def _record(self, draft: EvidenceDraft) -> None:
        self.desk.record_evidence(self.case_id, self.run_id, draft)

    def propose(self, *, vague: bool) -> None:
        dossier = self.dossier
        assessment = assessment_of(dossier)
        self.desk.record_assessment(self.case_id, self.run_id, assessment)
        narrative = narrative_of(dossier, vague=vague)
        texts = tuple(
            SentenceText(text=s.text, evidence=s.evidence, section=s.section)
            for s in narrative.sentences
        )
        proposal = Proposal(
            id=self.kernel.new_id("p"),
            case_id=self.case_id,
            run_id=self.run_id,
            status=ProposalStatus.GATE_PASSED,
            disposition=assessment.recommended,
            reason_codes=assessment.reason_codes,
            rating=assessment.rating,
            narrative=narrative,
            claims=FakeClaims()(dossier, texts, narrative.output),
            open_questions=assessment.open_questions,
            model_choice=assessment.recommended,
            provenance=provenance_of(dossier),
            content_hash="0" * 64,
            made_at=self.kernel.clock(),
        )
        ruling = FakeRules((ESCALATE, FLAG))(
            dossier, subject_of(proposal), at=dossier.case.opened_at.date()
        )
        self.desk.record_proposal(self.case_id, self.run_id, proposal, ruling)
