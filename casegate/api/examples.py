"""Examples that the OpenAPI description shows. All names are fictional."""

from fastapi.openapi.models import Example

BUNDLES: dict[str, Example] = {
    "alert": {
        "summary": "A transaction monitoring alert",
        "value": {
            "schema_version": "casegate.case/1",
            "reference": "alert-2026-000117",
            "kind": "aml_alert",
            "jurisdiction": "US",
            "opened_at": "2026-03-16T09:00:00Z",
            "parties": [
                {
                    "id": "P1",
                    "schema": "Person",
                    "role": "subject",
                    "name": "Mara Velin",
                    "date_of_birth": "1984-05-17",
                    "country": "US",
                    "occupation": "florist",
                    "customer_since": "2021-02-01",
                }
            ],
            "accounts": [{"number": "400012345", "holder": "P1", "currency": "USD"}],
            "alert": {
                "id": "A-7781",
                "raised_at": "2026-03-15T22:10:00Z",
                "scenario": "cash_structuring",
                "summary": "Cash deposits below the reporting threshold",
            },
            "expected_profile": {
                "monthly_credits": {"amount": "4000.00", "currency": "USD"},
                "purpose": "shop income",
            },
        },
    },
    "onboarding": {
        "summary": "The onboarding of a person",
        "value": {
            "schema_version": "casegate.case/1",
            "reference": "onboarding-5521",
            "kind": "kyc_person",
            "jurisdiction": "US",
            "opened_at": "2026-03-16T09:00:00Z",
            "parties": [
                {
                    "id": "P1",
                    "schema": "Person",
                    "role": "subject",
                    "name": "Tomas Arden",
                    "date_of_birth": "1990-11-02",
                    "nationality": "US",
                    "country": "US",
                    "address": "12 Harbour Street, Portland",
                }
            ],
        },
    },
}

FIELD_REVIEWS: dict[str, Example] = {
    "confirm": {"summary": "What was read stands there", "value": {"answer": "confirm"}},
    "correct": {
        "summary": "Something else stands there",
        "value": {"answer": "correct", "value": "17 May 1984"},
    },
}

GIVEN_VALUES: dict[str, Example] = {
    "missing": {
        "summary": "A required value that was not found",
        "value": {"name": "expiry_date", "value": "2031-08-01"},
    }
}

DOCUMENT_REVIEWS: dict[str, Example] = {
    "accept": {"summary": "Good enough to rest on", "value": {"answer": "accept"}},
    "ask again": {
        "summary": "Unreadable in part",
        "value": {
            "answer": "ask_again",
            "reason": "The lower edge is cut off.",
            "reason_code": "incomplete",
        },
    },
    "reject": {
        "summary": "Not to be used",
        "value": {"answer": "reject", "reason": "The photo was replaced."},
    },
}

HIT_REVIEWS: dict[str, Example] = {
    "false positive": {
        "summary": "Not the listed person",
        "value": {
            "party": "P1",
            "list": "demo_sanctions",
            "entity_id": "demo_sanctions-0042",
            "answer": "false_positive",
            "reason": "Born 16 years later, in another country; the passport number differs.",
        },
    },
    "true match": {
        "summary": "The listed person",
        "value": {
            "party": "P1",
            "list": "demo_sanctions",
            "entity_id": "demo_sanctions-0042",
            "answer": "true_match",
            "reason": "Same passport number and date of birth.",
        },
    },
}

HIT_SECONDS: dict[str, Example] = {
    "agree": {
        "summary": "The colleague is right",
        "value": {"agrees": True, "reason": "Compared passport and entry: two people."},
    },
    "agree and suppress": {
        "summary": "The colleague is right, and the same hit needs nobody for a year",
        "value": {
            "agrees": True,
            "reason": "Compared passport and entry: two people.",
            "suppress_until": "2027-03-01",
        },
    },
    "disagree": {
        "summary": "The hit is open again",
        "value": {"agrees": False, "reason": "The alias in the entry is the maiden name."},
    },
}

SUPPRESSION_ENDS: dict[str, Example] = {
    "end": {
        "summary": "It counts no more",
        "value": {"reason": "The customer told us of a second nationality."},
    }
}
