"""The suites as inspect-ai tasks: a solver over our agents, a scorer over our graders."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio.to_thread
from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score as InspectScore
from inspect_ai.scorer import Scorer, Target, mean, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from casegate.config import Settings
from casegate.inference.ports import Complete
from casegate.model.proposal import ModelRef
from evals import world
from evals.datasets.letters import letter
from evals.graders.calls import Graded, require_a_whole_run
from evals.graders.fields import grade_fields
from evals.graders.narrative import grade_narrative
from evals.report import SampleReport, Score
from evals.suite import SampleKey, Suite
from evals.suite import Task as TaskName
from examples.bundle import Bundle
from examples.generate import make_bundle

LETTERS = "letters"
STORE_KEY = "report"


@dataclass(frozen=True)
class Bench:
    """What all samples of a run share."""

    settings: Settings
    complete: Complete
    versions: Mapping[str, int]
    asked_with: set[str]
    """Collects the references of the prompts that were used."""


def bundle_of(key: SampleKey) -> Bundle:
    """Make the bundle of a sample."""
    if key.bundle == LETTERS:
        return letter(key.seed)
    return make_bundle(key.bundle, key.seed)


def inspect_task(suite: Suite, keys: tuple[SampleKey, ...], bench: Bench) -> Task:
    """Give the suite as a task that needs no model provider of inspect's."""

    @solver(name=suite.task)
    def over_our_agents() -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            key = SampleKey.model_validate(state.metadata)
            report = await anyio.to_thread.run_sync(lambda: run_sample(suite.task, key, bench))
            state.store.set(STORE_KEY, report.model_dump(mode="json"))
            return state

        return solve

    @scorer(metrics=[mean()], name="primary")
    def by_our_grader() -> Scorer:
        async def score(state: TaskState, target: Target) -> InspectScore:
            report: dict[str, Any] = state.store.get(STORE_KEY)
            found = Score.model_validate(report["scores"][suite.metrics[0].name])
            value = found.top / found.bottom if found.bottom else 0.0
            return InspectScore(value=value, metadata={"report": report})

        return score

    dataset = MemoryDataset(
        [Sample(id=key.id, input=key.id, metadata=key.model_dump(mode="json")) for key in keys]
    )
    return Task(dataset=dataset, solver=over_our_agents(), scorer=by_our_grader(), name=suite.id)


def run_sample(task: TaskName, key: SampleKey, bench: Bench) -> SampleReport:
    """Run one sample in an installation of its own, which is thrown away.

    Raises:
        EvalFailed: a part was down, so the scores would measure the outage.
    """
    bundle = bundle_of(key)
    with tempfile.TemporaryDirectory(prefix="casegate-eval-") as folder:
        settings = bench.settings.model_copy(
            update={"data_dir": Path(folder), "database_url": "", "environment": "demo"}
        )
        with world.world(settings, bundle, bench.complete, bench.versions) as given:
            graded = graded_run(task, given, settings, bundle)
            calls = given.parts.run_desk.calls(given.run_id)
    bench.asked_with.update(call.prompt for call in calls)
    return sample_report(key, graded, calls)


def graded_run(task: TaskName, given: world.World, settings: Settings, bundle: Bundle) -> Graded:
    """Run what the task is about, and grade it."""
    if task == "extraction":
        dossier = world.read_papers(given)
        require_a_whole_run(dossier)
        return grade_fields(dossier, bundle.truth, asked=given.answered())
    dossier = world.propose(given, settings)
    require_a_whole_run(dossier)
    return grade_narrative(dossier, bundle.truth, asked=given.answered())


def sample_report(key: SampleKey, graded: Graded, calls: tuple[ModelRef, ...]) -> SampleReport:
    """Put scores and cost of a sample together."""
    return SampleReport(
        id=key.id,
        scores={n: Score(top=t, bottom=b) for n, (t, b) in graded.scores.items()},
        notes=graded.notes,
        calls=len(calls),
        prompt_tokens=sum(call.prompt_tokens for call in calls),
        completion_tokens=sum(call.completion_tokens for call in calls),
        seconds=sum(call.seconds for call in calls),
    )
