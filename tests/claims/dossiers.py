"""Dossiers around lists of facts."""

from collections.abc import Sequence
from datetime import UTC, datetime

from casegate.model.bundle import CaseBundle
from casegate.model.case import Alert, Case, CaseKind, CaseStatus
from casegate.model.dossier import Dossier
from casegate.model.evidence import CaseSource, Evidence, EvidenceKind
from casegate.model.fact import Fact
from casegate.model.party import Account, Party, PartyRole, PartySchema

AT = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)


def dossier_of(
    facts: Sequence[Fact],
    *,
    jurisdiction: str = "US",
    kind: CaseKind = CaseKind.AML_ALERT,
    counterparties: Sequence[str] = (),
) -> Dossier:
    """Build a dossier: its subjects are the `customer` facts' parties, or the first party."""
    names = [f.roles["party"].value for f in facts if f.predicate == "customer"]
    names = names or [f.roles["party"].value for f in facts if "party" in f.roles][:1] or ["Nobody"]
    parties = [_party(n, name, PartyRole.SUBJECT) for n, name in enumerate(names, start=1)]
    parties += [
        _party(n, name, PartyRole.COUNTERPARTY)
        for n, name in enumerate(counterparties, start=len(parties) + 1)
    ]
    by_name = {p.name: p.id for p in parties}
    accounts = {
        f.roles["account"].value: by_name[f.roles["party"].value]
        for f in facts
        if f.predicate == "account" and f.roles["party"].value in by_name
    }
    alert = next((f for f in facts if f.predicate == "alert"), None)
    bundle = CaseBundle(
        reference="REF-1",
        kind=kind,
        jurisdiction=jurisdiction,
        opened_at=AT,
        parties=tuple(parties),
        accounts=tuple(Account(number=n, holder=h, currency="USD") for n, h in accounts.items()),
        alert=Alert(id=alert.roles["alert"].value if alert else "AL-1", raised_at=AT, scenario="x"),
    )
    case = Case(
        id="c-1",
        bundle="0" * 64,
        kind=kind,
        jurisdiction=jurisdiction,
        status=CaseStatus.INVESTIGATING,
        version=1,
        opened_at=AT,
        received_at=AT,
    )
    evidence = sorted({e for f in facts for e in f.evidence}, key=lambda e: int(e[1:]))
    return Dossier(
        case=case,
        bundle=bundle,
        evidence=tuple(_evidence(e) for e in evidence),
        facts=tuple(facts),
    )


def _party(number: int, name: str, role: PartyRole) -> Party:
    return Party(id=f"P{number}", schema=PartySchema.LEGAL_ENTITY, role=role, name=name)


def _evidence(evidence: str) -> Evidence:
    return Evidence(
        id=evidence,
        case_id="c-1",
        run_id="r-1",
        kind=EvidenceKind.TRANSACTIONS,
        title="t",
        tool="t",
        tool_version="1",
        parameters={},
        source=CaseSource(),
        content={},
        content_hash="0" * 64,
        recorded_at=AT,
    )
