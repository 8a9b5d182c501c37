"""The narrative rubric: what a text must hold, decided from facts, text and claims.

`policy/rubric.yaml` names every check with its severity; `CHECKS` below decides them. A check that
the records can't decide is reported as not decided, never passed in silence.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import PositiveInt

from casegate.errors import RulesInvalid
from casegate.model.base import Record
from casegate.model.narrative import OutputKind, RubricFinding
from guardrails.rubric_checks import CHECKS
from guardrails.rubric_text import CheckedText, Undecided

POLICY = Path(__file__).parent / "policy" / "rubric.yaml"


class RubricCheck(Record):
    """One row of the rubric."""

    id: str
    severity: Literal["fatal", "warn"]
    by: Literal["facts", "text", "claims", "person"]
    check: str
    outputs: tuple[OutputKind, ...]
    words: tuple[str, ...] = ()


class KeyTerm(Record):
    """A term that an advisory asks for in reports of one typology."""

    typology: str
    term: str
    source: str


class RubricLimits(Record):
    """Figures of the rubric."""

    checked_characters: PositiveInt
    sentence_characters: PositiveInt
    sentence_values: PositiveInt
    report_characters: PositiveInt
    short_characters: PositiveInt
    short_sentences: PositiveInt
    rows_all_up_to: PositiveInt
    rows_share_percent: PositiveInt


class Rubric(Record):
    """`rubric.yaml`."""

    version: str
    source: str
    limits: RubricLimits
    key_terms: tuple[KeyTerm, ...]
    checks: tuple[RubricCheck, ...]

    def of(self, output: OutputKind) -> tuple[RubricCheck, ...]:
        """Give the checks that apply to a kind of text."""
        return tuple(check for check in self.checks if output in check.outputs)


def load_rubric(path: Path = POLICY) -> Rubric:
    """Read the rubric.

    Raises:
        RulesInvalid: the file breaks its schema, or a check has no code that decides it.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        rubric = Rubric.model_validate(data | {"version": str(data["version"])})
    except (OSError, TypeError, ValueError, yaml.YAMLError) as bad:
        raise RulesInvalid(f"the rubric does not load: {bad}") from bad
    ids = [check.id for check in rubric.checks]
    if len(set(ids)) != len(ids) or set(ids) != set(CHECKS):
        raise RulesInvalid(f"rubric ids and checks differ: {sorted(set(ids) ^ set(CHECKS))}")
    return rubric


def apply_rubric(rubric: Rubric, text: CheckedText) -> tuple[RubricFinding, ...]:
    """Give every check that failed or could not be decided, in the rubric's order."""
    return tuple(_findings(rubric, text))


def _findings(rubric: Rubric, text: CheckedText) -> Iterator[RubricFinding]:
    for check in rubric.of(text.output):
        answer = CHECKS[check.id](text, check.words)
        if answer is None:
            continue
        undecided = isinstance(answer, Undecided)
        yield RubricFinding(
            check=check.id,
            fatal=check.severity == "fatal" and not undecided,
            message=f"{check.check}: {answer.message}",
            decided=not undecided,
        )
