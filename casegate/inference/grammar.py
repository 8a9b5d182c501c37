"""Only tokens that keep the answer inside its JSON schema."""

import ctypes
import json
import re
from typing import Any

import llama_cpp
import numpy as np
import numpy.typing as npt
from llama_cpp.llama_grammar import json_schema_to_gbnf

from casegate.errors import InvalidInput
from casegate.inference.weights import Logits, Weights
from casegate.model.base import Json

FEW = 32
MANY = 1024

Tokens = npt.NDArray[np.int32]


def rules(schema: Json) -> str:
    """Write a schema as a llama.cpp grammar (GBNF) of JSON with one layout and no control bytes.

    The layout is that of `json.dumps`: `{"a": "b", "c": [1, 2]}`. With nothing left to choose
    between values, everything between two values is known and need not be generated.

    Raises:
        InvalidInput: the schema uses something that can't become a grammar.
    """
    try:
        text = json_schema_to_gbnf(json.dumps(_one_type_each(schema)))
    except (ValueError, KeyError, AssertionError, AttributeError, TypeError) as error:
        raise InvalidInput(f"`schema` can't become a grammar: {type(error).__name__}") from None
    text = text.replace('":" space', '": "').replace('"," space', '", "')
    text = re.sub(r"^space ::= .*$", 'space ::= ""', text, flags=re.MULTILINE)
    return re.sub(
        r'^char ::= \[\^"\\\\\]', r'char ::= [^"\\\\\\x00-\\x1F\\x7F]', text, flags=re.MULTILINE
    )


def _one_type_each(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """Split `type: [string, null]` into one schema a type, as the bounds of a list are ignored."""
    if isinstance(schema, list):
        return [_one_type_each(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    types = schema.get("type")
    if isinstance(types, list) and "enum" not in schema:
        rest = {key: value for key, value in schema.items() if key != "type"}
        return {
            "anyOf": [
                {"type": "null"} if kind == "null" else _one_type_each({"type": kind, **rest})
                for kind in types
            ]
        }
    return {
        key: value if key in ("enum", "const") else _one_type_each(value)
        for key, value in schema.items()
    }


class Grammar:
    """Where an answer stands in its schema. Use within `with`, one per answer."""

    def __init__(self, schema: Json, weights: Weights) -> None:
        """Compile the schema.

        Raises:
            InvalidInput: the schema uses something that can't become a grammar.
        """
        self._weights = weights
        text = rules(schema).encode()
        self._sampler = llama_cpp.llama_sampler_init_grammar(weights.vocab, text, b"root")
        if not self._sampler:
            raise InvalidInput("`schema` can't become a grammar: llama.cpp refuses its rules")
        self._everything = np.arange(weights.vocab_size, dtype=np.int32)
        self._letters = weights.letters()

    def __enter__(self) -> "Grammar":
        return self

    def __exit__(self, *_: object) -> None:
        llama_cpp.llama_sampler_free(self._sampler)

    def accept(self, token: int) -> None:
        """Go on by an allowed token."""
        llama_cpp.llama_sampler_accept(self._sampler, token)

    def best(self, logits: Logits) -> int:
        """Give the likeliest token that the schema allows.

        The model's first choice nearly always is, so it is asked about alone: asking about the
        whole vocabulary costs a third of the time of a token.
        """
        first = int(logits.argmax())
        if self._allowed(np.array([first], dtype=np.int32)).size:
            return first
        for count in (FEW, MANY):
            if (allowed := self._allowed(_likeliest(logits, count))).size:
                return int(allowed[0])
        allowed = self._allowed(self._everything)
        return int(allowed[logits[allowed].argmax()])

    def allowed(self) -> Tokens:
        """Give every token that the schema allows next."""
        return self._allowed(self._everything)

    def forced(self) -> str:
        """Give the text that must come next, whatever the model thinks; often empty."""
        found = ""
        probe = llama_cpp.llama_sampler_clone(self._sampler)
        try:
            while (letters := self._allowed(self._letters, probe)).size == 1:
                token = int(letters[0])
                found += self._weights.piece(token).decode()
                llama_cpp.llama_sampler_accept(probe, token)
        finally:
            llama_cpp.llama_sampler_free(probe)
        return found

    def complete(self) -> bool:
        """Tell whether nothing but the end may follow."""
        return not self._allowed(self._letters).size

    def _allowed(self, tokens: Tokens, sampler: Any = None) -> Tokens:  # noqa: ANN401 - a pointer
        data = (llama_cpp.llama_token_data * tokens.size)()
        view = np.ctypeslib.as_array(data)
        view["id"] = tokens
        candidates = llama_cpp.llama_token_data_array(data, tokens.size, -1, False)
        llama_cpp.llama_sampler_apply(sampler or self._sampler, ctypes.byref(candidates))
        allowed: Tokens = tokens[np.isfinite(view["logit"])]
        return allowed


def _likeliest(logits: Logits, count: int) -> Tokens:
    count = min(count, logits.size)
    top = np.argpartition(logits, -count)[-count:]
    return top[np.argsort(logits[top])[::-1]].astype(np.int32)
