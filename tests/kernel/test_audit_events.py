"""The table of event kinds."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from casegate.audit import events
from casegate.audit.event import Event
from casegate.audit.events import EVENTS, CaseClaimed

FOLDER = Path(events.__file__).parent


def test_every_file_of_the_folder_is_a_row_of_the_table() -> None:
    files = {file.stem for file in FOLDER.glob("*.py")} - {"__init__"}
    assert files == set(EVENTS)


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS.keys())
def test_an_event_says_what_happened_and_holds_only_ids_hashes_and_numbers(
    event: type[Event],
) -> None:
    assert event.__doc__
    assert event.__module__.endswith(f".{event.kind}")
    for name, field in event.model_fields.items():
        schema = event.model_json_schema()["properties"][name]
        assert "string" not in _free(schema), f"{name} of {event.kind} is free text"
        assert field.annotation is not None


def _free(schema: dict[str, object]) -> set[object]:
    parts = [schema]
    for key in ("anyOf", "prefixItems"):
        found = schema.get(key, [])
        assert isinstance(found, list)
        parts += found
    items = schema.get("items")
    if isinstance(items, dict):
        parts.append(items)
    return {part.get("type") for part in parts if "pattern" not in part}


def test_a_name_does_not_pass_for_an_id() -> None:
    with pytest.raises(ValidationError):
        CaseClaimed(assignee="Jane Roe", before=None)
