"""Dossiers of the example cases, as a run sees them after intake."""

from pathlib import Path
from typing import Any

from casegate.errors import BlobMissing
from casegate.model.base import Problem
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseStatus
from casegate.model.dossier import Dossier
from casegate.model.fact import FactDraft
from casegate.model.transaction import TransactionSet
from examples.generate import make_bundle
from tools.base import ToolOutcome
from tools.transactions.load import load


class Blobs:
    """Stored Parquet files in a folder, by hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sha256: str, data: bytes) -> None:
        """Keep a file."""
        (self._folder / sha256).write_bytes(data)

    def path(self, sha256: str) -> Path:
        """Give the file; raises BlobMissing."""
        found = self._folder / sha256
        if not found.exists():
            raise BlobMissing(f"blob {sha256[:12]} is missing")
        return found


def dossier(
    bundle: CaseBundle | dict[str, Any],
    transactions: TransactionSet | None = None,
    problems: tuple[Problem, ...] = (),
) -> Dossier:
    """Make the dossier of a bundle."""
    read = CaseBundle.model_validate(bundle)
    case = Case(
        id="c-1",
        bundle=read.reference,
        kind=read.kind,
        jurisdiction=read.jurisdiction,
        status=CaseStatus.PROCESSING,
        version=1,
        opened_at=read.opened_at,
        received_at=read.opened_at,
    )
    return Dossier(case=case, bundle=read, transactions=transactions, problems=problems)


def example(name: str, blobs: Blobs, seed: int = 0) -> Dossier:
    """Make an example case with its transactions loaded."""
    bundle = make_bundle(name, seed)
    case = CaseBundle.model_validate(bundle.case)
    if bundle.transactions is None:
        return dossier(case)
    loaded = load(bundle.transactions, "transactions.csv", accounts=case.accounts)
    blobs.put(loaded.set.parquet, loaded.parquet)
    return dossier(case, loaded.set)


def facts(outcome: ToolOutcome, predicate: str) -> list[dict[str, str]]:
    """Give the roles of all facts of one predicate, by value."""
    return [_values(f) for f in outcome.facts if f.predicate == predicate]


def _values(fact: FactDraft) -> dict[str, str]:
    return {name: value.value for name, value in fact.roles.items()}
