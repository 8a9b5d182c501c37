"""The database and the blobs. SQLite or PostgreSQL by URL; one unit of work is one transaction."""

from casegate.storage.blobs import BlobFolder
from casegate.storage.cases import CaseFilter, CaseRow, CaseSummary
from casegate.storage.runs import Job, JobKind, JobState, Step
from casegate.storage.store import Store, Witness, Work, open_store

__all__ = [
    "BlobFolder",
    "CaseFilter",
    "CaseRow",
    "CaseSummary",
    "Job",
    "JobKind",
    "JobState",
    "Step",
    "Store",
    "Witness",
    "Work",
    "open_store",
]
