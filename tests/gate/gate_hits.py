"""Cases with a hit that people spoke of, for the rows of the rule table."""

from datetime import timedelta
from decimal import Decimal
from typing import Literal

from casegate.model.case import CaseKind
from casegate.model.case import Disposition as D
from casegate.model.evidence import BlockingRule, EvidenceKind, OwnershipContent
from casegate.model.party import Identifier, Ownership, PartyRole, PartySchema
from casegate.model.screening import HitAnswer, HitReview, Suppression, SuppressionEnd
from tests.gate.gate_situations import (
    AT,
    HASH,
    NOON,
    Situation,
    case_of,
    evidence,
    hit,
    party,
    screening,
    situation,
    with_evidence,
    with_parties,
    without_evidence,
)


def truly(disposition: str, *topics: str, kind: CaseKind = CaseKind.KYC_PERSON) -> Situation:
    """A decision on a case with a hit that people settled as true."""
    given = situation("decision", kind=kind, disposition=D(disposition))
    return with_evidence(given, screening("E3", hit("true_match", topics=topics)))


def word(answer: HitAnswer, **changes: object) -> HitReview:
    """What the first person said of the hit."""
    given = {
        "id": "v-1", "case_id": "c-1", "evidence": "E3", "party": "P1", "list": "demo",
        "entity_id": "demo-1", "entity_hash": HASH, "query_hash": HASH, "answer": answer,
        "reason": "Born elsewhere.", "reviewer": "u-ana", "at": NOON, "needs_second": True,
    }  # fmt: skip
    return HitReview.model_validate({**given, **changes})


def agreed(**changes: object) -> HitReview:
    """What the second person said of it."""
    second = {"id": "v-2", "seconds": "v-1", "reviewer": "u-ivan"}
    return word("false_positive", **{**second, **changes})


def worded(*words: HitReview, entity_hash: str = HASH, asked: str = HASH) -> Situation:
    """A case with one hit, and what people said of it."""
    found = screening("E3", hit(entity_hash=entity_hash), asked=asked)
    return case_of(with_evidence(situation(), found), hit_reviews=words)


def suppressed(**changes: object) -> Situation:
    """A case whose one hit the screening found suppressed."""
    given = {
        "id": "sup-1", "customer": "777", "list": "demo", "entity_id": "demo-1",
        "entity_hash": HASH, "query_hash": HASH, "reason": "Born elsewhere.", "case_id": "c-0",
        "review": "v-0", "proposed_by": "u-ana", "approved_by": "u-ivan", "approved_at": NOON,
        "expires_on": AT + timedelta(days=1),
    }  # fmt: skip
    found = screening("E3", hit(entity_hash=HASH, suppressed="sup-1"), asked=HASH)
    number = Identifier(kind="customer", value="777")
    known = with_parties(with_evidence(situation(), found), party(identifiers=(number,)))
    made = Suppression.model_validate({**given, **changes})
    return case_of(known, suppressions=(made,))


def ended(given: Situation) -> Situation:
    """The same case once the suppression was ended."""
    end = SuppressionEnd(suppression="sup-1", reason="Doubts.", ended_by="u-ines", at=NOON)
    return case_of(given, suppression_ends=(end,))


def owned(
    share: str | None,
    disposition: Literal["open", "true_match", "false_positive", "unsure"],
    chosen: D = D.KYC_APPROVED_EDD,
    *,
    topics: tuple[str, ...] = ("sanction",),
    screened: bool = True,
    ruled: bool = True,
) -> Situation:
    """A decision on company P2, of which P1, who has a hit, holds a share and P3 the rest."""
    company = {"schema": PartySchema.COMPANY, "role": PartyRole.SUBJECT, "date_of_birth": None}
    given = with_parties(
        situation("decision", kind=CaseKind.KYC_ENTITY, disposition=chosen),
        party(role=PartyRole.BENEFICIAL_OWNER),
        party(id="P2", **company),
        party(id="P3", role=PartyRole.BENEFICIAL_OWNER),
    )
    held = None if share is None else Decimal(share)
    rest = Decimal(40) if held is None else 100 - held
    shares = (
        Ownership(owner="P1", owned="P2", share_percent=held),
        Ownership(owner="P3", owned="P2", share_percent=rest),
    )
    bundle = given.dossier.bundle.model_copy(update={"ownership": shares})
    ofac = BlockingRule(
        policy="US@2014-08-13", threshold_percent=Decimal(50), inclusive=True, aggregate=True,
        control=False, source="OFAC FAQ 401", confidence="verified",
    )  # fmt: skip
    content = OwnershipContent(companies=(), blocking=ofac if ruled else None)
    seen = with_evidence(
        case_of(given, bundle=bundle),
        screening("E3", hit(disposition, topics=topics), parties=("P1", "P2", "P3")),
        evidence("E4", EvidenceKind.OWNERSHIP, content=content.model_dump(mode="json")),
    )
    return seen if screened else without_evidence(seen, EvidenceKind.SCREENING)
