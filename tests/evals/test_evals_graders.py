# ruff: noqa: E501 - a row of a table is one line
"""Graders on made-up results: right is right, wrong is wrong, flagged is not confident."""

from datetime import UTC, datetime

import pytest

from casegate.errors import EvalFailed
from casegate.model.base import Problem
from casegate.model.case import Disposition
from casegate.model.document import Document, Engine, Field
from casegate.model.dossier import Dossier
from casegate.model.fact import Fact
from casegate.model.narrative import (
    CheckedSentence,
    Claim,
    ClaimKind,
    ClaimReport,
    ClaimVerdict,
    Narrative,
    OutputKind,
    RubricFinding,
    Section,
    Sentence,
)
from casegate.model.party import Attribute, AttributeSource, CustomerProfile
from casegate.model.proposal import Proposal, ProposalStatus, Provenance, RiskLevel
from evals.graders.calls import require_a_whole_run
from evals.graders.fields import grade_fields, plain
from evals.graders.narrative import grade_narrative
from evals.suite import load_suite
from tests.assess.assess_dossiers import example, field

BIRTH = "1988-05-04"


def read(
    *fields: Field, type_: str = "passport", profile: CustomerProfile | None = None
) -> Dossier:
    """Give a case with one document from which these fields were read."""
    dossier = example("person-account-opening")
    document: Document = dossier.documents[0].model_copy(
        update={"filename": "p.pdf", "type": type_, "fields": fields}
    )
    return dossier.model_copy(update={"documents": (document,), "profile": profile})


def truth(*fields: dict[str, object]) -> dict[str, object]:
    """Give the truth of that document."""
    return {"documents": {"p.pdf": {"type": "passport", "fields": list(fields)}}}


def true(name: str, normalised: str, *also: str) -> dict[str, object]:
    """Give one true field."""
    return {"name": name, "normalised": normalised, "also": also}


def by_model(name: str, value: str) -> Field:
    """Give a field that the model supplied."""
    return field(name, value, value).model_copy(update={"engine": Engine.MODEL})


def born(value: str) -> Field:
    """Give a date of birth read from a label."""
    return field("date_of_birth", value, value)


def conflict(*values: str) -> CustomerProfile:
    """Give a profile in which a date of birth is in conflict."""
    sources = tuple(AttributeSource(value=v, shown=v, evidence="E1") for v in values)
    attribute = Attribute(party="P1", name="date_of_birth", sources=sources, agrees=False)
    return CustomerProfile(attributes=(attribute,))


@pytest.mark.parametrize(
    ("dossier", "expected", "scores"),
    [
        pytest.param(read(born(BIRTH)), (true("date_of_birth", BIRTH),), {"confident_and_wrong": (0, 1), "field_f1": (2, 2), "required_found": (1, 1)}, id="right"),
        pytest.param(read(born("1988-04-05")), (true("date_of_birth", BIRTH),), {"confident_and_wrong": (1, 1), "field_f1": (0, 2), "required_found": (0, 1)}, id="wrong"),
        pytest.param(read(born("1988-04-05"), profile=conflict("1988-04-05", BIRTH)), (true("date_of_birth", BIRTH),), {"confident_and_wrong": (0, 1), "field_f1": (0, 2)}, id="wrong but flagged"),
        pytest.param(read(), (true("date_of_birth", BIRTH),), {"confident_and_wrong": (0, 0), "field_f1": (0, 1), "required_found": (0, 1)}, id="missing"),
        pytest.param(read(field("name", "LINNEA  JOY.", "LINNEA  JOY.")), (true("name", "Linnea Joy"),), {"field_f1": (2, 2)}, id="letter case and blanks"),
        pytest.param(read(field("name", "Linnéa", "Linnéa")), (true("name", "Linnea"),), {"field_f1": (0, 2)}, id="an accent is another letter"),
        pytest.param(read(by_model("source", "the rent")), (true("source", "rent", "the rent"),), {"field_f1": (2, 2), "model_field_precision": (1, 1)}, id="another faithful copy"),
        pytest.param(read(by_model("source", "a loan")), (true("source", "rent"),), {"confident_and_wrong": (1, 1), "model_field_precision": (0, 1)}, id="the model invents"),
        pytest.param(read(by_model("salary", "9")), (), {"confident_and_wrong": (1, 1), "model_field_precision": (0, 1)}, id="the model sees what is not there"),
        pytest.param(read(field("status", "active", "active")), (), {"confident_and_wrong": (0, 0), "field_f1": (0, 0)}, id="a label beyond the truth"),
        pytest.param(read(field("owner", "A", "A"), field("owner", "A", "A")), (true("owner", "A"), true("owner", "B")), {"required_found": (1, 2), "confident_and_wrong": (1, 2)}, id="one value does not count twice"),
        pytest.param(read(type_="unknown"), (), {"type_right": (0, 1)}, id="type not recognised"),
    ],
)  # fmt: skip
def test_fields_are_graded(
    dossier: Dossier, expected: tuple[dict[str, object], ...], scores: dict[str, tuple[int, int]]
) -> None:
    graded = grade_fields(dossier, truth(*expected), asked=0)
    assert {name: graded.scores[name] for name in scores} == scores


def test_folding_keeps_digits_and_inner_signs() -> None:
    assert plain("  LLC-1938762. ") == "llc-1938762"
    assert plain("$1,500.00") == "$1,500.00"


def proposed(
    *,
    disposition: Disposition = Disposition.KYC_APPROVED,
    verdict: ClaimVerdict = ClaimVerdict.SUPPORTED,
    failed: str = "",
    method: str = "planned",
    told: tuple[str, ...] = ("F1",),
) -> Dossier:
    """Give a case with a proposal."""
    claim = Claim(text="x", kind=ClaimKind.AMOUNT, verdict=verdict)
    rubric = (RubricFinding(check=failed, fatal=True, message=failed),) if failed else ()
    bad = verdict is ClaimVerdict.UNSUPPORTED or bool(failed)
    sentence = Sentence(text="x", section=Section.BODY, evidence=("E1",), facts=told, origin="plan")
    proposal = Proposal(
        id="p-1",
        case_id="c-1",
        run_id="r-1",
        status=ProposalStatus.DRAFTED,
        disposition=disposition,
        reason_codes=("identity_established",),
        rating=RiskLevel.LOW,
        narrative=Narrative.model_validate(
            {"output": OutputKind.KYC_MEMO, "sentences": (sentence,), "method": method}
        ),
        claims=ClaimReport(
            sentences=(CheckedSentence(text="x", verdict=verdict, claims=(claim,)),),
            rubric=rubric,
            held=bad,
        ),
        provenance=Provenance(calls=()),
        content_hash="a" * 64,
        made_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    facts = tuple(
        Fact(id=f"F{n}", predicate="customer", roles={}, evidence=("E1",), required=n < 3)
        for n in (1, 2, 3)
    )
    dossier = example("person-account-opening")
    return dossier.model_copy(update={"proposal": proposal, "facts": facts})


@pytest.mark.parametrize(
    ("dossier", "scores"),
    [
        (proposed(told=("F1", "F2")), {"unsupported_values": 0, "fatal_findings": 0, "held": 0, "disposition_right": 1, "plan_accepted": 1, "required_facts": 2}),
        (proposed(told=("F1", "F3")), {"required_facts": 1}),
        (proposed(disposition=Disposition.INCONCLUSIVE), {"disposition_right": 0}),
        (proposed(verdict=ClaimVerdict.UNSUPPORTED), {"unsupported_values": 1, "held": 1}),
        (proposed(failed="WHO-1"), {"fatal_findings": 1, "held": 1}),
        (proposed(method="templated"), {"plan_accepted": 0}),
    ],
)  # fmt: skip
def test_narratives_are_graded(dossier: Dossier, scores: dict[str, int]) -> None:
    graded = grade_narrative(dossier, {"disposition": "kyc_approved"}, asked=2)
    assert {name: graded.scores[name][0] for name in scores} == scores
    assert graded.scores["required_facts"][1] == 2


def test_a_run_without_a_proposal_has_no_grade() -> None:
    with pytest.raises(EvalFailed, match="without a proposal"):
        grade_narrative(example("person-account-opening"), {}, asked=0)


def with_problem(code: str) -> Dossier:
    """Give a case with a problem."""
    problem = Problem(code=code, message="x", where="plan-1")
    return proposed().model_copy(update={"problems": (problem,)})


@pytest.mark.parametrize("code", ["model_output_invalid", "token_budget_exceeded"])
def test_an_unusable_answer_counts_against_the_model(code: str) -> None:
    dossier = with_problem(code)
    require_a_whole_run(dossier)
    graded = grade_narrative(dossier, {"disposition": "kyc_approved"}, asked=2)
    assert graded.scores["unusable_answers"] == (1, 3)


@pytest.mark.parametrize(
    "code", ["model_missing", "model_timeout", "screening_unavailable", "storage_full", "new_code"]
)
def test_an_outage_is_no_score(code: str) -> None:
    with pytest.raises(EvalFailed, match=f"{code} at plan-1"):
        require_a_whole_run(with_problem(code))


def test_every_metric_of_a_suite_is_a_score_of_its_grader() -> None:
    fields = grade_fields(read(), truth(), asked=0).scores
    narrative = grade_narrative(proposed(), {"disposition": "x"}, asked=0).scores
    assert {m.name for m in load_suite("extraction").metrics} == set(fields)
    assert {m.name for m in load_suite("narrative").metrics} == set(narrative)
