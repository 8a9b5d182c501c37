"""A case that no rule objects to, and the ways in which the tests change it.

`situation()` gives the quiet case of a kind at a stage; every other function takes a situation and
gives it with one thing changed, so a row of the rule table reads as what is different.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from casegate.hashing import sha256_hex
from casegate.model.bundle import CaseBundle
from casegate.model.case import Alert, Case, CaseKind, CaseStatus, Disposition
from casegate.model.document import Document, DocumentVerdict, Signal
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    CaseSource,
    Coverage,
    Evidence,
    EvidenceKind,
    Hit,
    ListSource,
    ListVersion,
    ScreenedParty,
    ScreeningContent,
    Source,
)
from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.model.gate import GateSubject
from casegate.model.narrative import (
    CheckedSentence,
    ClaimReport,
    ClaimVerdict,
    RubricFinding,
)
from casegate.model.party import (
    Attribute,
    AttributeSource,
    CustomerProfile,
    Identifier,
    Party,
    PartyRole,
    PartySchema,
)
from casegate.model.proposal import Assessment, ModelRef, Provenance, RiskLevel
from casegate.model.transaction import TypologyFinding

Stage = Literal["proposal", "decision", "approval"]

AT = date(2026, 11, 20)
MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HASH = sha256_hex(b"evidence")
OTHER_HASH = sha256_hex(b"other evidence")

QUIET = {
    CaseKind.KYC_PERSON: Disposition.KYC_APPROVED,
    CaseKind.KYC_ENTITY: Disposition.KYC_APPROVED,
    CaseKind.AML_ALERT: Disposition.NO_SUSPICION,
    CaseKind.SCREENING_ALERT: Disposition.INCONCLUSIVE,
}


@dataclass(frozen=True)
class Situation:
    """What the gate is asked."""

    dossier: Dossier
    subject: GateSubject
    at: date = AT


def situation(
    stage: Stage = "proposal",
    *,
    kind: CaseKind = CaseKind.KYC_PERSON,
    disposition: Disposition | None = None,
    recommended: Disposition | None = None,
) -> Situation:
    """Give the quiet case: fresh, complete, consistent, and every person in the right place."""
    chosen = disposition or QUIET[kind]
    return Situation(
        dossier=_dossier(kind, recommended or chosen),
        subject=GateSubject(
            stage=stage,
            disposition=chosen,
            rating=RiskLevel.LOW,
            rationale="As the memo says.",
            claims=report(),
            provenance=provenance(),
            maker="agent" if stage == "proposal" else "u-ana",
            editors=("agent",) if stage == "proposal" else ("u-ana",),
            approver="u-ivan" if stage == "approval" else None,
            evidence_hash_seen=HASH,
        ),
    )


def _dossier(kind: CaseKind, recommended: Disposition) -> Dossier:
    return Dossier(
        case=Case(
            id="c-1",
            bundle="b-1",
            kind=kind,
            jurisdiction="US",
            status=CaseStatus.PROCESSING,
            version=1,
            opened_at=MORNING,
            received_at=MORNING,
        ),
        bundle=CaseBundle(
            reference="r-1",
            kind=kind,
            jurisdiction="US",
            opened_at=MORNING,
            parties=(party(),),
            alert=Alert(id="A-1", raised_at=MORNING, scenario="cash", summary="Cash deposits."),
        ),
        documents=(document(),),
        evidence=(
            evidence("E1", EvidenceKind.DOCUMENT),
            evidence("E2", EvidenceKind.PROFILE),
            screening("E3"),
            evidence("E4", EvidenceKind.OWNERSHIP),
            evidence("E5", EvidenceKind.TRANSACTIONS, content={"findings": []}),
        ),
        profile=CustomerProfile(attributes=(attribute("P1", "name"),)),
        assessment=assessment(recommended),
        evidence_hash=HASH,
    )


def party(**changes: Any) -> Party:  # noqa: ANN401
    """Give the subject; `changes` replace its fields."""
    given: dict[str, Any] = {
        "id": "P1",
        "schema": PartySchema.PERSON,
        "role": PartyRole.SUBJECT,
        "name": "Tamsin Joy Fairhollow",
        "date_of_birth": date(1988, 5, 4),
        "address": "7 Gull Terrace, Marrow Bay, OR 97199",
        "identifiers": (Identifier(kind="passport", value="K12345678", country="US"),),
    }
    return Party(**{**given, **changes})


def document(**changes: Any) -> Document:  # noqa: ANN401
    """Give the passport as it was read."""
    given: dict[str, Any] = {
        "id": "d-1",
        "case_id": "c-1",
        "filename": "passport.pdf",
        "media_type": "application/pdf",
        "size": 10,
        "sha256": HASH,
        "verdict": DocumentVerdict.PARSED,
    }
    return Document(**{**given, **changes})


def evidence(
    id_: str,
    kind: EvidenceKind,
    *,
    content: dict[str, Any] | None = None,
    coverage: Coverage = Coverage.COMPLETE,
    source: Source | None = None,
    recorded_at: datetime = MORNING,
    tool: str | None = None,
) -> Evidence:
    """Give a piece of evidence."""
    return Evidence(
        id=id_,
        case_id="c-1",
        run_id="r-1",
        kind=kind,
        title=kind.value,
        tool=tool or kind.value,
        tool_version="1",
        parameters={},
        source=source or CaseSource(),
        coverage=coverage,
        content=content or {},
        content_hash=HASH,
        recorded_at=recorded_at,
    )


def screening(
    id_: str,
    *hits: Hit,
    parties: tuple[str, ...] = ("P1",),
    coverage: Coverage = Coverage.COMPLETE,
    loaded: datetime = MORNING,
    screened_at: datetime = NOON,
    asked: str = "",
) -> Evidence:
    """Give a screening of `parties`; the hits are the first party's."""
    content = ScreeningContent(
        screened=tuple(
            ScreenedParty(
                party=p, coverage=coverage, hits=hits if p == parties[0] else (), query_hash=asked
            )
            for p in parties
        ),
        matcher="logic-v2",
        config_hash=HASH,
        threshold=0.7,
        candidates=20,
        screened_at=screened_at,
    )
    version = ListVersion(
        list="demo", version="v1", published="2026-11-01", loaded_at=loaded, sha256=HASH, entities=3
    )
    return evidence(
        id_,
        EvidenceKind.SCREENING,
        content=content.model_dump(mode="json"),
        coverage=coverage,
        source=ListSource(versions=(version,)),
        recorded_at=screened_at,
    )


def hit(
    disposition: Literal["open", "true_match", "false_positive", "unsure"] = "open",
    **changes: Any,  # noqa: ANN401
) -> Hit:
    """Give a hit of the subject; `changes` replace its fields."""
    plain = Hit(
        party="P1",
        entity_id="demo-1",
        list="demo",
        version="v1",
        name="LISTED, Person",
        score=0.9,
        band="likely",
        features={"name_match": 0.9},
        disposition=disposition,
    )
    return plain.model_copy(update=changes)


def attribute(party_id: str, name: str, *values: str) -> Attribute:
    """Give an attribute with one source a value; several values are a conflict."""
    sources = tuple(
        AttributeSource(value=v, shown=v, evidence=f"E{n}") for n, v in enumerate(values or ("X",))
    )
    return Attribute(party=party_id, name=name, sources=sources, agrees=len(sources) < 2)


def assessment(recommended: Disposition, *typologies: str) -> Assessment:
    """Give an assessment with these unexplained typologies."""
    return Assessment(
        rating=RiskLevel.LOW,
        score=1.5,
        factors=(),
        typologies=typologies,
        recommended=recommended,
        admissible=(recommended,),
        reason_codes=("no_typology_found",),
    )


def provenance(**changes: Any) -> Provenance:  # noqa: ANN401
    """Give the versions of a proposal that the model took part in."""
    given: dict[str, Any] = {
        "calls": (model_call("plan"), model_call("propose")),
        "rules_version": "US@2026-11-20#0123456789ab",
        "lists": ("demo@v1",),
        "evidence_hash": HASH,
    }
    return Provenance(**{**given, **changes})


def model_call(task: str, **changes: Any) -> ModelRef:  # noqa: ANN401
    """Give one recorded model call."""
    given: dict[str, Any] = {
        "task": task,
        "model": "smollm2",
        "model_sha256": HASH,
        "prompt": "case/propose@1#0123456789ab",
        "sampler": {"temperature": 0.0},
        "request_hash": HASH,
        "completion": "m-1",
        "prompt_tokens": 1,
        "completion_tokens": 1,
        "seconds": 0.1,
    }
    return ModelRef(**{**given, **changes})


def report(
    *failed: str, verdict: ClaimVerdict = ClaimVerdict.SUPPORTED, fatal: bool = True
) -> ClaimReport:
    """Give a claim report of one sentence; `failed` are failed rubric checks."""
    return ClaimReport(
        sentences=(CheckedSentence(text="One.", verdict=verdict, claims=()),),
        rubric=tuple(RubricFinding(check=c, fatal=fatal, message=c) for c in failed),
        held=bool(failed),
    )


# changes


def asked(given: Situation, **changes: Any) -> Situation:  # noqa: ANN401
    """Change what is asked about: fields of the gate's subject."""
    return replace(given, subject=given.subject.model_copy(update=changes))


def case_of(given: Situation, **changes: Any) -> Situation:  # noqa: ANN401
    """Change the dossier."""
    return replace(given, dossier=given.dossier.model_copy(update=changes))


def with_evidence(given: Situation, *items: Evidence) -> Situation:
    """Replace the evidence of the same kinds."""
    kinds = {item.kind for item in items}
    kept = tuple(e for e in given.dossier.evidence if e.kind not in kinds)
    return case_of(given, evidence=(*kept, *items))


def without_evidence(given: Situation, kind: EvidenceKind) -> Situation:
    """Take all evidence of a kind away."""
    return case_of(given, evidence=tuple(e for e in given.dossier.evidence if e.kind is not kind))


def with_parties(given: Situation, *parties: Party) -> Situation:
    """Replace the parties of the bundle."""
    return case_of(given, bundle=given.dossier.bundle.model_copy(update={"parties": parties}))


def told(given: Situation, text: str) -> Situation:
    """Replace the alert's summary."""
    alert = Alert(id="A-1", raised_at=MORNING, scenario="cash", summary=text)
    return case_of(given, bundle=given.dossier.bundle.model_copy(update={"alert": alert}))


def signalled(given: Situation, kind: str) -> Situation:
    """Put a signal on the document."""
    return case_of(given, documents=(document(signals=(Signal(kind=kind, message="seen"),)),))


def active(given: Situation, *findings: tuple[str, str], currency: str = "USD") -> Situation:
    """Give the case unexplained findings: typology and total."""
    found = [
        TypologyFinding(
            typology=typology,
            account="9900000001",
            start=AT,
            end=AT,
            txn_ids=("T1",),
            count=1,
            total=Decimal(total),
            currency=currency,
            parameters={},
        ).model_dump(mode="json")
        for typology, total in findings
    ]
    recommended = given.dossier.assessment.recommended if given.dossier.assessment else None
    names = tuple(dict.fromkeys(typology for typology, _ in findings))
    seen = with_evidence(
        given, evidence("E5", EvidenceKind.TRANSACTIONS, content={"findings": found})
    )
    return case_of(seen, assessment=assessment(recommended or Disposition.INCONCLUSIVE, *names))


def stated(
    given: Situation, predicate: str, *, mitigating: bool = False, **roles: str
) -> Situation:
    """Add a fact with count roles."""
    fact = Fact(
        id=f"F{len(given.dossier.facts) + 1}",
        predicate=predicate,
        roles={r: RoleValue(type=RoleType.COUNT, value=v) for r, v in roles.items()},
        evidence=("E5",),
        mitigating=mitigating,
    )
    return case_of(given, facts=(*given.dossier.facts, fact))
