"""Reports for tests, from bare scores."""

from datetime import UTC, datetime

from evals.report import Report, SampleReport, Score, Versions, measure
from evals.suite import Metric, Suite


def suite(**changes: object) -> Suite:
    """Give a suite of one metric, changed as named."""
    metric = {
        "name": "right",
        "better": "higher",
        "interval": "wilson",
        "meaning": "answers that are right",
    }
    given: dict[str, object] = {
        "id": "narrative",
        "task": "narrative",
        "bundles": ("person-account-opening",),
        "first_seed": 1,
        "cases": 3,
        "metrics": (Metric.model_validate({**metric, **changes}),),
    }
    return Suite.model_validate(given)


def sample(number: int, top: float, bottom: float = 1, metric: str = "right") -> SampleReport:
    """Give a sample with one score."""
    return SampleReport(
        id=f"person-account-opening/{number}",
        scores={metric: Score(top=top, bottom=bottom)},
        calls=1,
        prompt_tokens=10,
        completion_tokens=2,
        seconds=0.5,
    )


def report(of: Suite, *tops: float, model: str = "m", bottom: float = 1) -> Report:
    """Give a report with one sample a score."""
    samples = tuple(sample(n, top, bottom) for n, top in enumerate(tops))
    return Report(
        suite=of.id,
        made_at=datetime(2026, 11, 20, tzinfo=UTC),
        versions=Versions(
            model=model,
            model_sha256="a" * 64,
            prompts=("narrative/plan@1#0123456789ab",),
            rules="US@2026-11-20#0123456789ab",
            tools="documents@1",
            suite=of.digest,
        ),
        samples=samples,
        metrics=measure(of, samples),
        seconds=1.0,
    )
