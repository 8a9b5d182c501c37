"""A case, its status machine and its dispositions."""

from datetime import date, datetime
from enum import StrEnum

from casegate.model.base import Country, Money, Record


class CaseKind(StrEnum):
    """Why a case exists."""

    KYC_PERSON = "kyc_person"
    KYC_ENTITY = "kyc_entity"
    AML_ALERT = "aml_alert"
    SCREENING_ALERT = "screening_alert"


class CaseStatus(StrEnum):
    """Where a case is on its way. Disposition and filing status are other fields."""

    RECEIVED = "received"
    PROCESSING = "processing"
    FAILED = "failed"
    READY_FOR_REVIEW = "ready_for_review"
    ASSIGNED = "assigned"
    INVESTIGATING = "investigating"
    AWAITING_INFORMATION = "awaiting_information"
    SNOOZED = "snoozed"
    ESCALATED = "escalated"
    PENDING_APPROVAL = "pending_approval"
    PENDING_FILING = "pending_filing"
    PENDING_REOPEN = "pending_reopen"
    CLOSED = "closed"
    MERGED = "merged"


S = CaseStatus

TRANSITIONS: dict[CaseStatus, frozenset[CaseStatus]] = {
    S.RECEIVED: frozenset({S.PROCESSING, S.MERGED}),
    S.PROCESSING: frozenset({S.READY_FOR_REVIEW, S.FAILED, S.MERGED}),
    S.FAILED: frozenset({S.PROCESSING, S.READY_FOR_REVIEW, S.MERGED}),
    S.READY_FOR_REVIEW: frozenset({S.ASSIGNED, S.MERGED}),
    S.ASSIGNED: frozenset({S.INVESTIGATING, S.MERGED}),
    S.INVESTIGATING: frozenset(
        {S.AWAITING_INFORMATION, S.SNOOZED, S.ESCALATED, S.PENDING_APPROVAL, S.MERGED}
    ),
    S.AWAITING_INFORMATION: frozenset({S.INVESTIGATING, S.MERGED}),
    S.SNOOZED: frozenset({S.INVESTIGATING, S.MERGED}),
    S.ESCALATED: frozenset({S.INVESTIGATING, S.MERGED}),
    S.PENDING_APPROVAL: frozenset({S.INVESTIGATING, S.CLOSED, S.PENDING_FILING, S.MERGED}),
    S.PENDING_FILING: frozenset({S.CLOSED, S.MERGED}),
    S.CLOSED: frozenset({S.PENDING_REOPEN}),
    S.PENDING_REOPEN: frozenset({S.INVESTIGATING, S.CLOSED}),
    S.MERGED: frozenset(),
}
"""The whole state machine: from each status, the statuses that may follow."""


def may_follow(current: CaseStatus, following: CaseStatus) -> bool:
    """Tell whether the machine has the step from `current` to `following`."""
    return following in TRANSITIONS[current]


class Disposition(StrEnum):
    """What a case comes to. The agent proposes one; only a person's decision sets it."""

    NO_SUSPICION = "no_suspicion"
    FALSE_POSITIVE = "false_positive"
    SUSPICIOUS_FILE = "suspicious_file"
    SUSPICIOUS_NO_FILE = "suspicious_no_file"
    INCONCLUSIVE = "inconclusive"
    KYC_APPROVED = "kyc_approved"
    KYC_APPROVED_EDD = "kyc_approved_edd"
    KYC_REJECTED = "kyc_rejected"
    EXIT_RELATIONSHIP = "exit_relationship"


class Alert(Record):
    """What a monitoring or screening system reported."""

    id: str
    raised_at: datetime
    scenario: str
    """The rule that fired, in the sending system's words, such as `cash_structuring`."""
    summary: str = ""


class ExpectedProfile(Record):
    """What the customer said, at onboarding, the account would be used for."""

    monthly_credits: Money | None = None
    cash_share_percent: int | None = None
    countries: tuple[Country, ...] = ()
    peak_months: tuple[int, ...] = ()
    """Months (1 to 12) in which a seasonal business declared its turnover."""
    peak_monthly_credits: Money | None = None
    purpose: str = ""
    stated_on: date | None = None


class Case(Record):
    """A unit of review. Money, names and findings live in its dossier, not here."""

    id: str
    bundle: str
    kind: CaseKind
    jurisdiction: Country
    status: CaseStatus
    disposition: Disposition | None = None
    version: int
    """Counts every change; a write that names an older version is refused."""
    opened_at: datetime
    """When the submitting system opened it; also the day under which its rules are read."""
    received_at: datetime
    detection_date: date | None = None
    """Set by a person: the statutory clock starts here (31 CFR 1020.320(b)(3))."""
    assignee: str | None = None
    run_id: str | None = None
