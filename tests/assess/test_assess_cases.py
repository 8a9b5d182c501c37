# ruff: noqa: E501 - a row of a table is one line
"""What code recommends: the examples' truth, and abstention on everything that is open."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from agents.assess import assess
from agents.assess.policy import policy_at
from agents.assess.reasons import REASONS, Reason
from casegate.model.case import CaseKind, Disposition
from casegate.model.document import DocumentVerdict, DroppedValue
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, EvidenceKind
from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.model.party import Attribute, AttributeSource, CustomerProfile
from casegate.model.proposal import Assessment, RiskLevel
from casegate.model.transaction import TypologyFinding
from examples.generate import SCENARIOS, make_bundle
from guardrails.numbers import Numbers
from tests.assess.assess_dossiers import (
    DAY,
    example,
    field,
    hit,
    of_kind,
    rescreened,
    unread,
    with_item,
    without,
)

D = Disposition


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_examples_come_to_their_truth(name: str, seed: int) -> None:
    truth = make_bundle(name, seed).truth
    found = assess(example(name, seed), at=DAY)
    assert found.recommended == truth["disposition"]
    assert sorted(found.typologies) == truth["typologies"]


Change = Callable[[Dossier], Dossier]


def without_document(type_: str) -> Change:
    """Take the documents of a type away."""

    def change(dossier: Dossier) -> Dossier:
        kept = tuple(d for d in dossier.documents if d.type != type_)
        return dossier.model_copy(update={"documents": kept})

    return change


def without_field(type_: str, name: str) -> Change:
    """Take a field from the documents of a type."""

    def change(dossier: Dossier) -> Dossier:
        documents = tuple(
            d.model_copy(update={"fields": tuple(f for f in d.fields if f.name != name)})
            if d.type == type_
            else d
            for d in dossier.documents
        )
        return dossier.model_copy(update={"documents": documents})

    return change


def conflicting(dossier: Dossier) -> Dossier:
    """Let two sources differ on a name."""
    sources = tuple(
        AttributeSource(value=v, shown=v, evidence=e) for v, e in (("A", "E2"), ("B", "E3"))
    )
    attribute = Attribute(party="P1", name="date_of_birth", sources=sources, agrees=False)
    return dossier.model_copy(update={"profile": CustomerProfile(attributes=(attribute,))})


def expired(dossier: Dossier) -> Dossier:
    """Let a document be expired."""
    profile = CustomerProfile(attributes=(), expired_documents=("d-1",))
    return dossier.model_copy(update={"profile": profile})


def degraded(kind: EvidenceKind, coverage: Coverage = Coverage.DEGRADED) -> Change:
    """Let the evidence of a kind be of less coverage."""

    def change(dossier: Dossier) -> Dossier:
        items = tuple(
            e.model_copy(update={"coverage": coverage}) if e.kind is kind else e
            for e in dossier.evidence
        )
        return dossier.model_copy(update={"evidence": items})

    return change


def missing(kind: EvidenceKind) -> Change:
    """Take the evidence of a kind away."""
    return lambda dossier: without(dossier, kind)


PERSON, ENTITY = CaseKind.KYC_PERSON, CaseKind.KYC_ENTITY
AML, ALERT = CaseKind.AML_ALERT, CaseKind.SCREENING_ALERT
EVERY = tuple(CaseKind)

OPEN: tuple[tuple[str, tuple[CaseKind, ...], Change, Reason], ...] = (
    ("an open hit", EVERY, lambda d: rescreened(d, hit("P1")), Reason.OPEN_SCREENING_HIT),
    ("an unsure hit", EVERY, lambda d: rescreened(d, hit("P1", disposition="unsure")), Reason.OPEN_SCREENING_HIT),
    ("a weak hit", EVERY, lambda d: rescreened(d, hit("P1", band="corroborate", score=0.6)), Reason.OPEN_SCREENING_HIT),
    ("screening degraded", EVERY, degraded(EvidenceKind.SCREENING), Reason.EVIDENCE_INCOMPLETE),
    ("screening down", EVERY, degraded(EvidenceKind.SCREENING, Coverage.UNAVAILABLE), Reason.EVIDENCE_INCOMPLETE),
    ("never screened", EVERY, missing(EvidenceKind.SCREENING), Reason.EVIDENCE_INCOMPLETE),
    ("never reconciled", EVERY, missing(EvidenceKind.PROFILE), Reason.EVIDENCE_INCOMPLETE),
    ("history degraded", EVERY, degraded(EvidenceKind.HISTORY), Reason.EVIDENCE_INCOMPLETE),
    ("transactions down", (AML,), degraded(EvidenceKind.TRANSACTIONS, Coverage.UNAVAILABLE), Reason.EVIDENCE_INCOMPLETE),
    ("never scanned", (AML,), missing(EvidenceKind.TRANSACTIONS), Reason.EVIDENCE_INCOMPLETE),
    ("ownership not looked at", (ENTITY,), missing(EvidenceKind.OWNERSHIP), Reason.EVIDENCE_INCOMPLETE),
    ("a corrupt document", EVERY, unread(DocumentVerdict.CORRUPT), Reason.DOCUMENT_UNREADABLE),
    ("a document that waits", EVERY, unread(DocumentVerdict.PENDING), Reason.DOCUMENT_UNREADABLE),
    ("a conflict", EVERY, conflicting, Reason.IDENTITY_CONFLICT),
    ("no passport", (PERSON, ENTITY), without_document("passport"), Reason.IDENTITY_INCOMPLETE),
    ("no proof of address", (PERSON,), without_document("proof_of_address"), Reason.IDENTITY_INCOMPLETE),
    ("no register extract", (ENTITY,), without_document("register_extract"), Reason.IDENTITY_INCOMPLETE),
    ("no declaration", (ENTITY,), without_document("ownership_declaration"), Reason.IDENTITY_INCOMPLETE),
    ("no expiry date", (PERSON, ENTITY), without_field("passport", "expiry_date"), Reason.IDENTITY_INCOMPLETE),
    ("no address read", (PERSON,), without_field("proof_of_address", "address"), Reason.IDENTITY_INCOMPLETE),
    ("an expired document", (PERSON, ENTITY), expired, Reason.DOCUMENT_EXPIRED),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "change", "reason"),
    [
        pytest.param(kind, change, reason, id=f"{kind}-{why}")
        for why, kinds, change, reason in OPEN
        for kind in kinds
    ],
)
def test_whatever_is_missing_open_or_in_conflict_is_an_abstention(
    kind: CaseKind, change: Change, reason: Reason
) -> None:
    found = assess(change(of_kind(kind)), at=DAY)
    assert found.recommended is D.INCONCLUSIVE
    assert found.admissible == (D.INCONCLUSIVE,)
    assert reason.value in found.reason_codes
    assert found.open_questions


def test_several_open_points_are_all_named() -> None:
    dossier = unread(DocumentVerdict.ENCRYPTED)(rescreened(of_kind(PERSON), hit("P1")))
    found = assess(dossier, at=DAY)
    assert found.reason_codes[:2] == ("open_screening_hit", "document_unreadable")
    assert found.open_questions[:2] == (
        "Is P1 the entry demo-1 of demo (score 0.91; in favour: name; against: date of birth)?",
        "Can d-1 be sent again? It was not read (encrypted).",
    )


def test_a_paper_of_one_owner_does_not_prove_another() -> None:
    dossier = of_kind(ENTITY)
    documents = tuple(
        d.model_copy(update={"fields": tuple(field(f.name, subject="P2") for f in d.fields)})
        if d.type == "passport"
        else d
        for d in dossier.documents
    )
    found = assess(dossier.model_copy(update={"documents": documents}), at=DAY)
    assert found.recommended is D.INCONCLUSIVE
    assert any("of P3" in question for question in found.open_questions)


def test_a_paper_of_somebody_else_proves_nothing() -> None:
    dossier = of_kind(PERSON)
    documents = tuple(
        d.model_copy(update={"fields": tuple(field(f.name) for f in d.fields)})
        for d in dossier.documents
    )
    found = assess(dossier.model_copy(update={"documents": documents}), at=DAY)
    assert (found.recommended, found.reason_codes) == (D.INCONCLUSIVE, ("identity_incomplete",))


def test_an_owner_found_in_the_chain_needs_papers_too() -> None:
    dossier = of_kind(ENTITY)
    parties = tuple(
        p.model_copy(update={"role": "signatory"}) if p.id == "P3" else p
        for p in dossier.bundle.parties
    )
    bundle = dossier.bundle.model_copy(update={"parties": parties})
    papers = tuple(d for d in dossier.documents if all(f.subject != "P3" for f in d.fields))
    papers += tuple(d for d in dossier.documents if d.type == "ownership_declaration")
    changed = dossier.model_copy(update={"bundle": bundle, "documents": papers})
    assert any("of P3" in question for question in assess(changed, at=DAY).open_questions)


def test_a_value_that_was_not_taken_is_asked_about_by_field_and_document_only() -> None:
    dossier = of_kind(PERSON)
    first, *rest = dossier.documents
    dropped = (DroppedValue(name="source_of_funds", reason="not_located"),)
    changed = dossier.model_copy(
        update={"documents": (first.model_copy(update={"dropped": dropped}), *rest)}
    )
    found = assess(changed, at=DAY)
    assert found.recommended is D.KYC_APPROVED
    assert found.open_questions == ("Check by eye in d-1: source of funds; a value was not taken.",)


# activity


def finding(
    typology: str, total: str = "27000.00", *, month: int = 10, account: str = ""
) -> TypologyFinding:
    """Give a finding of the seasonal business in a month of 2026."""
    number = account or example("seasonal-business").bundle.accounts[0].number
    return TypologyFinding(
        typology=typology,
        account=number,
        start=date(2026, month, 2),
        end=date(2026, month, 9),
        txn_ids=("T1", "T2"),
        count=2,
        total=Decimal(total),
        currency="USD",
        parameters={},
    )


def scanned(*findings: TypologyFinding, facts: tuple[Fact, ...] | None = None) -> Dossier:
    """Give the seasonal business with these findings."""
    dossier = example("seasonal-business")
    content = dossier.of_kind(EvidenceKind.TRANSACTIONS)[-1].content
    kept = dossier.facts if facts is None else facts
    dossier = dossier.model_copy(
        update={
            "evidence": tuple(
                e for e in dossier.evidence if e.kind is not EvidenceKind.TRANSACTIONS
            )
        }
    )
    listed = [found.model_dump(mode="json") for found in findings]
    dossier = with_item(dossier, EvidenceKind.TRANSACTIONS, content={**content, "findings": listed})
    return dossier.model_copy(update={"facts": kept})


def only(*predicates: str) -> tuple[Fact, ...]:
    """Give the seasonal business's facts without the other mitigating ones."""
    facts = example("seasonal-business").facts
    return tuple(f for f in facts if not f.mitigating or f.predicate in predicates)


def exceeds() -> Fact:
    """Tell that credits exceed the declaration."""
    amount = RoleValue(type=RoleType.MONEY, value="9000.00", unit="USD")
    return Fact(
        id="F99",
        predicate="exceeds_expected",
        roles={
            "party": RoleValue(type=RoleType.PARTY, value="x", unit="P1"),
            "measured": amount,
            "expected": amount,
            "multiple": RoleValue(type=RoleType.MULTIPLE, value="3.1"),
            "month": RoleValue(type=RoleType.TEXT, value="2026-10"),
        },
        evidence=("E7",),
    )


@pytest.mark.parametrize(
    ("dossier", "explained", "unexplained", "recommended"),
    [
        pytest.param(scanned(), (), (), D.NO_SUSPICION, id="nothing found"),
        pytest.param(scanned(finding("structuring")), ("structuring",), (), D.NO_SUSPICION, id="declared season, as the year before"),
        pytest.param(scanned(finding("fan_in")), ("fan_in",), (), D.NO_SUSPICION, id="many customers in season"),
        pytest.param(scanned(finding("structuring", month=7)), (), ("structuring",), D.INCONCLUSIVE, id="out of season, amounts alone"),
        pytest.param(scanned(finding("pass_through")), (), ("pass_through",), D.SUSPICIOUS_FILE, id="a season explains no pass-through"),
        pytest.param(scanned(finding("round_trip")), (), ("round_trip",), D.SUSPICIOUS_FILE, id="a typology that is new"),
        pytest.param(scanned(finding("fan_in"), facts=only("declared_season", "within_expected")), (), ("fan_in",), D.SUSPICIOUS_FILE, id="no year before"),
        pytest.param(scanned(finding("fan_in"), facts=only("within_expected", "same_season")), (), ("fan_in",), D.SUSPICIOUS_FILE, id="no season declared"),
        pytest.param(scanned(finding("fan_in"), facts=only("declared_season", "same_season")), (), ("fan_in",), D.SUSPICIOUS_FILE, id="above the declaration"),
        pytest.param(scanned(finding("fan_in"), facts=(*example("seasonal-business").facts, exceeds())), (), ("fan_in",), D.SUSPICIOUS_FILE, id="another month broke out"),
        pytest.param(scanned(finding("fan_in", account="other")), (), ("fan_in",), D.SUSPICIOUS_FILE, id="an account of somebody else"),
        pytest.param(scanned(finding("fan_in"), finding("fan_in", month=7)), (), ("fan_in",), D.SUSPICIOUS_FILE, id="one of two findings explained"),
        pytest.param(scanned(facts=(*only(), exceeds())), (), (), D.INCONCLUSIVE, id="no pattern, yet far above the declaration"),
        pytest.param(scanned(finding("pass_through", "4999.99")), (), ("pass_through",), D.INCONCLUSIVE, id="a cent below the threshold"),
        pytest.param(scanned(finding("pass_through", "5000.00")), (), ("pass_through",), D.SUSPICIOUS_FILE, id="exactly the threshold"),
        pytest.param(scanned(finding("structuring"), facts=only()), (), ("structuring",), D.INCONCLUSIVE, id="amounts alone are no ground"),
    ],
)  # fmt: skip
def test_only_what_the_profile_does_not_explain_is_suspicious(
    dossier: Dossier,
    explained: tuple[str, ...],
    unexplained: tuple[str, ...],
    recommended: Disposition,
) -> None:
    found = assess(dossier, at=DAY)
    assert (found.explained, found.typologies, found.recommended) == (
        explained,
        unexplained,
        recommended,
    )


def test_without_a_threshold_in_policy_nothing_is_recommended_for_filing() -> None:
    found = assess(scanned(finding("pass_through")), at=DAY, numbers=Numbers(None, {}))
    assert found.recommended is D.INCONCLUSIVE


def test_an_onboarding_with_suspicious_entries_waits_for_a_person() -> None:
    dossier = of_kind(PERSON)
    listed = [finding("pass_through").model_dump(mode="json")]
    dossier = with_item(dossier, EvidenceKind.TRANSACTIONS, content={"findings": listed})
    found = assess(dossier, at=DAY)
    assert (found.recommended, found.typologies) == (D.INCONCLUSIVE, ("pass_through",))


# hits


@pytest.mark.parametrize(
    ("settled", "recommended", "reason"),
    [
        ((), D.INCONCLUSIVE, Reason.ALERT_NOT_REPRODUCED),
        (("false_positive",), D.FALSE_POSITIVE, Reason.HITS_SETTLED_AS_FALSE),
        (("false_positive", "open"), D.INCONCLUSIVE, Reason.OPEN_SCREENING_HIT),
        (("false_positive", "true_match"), D.INCONCLUSIVE, Reason.PROHIBITED_PARTY),
    ],
)
def test_only_people_settle_hits(
    settled: tuple[str, ...], recommended: Disposition, reason: Reason
) -> None:
    hits = [hit("P1", entity_id=f"demo-{n}", disposition=s) for n, s in enumerate(settled)]
    found = assess(rescreened(of_kind(ALERT), *hits), at=DAY)
    assert found.recommended is recommended
    assert reason.value in found.reason_codes


def test_who_is_truly_on_a_list_of_another_kind_is_taken_on_with_more_care_alone() -> None:
    office = hit("P1", disposition="true_match", topics=("role.pep",))
    found = assess(rescreened(of_kind(PERSON), office), at=DAY)
    assert (found.rating, found.recommended) == (RiskLevel.HIGH, D.KYC_APPROVED_EDD)
    assert Reason.LISTED_PARTY.value in found.reason_codes
    assert Reason.HITS_SETTLED_AS_FALSE.value not in found.reason_codes
    for kind in (ALERT, AML):
        found = assess(rescreened(of_kind(kind), office), at=DAY)
        assert found.recommended is D.INCONCLUSIVE
        assert Reason.LISTED_PARTY.value in found.reason_codes


def test_a_sanctioned_party_is_never_recommended_to_be_without_suspicion() -> None:
    found = assess(rescreened(of_kind(AML), hit("P1", disposition="true_match")), at=DAY)
    assert (found.rating, found.recommended) == (RiskLevel.PROHIBITED, D.INCONCLUSIVE)


def test_settled_hits_are_not_called_no_hits() -> None:
    found = assess(rescreened(of_kind(PERSON), hit("P1", disposition="false_positive")), at=DAY)
    assert Reason.HITS_SETTLED_AS_FALSE.value in found.reason_codes
    assert Reason.NO_SCREENING_HIT.value not in found.reason_codes


def test_a_true_match_is_prohibited_and_never_taken_on() -> None:
    found = assess(rescreened(of_kind(PERSON), hit("P1", disposition="true_match")), at=DAY)
    assert (found.rating, found.recommended) == (RiskLevel.PROHIBITED, D.INCONCLUSIVE)


# all of it


def every_assessment() -> list[Assessment]:
    """Give assessments of all kinds of situation."""
    changed = [change(of_kind(kind)) for _, kinds, change, _ in OPEN for kind in kinds]
    return [assess(d, at=DAY) for d in (*changed, *(of_kind(kind) for kind in EVERY))]


def test_there_is_always_a_known_reason_and_abstention_is_always_admissible() -> None:
    for found in every_assessment():
        assert found.reason_codes
        assert {Reason(code) for code in found.reason_codes} <= set(REASONS)
        assert found.admissible[0] is found.recommended
        assert D.INCONCLUSIVE in found.admissible
        assert not {D.KYC_REJECTED, D.EXIT_RELATIONSHIP} & set(found.admissible)


def test_every_reason_code_is_described() -> None:
    assert set(REASONS) == set(Reason)


def test_questions_and_factors_hold_no_personal_data() -> None:
    for kind in EVERY:
        dossier = conflicting(rescreened(of_kind(kind), hit("P1")))
        found = assess(dossier, at=DAY)
        shown = " ".join((*found.open_questions, *(f.because for f in found.factors)))
        for party in dossier.bundle.parties:
            for secret in (party.name, party.address, *(i.value for i in party.identifiers)):
                assert secret is None or secret not in shown
        for account in dossier.bundle.accounts:
            assert account.number not in shown


def test_equal_dossiers_have_equal_assessments_and_other_days_other_ages() -> None:
    dossier = of_kind(ALERT)
    assert assess(dossier, at=DAY) == assess(dossier, at=DAY)
    (subject,) = dossier.bundle.parties
    new = subject.model_copy(update={"customer_since": DAY - timedelta(days=364)})
    bundle = dossier.bundle.model_copy(update={"parties": (new,)})
    dossier = dossier.model_copy(update={"bundle": bundle})
    young, older = assess(dossier, at=DAY), assess(dossier, at=DAY + timedelta(days=2))
    assert young.score > older.score


def test_assessing_needs_no_graph_and_no_model() -> None:
    code = (
        "import sys; import agents.assess as a; a.assess;"
        "bad = [m for m in ('langgraph', 'langchain_core', 'llama_cpp') if m in sys.modules];"
        "sys.exit(len(bad))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_policy_of_a_day_before_the_first_is_an_error() -> None:
    with pytest.raises(Exception, match="has no version"):
        policy_at(date(1990, 1, 1))
