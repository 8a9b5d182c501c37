"""What the desk needs from outside the kernel, as Protocols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from casegate.model.bundle import CaseBundle
from casegate.model.decision import Ruling
from casegate.model.document import Document, DocumentType, Signal
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceDraft, Hit, ListVersion
from casegate.model.fact import FactDraft
from casegate.model.gate import GateSubject
from casegate.model.narrative import ClaimReport, OutputKind, SentenceText
from casegate.model.party import CustomerProfile
from casegate.model.proposal import Assessment
from casegate.model.screening import ScreenAnswer, ScreenQuery


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


class ReadValue(Protocol):
    """Reads what a person typed for a field as the reader of documents reads what is printed."""

    def __call__(self, type_: DocumentType, name: str, text: str, *, on: date) -> str:
        """Give the normalised value of field `name` of documents of `type_`, seen from day `on`.

        Raises:
            ValueRefused: the type has no such field, or the text is no value of its kind.
        """
        ...


@dataclass(frozen=True)
class Rechecked:
    """What all checks of documents find once a person has changed what is known of one."""

    version: str
    """Of the tools that checked."""
    profile: CustomerProfile
    facts: tuple[FactDraft, ...]
    """Facts of the profile."""
    document_facts: Mapping[str, tuple[FactDraft, ...]]
    """Facts of each document alone, by document id."""
    signals: Mapping[str, tuple[Signal, ...]]
    """What the checks say of each document, by document id, beside what its reading found."""


class Recheck(Protocol):
    """Runs every check of documents again. Deterministic, and sees values, never files."""

    def __call__(
        self,
        bundle: CaseBundle,
        documents: Sequence[Document],
        evidence: Mapping[str, str],
        *,
        on: date,
    ) -> Rechecked:
        """Check `documents`, whose evidence ids `evidence` gives, as of day `on`."""
        ...


class FindSuppression(Protocol):
    """Finds the suppression that covers a hit. Whoever calls takes a failure for "none"."""

    def __call__(self, customer: str, hit: Hit, query_hash: str, *, on: date) -> str:
        """Give the id of the one in force on day `on` for exactly this content, else "".

        Raises:
            PartDown: it could not be looked up.
        """
        ...


class Screen(Protocol):
    """Looks all parties up again under everything that is known of them now."""

    def __call__(self, dossier: Dossier, *, suppressed: FindSuppression) -> EvidenceDraft:
        """Give the screening as evidence; one that could not be done says so by its coverage."""
        ...


class Screener(Protocol):
    """Looks parties up in the lists in force."""

    def screen(self, queries: Sequence[ScreenQuery]) -> list[ScreenAnswer]:
        """Answer every query, in order, all against the same list versions.

        Raises:
            ScreeningUnavailable: no list is loaded or the index can't be read; nobody was screened.
        """
        ...

    def versions(self) -> tuple[ListVersion, ...]:
        """Give the list versions in force; empty when none is loaded."""
        ...

    def warm(self) -> None:
        """Load what the first query would load. Call it before saying "ready"."""
        ...


class Assess(Protocol):
    """Rates the customer and recommends: the very code of a run's assessing step, no model."""

    def __call__(self, dossier: Dossier, *, at: date) -> Assessment:
        """Assess what is known of the case, as of day `at`."""
        ...


@dataclass(frozen=True)
class ReviewPorts:
    """What the review of documents needs from outside the kernel."""

    read_value: ReadValue
    recheck: Recheck
    assess: Assess
    screen: Screen | None = None
    """None: the screening stays as old as it is, and the rules hold the case for it."""
