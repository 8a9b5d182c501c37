"""The contract of the command line: one JSON document, one error form, four exit codes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from casegate.cli import GROUPS, Group, frame
from casegate.errors import CaseUnknown, GateRefused, StorageFull
from casegate.model.base import Record

app = frame.group("Commands of this test.")
single = frame.group("One command.")
ROWS = (
    Group("try", f"{__name__}:app", "Commands of this test."),
    Group("one", f"{__name__}:single", "One command."),
    Group("gone", "casegate.cli.no_such_module:app", "Not there."),
)


class Row(Record):
    """A record as commands emit it."""

    name: str


@app.command("say")
def say(word: str = "yes", as_json: frame.AsJson = False) -> None:
    """Say a word."""
    sys.stdout.write("a library talks\n")
    frame.emit(
        {"word": word, "where": Path("/x"), "row": Row(name="n")}, as_json=as_json, text=[word]
    )
    if word == "no":
        raise frame.No


@app.command("fail")
def fail(kind: str) -> None:
    """Fail in one of the ways there are."""
    if kind == "input":
        raise CaseUnknown("there is no case 'c-1'", remedy="Run `casegate case list`.")
    if kind == "refused":
        raise GateRefused("GOV-01 blocks it")
    if kind == "down":
        raise StorageFull("no space left")
    if kind == "interrupt":
        raise KeyboardInterrupt
    raise ValueError("Maria Kovacs, born 14 March 1984")


@app.command("lines")
def lines() -> None:
    """Answer line by line."""
    for n in (1, 2):
        frame.emit_line({"n": n})


@single.command()
def only(as_json: frame.AsJson = False) -> None:
    """Do one thing."""
    frame.emit({"done": True}, as_json=as_json, text=["done"])


class Ended(NamedTuple):
    """What a command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> "Runner":
    """Run command lines of this test's groups."""
    monkeypatch.setitem(sys.modules, __name__, sys.modules[say.__module__])
    monkeypatch.delenv("CASEGATE_DEBUG", raising=False)
    return Runner(capsys)


class Runner:
    """Calls the frame as `main` does."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *args: str) -> Ended:
        code = frame.run(ROWS, args)
        out, err = self._capsys.readouterr()
        return Ended(code, out, err)


def test_json_prints_one_document_whatever_libraries_print(run: Runner) -> None:
    ended = run("try", "say", "--json")
    assert json.loads(ended.out) == {"word": "yes", "where": "/x", "row": {"name": "n"}}
    assert ended.err == "a library talks\n"
    assert ended.code == 0


def test_without_json_a_person_reads_lines(run: Runner) -> None:
    assert run("try", "say").out == "a library talks\nyes\n"


def test_the_answer_no_is_exit_one_with_its_document(run: Runner) -> None:
    ended = run("try", "say", "--word", "no", "--json")
    assert (ended.code, json.loads(ended.out)["word"]) == (1, "no")


def test_a_group_of_one_command_is_that_command(run: Runner) -> None:
    assert json.loads(run("one", "--json").out) == {"done": True}


def test_an_answer_may_come_line_by_line(run: Runner) -> None:
    assert [json.loads(line) for line in run("try", "lines").out.splitlines()] == [
        {"n": 1},
        {"n": 2},
    ]


@pytest.mark.parametrize(
    ("kind", "code", "err"),
    [
        ("input", 2, "case_unknown: there is no case 'c-1'\nRun `casegate case list`.\n"),
        ("refused", 1, "gate_refused: GOV-01 blocks it\n"),
        (
            "down",
            3,
            "storage_full: no space left\nFree space in the data folder, then repeat the step.\n",
        ),
        ("interrupt", 130, "interrupted: nothing more was done\n"),
    ],
)
def test_an_error_is_a_code_a_message_and_a_remedy_on_stderr(
    run: Runner, kind: str, code: int, err: str
) -> None:
    assert run("try", "fail", kind) == Ended(code, "", err)


def test_a_defect_is_one_line_without_what_the_error_says(run: Runner) -> None:
    ended = run("try", "fail", "defect")
    assert ended.code == 3
    assert ended.err.startswith("internal_error: ValueError at ")
    assert "Kovacs" not in ended.err
    assert "Traceback" not in ended.err


def test_debug_shows_the_traceback_of_a_defect(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEGATE_DEBUG", "1")
    assert "Traceback" in run("try", "fail", "defect").err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["tri"], "No such command 'tri'. Did you mean 'try'?"),
        (["try", "sai"], "No such command 'sai'. Did you mean 'say'?"),
        (["try", "say", "--colour", "red"], "No such option: --colour"),
        (["try", "fail"], "Missing argument 'kind'"),
        (["--colour"], "No such option: --colour"),
    ],
)
def test_wrong_use_is_exit_two_and_points_to_the_help(
    run: Runner, args: list[str], says: str
) -> None:
    ended = run(*args)
    assert (ended.code, ended.out) == (2, "")
    first, second = ended.err.splitlines()
    assert first.startswith(f"usage_invalid: {says}")
    assert second.startswith("Run `casegate")


def test_a_group_whose_module_is_missing_is_an_error_and_never_skipped(run: Runner) -> None:
    assert "gone" in run("--help").out
    ended = run("gone", "x")
    assert ended.code == 3
    assert "ModuleNotFoundError (casegate.cli.no_such_module)" in ended.err


@pytest.mark.parametrize("row", GROUPS, ids=lambda row: row.name)
def test_every_group_of_the_table_loads_and_has_a_help(
    row: Group, capsys: pytest.CaptureFixture[str]
) -> None:
    assert frame.run(GROUPS, [row.name, "--help"]) == 0
    assert "Usage: casegate" in capsys.readouterr().out
    assert row.help.endswith(".")


def test_the_help_imports_no_command_group_and_starts_fast() -> None:
    code = (
        "import sys; sys.argv[1:] = ['--help']\n"
        "import casegate.cli, atexit\n"
        "heavy = 'llama_cpp sqlalchemy langgraph streamlit fastapi pydantic_core'.split()\n"
        "atexit.register(lambda: print([m for m in heavy if m in sys.modules], file=sys.stderr))\n"
        "casegate.cli.main()"
    )
    begun = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert time.monotonic() - begun < 5
    assert ended.stderr == "[]\n"
    assert all(row.name in ended.stdout for row in GROUPS)


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    code = "import sys; sys.argv[1:] = ['models', 'list']; import casegate.cli as c; c.main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=30)
    assert b"Traceback" not in err


def test_an_app_can_t_end_the_process_by_itself(run: Runner) -> None:
    @single.command("leave")
    def leave() -> None:
        raise typer.Exit(2)

    try:
        assert run("one", "leave").code == 2
    finally:
        single.registered_commands.pop()
