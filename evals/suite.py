"""Suites as data: `evals/suites/<name>.yaml` says which cases are run and what is measured."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from casegate.errors import InvalidInput
from casegate.hashing import content_hash
from casegate.model.base import Record

FOLDER = Path(__file__).with_name("suites")

Task = Literal["extraction", "narrative"]


class Metric(Record):
    """One figure of a suite."""

    name: str
    """Name of a grader's score."""
    better: Literal["higher", "lower"]
    interval: Literal["wilson", "bootstrap"]
    """Wilson for shares of independent yes-or-no trials, bootstrap over samples for the rest."""
    margin: float = Field(default=0.0, ge=0)
    """How much worse still counts as the same."""
    critical: bool = False
    """Any step to the worse is a regression, whatever the interval says."""
    meaning: str


class Suite(Record):
    """A regression suite."""

    id: str
    task: Task
    bundles: tuple[str, ...] = Field(min_length=1)
    """Names of `examples.generate.SCENARIOS`, taken in turn with growing seeds."""
    first_seed: int = Field(ge=1)
    """Seed 0 is the example that everybody sees; suites start above it."""
    cases: int = Field(ge=1)
    """How many samples a full run has."""
    metrics: tuple[Metric, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_metric_once(self) -> "Suite":
        names = [metric.name for metric in self.metrics]
        if len(set(names)) != len(names):
            raise ValueError("metric names must differ")
        return self

    @property
    def digest(self) -> str:
        """Hash everything that says what is measured."""
        return content_hash(self)


class SampleKey(Record):
    """One sample: a variant of an example case."""

    bundle: str
    seed: int

    @property
    def id(self) -> str:
        """The name by which two reports are paired."""
        return f"{self.bundle}/{self.seed}"


def load_suite(name: str, folder: Path = FOLDER) -> Suite:
    """Read one suite.

    Raises:
        InvalidInput: there is none of that name, or its file breaks the schema.
    """
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in known:
        raise InvalidInput(f"there is no suite {name!r}; known are {', '.join(known)}")
    try:
        suite = Suite.model_validate(yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8")))
    except (yaml.YAMLError, ValidationError) as bad:
        raise InvalidInput(f"{name}.yaml is no suite: {bad}") from None
    if suite.id != name:
        raise InvalidInput(f"{name}.yaml calls itself {suite.id!r}")
    return suite


def samples(suite: Suite, cases: int | None = None) -> tuple[SampleKey, ...]:
    """Give the first `cases` samples of a suite: bundle after bundle, then the next seed."""
    number = suite.cases if cases is None else cases
    kinds = len(suite.bundles)
    return tuple(
        SampleKey(bundle=suite.bundles[n % kinds], seed=suite.first_seed + n // kinds)
        for n in range(number)
    )
