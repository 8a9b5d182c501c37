"""`casegate customers`, in the process of the test."""

import json
from pathlib import Path

import pytest

from casegate.cli import GROUPS
from casegate.cli.customers import read_customers
from casegate.cli.frame import run
from casegate.errors import InvalidInput

LIST = "examples/lists/demo_sanctions.csv"
GOOD = '{"id": "C-1", "schema": "Person", "name": "Unrelated Wexford"}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the demonstration list."""
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path / "data"))
    assert run(GROUPS, ["lists", "load", LIST, "--source", "csv", "--date", "2026-02-01"]) == 0
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    """Run a command and read its JSON."""
    capsys.readouterr()
    assert run(GROUPS, ["customers", *words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_customers_are_loaded_screened_shown_and_closed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = Path(LIST).read_text().splitlines()[3].split(",")[2].strip('"')
    file = folder / "customers.csv"
    file.write_text(f"id,schema,name,births\nC-1,,Unrelated Wexford,1970;1971-02\nC-2,,{name},\n")
    loaded = answer(capsys, "load", str(file))
    assert (loaded["customers"], loaded["changed"], loaded["screened"]) == (2, 2, 2)
    assert answer(capsys, "load", str(file))["changed"] == 0
    hits = answer(capsys, "hits", "--open")["hits"]
    assert isinstance(hits, list)
    assert {hit["customer"] for hit in hits} == {"C-2"}
    shown = answer(capsys, "show", "C-1")
    assert (shown["is_open"], shown["coverage"], shown["hits"]) == (True, "complete", [])
    assert answer(capsys, "rescreen")["rescreen"] is None
    full = answer(capsys, "rescreen", "--full")["rescreen"]
    assert isinstance(full, dict)
    assert (full["state"], full["done"], full["hits"]) == ("done", 2, 0)
    assert answer(capsys, "close", "C-1")["is_open"] is False
    assert len(answer(capsys, "list")["customers"]) == 2  # type: ignore[arg-type]
    assert run(GROUPS, ["customers", "show", "nobody"]) == 2


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.jsonl", f"{GOOD}\nhalf", "line 2"),
        ("a.jsonl", f"{GOOD}\n\n{GOOD}", "line 3: `id` stands on an earlier line"),
        ("a.jsonl", '{"id": "C 1", "name": "A"}', "line 1: `id`"),
        ("a.jsonl", '{"id": "C-1", "name": "A", "births": ["soon"]}', "`births.0`"),
        ("a.jsonl", '{"id": "C-1", "name": "A", "birth": "1968"}', "`birth`"),
        ("a.jsonl", "[" * 100_000, "line 1"),
        ("a.jsonl", "", "holds no customer"),
        ("a.csv", "id,name\nC-1,A B\nC-2\n", "line 3: `name`"),
        ("a.csv", "id,name,countries\nC-1,A B,Germany\n", "line 2: `countries.0`"),
    ],
)
def test_bad_lines_are_named_without_their_values(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(InvalidInput) as refused:
        read_customers(file)
    assert told in refused.value.message
    assert "soon" not in refused.value.message
    assert "Germany" not in refused.value.message


def test_a_file_with_a_bad_line_loads_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "customers.jsonl"
    file.write_text(f"{GOOD}\nhalf")
    assert run(GROUPS, ["customers", "load", str(file)]) == 2
    assert answer(capsys, "list")["customers"] == []
