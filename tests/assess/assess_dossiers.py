"""The example cases as dossiers: real tools on generated bundles, papers as the truth has them."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseKind, CaseStatus
from casegate.model.document import (
    Document,
    DocumentType,
    DocumentVerdict,
    Engine,
    Field,
    Span,
)
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
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
from casegate.model.fact import Fact, FactDraft
from casegate.model.party import CustomerProfile, PartyRole
from casegate.model.transaction import TransactionSet
from examples.bundle import Bundle
from examples.generate import make_bundle
from tools.base import CaseTool, ToolOutcome
from tools.customer import CustomerTool
from tools.history import HistoryTool
from tools.ownership import OwnershipTool
from tools.ownership_policy import read_ownership_policy
from tools.transactions.load import load
from tools.transactions.policy import read_policy
from tools.transactions.tool import TransactionsTool

HASH = "a" * 64
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)


@cache
def example(name: str, seed: int = 0) -> Dossier:
    """Give an example case with all its evidence."""
    made = make_bundle(name, seed)
    bundle = CaseBundle.model_validate(made.case)
    dossier = Dossier(
        case=Case(
            id="c-1",
            bundle="b-1",
            kind=bundle.kind,
            jurisdiction=bundle.jurisdiction,
            status=CaseStatus.PROCESSING,
            version=1,
            opened_at=bundle.opened_at,
            received_at=bundle.opened_at,
        ),
        bundle=bundle,
        documents=tuple(papers(made)),
        profile=CustomerProfile(attributes=()),
        evidence_hash=HASH,
    )
    dossier = with_item(dossier, EvidenceKind.PROFILE)
    for document in dossier.documents:
        dossier = with_item(dossier, EvidenceKind.DOCUMENT, parameters={"document": document.id})
    dossier = screened(dossier, made.truth["hits"])
    with TemporaryDirectory() as folder:
        for tool in tools(made, bundle, Path(folder)):
            dossier = dossier.model_copy(update={"transactions": _set(made, bundle)})
            dossier = with_outcome(dossier, tool.name, tool(dossier, {}))
    return dossier


def _set(made: Bundle, bundle: CaseBundle) -> TransactionSet | None:
    if made.transactions is None:
        return None
    return load(made.transactions, "transactions.csv", accounts=bundle.accounts).set


def tools(made: Bundle, bundle: CaseBundle, folder: Path) -> Sequence[CaseTool]:
    """Give the mandatory tools beside screening, over the bundle's own transactions."""
    path = folder / "transactions.parquet"
    if made.transactions is not None:
        path.write_bytes(
            load(made.transactions, "transactions.csv", accounts=bundle.accounts).parquet
        )
    return (
        CustomerTool(),
        HistoryTool(),
        OwnershipTool(policy=read_ownership_policy()),
        TransactionsTool(open_parquet=lambda sha256: path, policy=read_policy()),
    )


def papers(made: Bundle) -> list[Document]:
    """Give the documents as a faultless reader would."""
    return [
        Document(
            id=f"d-{number}",
            case_id="c-1",
            filename=filename,
            media_type="application/pdf",
            size=1,
            sha256=HASH,
            verdict=DocumentVerdict.PARSED,
            type=DocumentType(paper["type"]),
            fields=tuple(field(**value) for value in paper["fields"]),
        )
        for number, (filename, paper) in enumerate(made.truth["documents"].items(), start=1)
    ]


def field(name: str, value: str = "x", normalised: str = "x", subject: str | None = None) -> Field:
    """Give a field as read from a label."""
    return Field(
        name=name,
        value=value,
        normalised=normalised,
        page=1,
        span=Span(start=0, end=1),
        engine=Engine.LABEL,
        confidence=1.0,
        subject=subject,
    )


def with_outcome(dossier: Dossier, tool: str, outcome: ToolOutcome) -> Dossier:
    """Record a tool's outcome as the case would."""
    return with_item(
        dossier,
        outcome.kind,
        tool=tool,
        content=outcome.content,
        source=outcome.source,
        coverage=outcome.coverage,
        facts=outcome.facts,
    )


def with_item(
    dossier: Dossier,
    kind: EvidenceKind,
    *,
    tool: str | None = None,
    content: dict[str, object] | None = None,
    source: Source | None = None,
    coverage: Coverage = Coverage.COMPLETE,
    parameters: dict[str, object] | None = None,
    facts: Sequence[FactDraft] = (),
) -> Dossier:
    """Add one piece of evidence with its facts."""
    evidence = Evidence.model_validate(
        {
            "id": f"E{len(dossier.evidence) + 1}",
            "case_id": "c-1",
            "run_id": "r-1",
            "kind": kind,
            "title": kind.value,
            "tool": tool or kind.value,
            "tool_version": "1",
            "parameters": parameters or {},
            "source": source or {"type": "case"},
            "coverage": coverage,
            "content": content or {},
            "content_hash": HASH,
            "recorded_at": NOW,
        }
    )
    numbered = tuple(
        Fact(id=f"F{number}", evidence=(evidence.id,), **dict(draft))
        for number, draft in enumerate(facts, start=len(dossier.facts) + 1)
    )
    return dossier.model_copy(
        update={
            "evidence": (*dossier.evidence, evidence),
            "facts": (*dossier.facts, *numbered),
        }
    )


def screened(dossier: Dossier, hits: Sequence[dict[str, str]]) -> Dossier:
    """Add a complete screening with the hits that the truth expects."""
    records = tuple(
        ScreenedParty(
            party=party.id,
            coverage=Coverage.COMPLETE,
            hits=tuple(hit(party.id, h["name"]) for h in hits if h["party"] == party.id),
        )
        for party in dossier.bundle.parties
        if party.role is not PartyRole.VICTIM
    )
    content = ScreeningContent(
        screened=records,
        matcher="logic-v2",
        config_hash=HASH,
        threshold=0.7,
        candidates=20,
        screened_at=NOW,
    )
    version = ListVersion(
        list="demo", version="v1", published="2026-11-01", loaded_at=NOW, sha256=HASH, entities=3
    )
    return with_item(
        dossier,
        EvidenceKind.SCREENING,
        content=content.model_dump(mode="json"),
        source=ListSource(versions=(version,)),
    )


def hit(party: str, name: str = "LISTED", **changes: object) -> Hit:
    """Give an open hit."""
    given: dict[str, object] = {
        "party": party,
        "entity_id": "demo-1",
        "list": "demo",
        "version": "v1",
        "name": name,
        "score": 0.91,
        "band": "likely",
        "features": {},
        "agreements": ("name",),
        "contradictions": ("date of birth",),
    }
    return Hit.model_validate({**given, **changes})


def rescreened(dossier: Dossier, *hits: Hit, coverage: Coverage = Coverage.COMPLETE) -> Dossier:
    """Replace the screening by one with these hits."""
    kept = tuple(e for e in dossier.evidence if e.kind is not EvidenceKind.SCREENING)
    records = tuple(
        ScreenedParty(party=p.id, coverage=coverage, hits=tuple(h for h in hits if h.party == p.id))
        for p in dossier.bundle.parties
    )
    content = ScreeningContent(
        screened=records,
        matcher="logic-v2",
        config_hash=HASH,
        threshold=0.7,
        candidates=20,
        screened_at=NOW,
    )
    return with_item(
        dossier.model_copy(update={"evidence": kept}),
        EvidenceKind.SCREENING,
        content=content.model_dump(mode="json"),
        coverage=coverage,
    )


def without(dossier: Dossier, kind: EvidenceKind) -> Dossier:
    """Take all evidence of a kind away, with the facts that rest on it."""
    gone = {e.id for e in dossier.of_kind(kind)}
    return dossier.model_copy(
        update={
            "evidence": tuple(e for e in dossier.evidence if e.id not in gone),
            "facts": tuple(f for f in dossier.facts if not gone & set(f.evidence)),
        }
    )


def of_kind(kind: CaseKind) -> Dossier:
    """Give the example of a kind."""
    names = {
        CaseKind.KYC_PERSON: "person-account-opening",
        CaseKind.KYC_ENTITY: "company-two-owners",
        CaseKind.AML_ALERT: "structuring-pass-through",
        CaseKind.SCREENING_ALERT: "possible-sanctions-match",
    }
    return example(names[kind])


def unread(verdict: DocumentVerdict) -> Callable[[Dossier], Dossier]:
    """Leave the first document unread."""

    def change(dossier: Dossier) -> Dossier:
        first, *rest = dossier.documents
        broken = first.model_copy(update={"verdict": verdict})
        return dossier.model_copy(update={"documents": (broken, *rest)})

    return change
