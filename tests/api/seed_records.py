"""The records of a hand-made run: evidence, facts, assessment, narrative."""

from datetime import UTC, datetime

import pypdfium2 as pdfium

from casegate.model.case import Disposition
from casegate.model.document import Box, Engine, Field, Span
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    EvidenceDraft,
    EvidenceKind,
    ListSource,
    ListVersion,
    SnapshotSource,
)
from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.gate import GateSubject
from casegate.model.narrative import Binding, Narrative, OutputKind, Section, Sentence
from casegate.model.proposal import (
    Assessment,
    ModelRef,
    Proposal,
    Provenance,
    RiskFactor,
    RiskLevel,
)

START = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)


def field_of(name: str, value: str, at: int, box: Box) -> Field:
    return Field(
        name=name,
        value=value,
        normalised=value.upper(),
        page=1,
        boxes=(box,),
        span=Span(start=at, end=at + len(value)),
        engine=Engine.LABEL,
        confidence=0.98,
        subject="P1",
    )


def box_of(page: pdfium.PdfPage, text: pdfium.PdfTextPage, value: str) -> Box:
    at, count = text.search(value).get_next()
    text.count_rects(at, count)
    left, bottom, right, top = text.get_rect(0)
    height = page.get_height()
    return Box(x0=left, y0=height - top, x1=right, y1=height - bottom)


def _money(amount: str) -> RoleValue:
    return RoleValue(type=RoleType.MONEY, value=amount, unit="USD")


def _role(kind: RoleType, value: str, unit: str = "") -> RoleValue:
    return RoleValue(type=kind, value=value, unit=unit)


def screening(dossier: Dossier) -> EvidenceDraft:
    subject = dossier.subjects()[0]
    hit = {
        "party": subject.id,
        "entity_id": "demo-0042",
        "list": "demo",
        "version": "2026-11-01#0123456789ab",
        "name": "Rosalind BRACKENRIDGE-OKORO",
        "score": 0.74,
        "band": "corroborate",
        "features": {"name_match": 0.7, "dob_match": 0.04},
        "agreements": ["country"],
        "contradictions": ["date_of_birth"],
        "disposition": "false_positive",
    }
    screened = {"party": subject.id, "coverage": "complete", "hits": [hit]}
    return EvidenceDraft(
        kind=EvidenceKind.SCREENING,
        title="Screening of 1 party: 1 weak hit",
        tool="screening",
        tool_version="1",
        parameters={},
        source=ListSource(
            versions=(
                ListVersion(
                    list="demo",
                    version="2026-11-01#0123456789ab",
                    published="2026-11-01",
                    loaded_at=START,
                    sha256="1" * 64,
                    entities=120,
                ),
            )
        ),
        content={
            "screened": [screened],
            "matcher": "logic-v2",
            "config_hash": "2" * 64,
            "threshold": 0.7,
            "candidates": 20,
            "screened_at": START.isoformat(),
        },
        facts=(
            FactDraft(
                predicate="hit",
                roles={
                    "party": _role(RoleType.PARTY, subject.name, subject.id),
                    "entry": _role(RoleType.TEXT, "demo-0042"),
                    "list": _role(RoleType.LIST, "demo"),
                    "score": _role(RoleType.PERCENT, "74"),
                },
            ),
        ),
    )


def structuring(dossier: Dossier) -> EvidenceDraft:
    assert dossier.transactions is not None
    subject, account = dossier.subjects()[0], dossier.bundle.accounts[0]
    finding = {
        "typology": "structuring",
        "account": account.number,
        "start": "2026-09-08",
        "end": "2026-09-21",
        "txn_ids": ["T0001", "T0002"],
        "count": 4,
        "total": "37400.00",
        "currency": "USD",
        "parameters": {"threshold": "10000"},
    }
    return EvidenceDraft(
        kind=EvidenceKind.TRANSACTIONS,
        title="Cash deposits below the reporting threshold",
        tool="transactions.scan",
        tool_version="1",
        parameters={"account": account.number},
        source=SnapshotSource(
            name="transactions.csv",
            sha256=dossier.transactions.sha256,
            rows=dossier.transactions.rows,
        ),
        content={"findings": [finding]},
        facts=(
            FactDraft(
                predicate="structuring",
                roles={
                    "account": _role(RoleType.ACCOUNT, account.number),
                    "party": _role(RoleType.PARTY, subject.name, subject.id),
                    "count": _role(RoleType.COUNT, "4"),
                    "total": _money("37400.00"),
                    "min": _money("9200.00"),
                    "max": _money("9500.00"),
                    "first": _role(RoleType.DATE, "2026-09-08"),
                    "last": _role(RoleType.DATE, "2026-09-21"),
                    "span": _role(RoleType.SPAN, "2026-09-08/2026-09-21"),
                    "threshold": _money("10000.00"),
                    "places": _role(RoleType.COUNT, "3"),
                },
                required=True,
            ),
            FactDraft(
                predicate="expected_monthly",
                roles={
                    "party": _role(RoleType.PARTY, subject.name, subject.id),
                    "amount": _money("4200.00"),
                },
                mitigating=True,
            ),
        ),
    )


def assessment_of(dossier: Dossier) -> Assessment:
    money = dossier.transactions is not None
    recommended = Disposition.SUSPICIOUS_FILE if money else Disposition.KYC_APPROVED
    return Assessment(
        rating=RiskLevel.HIGH if money else RiskLevel.LOW,
        score=3.4 if money else 1.6,
        factors=(
            RiskFactor(
                family="activity",
                points=5,
                weight=0.4,
                because="cash deposits just below the threshold",
                evidence=("E2",) if money else (),
            ),
            RiskFactor(family="geography", points=1, weight=0.6, because="domestic only"),
        ),
        typologies=("structuring",) if money else (),
        recommended=recommended,
        admissible=(recommended, Disposition.INCONCLUSIVE),
        reason_codes=("structuring",) if money else ("identity_verified",),
        open_questions=("Where the cash comes from is not documented.",) if money else (),
    )


def narrative_of(dossier: Dossier, *, vague: bool) -> Narrative:
    name = dossier.subjects()[0].name
    sentences = [_bound(f"{name} was screened against the demo list.", name, "F1", "party", "E1")]
    if dossier.transactions is not None:
        text = f"Four cash deposits totalling 37,400.00 USD were made into the account of {name}."
        sentences.append(_bound(text, "37,400.00 USD", "F2", "total", "E2"))
        text = "Monthly credits of 4,200.00 USD were declared."
        sentences.append(_bound(text, "4,200.00 USD", "F3", "amount", "E2"))
    if vague:
        sentences.append(
            Sentence(
                text="The activity appears to lack a lawful purpose.",
                section=Section.CONCLUSION,
                evidence=("E2",),
                origin="plan",
            )
        )
    output = OutputKind.SAR_NARRATIVE if dossier.transactions else OutputKind.KYC_MEMO
    return Narrative(output=output, sentences=tuple(sentences), method="planned")


def _bound(text: str, value: str, fact: str, role: str, evidence: str) -> Sentence:
    at = text.index(value)
    return Sentence(
        text=text,
        section=Section.INTRODUCTION if fact == "F1" else Section.BODY,
        evidence=(evidence,),
        facts=(fact,),
        pattern=f"pattern.{fact}",
        bindings=(Binding(start=at, end=at + len(value), fact=fact, role=role),),
        origin="plan",
    )


def provenance_of(dossier: Dossier) -> Provenance:
    call = ModelRef(
        task="plan",
        model="fixture",
        model_sha256="3" * 64,
        prompt="draft/plan@1#aaaaaaaaaaaa",
        sampler={"temperature": 0.0, "seed": 7},
        request_hash="4" * 64,
        completion="m-1",
        prompt_tokens=900,
        completion_tokens=120,
        seconds=1.5,
    )
    return Provenance(
        calls=(call,),
        rules_version="US@2026-10-04#abcdef123456",
        lists=("demo@2026-11-01#0123456789ab",),
        evidence_hash=dossier.evidence_hash,
    )


def subject_of(proposal: Proposal) -> GateSubject:
    return GateSubject(
        stage="proposal",
        disposition=proposal.disposition,
        rating=proposal.rating,
        rationale=None,
        claims=proposal.claims,
        provenance=proposal.provenance,
        maker="agent",
    )
