"""A maker claims a case and decides; the gates have their say first."""

import pytest

from casegate.desk.verdict import output_kind
from casegate.errors import (
    AccessRefused,
    GateRefused,
    IllegalTransition,
    VersionConflict,
)
from casegate.model.case import CaseKind, CaseStatus, Disposition
from casegate.model.decision import DecisionStatus, Outcome
from casegate.model.narrative import Binding, OutputKind, SentenceText
from casegate.model.proposal import RiskLevel
from tests.kernel.world import (
    ANA,
    FABRICATED,
    INES,
    IVAN,
    OTTO,
    VAGUE,
    World,
    draft,
    finding,
    sentence,
)

D = Disposition


def test_claiming_leads_to_investigating_and_is_no_change_the_second_time(world: World) -> None:
    case = world.claimed()
    assert (case.status, case.assignee) == (CaseStatus.INVESTIGATING, "ana")
    assert world.desk.claim(ANA, case.id, version=1) == case


def test_a_claim_names_the_version_that_was_read(world: World) -> None:
    case_id, _ = world.proposed()
    with pytest.raises(VersionConflict):
        world.desk.claim(ANA, case_id, version=1)


def test_a_case_that_is_not_ready_can_not_be_claimed(world: World) -> None:
    case, _ = world.started()
    with pytest.raises(IllegalTransition, match=r"from `received` to `assigned`"):
        world.desk.claim(ANA, case.id, version=case.version)


def test_taking_over_a_case_needs_the_right_and_is_in_the_log(world: World) -> None:
    case = world.claimed(by=IVAN)
    with pytest.raises(AccessRefused):
        world.desk.claim(ANA, case.id, version=case.version)
    taken = world.desk.claim(INES, case.id, version=case.version)
    assert taken.assignee == "ines"
    with pytest.raises(AccessRefused, match="in the hands of ines"):
        world.desk.decide(IVAN, case.id, version=taken.version, draft=draft())
    claims = [e for e in world.desk.events(OTTO, case.id) if e.kind == "case_claimed"]
    assert claims[-1].payload == {"assignee": "ines", "before": "ivan"}


def test_a_decision_keeps_the_proposals_sentences_when_none_are_given(world: World) -> None:
    decision = world.decided()
    proposal = world.desk.read(IVAN, decision.case_id).proposal
    assert proposal is not None
    assert decision.sentences == proposal.narrative.sentences
    assert (decision.maker, decision.maker_role) == ("ana", "analyst")
    assert decision.status is DecisionStatus.PENDING
    assert decision.rating is RiskLevel.HIGH
    assert world.desk.read(IVAN, decision.case_id).case.status is CaseStatus.PENDING_APPROVAL


def test_an_edited_sentence_is_a_persons_whatever_the_client_says(world: World) -> None:
    case = world.claimed()
    proposal = world.desk.read(ANA, case.id).proposal
    assert proposal is not None
    (kept,) = proposal.narrative.sentences
    edited = kept.model_copy(
        update={
            "text": "Three prior cases are known.",
            "pattern": "prior",
            "bindings": (Binding(start=0, end=5, fact="F1", role="count"),),
        }
    )
    decision = world.desk.decide(
        ANA, case.id, version=case.version, draft=draft(sentences=(kept, edited))
    )
    assert decision.sentences[0] == kept
    assert decision.sentences[1].origin == "human"
    assert decision.sentences[1].bindings == ()
    assert decision.sentences[1].pattern is None


@pytest.mark.parametrize("disposition", [D.NO_SUSPICION, D.INCONCLUSIVE, D.SUSPICIOUS_FILE])
def test_a_value_that_no_record_supports_refuses_every_disposition(
    world: World, disposition: Disposition
) -> None:
    case = world.claimed()
    made = draft(disposition=disposition, sentences=(sentence(f"He paid {FABRICATED} USD.", "E1"),))
    with pytest.raises(GateRefused, match="S0: unsupported amount") as refused:
        world.desk.decide(ANA, case.id, version=case.version, draft=made)
    assert FABRICATED not in refused.value.message
    dossier = world.desk.read(ANA, case.id)
    assert (dossier.case, dossier.decision) == (case, None)
    last = world.desk.events(OTTO, case.id)[-1]
    assert (last.kind, last.payload["unsupported"]) == ("gate_refused", 1)


def test_what_the_rules_block_refuses_every_disposition(world: World) -> None:
    case = world.claimed()
    world.rules.findings = (finding("SAR-01", Outcome.BLOCK),)
    for disposition in Disposition:
        with pytest.raises(GateRefused, match="SAR-01: SAR-01 found"):
            world.desk.decide(
                ANA, case.id, version=case.version, draft=draft(disposition=disposition)
            )
    assert world.desk.read(ANA, case.id).decision is None


@pytest.mark.parametrize("outcome", [Outcome.REJECT, Outcome.HOLD])
def test_what_the_rules_hold_refuses_all_but_leaving_the_matter_open(
    world: World, outcome: Outcome
) -> None:
    case = world.claimed()
    world.rules.findings = (finding("SAN-02", outcome),)
    for disposition in set(Disposition) - {D.INCONCLUSIVE}:
        with pytest.raises(GateRefused, match="SAN-02: SAN-02 found"):
            world.desk.decide(
                ANA, case.id, version=case.version, draft=draft(disposition=disposition)
            )
    decision = world.desk.decide(
        ANA, case.id, version=case.version, draft=draft(disposition=D.INCONCLUSIVE)
    )
    assert decision.ruling.outcome is outcome


def test_a_flag_asks_for_the_makers_tick(world: World) -> None:
    case = world.claimed()
    world.rules.findings = (finding("SAR-05", Outcome.FLAG),)
    with pytest.raises(GateRefused, match="SAR-05: to be acknowledged"):
        world.desk.decide(ANA, case.id, version=case.version, draft=draft())
    world.desk.decide(ANA, case.id, version=case.version, draft=draft(acknowledged=("SAR-05",)))


def test_a_sentence_that_no_record_can_check_asks_for_the_makers_tick(world: World) -> None:
    case = world.claimed()
    told = (sentence("Two prior cases are known.", "E1"), sentence(f"It {VAGUE} odd."))
    with pytest.raises(GateRefused, match="S1: no record can check it"):
        world.desk.decide(ANA, case.id, version=case.version, draft=draft(sentences=told))
    world.desk.decide(
        ANA, case.id, version=case.version, draft=draft(sentences=told, acknowledged=("S1",))
    )


def test_the_rules_are_asked_about_the_decision_as_it_is_made(world: World) -> None:
    case = world.claimed()
    world.desk.decide(ANA, case.id, version=case.version, draft=draft(rating=RiskLevel.MEDIUM))
    asked = world.rules.asked[-1]
    assert (asked.stage, asked.maker, asked.editors) == ("decision", "ana", ("ana",))
    assert asked.rating is RiskLevel.MEDIUM
    assert asked.evidence_hash_seen == world.desk.read(ANA, case.id).evidence_hash
    assert asked.provenance is not None


def test_a_decision_names_the_version_that_was_read_and_a_case_under_investigation(
    world: World,
) -> None:
    case = world.claimed()
    with pytest.raises(VersionConflict):
        world.desk.decide(ANA, case.id, version=case.version - 1, draft=draft())
    world.desk.decide(ANA, case.id, version=case.version, draft=draft())
    with pytest.raises(IllegalTransition, match=r"`pending_approval` to `pending_approval`"):
        world.desk.decide(ANA, case.id, version=case.version + 1, draft=draft())


def test_checking_a_text_stores_nothing(world: World) -> None:
    case = world.claimed()
    before = world.desk.events(OTTO, case.id)
    report = world.desk.check(ANA, case.id, [SentenceText(text=f"He paid {FABRICATED}.")])
    assert report.held
    assert world.desk.events(OTTO, case.id) == before
    assert world.desk.read(ANA, case.id).case == case


@pytest.mark.parametrize(
    ("kind", "disposition", "output"),
    [
        (CaseKind.KYC_PERSON, D.KYC_APPROVED, OutputKind.KYC_MEMO),
        (CaseKind.KYC_ENTITY, D.INCONCLUSIVE, OutputKind.KYC_MEMO),
        (CaseKind.AML_ALERT, D.SUSPICIOUS_FILE, OutputKind.SAR_NARRATIVE),
        (CaseKind.AML_ALERT, D.NO_SUSPICION, OutputKind.NO_FILE_RATIONALE),
        (CaseKind.SCREENING_ALERT, D.INCONCLUSIVE, OutputKind.HIT_NOTE),
        (CaseKind.SCREENING_ALERT, D.SUSPICIOUS_FILE, OutputKind.SAR_NARRATIVE),
    ],
)
def test_kind_and_disposition_say_what_kind_of_text_a_case_needs(
    kind: CaseKind, disposition: Disposition, output: OutputKind
) -> None:
    assert output_kind(kind, disposition) is output
