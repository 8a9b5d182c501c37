"""What travels along the edges of the case graph: ids and hashes, never content."""

import operator
from typing import Annotated, Protocol, TypedDict


class CaseState(TypedDict, total=False):
    """State of one run. Content lies in storage and blobs, so a checkpoint holds no personal data.

    `draft` and `proposal` are blob hashes of canonical JSON; `read` collects the document ids that
    the parallel readers finished.
    """

    case_id: str
    run_id: str
    documents: list[str]
    read: Annotated[list[str], operator.add]
    draft: str
    proposal: str
    outcome: str
    decision_id: str


class DocumentState(TypedDict):
    """What one parallel document reader is sent."""

    case_id: str
    run_id: str
    document_id: str


class Node(Protocol):
    """A step of the process: reads the state, does its work in storage, returns what changed."""

    def __call__(self, state: CaseState) -> CaseState:
        """Do the step; doing it again after a crash changes nothing more."""
        ...


class ReadNode(Protocol):
    """The step that reads one document."""

    def __call__(self, state: DocumentState) -> CaseState:
        """Read the document; doing it again after a crash changes nothing more."""
        ...
