"""The loop that turns a prompt into an answer of a schema."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import llama_cpp
import numpy as np

from casegate.inference.grammar import Grammar
from casegate.inference.ports import Sampler
from casegate.inference.weights import Logits, Weights
from casegate.model.base import Json


@dataclass(frozen=True)
class Answer:
    """What the model said."""

    text: str
    tokens: int
    """Of the answer, whether the model chose them or the schema left no choice."""
    finished: bool
    """False if `max_tokens` ended it."""


def generate(weights: Weights, schema: Json, sampler: Sampler) -> Answer:
    """Answer the prompt that `weights` has read, under a schema.

    Text that the schema leaves no choice about (names of fields, brackets) is not generated but
    read like a prompt, several tokens in one step.

    Raises:
        Interrupted: the deadline passed.
        InvalidInput: the schema can't become a grammar.
    """
    out = bytearray()
    count = 0
    with Grammar(schema, weights) as grammar, _chooser(grammar, sampler) as choose:
        while count < sampler.max_tokens:
            step = _known(weights, grammar) or [choose(weights.logits())]
            if weights.ends(step[0]):
                return Answer(_text(out), count, finished=True)
            for token in step:
                grammar.accept(token)
                out += weights.piece(token)
            count += len(step)
            if grammar.complete():
                return Answer(_text(out), count, finished=True)
            weights.read(step)
    return Answer(_text(out), count, finished=False)


def _known(weights: Weights, grammar: Grammar) -> list[int]:
    """Give the tokens of the text that must come next.

    The last one is left to the model: cut at an arbitrary letter, text falls into tokens that the
    model never saw in its training (` ` and `"` instead of ` "`).
    """
    return weights.tokenise(grammar.forced(), special=False)[:-1]


def _text(out: bytearray) -> str:
    return out.decode("utf-8", errors="replace")


@contextmanager
def _chooser(grammar: Grammar, sampler: Sampler) -> "Iterator[Any]":
    """Give the function that picks the next token from logits."""
    if sampler.temperature == 0:
        yield grammar.best
        return
    chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
    for link in (
        llama_cpp.llama_sampler_init_top_p(sampler.top_p, 1),
        llama_cpp.llama_sampler_init_temp(sampler.temperature),
        llama_cpp.llama_sampler_init_dist(sampler.seed),
    ):
        llama_cpp.llama_sampler_chain_add(chain, link)
    try:
        yield lambda logits: _draw(chain, grammar.allowed(), logits)
    finally:
        llama_cpp.llama_sampler_free(chain)


def _draw(chain: Any, allowed: "np.ndarray[Any, np.dtype[np.int32]]", logits: Logits) -> int:  # noqa: ANN401 - a pointer
    data = (llama_cpp.llama_token_data * allowed.size)()
    view = np.ctypeslib.as_array(data)
    view["id"] = allowed
    view["logit"] = logits[allowed]
    candidates = llama_cpp.llama_token_data_array(data, allowed.size, -1, False)
    llama_cpp.llama_sampler_apply(chain, ctypes.byref(candidates))
    return int(data[candidates.selected].id)
