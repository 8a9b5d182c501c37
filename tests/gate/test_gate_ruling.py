"""The gate as a whole: it reports everything, holds on the unknown and never raises."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.desk.ports import RulesGate
from casegate.model.case import CaseKind, Disposition
from casegate.model.decision import Outcome, worst
from casegate.model.evidence import EvidenceKind, ListSource
from casegate.model.party import PartyRole
from guardrails.engine import EvaluationFailed, FactValue
from guardrails.facts import vocabulary
from guardrails.gate import NO_RULES, DatedRules, ask
from guardrails.table import CompiledRule, Rule
from tests.gate.gate_situations import (
    AT,
    Situation,
    active,
    asked,
    attribute,
    case_of,
    evidence,
    hit,
    party,
    report,
    screening,
    signalled,
    situation,
    with_evidence,
    with_parties,
    without_evidence,
)

GATE = DatedRules()


def rule_on(given: Situation) -> tuple[Outcome, list[str]]:
    ruling = GATE(given.dossier, given.subject, at=given.at)
    return ruling.outcome, [finding.rule for finding in ruling.findings]


@pytest.mark.parametrize("kind", list(CaseKind))
@pytest.mark.parametrize("stage", ["proposal", "decision", "approval"])
def test_a_complete_and_consistent_case_meets_no_objection(kind: CaseKind, stage: str) -> None:
    given = situation("proposal", kind=kind)
    given = situation(stage, kind=kind) if stage != "proposal" else given  # type: ignore[arg-type]
    assert rule_on(given) == (Outcome.CLEAR, [])


def test_the_worst_outcome_stands_and_every_finding_is_reported_worst_first() -> None:
    given = active(situation(kind=CaseKind.AML_ALERT), ("structuring", "9000"))
    given = signalled(with_evidence(given, screening("E3", hit())), "instruction_like_text")
    given = asked(given, claims=report("WHO-1"))
    assert rule_on(given) == (Outcome.BLOCK, ["SAR-01", "NAR-02", "INJ-01", "SAN-02"])


def test_precedence_is_block_reject_hold_escalate_flag_clear() -> None:
    order = ["block", "reject", "hold", "escalate", "flag", "clear"]
    assert [o.value for o in Outcome] == order
    for position, value in enumerate(order):
        assert worst([Outcome(v) for v in order[position:]]) is Outcome(value)


@pytest.mark.parametrize("compiled", GATE.table.rules, ids=lambda c: c.rule.id)
def test_a_rule_holds_on_every_fact_that_is_unknown_and_names_it(compiled: CompiledRule) -> None:
    facts = GATE.facts(situation().dossier, situation().subject, at=AT)
    for name in compiled.needs:
        found = ask(compiled, {**facts, name: None})
        assert found is not None
        assert found.outcome is Outcome.HOLD
        assert name in found.missing


@given(st.sets(st.sampled_from(sorted(vocabulary()))))
def test_whatever_is_unknown_the_answer_never_is_clear_where_a_rule_needs_it(
    unknown: set[str],
) -> None:
    facts = GATE.facts(situation().dossier, situation().subject, at=AT)
    known = {name: None if name in unknown else value for name, value in facts.items()}
    for compiled in GATE.table.rules:
        if compiled.rule.asks("proposal", CaseKind.KYC_PERSON):
            found = ask(compiled, known)
            assert (found is not None) == bool(unknown & set(compiled.needs))


def test_a_condition_without_an_answer_holds() -> None:
    class Broken:
        names = frozenset({"open_hits"})

        def __call__(self, facts: dict[str, FactValue]) -> bool:
            raise EvaluationFailed("divide by zero")

    rule = next(c.rule for c in GATE.table.rules if c.rule.id == "SAN-02")
    found = ask(CompiledRule(rule, Broken(), ("open_hits",)), {"open_hits": 0})  # type: ignore[arg-type]
    assert found is not None
    assert found.outcome is Outcome.HOLD


@pytest.mark.parametrize("kind", [k for k in EvidenceKind if k is not EvidenceKind.GUIDANCE])
def test_evidence_of_a_shape_that_nobody_knows_holds_and_never_raises(kind: EvidenceKind) -> None:
    broken = evidence("E9", kind, content={"screened": 7, "findings": [{"typology": 1}]})
    given = with_evidence(active(situation(kind=CaseKind.AML_ALERT), ("fan_in", "1")), broken)
    ruling = GATE(given.dossier, given.subject, at=AT)
    expected = {
        EvidenceKind.SCREENING: {"open_hits", "unscreened_parties", "screened_before_party_update"},
        EvidenceKind.TRANSACTIONS: {"unexplained_total_minor"},
    }.get(kind, set())
    assert expected <= {name for finding in ruling.findings for name in finding.missing}


def test_a_day_before_all_rules_holds() -> None:
    given = situation()
    ruling = GATE(given.dossier, given.subject, at=date(1999, 1, 1))
    assert (ruling.outcome, ruling.findings[0].rule) == (Outcome.HOLD, NO_RULES)
    assert ruling.evaluated == ()


def test_a_rule_is_in_force_on_its_first_and_last_day_and_not_beside() -> None:
    rule = GATE.table.rules[0].rule.model_copy(
        update={"effective_from": date(2026, 3, 1), "effective_to": date(2026, 3, 31)}
    )
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [rule.in_force("US", day) for day in days] == [False, True, True, False]


def test_a_rule_of_one_country_is_not_asked_elsewhere() -> None:
    given = active(situation(kind=CaseKind.AML_ALERT), ("structuring", "9000"))
    elsewhere = case_of(given, case=given.dossier.case.model_copy(update={"jurisdiction": "GB"}))
    ruling = GATE(elsewhere.dossier, elsewhere.subject, at=AT)
    assert "SAR-01" not in ruling.evaluated
    assert "SAN-02" in ruling.evaluated


def test_a_jurisdiction_without_policy_is_held_not_cleared() -> None:
    given = situation()
    elsewhere = case_of(given, case=given.dossier.case.model_copy(update={"jurisdiction": "GB"}))
    ruling = GATE(elsewhere.dossier, elsewhere.subject, at=AT)
    assert ruling.outcome is Outcome.HOLD
    missing = {name for finding in ruling.findings for name in finding.missing}
    assert "policy_list_max_age_days" in missing


def test_equal_questions_have_equal_rulings() -> None:
    given = with_evidence(situation(), screening("E3", hit()))
    first = GATE(given.dossier, given.subject, at=AT)
    assert DatedRules()(given.dossier, given.subject, at=AT) == first


def test_the_facts_hash_tells_one_case_from_another() -> None:
    quiet, held = situation(), with_evidence(situation(), screening("E3", hit()))
    hashes = {GATE(g.dossier, g.subject, at=AT).facts_hash for g in (quiet, held)}
    assert len(hashes) == 2


def test_no_finding_holds_personal_data() -> None:
    secret = party(
        id="P7",
        role=PartyRole.BENEFICIAL_OWNER,
        name="Secretname Hiddenbury",
        address="13 Unspeakable Row",
    )
    given = with_parties(situation(), party(address=None, identifiers=()), secret)
    conflict = attribute("P1", "name", "Tamsin Joy Fairhollow", "Tamsin J Fairhollow")
    profile = given.dossier.profile
    assert profile is not None
    given = case_of(given, profile=profile.model_copy(update={"attributes": (conflict,)}))
    ruling = GATE(given.dossier, given.subject, at=AT)
    shown = json.dumps(ruling.model_dump(mode="json"))
    assert {"SAN-06", "CDD-01", "CDD-04"} <= {f.rule for f in ruling.findings}
    for word in ("Fairhollow", "Secretname", "Unspeakable", "K12345678", "Gull Terrace"):
        assert word not in shown


def test_the_installation_may_set_its_own_list_age() -> None:
    given = situation()
    found = given.dossier.of_kind(EvidenceKind.SCREENING)[0]
    assert isinstance(found.source, ListSource)
    loaded = found.source.versions[0].loaded_at.date()
    later = date.fromordinal(loaded.toordinal() + 20)
    strict, lax = DatedRules(), DatedRules(list_max_age_days=30)
    assert "SAN-05" in {f.rule for f in strict(given.dossier, given.subject, at=later).findings}
    assert "SAN-05" not in {f.rule for f in lax(given.dossier, given.subject, at=later).findings}
    assert strict.version("US", at=later) != lax.version("US", at=later)


def test_the_version_names_place_day_and_the_rule_files() -> None:
    assert GATE.version("US", at=AT).startswith("US@2026-11-20#")
    assert len(GATE.version("US", at=AT).split("#")[1]) == 12


def test_it_is_the_desk_s_rules_gate() -> None:
    gate: RulesGate = GATE
    given = without_evidence(situation(), EvidenceKind.SCREENING)
    assert gate(given.dossier, given.subject, at=AT).outcome is Outcome.HOLD


def test_a_hit_can_never_be_proposed_away() -> None:
    given = with_evidence(situation(kind=CaseKind.SCREENING_ALERT), screening("E3", hit()))
    for disposition in Disposition:
        outcome, found = rule_on(asked(given, disposition=disposition))
        assert "SAN-02" in found
        assert outcome in (Outcome.HOLD, Outcome.REJECT, Outcome.BLOCK)


def test_a_rule_shows_only_facts_that_exist() -> None:
    for compiled in GATE.table.rules:
        rule: Rule = compiled.rule
        assert set(rule.placeholders()) <= set(vocabulary())
