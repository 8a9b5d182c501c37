"""Asking the model while counting calls and tokens."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from casegate.errors import InputError, PartDown
from casegate.model.base import Json

Ask = Callable[[str, dict[str, str], Json], Json | None]


@dataclass
class Usage:
    """What asking cost."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_characters: int = 0
    seconds: float = 0.0
    failed: int = 0
    prompts: list[str] = field(default_factory=list)

    def figures(self, papers: int) -> dict[str, float]:
        """Give the cost per paper."""
        total = self.prompt_tokens + self.completion_tokens
        return {
            "calls": self.calls,
            "calls_per_paper": round(self.calls / max(1, papers), 3),
            "tokens_per_paper": round(total / max(1, papers), 1),
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "prompt_characters": self.prompt_characters,
            "prompt_characters_per_paper": round(self.prompt_characters / max(1, papers), 1),
            "model_seconds": round(self.seconds, 1),
            "failed": self.failed,
        }


def counting(usage: Usage, *, keep: bool = False) -> Ask:
    """Answer nothing, and count what would have been asked."""
    messages = _messages()

    def ask(task: str, values: dict[str, str], schema: Json) -> Json | None:
        text = messages(task, values)
        usage.calls += 1
        usage.prompt_characters += len(text)
        if keep:
            usage.prompts.append(text)
        return None

    return ask


def _messages() -> Callable[[str, dict[str, str]], str]:
    from prompts.registry import load_prompts

    prompts = load_prompts()

    def text(task: str, values: dict[str, str]) -> str:
        prompt = prompts.live(f"intake/{task}")
        return "\n".join(message.content for message in prompt.messages(**values))

    return text


def model(name: str, usage: Usage) -> Ask:
    """Ask a model of the catalogue, counting; one that gives no answer is counted as failed."""
    from casegate.config import load_settings
    from casegate.inference.open import open_model
    from casegate.inference.ports import Request, Sampler
    from prompts.registry import load_prompts

    settings = load_settings().model_copy(update={"model": name})
    prompts, complete = load_prompts(), open_model(settings)

    def ask(task: str, values: dict[str, str], schema: Json) -> Json | None:
        prompt = prompts.live(f"intake/{task}")
        messages = prompt.messages(**values)
        usage.calls += 1
        usage.prompt_characters += sum(len(message.content) for message in messages)
        try:
            completion = complete(
                Request(
                    task=task,
                    prompt=prompt.ref,
                    messages=messages,
                    schema_=schema,
                    sampler=Sampler.model_validate(prompt.sampling.model_dump()),
                    deadline_s=settings.model_deadline_s,
                )
            )
        except (PartDown, InputError) as problem:
            usage.failed += 1
            sys.stderr.write(f"  model: {problem.code}\n")
            return None
        usage.prompt_tokens += completion.prompt_tokens
        usage.completion_tokens += completion.completion_tokens
        usage.seconds += completion.seconds
        answer = json.loads(completion.text)
        return answer if isinstance(answer, dict) else None

    return ask
