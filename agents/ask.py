"""Asking the model: once per key, recorded, inside a budget, and never trusted to have answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from casegate.desk.run import RunDesk
from casegate.errors import InputError, PartDown, TokenBudgetExceeded
from casegate.inference.ports import Complete, Request, Sampler
from casegate.model.base import Json
from casegate.model.proposal import ModelRef
from prompts.registry import Prompts


@dataclass(frozen=True)
class Question:
    """One call: `key` names it within the run, so that a resumed run finds its answer again."""

    task: str
    key: str
    prompt: str
    values: Mapping[str, str]
    schema: Json


@dataclass(frozen=True)
class Answer:
    """JSON of the asked schema, and the versions that gave it."""

    value: Json
    ref: ModelRef


@dataclass
class Asker:
    """Puts questions to the model for one run.

    No usable answer is None: the model is missing, late, over budget or broke the schema. The
    problem is kept on the case, and the step that asked goes on without; it never guesses.
    """

    desk: RunDesk
    complete: Complete
    prompts: Prompts
    case_id: str
    run_id: str
    deadline_s: float
    token_budget: int
    versions: Mapping[str, int] = field(default_factory=dict)
    """Prompt versions to use instead of the live ones, by prompt id (evals, comparisons)."""

    def ask(self, question: Question) -> Answer | None:
        """Ask once; a second time with the same key gives the recorded answer."""
        known = self.desk.completion(self.case_id, self.run_id, question.key)
        if known is not None:
            return Answer(json.loads(known[0].text), known[1])
        try:
            return self._ask_model(question)
        except (PartDown, InputError) as refused:
            self.desk.problem(self.case_id, self.run_id, refused.as_problem(question.key))
            return None

    def _ask_model(self, question: Question) -> Answer:
        used = sum(c.prompt_tokens + c.completion_tokens for c in self.desk.calls(self.run_id))
        if used >= self.token_budget:
            raise TokenBudgetExceeded(
                f"run {self.run_id} has used {used} of its {self.token_budget} tokens",
                remedy="A person goes on from here; or raise CASEGATE_CASE_TOKEN_BUDGET.",
            )
        request = self._request(question)
        completion = self.complete(request)
        ref = self.desk.record_completion(
            self.case_id,
            self.run_id,
            question.key,
            request,
            completion,
            self.complete.identity,
        )
        return Answer(json.loads(completion.text), ref)

    def _request(self, question: Question) -> Request:
        wanted = self.versions.get(question.prompt)
        prompt = (
            self.prompts.live(question.prompt)
            if wanted is None
            else self.prompts.get(question.prompt, wanted)
        )
        return Request(
            task=question.task,
            prompt=prompt.ref,
            messages=prompt.messages(**question.values),
            schema_=question.schema,
            sampler=Sampler.model_validate(dict(prompt.sampling)),
            deadline_s=self.deadline_s,
        )
