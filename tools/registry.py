"""All tools of a case, as an explicit table, and their face towards langchain-core."""

from typing import Any

from langchain_core.tools import StructuredTool

from casegate.model.dossier import Dossier
from tools.base import CaseTool, ToolOutcome
from tools.customer import CustomerTool
from tools.history import HistoryTool
from tools.ownership import OwnershipTool
from tools.ownership_policy import OwnershipPolicy
from tools.transactions.lookups import CounterpartyProfile, MonthlyFlows
from tools.transactions.policy import Policy
from tools.transactions.tool import OpenParquet, TransactionsTool


def mandatory(
    *,
    open_parquet: OpenParquet,
    transactions: Policy,
    ownership: OwnershipPolicy,
    screening: CaseTool,
) -> tuple[CaseTool, ...]:
    """Give the tools that every case runs, in their order."""
    return (
        CustomerTool(),
        HistoryTool(),
        OwnershipTool(policy=ownership),
        screening,
        TransactionsTool(open_parquet=open_parquet, policy=transactions),
    )


def optional(*, open_parquet: OpenParquet, guidance: CaseTool) -> tuple[CaseTool, ...]:
    """Give the tools that the evidence agent may ask for besides."""
    return (
        CounterpartyProfile(open_parquet=open_parquet),
        MonthlyFlows(open_parquet=open_parquet),
        guidance,
    )


def as_langchain(tool: CaseTool, dossier: Dossier) -> StructuredTool:
    """Bind a tool to a case, as a langchain-core tool whose answer is a `ToolOutcome`.

    The tool itself checks its parameters; a ToolInputError passes through.
    """

    def run(**parameters: Any) -> ToolOutcome:  # noqa: ANN401 - the JSON schema types them
        return tool(dossier, parameters)

    return StructuredTool.from_function(
        func=run,
        name=tool.name,
        description=tool.description,
        args_schema=tool.parameters,
        infer_schema=False,
    )
