"""Conditions are typed, compiled once, and never silently false."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.engine import (
    CelEngine,
    EvaluationFailed,
    ExpressionInvalid,
    FactType,
    FactValue,
    holds_type,
)

TYPES = {
    "days": FactType.INT,
    "share": FactType.DOUBLE,
    "name": FactType.STRING,
    "open": FactType.BOOL,
    "parties": FactType.STRINGS,
}


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("dais > 3", "undeclared reference to 'dais'"),
        ("days > 3.0", "no matching overload"),
        ('days > "3"', "no matching overload"),
        ("parties.exists(p, p == 3)", "no matching overload"),
        ("days", "must be bool"),
        ("days >", "Syntax error"),
        ("true", "depends on no fact"),
        ("dyn(days) == name", "`dyn` switches type checking off"),
        ("days == null", "no matching overload"),
    ],
)
def test_a_wrong_condition_is_refused_when_it_is_compiled(expression: str, says: str) -> None:
    with pytest.raises(ExpressionInvalid, match=says.replace("(", r"\(")):
        CelEngine().compile(expression, TYPES)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("days > 3 && open", {"days", "open"}),
        ('name == "days"', {"name"}),
        ("parties.exists(days, days == name)", {"parties", "name"}),
        ("size(parties) > 0 || days > 1", {"parties", "days"}),
    ],
)
def test_a_condition_names_exactly_the_facts_that_it_reads(
    expression: str, names: set[str]
) -> None:
    assert CelEngine().compile(expression, TYPES).names == names


@pytest.mark.parametrize(
    ("expression", "facts", "answer"),
    [
        ("days >= 7", {"days": 7}, True),
        ("days >= 7", {"days": 6}, False),
        ("share > 0.5 && open", {"share": 0.6, "open": True}, True),
        ('"P1" in parties', {"parties": ("P1", "P2")}, True),
        ("size(parties) == 0", {"parties": ()}, True),
    ],
)
def test_a_condition_answers(expression: str, facts: dict[str, FactValue], answer: bool) -> None:
    assert CelEngine().compile(expression, TYPES)(facts) is answer


@pytest.mark.parametrize(
    ("expression", "facts"),
    [("days / 0 > 1", {"days": 4}), ('parties[3] == "P1"', {"parties": ("P1",)})],
)
def test_an_error_while_evaluating_is_no_answer(
    expression: str, facts: dict[str, FactValue]
) -> None:
    with pytest.raises(EvaluationFailed):
        CelEngine().compile(expression, TYPES)(facts)


@given(st.one_of(st.booleans(), st.integers(), st.floats(), st.text(), st.tuples(st.text())))
def test_a_value_has_one_type_at_most(value: FactValue) -> None:
    assert sum(holds_type(value, type_) for type_ in FactType) <= 1


def test_an_integer_too_large_to_be_hashed_is_of_no_type() -> None:
    assert not holds_type(2**53 + 1, FactType.INT)
    assert holds_type(2**53, FactType.INT)
