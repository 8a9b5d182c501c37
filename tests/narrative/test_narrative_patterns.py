"""The sentence patterns: declared, complete, neutral."""

import pytest

from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.model.narrative import OutputKind
from casegate.narrative.candidates import admissible
from casegate.narrative.patterns import PATTERNS, Pattern, Slot, broken_pattern
from casegate.narrative.predicates import PREDICATES
from guardrails.claims.content import ContentReader
from guardrails.claims.records import Records
from guardrails.claims.words import load_vocabulary
from guardrails.text import clean
from tests.claims.dossiers import dossier_of
from tests.narrative.example_facts import FactList

S, N, K, H = (
    OutputKind.SAR_NARRATIVE,
    OutputKind.NO_FILE_RATIONALE,
    OutputKind.KYC_MEMO,
    OutputKind.HIT_NOTE,
)
MAKES_SENSE: dict[str, tuple[OutputKind, ...]] = {
    "customer": (S, N, K, H), "account": (S, N, K), "expected_monthly": (S, N, K),
    "declared_season": (S, N, K), "alert": (S, N, H), "prior_cases": (S, N, K, H),
    "prior_case": (S, N, K, H), "document_identity": (S, K, H), "document_address": (K, H),
    "document_funds": (S, N, K), "document_registration": (S, K, H), "attribute_agrees": (K, H),
    "attribute_conflict": (S, K, H), "owner": (S, N, K, H), "control": (S, N, K, H),
    "screened": (S, N, K, H), "hit": (S, N, K, H), "hit_agreement": (S, K, H),
    "hit_contradiction": (S, K, H), "credit": (S, N), "debit": (S, N), "activity": (S, N, K),
    "structuring": (S, N), "cash_place": (S, N), "pass_through": (S, N), "fan_in": (S, N),
    "transfers_to": (S, N), "exceeds_expected": (S, N), "within_expected": (S, N),
    "same_season": (S, N), "no_typology": (S, N, K), "guidance": (S, N, K, H),
    "rating": (N, K, H),
}  # fmt: skip
SAMPLE = {
    RoleType.MONEY: "1250.00", RoleType.DATE: "2026-03-04", RoleType.SPAN: "2026-03-04/2026-03-11",
    RoleType.PARTY: "Marta Velde", RoleType.ACCOUNT: "4471-8820-19", RoleType.COUNT: "4",
    RoleType.MULTIPLE: "3.2", RoleType.PERCENT: "92", RoleType.PLACE: "Harbour Street",
    RoleType.LIST: "OFAC SDN", RoleType.TEXT: "cash",
}  # fmt: skip


def minimal_fact(predicate: str) -> Fact:
    """Make a fact with no optional role."""
    declared = PREDICATES[predicate]
    roles = {}
    for role, kind in declared.roles.items():
        if role in declared.optional:
            continue
        unit = "USD" if kind is RoleType.MONEY else ""
        roles[role] = (
            RoleValue(type=kind, value="6", unit="hours")
            if kind is RoleType.DURATION
            else RoleValue(type=kind, value=SAMPLE[kind], unit=unit)
        )
    return Fact(id="F1", predicate=predicate, roles=roles, evidence=("E1",), required=True)


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda p: p.id)
def test_every_pattern_keeps_the_declarations_of_its_predicates(pattern: Pattern) -> None:
    assert broken_pattern(pattern) is None


def test_a_pattern_with_a_role_that_its_predicate_lacks_is_named() -> None:
    wrong = Pattern("x", ("owner",), frozenset({S}), PATTERNS["owner.share"].section, 1, "{amount}")
    assert broken_pattern(wrong) == "x: no role 'amount' in 'owner'"


def test_every_predicate_is_in_the_table_of_this_test() -> None:
    assert set(MAKES_SENSE) == set(PREDICATES)


@pytest.mark.parametrize(
    ("predicate", "output"), [(p, o) for p, outputs in MAKES_SENSE.items() for o in outputs]
)
def test_every_predicate_can_be_told_where_it_makes_sense_without_optional_roles(
    predicate: str, output: OutputKind
) -> None:
    fact = minimal_fact(predicate)
    told = [c for c in admissible((fact,), output) if c.facts]
    assert told
    assert any(c.required for c in told)


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "holds 1 prior case on"), (0, "hold 0 prior cases on"), (2, "hold 2 prior cases on")],
)
def test_words_agree_with_their_count(count: int, words: str) -> None:
    facts = FactList()
    facts.add("prior_cases", "E1", party="Marta Velde", count=count)
    text = next(c.text for c in admissible(facts.facts, K) if c.facts)
    assert words.split(" ", 1)[1] in text


def test_no_pattern_holds_a_word_that_the_gate_forbids() -> None:
    reader, records = ContentReader(load_vocabulary()), Records(dossier_of(()))
    for pattern in PATTERNS.values():
        literal = " ".join(p if isinstance(p, str) else "x" for p in pattern.parts)
        assert reader(clean(literal), literal, records) == [], pattern.id


def test_fixed_sentences_hold_no_value_at_all() -> None:
    fixed = [p for p in PATTERNS.values() if p.fixed]
    assert fixed
    for pattern in fixed:
        assert not any(isinstance(part, Slot) for part in pattern.parts)
        assert not any(char.isdigit() for char in pattern.template)


def test_pattern_ids_and_the_register_agree() -> None:
    assert all(key == pattern.id for key, pattern in PATTERNS.items())
