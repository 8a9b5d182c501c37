"""Two reports side by side: the difference of the same samples, and whether it is a regression."""

from collections.abc import Sequence
from enum import StrEnum
from random import Random  # noqa: TID251 - seeded here, so that a verdict can be given again

from casegate.errors import InvalidInput
from casegate.model.base import Record
from evals.report import SEED, Report, SampleReport, ratios
from evals.stats import Ratio, bootstrap, pooled
from evals.suite import Metric, Suite

ROUNDING = 1e-9
"""Differences below it are those of adding up floats."""


class Verdict(StrEnum):
    """What became of a metric, worst first."""

    REGRESSED = "regressed"
    """Worse, and no chance finding; or worse at all where the metric is critical."""
    WORSE = "worse"
    """Worse by more than the margin, but it may be chance."""
    SAME = "same"
    BETTER = "better"
    """Better, and no chance finding."""


class Difference(Record):
    """One metric in both reports."""

    name: str
    before: float | None
    after: float | None
    difference: float | None
    """`after` less `before`."""
    low: float | None
    high: float | None
    """95 percent interval of the difference, paired by sample."""
    better: str
    """Which way is better: `higher` or `lower`."""
    verdict: Verdict


class Comparison(Record):
    """Two reports of one suite on the same samples."""

    suite: str
    samples: int
    before: str
    after: str
    """What differs: model and prompts of each."""
    metrics: tuple[Difference, ...]
    verdict: Verdict
    """The worst of the metrics; `better` if any is and none is worse."""
    changed: tuple[str, ...]
    """Ids of the samples whose scores differ."""


def compare(suite: Suite, before: Report, after: Report) -> Comparison:
    """Compare two runs of one suite.

    Raises:
        InvalidInput: other suites, another version of the suite, or other samples.
    """
    _require_comparable(suite, before, after)
    paired = {report.id: report for report in after.samples}
    old, new = before.samples, [paired[report.id] for report in before.samples]
    metrics = tuple(_difference(metric, old, new) for metric in suite.metrics)
    verdicts = {difference.verdict for difference in metrics}
    return Comparison(
        suite=suite.id,
        samples=len(old),
        before=_label(before),
        after=_label(after),
        metrics=metrics,
        verdict=_overall(verdicts),
        changed=tuple(a.id for a, b in zip(old, new, strict=True) if a.scores != b.scores),
    )


def _require_comparable(suite: Suite, before: Report, after: Report) -> None:
    if {before.suite, after.suite} != {suite.id}:
        raise InvalidInput(f"reports of other suites: {before.suite!r} and {after.suite!r}")
    digests = {before.versions.suite, after.versions.suite}
    if digests != {suite.digest}:
        raise InvalidInput("the suite changed since a report was made", remedy="Run both again.")
    ids = [sorted(sample.id for sample in report.samples) for report in (before, after)]
    if ids[0] != ids[1] or len(set(ids[0])) != len(ids[0]):
        raise InvalidInput("the reports have other samples, so they can't be paired")


def _difference(
    metric: Metric, before: Sequence[SampleReport], after: Sequence[SampleReport]
) -> Difference:
    old, new = ratios(metric.name, before), ratios(metric.name, after)
    rng = Random(SEED)  # noqa: S311 - statistics, not secrets
    interval = bootstrap(len(old), lambda drawn: _less(old, new, drawn), rng) if old else None
    found = _less(old, new, range(len(old)))
    return Difference(
        name=metric.name,
        before=pooled(old),
        after=pooled(new),
        difference=found,
        low=None if interval is None else interval[0],
        high=None if interval is None else interval[1],
        better=metric.better,
        verdict=_verdict(metric, found, interval, counted=(pooled(old), pooled(new))),
    )


def _less(old: list[Ratio], new: list[Ratio], drawn: Sequence[int]) -> float | None:
    before, after = pooled([old[i] for i in drawn]), pooled([new[i] for i in drawn])
    return None if before is None or after is None else after - before


def _verdict(
    metric: Metric,
    difference: float | None,
    interval: tuple[float, float] | None,
    *,
    counted: tuple[float | None, float | None],
) -> Verdict:
    if difference is None or interval is None:
        # Something was measured before and is not any more: that never passes for "same".
        return Verdict.REGRESSED if counted[0] is not None else Verdict.SAME
    sign = 1.0 if metric.better == "higher" else -1.0
    gain = sign * difference
    worst, best = sorted((sign * interval[0], sign * interval[1]))
    if metric.critical and gain < -ROUNDING:
        return Verdict.REGRESSED
    if gain < -metric.margin - ROUNDING:
        return Verdict.REGRESSED if best < -ROUNDING else Verdict.WORSE
    return Verdict.BETTER if worst > ROUNDING and gain > metric.margin else Verdict.SAME


def _overall(verdicts: set[Verdict]) -> Verdict:
    for verdict in (Verdict.REGRESSED, Verdict.WORSE, Verdict.BETTER):
        if verdict in verdicts:
            return verdict
    return Verdict.SAME


def _label(report: Report) -> str:
    return f"{report.versions.model}, {', '.join(report.versions.prompts) or 'no prompt'}"
