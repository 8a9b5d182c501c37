"""Further looks at the entries, which the evidence agent may ask for."""

from abc import ABC, abstractmethod

import duckdb
from ibis.expr.types import Table

from casegate.errors import CasegateError, ToolInputError, TransactionsInvalid
from casegate.model.base import Json
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceKind, SnapshotSource
from tools.base import ToolOutcome
from tools.parameters import NO_PARAMETERS, take_none
from tools.transactions import measures
from tools.transactions.entries import open_entries
from tools.transactions.tool import OpenParquet, unavailable

OFFERED = 5
"""Counterparties that can be asked for: an enumeration has to stay small for the model."""


ONE_COUNTERPARTY: Json = {
    "type": "object",
    "properties": {"counterparty": {"enum": [f"C{number}" for number in range(1, OFFERED + 1)]}},
    "required": ["counterparty"],
    "additionalProperties": False,
}


class _Lookup(ABC):
    """Opens the entries; what can't be read is told as unavailable."""

    def __init__(self, *, open_parquet: OpenParquet) -> None:
        self._open = open_parquet

    def applies(self, dossier: Dossier) -> bool:
        """Tell whether the case has entries to look at."""
        return dossier.transactions is not None

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Look and answer."""
        stored = dossier.transactions
        if stored is None:
            return unavailable("transactions_missing", "the case has no readable entries", "")
        try:
            with open_entries(self._open(stored.parquet)) as entries:
                title, content = self._look(entries, parameters)
        except ToolInputError:
            raise
        except CasegateError as down:
            return unavailable(down.code, down.message, down.remedy)
        except (duckdb.Error, OSError) as broken:
            message = f"the stored transactions can't be read ({type(broken).__name__})"
            return unavailable(TransactionsInvalid.code, message, TransactionsInvalid.remedy)
        return ToolOutcome(
            kind=EvidenceKind.TRANSACTIONS,
            title=title,
            source=SnapshotSource(name="transactions", sha256=stored.parquet, rows=stored.rows),
            content=content,
        )

    @abstractmethod
    def _look(self, entries: Table, parameters: Json) -> tuple[str, Json]:
        """Give title and content."""


class CounterpartyProfile(_Lookup):
    """All entries with one of the case's largest counterparties."""

    name = "counterparty_profile"
    version = "1"
    description = "Show all entries with one large counterparty; C1 has the largest total."
    parameters = ONE_COUNTERPARTY

    def _look(self, entries: Table, parameters: Json) -> tuple[str, Json]:
        if extra := sorted(set(parameters) - {"counterparty"}):
            raise ToolInputError(f"`counterparty` alone is taken, got {extra}")
        asked = parameters.get("counterparty")
        listed = measures.counterparties(entries)[:OFFERED]
        chosen = next((c for c in listed if c.id == asked), None)
        if chosen is None:
            known = ", ".join(c.id for c in listed) or "none"
            raise ToolInputError(f"`counterparty` {asked!r} is not listed; known are {known}")
        party = chosen.account or chosen.name.upper()
        theirs = entries.filter((entries.party == party) & (entries.direction == chosen.direction))
        rows = measures.transactions(theirs)
        content: Json = {
            "counterparty": chosen.model_dump(mode="json"),
            "rows": [row.model_dump(mode="json") for row in rows],
        }
        return f"Counterparty {chosen.id}: {chosen.count} entries", content


class MonthlyFlows(_Lookup):
    """Credits and debits by month and channel."""

    name = "monthly_flows"
    version = "1"
    description = "Show money in and out by month and channel."
    parameters = NO_PARAMETERS

    def _look(self, entries: Table, parameters: Json) -> tuple[str, Json]:
        take_none(parameters)
        flows = measures.flows(entries)
        months = {flow.month for flow in flows}
        return (
            f"Money in and out by channel over {len(months)} months",
            {"flows": [flow.model_dump(mode="json") for flow in flows]},
        )
