"""Every event kind: a new one is a file here, a row in this table and a test."""

from casegate.audit.event import Event
from casegate.audit.events.approval_given import ApprovalGiven
from casegate.audit.events.approval_returned import ApprovalReturned
from casegate.audit.events.assessment_recomputed import AssessmentRecomputed
from casegate.audit.events.assessment_recorded import AssessmentRecorded
from casegate.audit.events.case_claimed import CaseClaimed
from casegate.audit.events.case_submitted import CaseSubmitted
from casegate.audit.events.customer_closed import CustomerClosed
from casegate.audit.events.customer_hit_found import CustomerHitFound
from casegate.audit.events.customer_hit_removed import CustomerHitRemoved
from casegate.audit.events.customer_registered import CustomerRegistered
from casegate.audit.events.customers_loaded import CustomersLoaded
from casegate.audit.events.customers_screened import CustomersScreened
from casegate.audit.events.decision_made import DecisionMade
from casegate.audit.events.decision_voided import DecisionVoided
from casegate.audit.events.delivery_failed import DeliveryFailed
from casegate.audit.events.document_accepted import DocumentAccepted
from casegate.audit.events.document_asked_again import DocumentAskedAgain
from casegate.audit.events.document_read import DocumentRead
from casegate.audit.events.document_rejected import DocumentRejected
from casegate.audit.events.document_replaced import DocumentReplaced
from casegate.audit.events.document_stored import DocumentStored
from casegate.audit.events.evidence_recorded import EvidenceRecorded
from casegate.audit.events.field_confirmed import FieldConfirmed
from casegate.audit.events.field_corrected import FieldCorrected
from casegate.audit.events.gate_refused import GateRefusedDecision
from casegate.audit.events.gate_ruled import GateRuled
from casegate.audit.events.hit_reviewed import HitReviewed
from casegate.audit.events.hit_seconded import HitSeconded
from casegate.audit.events.list_loaded import ListLoaded
from casegate.audit.events.list_refused import ListLoadRefused
from casegate.audit.events.model_called import ModelCalled
from casegate.audit.events.narrative_label import NarrativeLabel
from casegate.audit.events.problem_noted import ProblemNoted
from casegate.audit.events.profile_recorded import ProfileRecorded
from casegate.audit.events.proposal_recorded import ProposalRecorded
from casegate.audit.events.proposal_settled import ProposalSettled
from casegate.audit.events.rescreen_ended import RescreenEnded
from casegate.audit.events.rescreen_started import RescreenStarted
from casegate.audit.events.run_finished import RunFinished
from casegate.audit.events.run_queued import RunQueued
from casegate.audit.events.run_started import RunStarted
from casegate.audit.events.screening_answered import ScreeningAnswered
from casegate.audit.events.sign_in_refused import SignInRefused
from casegate.audit.events.signed_in import SignedIn
from casegate.audit.events.status_changed import StatusChanged
from casegate.audit.events.subscription_changed import SubscriptionChanged
from casegate.audit.events.suppression_ended import SuppressionEnded
from casegate.audit.events.suppression_made import SuppressionMade
from casegate.audit.events.transactions_read import TransactionsRead
from casegate.audit.events.transactions_stored import TransactionsStored
from casegate.audit.events.user_added import UserAdded

_ALL: tuple[type[Event], ...] = (
    CaseSubmitted,
    DocumentStored,
    TransactionsStored,
    RunQueued,
    RunStarted,
    DocumentRead,
    TransactionsRead,
    EvidenceRecorded,
    ModelCalled,
    ProfileRecorded,
    AssessmentRecorded,
    AssessmentRecomputed,
    ProposalRecorded,
    ProposalSettled,
    GateRuled,
    GateRefusedDecision,
    StatusChanged,
    CaseClaimed,
    ProblemNoted,
    FieldConfirmed,
    FieldCorrected,
    DocumentAccepted,
    DocumentRejected,
    DocumentAskedAgain,
    DocumentReplaced,
    HitReviewed,
    HitSeconded,
    SuppressionMade,
    SuppressionEnded,
    DecisionMade,
    DecisionVoided,
    ApprovalGiven,
    ApprovalReturned,
    NarrativeLabel,
    RunFinished,
    SignedIn,
    SignInRefused,
    UserAdded,
    ListLoaded,
    ListLoadRefused,
    CustomerRegistered,
    CustomerClosed,
    CustomersLoaded,
    CustomersScreened,
    CustomerHitFound,
    CustomerHitRemoved,
    RescreenStarted,
    RescreenEnded,
    ScreeningAnswered,
    SubscriptionChanged,
    DeliveryFailed,
)

EVENTS: dict[str, type[Event]] = {event.kind: event for event in _ALL}

__all__ = [
    "EVENTS",
    "ApprovalGiven",
    "ApprovalReturned",
    "AssessmentRecomputed",
    "AssessmentRecorded",
    "CaseClaimed",
    "CaseSubmitted",
    "CustomerClosed",
    "CustomerHitFound",
    "CustomerHitRemoved",
    "CustomerRegistered",
    "CustomersLoaded",
    "CustomersScreened",
    "DecisionMade",
    "DecisionVoided",
    "DeliveryFailed",
    "DocumentAccepted",
    "DocumentAskedAgain",
    "DocumentRead",
    "DocumentRejected",
    "DocumentReplaced",
    "DocumentStored",
    "EvidenceRecorded",
    "FieldConfirmed",
    "FieldCorrected",
    "GateRefusedDecision",
    "GateRuled",
    "HitReviewed",
    "HitSeconded",
    "ListLoadRefused",
    "ListLoaded",
    "ModelCalled",
    "NarrativeLabel",
    "ProblemNoted",
    "ProfileRecorded",
    "ProposalRecorded",
    "ProposalSettled",
    "RescreenEnded",
    "RescreenStarted",
    "RunFinished",
    "RunQueued",
    "RunStarted",
    "ScreeningAnswered",
    "SignInRefused",
    "SignedIn",
    "StatusChanged",
    "SubscriptionChanged",
    "SuppressionEnded",
    "SuppressionMade",
    "TransactionsRead",
    "TransactionsStored",
    "UserAdded",
]
