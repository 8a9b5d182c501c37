"""The table of tools, and their face towards langchain-core."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casegate.errors import ScreeningUnavailable, ToolInputError
from casegate.model.base import Json
from casegate.model.evidence import Coverage, ListVersion
from casegate.model.screening import ScreenAnswer, ScreenQuery
from tests.transactions.cases import Blobs, example
from tools.base import CaseTool, ToolOutcome
from tools.history import HistoryTool
from tools.registry import as_langchain, mandatory, optional


class NoLists:
    """A screener without lists: the seam that the registry hands on."""

    def screen(self, queries: Sequence[ScreenQuery]) -> list[ScreenAnswer]:
        """Refuse, as an installation without lists does."""
        raise ScreeningUnavailable("no list is loaded")

    def versions(self) -> tuple[ListVersion, ...]:
        """Give none."""
        return ()

    def warm(self) -> None:
        """Have nothing to load."""


def all_tools(blobs: Blobs) -> tuple[CaseTool, ...]:
    return (
        *mandatory(
            open_parquet=blobs.path,
            screener=NoLists(),
            clock=lambda: datetime(2026, 11, 2, tzinfo=UTC),
        ),
        *optional(open_parquet=blobs.path, guidance=HistoryTool()),
    )


def test_the_tools_stand_in_a_fixed_order(tmp_path: Path) -> None:
    assert [tool.name for tool in all_tools(Blobs(tmp_path))] == [
        "customer",
        "history",
        "screening",
        "ownership",
        "transactions",
        "counterparty_profile",
        "monthly_flows",
        "history",
    ]
    assert len(optional(open_parquet=Blobs(tmp_path).path, guidance=None)) == 2


def test_every_tool_answers_through_langchain_as_it_does_itself(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    case = example("structuring-pass-through", blobs)
    for tool in all_tools(blobs):
        parameters: Json = {"counterparty": "C1"} if "counterparty" in str(tool.parameters) else {}
        face = as_langchain(tool, case)
        outcome = face.invoke(parameters)
        assert isinstance(outcome, ToolOutcome)
        assert outcome == tool(case, parameters)
        assert (face.name, face.description) == (tool.name, tool.description)
        assert tool.version


def test_without_lists_screening_is_unavailable_and_the_other_tools_answer(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    case = example("structuring-pass-through", blobs)
    answers = {tool.name: tool(case, {}).coverage for tool in all_tools(blobs)[:5]}
    assert answers.pop("screening") is Coverage.UNAVAILABLE
    assert set(answers.values()) == {Coverage.COMPLETE}


def test_a_refused_parameter_passes_through_langchain(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    case = example("structuring-pass-through", blobs)
    lookup = optional(open_parquet=blobs.path, guidance=None)[0]
    with pytest.raises(ToolInputError):
        as_langchain(lookup, case).invoke({"counterparty": "C9"})
