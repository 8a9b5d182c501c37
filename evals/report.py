"""What a suite measured, with every version behind it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from random import Random  # noqa: TID251 - seeded here, so that a report can be made again

from pydantic import ValidationError

from casegate.errors import InvalidInput
from casegate.model.base import Record
from evals.stats import Ratio, bootstrap, pooled, wilson
from evals.suite import Metric, Suite

SEED = 20031
"""Of the bootstrap: equal samples give an equal interval."""


class Score(Record):
    """One sample's part of one metric."""

    top: float
    bottom: float


class SampleReport(Record):
    """One sample: its scores and what it cost."""

    id: str
    scores: dict[str, Score]
    notes: tuple[str, ...] = ()
    """What went wrong, by field or check; generated cases hold no real person."""
    calls: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    """Inside the model."""


class Measured(Record):
    """A metric over all samples."""

    name: str
    value: float | None
    """None where nothing was counted."""
    low: float | None
    high: float | None
    n: float
    """Of what the share is: trials, fields, samples."""
    interval: str


class Versions(Record):
    """Everything that could change a score."""

    model: str
    model_sha256: str
    prompts: tuple[str, ...]
    """References of the prompts that were asked with."""
    rules: str
    tools: str
    suite: str
    """Digest of the suite file."""


class Report(Record):
    """One run of one suite."""

    suite: str
    made_at: datetime
    versions: Versions
    samples: tuple[SampleReport, ...]
    metrics: tuple[Measured, ...]
    seconds: float
    """Wall time of the run."""


def measure(suite: Suite, reports: Sequence[SampleReport]) -> tuple[Measured, ...]:
    """Add the samples up, each metric with its 95 percent interval."""
    return tuple(_measured(metric, ratios(metric.name, reports)) for metric in suite.metrics)


def ratios(metric: str, reports: Sequence[SampleReport]) -> list[Ratio]:
    """Give every sample's part of a metric, in order; a sample without one counts nothing."""
    nothing = Score(top=0, bottom=0)
    scores = [report.scores.get(metric, nothing) for report in reports]
    return [Ratio(score.top, score.bottom) for score in scores]


def _measured(metric: Metric, parts: list[Ratio]) -> Measured:
    bottom = sum(part.bottom for part in parts)
    interval: tuple[float, float] | None = None
    if bottom and metric.interval == "wilson":
        interval = wilson(sum(part.top for part in parts), bottom)
    elif bottom:
        rng = Random(SEED)  # noqa: S311 - statistics, not secrets
        interval = bootstrap(len(parts), lambda drawn: pooled([parts[i] for i in drawn]), rng)
    return Measured(
        name=metric.name,
        value=pooled(parts),
        low=None if interval is None else interval[0],
        high=None if interval is None else interval[1],
        n=bottom,
        interval=metric.interval,
    )


def write_report(report: Report, folder: Path) -> Path:
    """Keep a report; gives its file."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = report.made_at.strftime("%Y%m%dT%H%M%S%fZ")
    path = folder / f"{report.suite}-{stamp}.json"
    path.write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return path


def read_report(path: Path) -> Report:
    """Read a report back.

    Raises:
        InvalidInput: the file is missing or no report.
    """
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError:
        raise InvalidInput(f"there is no report {path.name}") from None
    except ValidationError as bad:
        places = ", ".join(".".join(map(str, e["loc"])) or "file" for e in bad.errors())
        raise InvalidInput(f"{path.name} is no report: {places}") from None
