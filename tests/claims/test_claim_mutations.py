"""A small run of the benchmark: every type of falsehood is caught, no faithful draft is held."""

import pytest

from casegate.model.narrative import ClaimVerdict, OutputKind, SentenceText
from guardrails.claims import FactClaimGate
from tests.bench._claim_cases import make_case, make_draft
from tests.bench._claim_free import FreeWording, faithful_sentences, mutated_sentences
from tests.bench._claim_mutations import MAKERS, Mutator
from tests.bench.claim_gate import BAD, measure_remarks, texts, wilson

PER_TYPE = 5


@pytest.mark.parametrize("kind", MAKERS)
def test_a_draft_made_false_is_caught(gate: FactClaimGate, kind: str) -> None:
    done, seed = 0, 7_000
    while done < PER_TYPE:
        seed += 1
        dossier = make_case(seed)
        mutator = Mutator(dossier, make_draft(dossier, seed), seed)
        mutant = mutator.make(kind)
        if mutant is None:
            continue
        done += 1
        given = texts(mutant.sentences)
        if mutant.evidence is not None:
            given[mutant.at] = given[mutant.at].model_copy(update={"evidence": mutant.evidence})
        verdict = gate(dossier, given, mutator.draft.output).sentences[mutant.at].verdict
        allowed = BAD | {ClaimVerdict.NOT_CHECKABLE} if kind == "negation" else BAD
        assert verdict in allowed, given[mutant.at].text


@pytest.mark.parametrize("seed", range(8_000, 8_008))
def test_a_faithful_draft_of_any_plan_is_not_held(gate: FactClaimGate, seed: int) -> None:
    dossier = make_case(seed)
    draft = make_draft(dossier, seed)
    report = gate(dossier, texts(draft.sentences), draft.output)
    assert not report.held, [f for f in report.rubric if f.fatal]
    assert {s.verdict for s in report.sentences} == {ClaimVerdict.SUPPORTED}


@pytest.mark.parametrize("seed", range(8_100, 8_102))
@pytest.mark.parametrize("wording", [FreeWording.DEVELOPMENT, FreeWording.SEEN])
def test_known_free_wordings_are_not_held_and_their_mutants_are_not_supported(
    gate: FactClaimGate, wording: FreeWording, seed: int
) -> None:
    dossier = make_case(seed)
    given = [*faithful_sentences(wording, dossier, seed)]
    false = [text for _, text in mutated_sentences(wording, dossier, seed)]
    report = gate(
        dossier, [SentenceText(text=t) for t in (*given, *false)], OutputKind.SAR_NARRATIVE
    )
    verdicts = [s.verdict for s in report.sentences]
    assert not [t for t, v in zip(given, verdicts, strict=False) if v in BAD]
    rest = verdicts[len(given) :]
    assert not [t for t, v in zip(false, rest, strict=True) if v is ClaimVerdict.SUPPORTED]


def test_remarks_without_a_value_are_neither_held_nor_supported(gate: FactClaimGate) -> None:
    assert measure_remarks(gate) == {"n": 8, "held": 0, "supported": 0}


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = wilson(300, 300)
    assert (round(low, 4), round(high, 4)) == (0.9874, 1.0)
    assert wilson(0, 0) == (0.0, 1.0)
