"""What a run's problems say about the model: unusable answers count, a missing model does not."""

from typing import NamedTuple

from casegate.errors import EvalFailed
from casegate.model.dossier import Dossier

UNUSABLE = frozenset({"model_output_invalid", "token_budget_exceeded"})
"""The model was there and gave nothing usable: its own fault, so it counts against it."""


class Graded(NamedTuple):
    """One sample's scores, each as the two parts of a ratio, and what went wrong."""

    scores: dict[str, tuple[float, float]]
    notes: tuple[str, ...]


def unusable(dossier: Dossier) -> int:
    """Count the questions without a usable answer."""
    return sum(problem.code in UNUSABLE for problem in dossier.problems)


def require_a_whole_run(dossier: Dossier) -> None:
    """Refuse to grade a case on which a part was down: its scores would measure the outage.

    Raises:
        EvalFailed: names the problems.
    """
    down = [p for p in dossier.problems if p.code not in UNUSABLE]
    if down:
        codes = ", ".join(sorted({f"{p.code} at {p.where or 'run'}" for p in down}))
        raise EvalFailed(f"a part was down while the suite ran: {codes}")
