"""docs/lists.md names what the program takes and says."""

from pathlib import Path

import pytest

from casegate.cli.list_reports import REASONS
from casegate.cli.lists import ListTopic, Source
from tools.screening.sources import FTM_TOPICS, SourceFormat, Topic
from tools.screening.sources.table import COLUMNS, NUMBERS

PAGE = (Path(__file__).parents[2] / "docs" / "lists.md").read_text("utf-8")


@pytest.mark.parametrize("word", [*SourceFormat, *Topic, *FTM_TOPICS.values(), *COLUMNS, *REASONS])
def test_the_page_tells_of_every_source_topic_column_and_reason(word: str) -> None:
    assert f"`{word}`" in PAGE


def test_the_page_tells_of_every_kind_of_number() -> None:
    assert f"kinds are {', '.join(NUMBERS)}" in PAGE


def test_the_command_line_offers_every_source_and_topic() -> None:
    assert [source.value for source in Source] == [source.value for source in SourceFormat]
    assert [topic.value for topic in ListTopic] == [topic.value for topic in Topic]
