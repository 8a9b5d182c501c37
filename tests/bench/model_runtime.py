"""What the model costs: one extraction, two ways, and what a kept beginning saves.

    python -m tests.bench.model_runtime [--model NAME] [--json]

Wants quiet cores: the load is printed beside the figures.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casegate.config import load_settings
from casegate.inference.catalogue import Entry, entry
from casegate.inference.chat import Chat
from casegate.inference.generate import generate
from casegate.inference.ports import Message, Sampler
from casegate.inference.prefix import PrefixShelf
from casegate.inference.threads import FreeCores
from casegate.inference.verify import verified
from casegate.inference.weights import Weights
from prompts.registry import load_prompts

FIELDS = (
    "full_name",
    "date_of_birth",
    "nationality",
    "address",
    "occupation",
    "employer",
    "annual_income",
    "source_of_funds",
    "expected_monthly_turnover",
)
FORM = """\
ACCOUNT OPENING FORM
Full name: Maria Elena Example
Date of birth: 14 March 1984
Nationality: Hungarian
Residential address: 12 Lark Lane, Apt 4, Budapest 1052
Occupation: Import and export clerk
Employer: Danube Freight Example Kft
Annual income: EUR 42,000
Source of funds: salary
Purpose of account: salary and household payments
"""
EXPECTED = {"full_name": "Maria Elena Example", "expected_monthly_turnover": None}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {name: {"type": ["string", "null"], "maxLength": 120} for name in FIELDS},
    "required": list(FIELDS),
    "additionalProperties": False,
}
SAMPLER = Sampler(max_tokens=400)
CONTEXT = 2048


@dataclass(frozen=True)
class Run:
    """One way to the answer."""

    way: str
    seconds: float
    tokens: int
    text: str


def messages() -> tuple[Message, ...]:
    """Give the extraction prompt over the form."""
    prompt = load_prompts().live("intake/extract")
    values: dict[str, Any] = {"type": "account application", "fields": "\n".join(FIELDS)}
    return prompt.messages(**values, text=FORM)


def seconds_of(work: Callable[[], Any]) -> tuple[float, Any]:
    """Run and time."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def by_the_binding(wanted: Entry) -> Run:
    """Answer by llama-cpp-python's own chat completion under a grammar, prompt already read."""
    import llama_cpp
    from llama_cpp.llama_grammar import LlamaGrammar

    path = verified(wanted, load_settings().models)
    llama = llama_cpp.Llama(
        str(path), n_ctx=CONTEXT, n_threads=os.cpu_count(), verbose=False, seed=7
    )
    grammar = LlamaGrammar.from_json_schema(json.dumps(SCHEMA), verbose=False)
    turns: Any = [message.model_dump() for message in messages()]

    def answer() -> Any:  # noqa: ANN401 - the binding's own type
        return llama.create_chat_completion(
            turns, grammar=grammar, temperature=0, seed=7, max_tokens=SAMPLER.max_tokens
        )

    answer()
    seconds, said = seconds_of(answer)
    llama.close()
    text = said["choices"][0]["message"]["content"]
    return Run("llama-cpp-python", seconds, said["usage"]["completion_tokens"], text)


def by_us(weights: Weights) -> Run:
    """Answer by our own loop, prompt already read."""
    tokens, stable = Chat(weights).tokens(messages())
    PrefixShelf().read(weights, tokens, stable)
    seconds, answer = seconds_of(lambda: generate(weights, SCHEMA, SAMPLER))
    return Run("ours", seconds, answer.tokens, answer.text)


def beginnings(weights: Weights) -> dict[str, float]:
    """Time reading the prompt with nothing, the live and a put-back beginning."""
    shelf = PrefixShelf()
    tokens, stable = Chat(weights).tokens(messages())
    other, _ = Chat(weights).tokens((Message(role="system", content="Other. " * 40), messages()[1]))
    weights.keep(0)
    cold, _ = seconds_of(lambda: shelf.read(weights, tokens, stable))
    live, _ = seconds_of(lambda: shelf.read(weights, tokens, stable))
    shelf.read(weights, other, 0)
    back, _ = seconds_of(lambda: shelf.read(weights, tokens, stable))
    return {
        "prompt_tokens": len(tokens),
        "common_tokens": stable,
        "cold_s": cold,
        "live_s": live,
        "put_back_s": back,
        "prompt_tokens_per_s": len(tokens) / cold,
    }


def measure(wanted: Entry) -> dict[str, Any]:
    """Measure one model."""
    path = verified(wanted, load_settings().models)
    runs = [by_the_binding(wanted)]
    free = FreeCores()
    load, weights = seconds_of(
        lambda: Weights(path, context=CONTEXT, threads=free, expired=lambda: False)
    )
    with weights:
        reading = beginnings(weights)
        runs.append(by_us(weights))
    return {
        "model": wanted.name,
        "load": os.getloadavg()[0],
        "load_s": load,
        **reading,
        "runs": [
            {
                "way": run.way,
                "seconds": run.seconds,
                "tokens": run.tokens,
                "tokens_per_s": run.tokens / run.seconds,
                "right": EXPECTED.items() <= json.loads(run.text).items(),
            }
            for run in runs
        ],
    }


def main() -> None:
    """Measure the models that are here, or the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    names = [asked.model] if asked.model else ["smollm2-135m-instruct", load_settings().model]
    found = [
        measure(entry(name))
        for name in names
        if (load_settings().models / entry(name).file).is_file()
    ]
    if asked.json:
        sys.stdout.write(json.dumps({"models": found}) + "\n")
        return
    for one in found:
        sys.stdout.write(
            f"{one['model']} (load {one['load']:.1f}): loads in {one['load_s']:.1f} s, reads "
            f"{one['prompt_tokens']} tokens in {one['cold_s']:.2f} s "
            f"({one['prompt_tokens_per_s']:.0f}/s); with its {one['common_tokens']} common tokens "
            f"kept {one['live_s']:.2f} s, put back {one['put_back_s']:.2f} s\n"
        )
        for run in one["runs"]:
            sys.stdout.write(
                f"  {run['way']:18} {run['seconds']:6.2f} s {run['tokens']:4} tokens "
                f"{run['tokens_per_s']:6.1f}/s  {'right' if run['right'] else 'wrong'}\n"
            )


if __name__ == "__main__":
    main()
