"""With the real claim gate and the real checks: a corrected value no longer bears out a text."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from agents.assess import assess
from casegate.cli.wiring import review_ports
from casegate.config import Settings
from casegate.desk.ports import ReviewPorts
from casegate.errors import GateRefused, ValueRefused
from casegate.model.bundle import CaseBundle
from casegate.model.case import CaseKind, Disposition
from casegate.model.document import (
    Document,
    DocumentType,
    DocumentVerdict,
    Engine,
    Field,
    FieldAnswer,
    Span,
)
from casegate.model.evidence import Coverage, DocumentSource, EvidenceDraft, EvidenceKind
from casegate.model.narrative import ClaimVerdict, Narrative, OutputKind, SentenceText
from casegate.model.party import Party, PartyRole, PartySchema
from casegate.model.proposal import Assessment, Provenance, RiskLevel
from guardrails.claims import load_claim_gate
from tests.kernel.world import ANA, NO_CLAIMS, World, draft, ruling, sentence
from tools.documents.review import read_typed, recheck

PORTS = ReviewPorts(read_value=read_typed, recheck=recheck, assess=assess)
VALUES = {
    "document_number": ("X1234567", "X1234567"),
    "surname": ("ROE", "ROE"),
    "given_names": ("JANE", "JANE"),
    "nationality": ("UNITED STATES", "US"),
    "date_of_birth": ("17 MAY 1984", "1984-05-17"),
    "expiry_date": ("01 JAN 2031", "2031-01-01"),
}
ON = date(2026, 3, 1)
OLD = "The passport on file shows Jane Roe, born on 17 May 1984."
IBAN = "DE89 3704 0044 0532 0130 00"
NEW = OLD.replace("17 May", "18 May")


@pytest.fixture
def strict(tmp_path: Path, empty_database: Path) -> Iterator[World]:
    shutil.copy(empty_database, tmp_path)
    made = World(tmp_path, claims=load_claim_gate(), review=PORTS)
    yield made
    made.close()


def _fields() -> tuple[Field, ...]:
    return tuple(
        Field(
            id=f"F{place}",
            name=name,
            value=value,
            normalised=normalised,
            page=1,
            span=Span(start=0, end=4),
            engine=Engine.LABEL,
            confidence=0.97,
            subject="P1",
        )
        for place, (name, (value, normalised)) in enumerate(VALUES.items(), start=1)
    )


def _case(world: World) -> tuple[str, str]:
    """Give a case that ana holds, with one passport and a sentence on its date of birth."""
    jane = Party(
        id="P1",
        schema=PartySchema.PERSON,
        role=PartyRole.SUBJECT,
        name="Jane Roe",
        date_of_birth=date(1984, 5, 18),
    )
    case = world.desk.submit(
        ANA,
        CaseBundle(
            reference="K-1",
            kind=CaseKind.KYC_PERSON,
            jurisdiction="US",
            opened_at=datetime(2026, 3, 1, tzinfo=UTC),
            parties=(jane,),
        ),
    )
    sent = world.desk.add_document(ANA, case.id, filename="p.txt", data=b"text")
    run_id = str(world.desk.start(ANA, case.id).run_id)
    world.run.begin(case.id, run_id)
    read = {
        "verdict": DocumentVerdict.PARSED,
        "type": DocumentType.PASSPORT,
        "text_blob": world.run.put_blob(b"text"),
        "fields": _fields(),
    }
    document: Document = sent.model_copy(update=read)
    world.run.document_read(case.id, run_id, document)
    facts = recheck((world.run.dossier(case.id)).bundle, [document], {}, on=ON).document_facts
    world.run.record_evidence(
        case.id,
        run_id,
        EvidenceDraft(
            kind=EvidenceKind.DOCUMENT,
            title="Passport",
            tool="documents",
            tool_version="1",
            parameters={"document": document.id},
            source=DocumentSource(document=document.id, sha256=document.sha256),
            content={},
            facts=facts[document.id],
        ),
    )
    world.run.record_assessment(case.id, run_id, assess(world.run.dossier(case.id), at=ON))
    proposal = world.proposal(
        case.id,
        run_id,
        disposition=Disposition.KYC_APPROVED,
        provenance=Provenance(calls=(), rules_version="v1", evidence_hash=None),
    )
    told = Narrative(output=OutputKind.KYC_MEMO, sentences=(sentence(OLD, "E1"),), method="planned")
    changed = {"narrative": told, "claims": NO_CLAIMS}
    world.run.record_proposal(case.id, run_id, proposal.model_copy(update=changed), ruling())
    world.run.deliver(case.id, run_id)
    version = world.run.dossier(case.id).case.version
    world.desk.claim(ANA, case.id, version=version)
    return case.id, document.id


def _correct(world: World, case_id: str, document_id: str, field: str, value: str) -> None:
    world.desk.review_field(
        ANA,
        case_id,
        document_id,
        field_id=field,
        answer=FieldAnswer.CORRECT,
        value=value,
        version=world.run.dossier(case_id).case.version,
    )


def _verdict(world: World, case_id: str, text: str) -> ClaimVerdict:
    asked = [SentenceText(text=text, evidence=("E1",))]
    return world.desk.check(ANA, case_id, asked).sentences[0].verdict


def test_a_sentence_on_a_corrected_value_is_refused_until_it_says_the_new_one(
    strict: World,
) -> None:
    case_id, document_id = _case(strict)
    assert _verdict(strict, case_id, OLD) is ClaimVerdict.SUPPORTED
    assert _verdict(strict, case_id, NEW) is not ClaimVerdict.SUPPORTED
    _correct(strict, case_id, document_id, "F5", "18 May 1984")
    dossier = strict.desk.read(ANA, case_id)
    assert dossier.claims is not None
    assert dossier.claims.sentences[0].verdict is not ClaimVerdict.SUPPORTED
    assert _verdict(strict, case_id, OLD) is not ClaimVerdict.SUPPORTED
    assert _verdict(strict, case_id, NEW) is ClaimVerdict.SUPPORTED
    inconclusive = draft(disposition=Disposition.INCONCLUSIVE)
    with pytest.raises(GateRefused, match="S0: "):
        strict.desk.decide(ANA, case_id, version=dossier.case.version, draft=inconclusive)
    mended = draft(disposition=Disposition.INCONCLUSIVE, sentences=(sentence(NEW, "E1"),))
    strict.desk.decide(ANA, case_id, version=dossier.case.version, draft=mended)


SUBMITTED, READ, CORRECTED = "18 May 1984", "17 May 1984", "19 May 1984"
"""What three sources say of one date of birth: the sender, the reader of the paper, a person."""
WORDINGS = (
    "The passport on file shows Jane Roe, born on {day}.",
    "Jane Roe was born on {day}.",
    "Jane Roe was born on {day} according to the passport.",
    "The date of birth of Jane Roe is {day}.",
)


@pytest.fixture
def differing(strict: World) -> tuple[World, str]:
    """A case whose paper, as corrected, contradicts the submission."""
    case_id, document_id = _case(strict)
    _correct(strict, case_id, document_id, "F5", CORRECTED)
    return strict, case_id


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_corrected_value_is_the_record_though_the_submission_differs(
    differing: tuple[World, str], wording: str
) -> None:
    assert _verdict(*differing, wording.format(day=CORRECTED)) is ClaimVerdict.SUPPORTED


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("day", [READ, SUBMITTED])
def test_the_value_as_read_and_the_one_submitted_are_contradicted_after_a_correction(
    differing: tuple[World, str], wording: str, day: str
) -> None:
    assert _verdict(*differing, wording.format(day=day)) is ClaimVerdict.CONTRADICTED


def test_a_number_as_it_was_read_is_contradicted_after_a_correction(strict: World) -> None:
    case_id, document_id = _case(strict)
    text = "The passport of Jane Roe has the number {}."
    _correct(strict, case_id, document_id, "F1", "X7654321")
    assert _verdict(strict, case_id, text.format("X7654321")) is ClaimVerdict.SUPPORTED
    assert _verdict(strict, case_id, text.format("X1234567")) is ClaimVerdict.CONTRADICTED


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("1984-05-18", CORRECTED, ClaimVerdict.SUPPORTED),
        (SUBMITTED, "May 19, 1984", ClaimVerdict.SUPPORTED),
        (READ, CORRECTED, ClaimVerdict.CONTRADICTED),
        (SUBMITTED, "20 May 1984", ClaimVerdict.UNSUPPORTED),
    ],
)
def test_that_paper_and_submission_differ_can_still_be_told(
    differing: tuple[World, str], first: str, second: str, verdict: ClaimVerdict
) -> None:
    world, case_id = differing
    told = f'The date of birth of Jane Roe differs between sources: "{first}" against "{second}".'
    asked = [SentenceText(text=told, evidence=("E3",))]
    assert world.desk.check(ANA, case_id, asked).sentences[0].verdict is verdict


def test_a_correction_that_was_taken_back_contradicts_nothing(strict: World) -> None:
    case_id, document_id = _case(strict)
    _correct(strict, case_id, document_id, "F5", CORRECTED)
    _correct(strict, case_id, document_id, "F5", READ)
    assert _verdict(strict, case_id, OLD) is ClaimVerdict.SUPPORTED
    assert _verdict(strict, case_id, OLD.replace("17 May", "19 May")) is ClaimVerdict.CONTRADICTED


def test_a_correction_shows_where_paper_and_submission_differ_now(strict: World) -> None:
    case_id, document_id = _case(strict)
    _correct(strict, case_id, document_id, "F5", "19 May 1984")
    profile = strict.desk.read(ANA, case_id).profile
    assert profile is not None
    assert [a.name for a in profile.conflicts()] == ["date_of_birth"]
    _correct(strict, case_id, document_id, "F5", "1984-05-18")
    dossier = strict.desk.read(ANA, case_id)
    assert dossier.profile is not None
    assert dossier.profile.conflicts() == ()
    assert dossier.documents[0].signals == ()


def test_a_correction_has_rating_and_recommendation_computed_anew(strict: World) -> None:
    case_id, document_id = _case(strict)

    def assessed() -> Assessment:
        found = strict.desk.read(ANA, case_id).assessment
        assert found is not None
        return found

    before = assessed()
    assert "identity_conflict" not in before.reason_codes
    _correct(strict, case_id, document_id, "F5", "19 May 1984")
    assert "identity_conflict" in assessed().reason_codes
    assert any("date of birth" in question for question in assessed().open_questions)
    _correct(strict, case_id, document_id, "F5", "18 May 1984")
    assert "identity_conflict" not in assessed().reason_codes


@pytest.mark.parametrize(("nationality", "high"), [("Iran", True), ("United States", False)])
def test_a_corrected_nationality_counts_for_the_rating(
    strict: World, nationality: str, high: bool
) -> None:
    case_id, document_id = _case(strict)
    _correct(strict, case_id, document_id, "F4", nationality)
    found = strict.desk.read(ANA, case_id).assessment
    assert found is not None
    assert (found.rating is RiskLevel.HIGH) is high
    said = [factor.because for factor in found.factors if factor.family == "floor"]
    assert any("IR" in because for because in said) is high


def test_a_correction_has_the_checks_of_the_paper_run_again(strict: World) -> None:
    case_id, document_id = _case(strict)
    _correct(strict, case_id, document_id, "F6", "1 January 2020")
    dossier = strict.desk.read(ANA, case_id)
    assert dossier.profile is not None
    assert dossier.profile.expired_documents == (document_id,)
    assert any("expiry_date" in signal.fields for signal in dossier.documents[0].signals)


def test_a_correction_has_everybody_screened_again_and_says_when_that_failed(
    tmp_path: Path, empty_database: Path
) -> None:
    shutil.copy(empty_database, tmp_path)
    world = World(
        tmp_path,
        claims=load_claim_gate(),
        review=review_ports(Settings(data_dir=tmp_path / "no-lists")),
    )
    case_id, document_id = _case(world)
    _correct(world, case_id, document_id, "F5", "18 May 1984")
    last = world.desk.read(ANA, case_id).evidence[-1]
    assert (last.kind, last.coverage) == (EvidenceKind.SCREENING, Coverage.UNAVAILABLE)
    world.close()


@pytest.mark.parametrize(
    ("type_", "name", "text", "normalised"),
    [
        (DocumentType.PASSPORT, "date_of_birth", "17 May 1984", "1984-05-17"),
        (DocumentType.PASSPORT, "date_of_birth", "1984-05-17", "1984-05-17"),
        (DocumentType.PASSPORT, "date_of_birth", "04/05/1984", None),
        (DocumentType.PASSPORT, "date_of_birth", "17 May 1984 or so", None),
        (DocumentType.PASSPORT, "date_of_birth", "born", None),
        (DocumentType.PASSPORT, "nationality", "Germany", "DE"),
        (DocumentType.PASSPORT, "nationality", "Utopia", None),
        (DocumentType.PASSPORT, "surname", "O'Neill", "O'Neill"),
        (DocumentType.PASSPORT, "colour", "red", None),
        (DocumentType.BANK_STATEMENT, "iban", IBAN, IBAN.replace(" ", "")),
        (DocumentType.BANK_STATEMENT, "iban", IBAN.replace("89", "88", 1), None),
        (DocumentType.UNKNOWN, "name", "Jane Roe", None),
    ],
)  # fmt: skip
def test_a_typed_value_is_read_as_a_printed_one(
    type_: DocumentType, name: str, text: str, normalised: str | None
) -> None:
    if normalised is None:
        with pytest.raises(ValueRefused) as refused:
            read_typed(type_, name, text, on=ON)
        assert text not in refused.value.message
        return
    assert read_typed(type_, name, text, on=ON).replace(" ", "") == normalised.replace(" ", "")
