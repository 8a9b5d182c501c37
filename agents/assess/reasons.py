"""Why a disposition is recommended: codes that never change their meaning."""

from enum import StrEnum


class Reason(StrEnum):
    """Reason codes of an assessment, from which the model and people choose."""

    # nothing to object to
    NO_TYPOLOGY_FOUND = "no_typology_found"
    EXPLAINED_BY_DECLARED_SEASON = "explained_by_declared_season"
    WITHIN_EXPECTED_PROFILE = "within_expected_profile"
    AS_THE_SEASON_BEFORE = "as_the_season_before"
    IDENTITY_ESTABLISHED = "identity_established"
    OWNERSHIP_UNDERSTOOD = "ownership_understood"
    NO_SCREENING_HIT = "no_screening_hit"
    HITS_SETTLED_AS_FALSE = "hits_settled_as_false"
    # suspicion
    STRUCTURING = "structuring"
    PASS_THROUGH = "pass_through"  # noqa: S105 - a typology, no password
    FAN_IN = "fan_in"
    OTHER_TYPOLOGY = "other_typology"
    EXCEEDS_EXPECTED_PROFILE = "exceeds_expected_profile"
    REPORTING_THRESHOLD_REACHED = "reporting_threshold_reached"
    BELOW_REPORTING_THRESHOLD = "below_reporting_threshold"
    AMOUNTS_ALONE = "amounts_alone"
    HIGH_RISK = "high_risk"
    PROHIBITED_PARTY = "prohibited_party"
    LISTED_PARTY = "listed_party"
    # not enough to say anything
    OPEN_SCREENING_HIT = "open_screening_hit"
    ALERT_NOT_REPRODUCED = "alert_not_reproduced"
    EVIDENCE_INCOMPLETE = "evidence_incomplete"
    DOCUMENT_UNREADABLE = "document_unreadable"
    DOCUMENT_EXPIRED = "document_expired"
    IDENTITY_CONFLICT = "identity_conflict"
    IDENTITY_INCOMPLETE = "identity_incomplete"
    OWNERSHIP_OPEN = "ownership_open"
    POLICY_MISSING = "policy_missing"


REASONS: dict[Reason, str] = {
    Reason.NO_TYPOLOGY_FOUND: "All detectors looked at all accounts and found no pattern.",
    Reason.EXPLAINED_BY_DECLARED_SEASON: "The pattern falls into the declared season and is as "
    "in the season before.",
    Reason.WITHIN_EXPECTED_PROFILE: "Credits stay within what the customer declared.",
    Reason.AS_THE_SEASON_BEFORE: "Credits are as in the same months of the year before.",
    Reason.IDENTITY_ESTABLISHED: "All required papers were read, agree and are in date.",
    Reason.OWNERSHIP_UNDERSTOOD: "Owners and control persons are known and add up.",
    Reason.NO_SCREENING_HIT: "Every party was screened completely, without a hit.",
    Reason.HITS_SETTLED_AS_FALSE: "People have settled every hit as false.",
    Reason.STRUCTURING: "Cash deposits just below the reporting threshold.",
    Reason.PASS_THROUGH: "Money left the account shortly after it came in.",
    Reason.FAN_IN: "Many parties paid into one account within days.",
    Reason.OTHER_TYPOLOGY: "Another pattern that the profile does not explain.",
    Reason.EXCEEDS_EXPECTED_PROFILE: "Credits are a multiple of what the customer declared.",
    Reason.REPORTING_THRESHOLD_REACHED: "What is unexplained reaches the reporting threshold.",
    Reason.BELOW_REPORTING_THRESHOLD: "What is unexplained stays below the reporting threshold.",
    Reason.AMOUNTS_ALONE: "Only amounts near a threshold speak for suspicion.",
    Reason.HIGH_RISK: "The customer's risk rating is high.",
    Reason.PROHIBITED_PARTY: "People have settled a sanctions hit as a true match.",
    Reason.LISTED_PARTY: "People have settled a hit of another kind as a true match.",
    Reason.OPEN_SCREENING_HIT: "A hit waits for a person.",
    Reason.ALERT_NOT_REPRODUCED: "Screening finds no entry that the alert could mean.",
    Reason.EVIDENCE_INCOMPLETE: "Mandatory evidence is missing or of less than full coverage.",
    Reason.DOCUMENT_UNREADABLE: "A submitted document could not be read.",
    Reason.DOCUMENT_EXPIRED: "An identity document is past its expiry date.",
    Reason.IDENTITY_CONFLICT: "Sources differ on who a party is.",
    Reason.IDENTITY_INCOMPLETE: "A required paper, or a field of it, is missing.",
    Reason.OWNERSHIP_OPEN: "The ownership structure has open points.",
    Reason.POLICY_MISSING: "No policy number says from which amount a report is due.",
}
"""What each code means, for people who pick one."""


def of_typology(name: str) -> Reason:
    """Give the code of a typology."""
    return Reason(name) if name in TYPOLOGY_REASONS else Reason.OTHER_TYPOLOGY


TYPOLOGY_REASONS = frozenset({"structuring", "pass_through", "fan_in"})
