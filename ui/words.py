"""What codes are called on the screen: the words of investigators, with a tone for each."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from casegate.client import CaseKind, CaseStatus, ClaimVerdict, Disposition, Outcome, RiskLevel

KIND = {
    CaseKind.KYC_PERSON: "Customer due diligence, person",
    CaseKind.KYC_ENTITY: "Customer due diligence, company",
    CaseKind.AML_ALERT: "Transaction monitoring alert",
    CaseKind.SCREENING_ALERT: "Screening alert",
}

STATUS = {
    CaseStatus.RECEIVED: ("Received", "info"),
    CaseStatus.PROCESSING: ("Being prepared", "info"),
    CaseStatus.FAILED: ("Preparation failed", "bad"),
    CaseStatus.READY_FOR_REVIEW: ("Ready for review", "warn"),
    CaseStatus.ASSIGNED: ("Assigned", "info"),
    CaseStatus.INVESTIGATING: ("In work", "info"),
    CaseStatus.AWAITING_INFORMATION: ("Waiting for information", "plain"),
    CaseStatus.SNOOZED: ("Snoozed", "plain"),
    CaseStatus.ESCALATED: ("Escalated", "warn"),
    CaseStatus.PENDING_APPROVAL: ("Waits for approval", "warn"),
    CaseStatus.PENDING_FILING: ("Approved, to be filed", "good"),
    CaseStatus.PENDING_REOPEN: ("Reopening asked", "warn"),
    CaseStatus.CLOSED: ("Closed", "good"),
    CaseStatus.MERGED: ("Merged", "plain"),
}

DISPOSITION = {
    Disposition.NO_SUSPICION: "No suspicion",
    Disposition.FALSE_POSITIVE: "False positive",
    Disposition.SUSPICIOUS_FILE: "Suspicious: file a report",
    Disposition.SUSPICIOUS_NO_FILE: "Suspicious: no report",
    Disposition.INCONCLUSIVE: "Inconclusive: a person must look further",
    Disposition.KYC_APPROVED: "Approve the customer",
    Disposition.KYC_APPROVED_EDD: "Approve with enhanced due diligence",
    Disposition.KYC_REJECTED: "Refuse the customer",
    Disposition.EXIT_RELATIONSHIP: "End the relationship",
}

OUTCOME = {
    Outcome.BLOCK: ("Blocked", "bad", "Nothing may proceed until this is resolved."),
    Outcome.REJECT: ("Sent back", "bad", "The proposal can't stand as it is."),
    Outcome.HOLD: ("On hold", "warn", "Something is unknown or open; a person must settle it."),
    Outcome.ESCALATE: ("Escalate", "warn", "A named role has to look at this."),
    Outcome.FLAG: ("Take note", "info", "Confirm that you read this when you decide."),
    Outcome.CLEAR: ("No objection", "good", "No rule objects. That is not an approval."),
}

RATING = {
    RiskLevel.LOW: ("Low risk", "good"),
    RiskLevel.MEDIUM: ("Medium risk", "warn"),
    RiskLevel.HIGH: ("High risk", "bad"),
    RiskLevel.PROHIBITED: ("Prohibited", "bad"),
}

REASON = {
    "agrees_with_proposal": "The evidence bears the proposal out",
    "explained_by_profile": "Explained by what the customer declared",
    "explained_by_documents": "Explained by documents",
    "pattern_unexplained": "A pattern without lawful explanation",
    "identity_confirmed": "Identity and ownership confirmed",
    "identity_not_established": "Identity or ownership not established",
    "not_the_listed_party": "Not the listed party",
    "listed_party": "Is, or may be, the listed party",
    "information_missing": "Information is missing",
    "outside_risk_appetite": "Outside the risk appetite",
}
"""Reason codes that fit any case; those of the proposal are offered before them."""

VERDICT = {
    ClaimVerdict.SUPPORTED: ("Supported", "good"),
    ClaimVerdict.CONTRADICTED: ("Contradicted by the records", "bad"),
    ClaimVerdict.UNSUPPORTED: ("No record supports this", "bad"),
    ClaimVerdict.NOT_CHECKABLE: ("No record can check this", "warn"),
}

TALLY = {
    ClaimVerdict.SUPPORTED: "borne out by the records",
    ClaimVerdict.CONTRADICTED: "contradicted",
    ClaimVerdict.UNSUPPORTED: "without support",
    ClaimVerdict.NOT_CHECKABLE: "for you to judge",
}
"""Verdicts in a count: `3 borne out by the records`."""


_SHORT = frozenset({"iban", "mrz", "lei", "vat", "bic", "pdf", "ocr"})
"""Words that are written in capitals."""


def plain(code: object) -> str:
    """Turn a code such as `pass_through` into words."""
    words = str(code).replace("_", " ").replace("-", " ").strip()
    words = " ".join(word.upper() if word in _SHORT else word for word in words.split(" "))
    return words[:1].upper() + words[1:]


def money(amount: Decimal | str, currency: str) -> str:
    """Write an amount with thousands parted and its currency: `38,200.00 USD`."""
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        return f"{amount} {currency}".strip()
    return f"{value:,.2f} {currency}".strip()


def day(moment: datetime | date | None) -> str:
    """Write a day as `4 Mar 2026`; nothing for None."""
    return f"{moment.day} {moment:%b %Y}" if moment else ""


def minute(moment: datetime) -> str:
    """Write a moment as `4 Mar 2026, 09:15 UTC`."""
    return f"{day(moment)}, {moment:%H:%M} {moment.tzname() or ''}".strip()


def amount_of(count: int, noun: str) -> str:
    """Write a number with its noun: `1 hit`, `3 hits`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
