"""Running a suite: offline, through inspect-ai, and never green by accident.

inspect's own command line ends with exit code 0 when a task fails, so status, number of samples and
scores are checked here, and anything short of all of them is `EvalFailed`.
"""

import time
from collections.abc import Mapping
from pathlib import Path

from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog

from casegate.config import Settings
from casegate.desk.ports import Clock
from casegate.errors import EvalFailed, InvalidInput
from casegate.inference.ports import Complete
from evals.report import Report, SampleReport, Versions, measure
from evals.suite import SampleKey, Suite, samples
from evals.tasks import Bench, inspect_task
from guardrails.gate import DatedRules
from prompts.registry import load_prompts
from tools.documents import DOCUMENTS_VERSION


def run_suite(
    suite: Suite,
    *,
    settings: Settings,
    complete: Complete,
    clock: Clock,
    log_dir: Path,
    versions: Mapping[str, int] | None = None,
    cases: int | None = None,
) -> Report:
    """Run a suite and measure it.

    Args:
        settings: how the agents work; the data folder of each sample is its own.
        complete: the model that is measured.
        clock: dates the report; samples have clocks of their own.
        log_dir: where inspect-ai keeps its log, for its viewer.
        versions: prompt versions to use instead of the live ones.
        cases: how many samples; all of the suite by default.

    Raises:
        EvalFailed: a sample ended in an error, or a part was down.
        PromptUnknown: a version that the manifest does not hold.
        InvalidInput: fewer than one case.
    """
    if cases is not None and cases < 1:
        raise InvalidInput(f"`cases` must be at least 1, got {cases}")
    prompts = load_prompts()
    for prompt_id, version in (versions or {}).items():
        prompts.get(prompt_id, version)
    keys = samples(suite, cases)
    bench = Bench(settings, complete, versions or {}, asked_with=set())
    began = time.perf_counter()
    (log,) = inspect_eval(
        inspect_task(suite, keys, bench),
        model=None,
        log_dir=str(log_dir),
        display="none",
        log_level="error",
        max_samples=1,
        fail_on_error=True,
        score_display=False,
    )
    reports = checked(log, keys)
    made_at = clock()
    return Report(
        suite=suite.id,
        made_at=made_at,
        versions=Versions(
            model=complete.identity.name,
            model_sha256=complete.identity.sha256,
            prompts=tuple(sorted(bench.asked_with)),
            rules=DatedRules().version("US", at=made_at.date()),
            tools=f"documents@{DOCUMENTS_VERSION}",
            suite=suite.digest,
        ),
        samples=reports,
        metrics=measure(suite, reports),
        seconds=time.perf_counter() - began,
    )


def checked(log: EvalLog, keys: tuple[SampleKey, ...]) -> tuple[SampleReport, ...]:
    """Take the samples of a log, if it holds every one of them, scored.

    Raises:
        EvalFailed: the status is no success, or a sample is missing, failed or has no score.
    """
    if log.status != "success":
        # The message of an error may quote a paper; its kind says enough.
        failed = next((s for s in log.samples or () if s.error is not None), None)
        where = f" on {failed.id}" if failed is not None else ""
        why = (log.error.message if log.error else "no reason given").splitlines()[0]
        raise EvalFailed(f"the suite ended with status {log.status!r}{where}: {why}")
    found = {
        str(sample.id): sample.scores["primary"]
        for sample in log.samples or ()
        if sample.error is None and sample.scores and "primary" in sample.scores
    }
    missing = [key.id for key in keys if key.id not in found]
    if missing:
        raise EvalFailed(f"no score for {', '.join(missing)}")
    return tuple(
        SampleReport.model_validate((found[key.id].metadata or {})["report"]) for key in keys
    )
