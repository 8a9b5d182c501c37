"""All tools of a case, as an explicit table, and their face towards langchain-core."""

from typing import Any

from langchain_core.tools import StructuredTool

from casegate.desk.ports import Clock, FindSuppression, Screener
from casegate.model.dossier import Dossier
from tools.base import CaseTool, ToolOutcome
from tools.customer import CustomerTool
from tools.history import HistoryTool
from tools.ownership import OwnershipTool
from tools.ownership_policy import read_ownership_policy
from tools.screening.tool import ScreeningTool
from tools.transactions.lookups import CounterpartyProfile, MonthlyFlows
from tools.transactions.policy import read_policy
from tools.transactions.tool import OpenParquet, TransactionsTool


def mandatory(
    *,
    open_parquet: OpenParquet,
    screener: Screener,
    clock: Clock,
    suppressed: FindSuppression | None = None,
) -> tuple[CaseTool, ...]:
    """Give the tools that every case runs, in their order. Reads the dated policy files.

    Args:
        suppressed: finds the suppression that covers a screening hit; without it none does.

    Raises:
        RulesInvalid: a policy file can't be used.
    """
    return (
        CustomerTool(),
        HistoryTool(),
        ScreeningTool(screener, clock=clock, suppressed=suppressed),
        # After the screening: its hits say whose property is blocked.
        OwnershipTool(policy=read_ownership_policy()),
        TransactionsTool(open_parquet=open_parquet, policy=read_policy()),
    )


def optional(*, open_parquet: OpenParquet, guidance: CaseTool | None) -> tuple[CaseTool, ...]:
    """Give the tools that the evidence agent may ask for besides; None: no guidance is set up."""
    lookups: tuple[CaseTool, ...] = (
        CounterpartyProfile(open_parquet=open_parquet),
        MonthlyFlows(open_parquet=open_parquet),
    )
    return lookups if guidance is None else (*lookups, guidance)


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
