"""The contract of every tool."""

from typing import Protocol

from casegate.model.base import Json, Problem, Record
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, EvidenceKind, Source
from casegate.model.fact import FactDraft


class ToolOutcome(Record):
    """What a tool found: evidence for the case and the facts that follow from it.

    A tool that can't do its work still answers: `coverage` says so, `problem` says why, and the
    gate holds the case. It never answers "nothing found" when it could not look.
    """

    kind: EvidenceKind
    title: str
    """One plain line for the reviewer, such as `Screening of 3 parties: 1 hit`."""
    source: Source
    content: Json
    coverage: Coverage = Coverage.COMPLETE
    problem: Problem | None = None
    facts: tuple[FactDraft, ...] = ()


class CaseTool(Protocol):
    """One capability. Deterministic: same dossier, parameters and data give the same outcome."""

    name: str
    version: str
    """Changes whenever the same input could give another outcome."""
    description: str
    """One sentence for the model that may choose the tool."""
    parameters: Json
    """JSON schema of `parameters`, with enumerations kept small."""

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Look and answer.

        Raises:
            ToolInputError: `parameters` break the schema or name an unknown party or account.
        """
        ...
