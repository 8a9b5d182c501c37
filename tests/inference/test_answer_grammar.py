"""Schemas as grammars: one layout, bounded strings, and what need not be generated."""

import json
from pathlib import Path
from typing import Any

import pytest

from casegate.errors import InvalidInput
from casegate.inference.catalogue import Entry
from casegate.inference.grammar import Grammar, rules
from casegate.inference.verify import verified
from casegate.inference.weights import Weights

PLAN: dict[str, Any] = {
    "type": "object",
    "properties": {
        "body": {"type": "array", "items": {"enum": ["S1", "S2"]}, "minItems": 1, "maxItems": 2},
        "note": {"type": ["string", "null"], "maxLength": 4},
    },
    "required": ["body", "note"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def weights(small_model: tuple[Path, Entry]) -> Any:  # noqa: ANN401
    """The small model with a short context, for its vocabulary."""
    folder, entry = small_model
    path = verified(entry, folder)
    with Weights(path, context=256, threads=lambda: 1, expired=lambda: False) as loaded:
        yield loaded


def allows(weights: Weights, text: str, schema: dict[str, Any] = PLAN) -> bool:
    """Walk through the grammar by the tokens of `text`, to its end."""
    with Grammar(schema, weights) as grammar:
        for token in weights.tokenise(text, special=False):
            if token not in grammar.allowed():
                return False
            grammar.accept(token)
        return grammar.complete()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (json.dumps({"body": ["S1"], "note": None}), True),
        (json.dumps({"body": ["S2", "S1"], "note": "abcd"}), True),
        (json.dumps({"body": ["S1"], "note": "é\\n"}), True),
        (json.dumps({"body": [], "note": None}), False),
        (json.dumps({"body": ["S1", "S2", "S1"], "note": None}), False),
        (json.dumps({"body": ["S3"], "note": None}), False),
        (json.dumps({"body": ["S1"], "note": "abcde"}), False),
        (json.dumps({"note": None, "body": ["S1"]}), False),
        (json.dumps({"body": ["S1"], "note": None}, indent=1), False),
        (json.dumps({"body": ["S1"], "note": None}, separators=(",", ":")), False),
        ('{"body": ["S1"], "note": "a\nb"}', False),
    ],
)
def test_the_grammar_takes_json_of_the_schema_in_one_layout_and_nothing_else(
    weights: Weights, text: str, allowed: bool
) -> None:
    assert allows(weights, text) is allowed


@pytest.mark.model
def test_what_the_schema_leaves_no_choice_about_is_known(weights: Weights) -> None:
    with Grammar(PLAN, weights) as grammar:
        assert grammar.forced() == '{"body": ["S'
        for token in weights.tokenise('{"body": ["S1"]', special=False):
            grammar.accept(token)
        assert grammar.forced() == ', "note": '
        assert not grammar.complete()


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"a": {"$ref": "https://example.org/x"}}},
        {"type": "colour"},
        {"properties": 5},
    ],
)
def test_a_schema_that_can_t_become_a_grammar_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="can't become a grammar"):
        rules(schema)
