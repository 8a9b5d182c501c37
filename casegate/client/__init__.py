"""The typed client of the HTTP service, with the records that it takes and gives.

    with connect() as client:
        client.sign_in("ana", password)
        for row in client.cases().rows:
            print(row.case.id, row.proposed)

Screens and other programs import from here alone.
"""

from casegate.access.principals import Principal, Role
from casegate.api.wire import CaseProgress, Progress, QueuePage, QueueRow, Session, StepView
from casegate.audit.event import StoredEvent
from casegate.audit.verify import AuditReport
from casegate.client.client import Client
from casegate.client.errors import ClientError
from casegate.model.base import Money, Problem
from casegate.model.bundle import CaseBundle
from casegate.model.case import Alert, Case, CaseKind, CaseStatus, Disposition, ExpectedProfile
from casegate.model.decision import (
    PRECEDENCE,
    Approval,
    Decision,
    DecisionDraft,
    DecisionStatus,
    Finding,
    Outcome,
    Ruling,
)
from casegate.model.document import (
    Band,
    Box,
    CopyReason,
    Document,
    DocumentAnswer,
    DocumentReview,
    DocumentType,
    DocumentVerdict,
    DroppedValue,
    Engine,
    Field,
    FieldAnswer,
    FieldReview,
    MrzReading,
    PageImage,
    Quarantined,
    Signal,
    SignalLevel,
    TextSource,
)
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    BlockedParty,
    BlockingRule,
    CaseSource,
    CompanyOwnership,
    Coverage,
    DocumentSource,
    Evidence,
    EvidenceKind,
    Hit,
    ListSource,
    ListVersion,
    OwnershipContent,
    OwnershipPath,
    ScreenedParty,
    ScreeningContent,
    SnapshotSource,
    Source,
)
from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.model.narrative import (
    CheckedSentence,
    Claim,
    ClaimReport,
    ClaimVerdict,
    Narrative,
    Section,
    Sentence,
    SentenceText,
)
from casegate.model.party import Account, Party, PartyRole
from casegate.model.progress import (
    WANTED_COPY,
    CaseDocuments,
    DocumentProgress,
    ReadingState,
    RequestedAgain,
)
from casegate.model.proposal import Proposal, RiskLevel
from casegate.model.screening import HitAnswer, HitReview, Suppression, SuppressionEnd
from casegate.model.standing import CaseHits, HitStanding, HitState, SuppressionPage
from casegate.model.transaction import Transaction, TransactionSet, TypologyFinding
from casegate.narrative.predicates import PREDICATES

__all__ = [
    "PRECEDENCE",
    "WANTED_COPY",
    "Account",
    "Alert",
    "Approval",
    "AuditReport",
    "Band",
    "BlockedParty",
    "BlockingRule",
    "Box",
    "Case",
    "CaseBundle",
    "CaseDocuments",
    "CaseHits",
    "CaseKind",
    "CaseProgress",
    "CaseSource",
    "CaseStatus",
    "CheckedSentence",
    "Claim",
    "ClaimReport",
    "ClaimVerdict",
    "Client",
    "ClientError",
    "CompanyOwnership",
    "CopyReason",
    "Coverage",
    "Decision",
    "DecisionDraft",
    "DecisionStatus",
    "Disposition",
    "Document",
    "DocumentAnswer",
    "DocumentProgress",
    "DocumentReview",
    "DocumentSource",
    "DocumentType",
    "DocumentVerdict",
    "Dossier",
    "DroppedValue",
    "Engine",
    "Evidence",
    "EvidenceKind",
    "ExpectedProfile",
    "Fact",
    "Field",
    "FieldAnswer",
    "FieldReview",
    "Finding",
    "Hit",
    "HitAnswer",
    "HitReview",
    "HitStanding",
    "HitState",
    "ListSource",
    "ListVersion",
    "Money",
    "MrzReading",
    "Narrative",
    "Outcome",
    "OwnershipContent",
    "OwnershipPath",
    "PageImage",
    "Party",
    "PartyRole",
    "Principal",
    "Problem",
    "Progress",
    "Proposal",
    "Quarantined",
    "QueuePage",
    "QueueRow",
    "ReadingState",
    "RequestedAgain",
    "RiskLevel",
    "Role",
    "RoleType",
    "RoleValue",
    "Ruling",
    "ScreenedParty",
    "ScreeningContent",
    "Section",
    "Sentence",
    "SentenceText",
    "Session",
    "Signal",
    "SignalLevel",
    "SnapshotSource",
    "Source",
    "StepView",
    "StoredEvent",
    "Suppression",
    "SuppressionEnd",
    "SuppressionPage",
    "TextSource",
    "Transaction",
    "TransactionSet",
    "TypologyFinding",
    "api_address",
    "connect",
    "meaning",
]


def meaning(predicate: str) -> str:
    """Say what a fact of `predicate` means, with its roles in backticks; empty if undeclared."""
    declared = PREDICATES.get(predicate)
    return declared.meaning if declared else ""


def api_address() -> str:
    """Give the API's base URL as the settings have it.

    Raises:
        SettingInvalid: the environment holds a setting that can't be used.
    """
    from casegate.config import load_settings

    return load_settings().api_base


def connect(token: str | None = None) -> Client:
    """Open a client to the API of the settings."""
    return Client(api_address(), token=token)
