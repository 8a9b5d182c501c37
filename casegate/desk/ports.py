"""What the desk needs from outside the kernel, as Protocols."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from casegate.model.decision import Ruling
from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject
from casegate.model.narrative import ClaimReport, OutputKind, SentenceText


class Clock(Protocol):
    """Tells the time, always with a time zone (UTC)."""

    def __call__(self) -> datetime:
        """Give the present moment."""
        ...


class NewId(Protocol):
    """Makes ids that never repeat, such as `c-01j9...`: prefix, dash, sortable token."""

    def __call__(self, prefix: str) -> str:
        """Make one id."""
        ...


class RulesGate(Protocol):
    """The deterministic rules of `guardrails`. Never raises for a missing fact: it holds."""

    def __call__(self, dossier: Dossier, subject: GateSubject, *, at: date) -> Ruling:
        """Rule on `subject` under the law of day `at`."""
        ...

    def version(self, jurisdiction: str, *, at: date) -> str:
        """Name the rule set that `__call__` would apply: `<jurisdiction>@<date>#<sha12>`."""
        ...


class ClaimGate(Protocol):
    """The claim gate of `guardrails`: the same for model and human text."""

    def __call__(
        self, dossier: Dossier, sentences: Sequence[SentenceText], output: OutputKind
    ) -> ClaimReport:
        """Check every value of every sentence against the facts of the case."""
        ...
