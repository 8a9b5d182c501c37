"""Intervals for what suites measure: Wilson for shares of trials, bootstrap for everything else."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

Z95 = 1.959963984540054
"""Two-sided 95 percent quantile of the normal distribution."""
RESAMPLES = 2000


@dataclass(frozen=True)
class Ratio:
    """One sample's part of a metric: the metric is the sum of `top` over the sum of `bottom`."""

    top: float
    bottom: float


def pooled(ratios: Sequence[Ratio]) -> float | None:
    """Give the metric over samples; None where nothing was counted."""
    bottom = sum(ratio.bottom for ratio in ratios)
    return sum(ratio.top for ratio in ratios) / bottom if bottom else None


def wilson(hits: float, trials: float) -> tuple[float, float]:
    """Give the 95 percent score interval of a share (Wilson 1927).

    Raises:
        ValueError: there are no trials, or more hits than trials.
    """
    if trials <= 0 or not 0 <= hits <= trials:
        raise ValueError(f"`hits` must lie between 0 and `trials` above 0, got {hits}, {trials}")
    share = hits / trials
    middle = share + Z95**2 / (2 * trials)
    spread = Z95 * math.sqrt(share * (1 - share) / trials + Z95**2 / (4 * trials**2))
    scale = 1 + Z95**2 / trials
    low = 0.0 if hits == 0 else (middle - spread) / scale
    high = 1.0 if hits == trials else (middle + spread) / scale
    return low, high


def bootstrap(
    samples: int, statistic: Callable[[Sequence[int]], float | None], rng: Random
) -> tuple[float, float] | None:
    """Give the 95 percent percentile interval over resampled sample numbers.

    None when the statistic is undefined on every resample. One sample has no spread to resample:
    its interval is a point.
    """
    found = []
    for _ in range(RESAMPLES if samples > 1 else 1):
        drawn = [rng.randrange(samples) for _ in range(samples)]
        value = statistic(drawn)
        if value is not None:
            found.append(value)
    if not found:
        return None
    found.sort()
    low, high = int(0.025 * (len(found) - 1)), math.ceil(0.975 * (len(found) - 1))
    return found[low], found[high]
