"""What the README shows works as it shows it."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

README = Path("README.md").read_text()
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("casegate ") and "demo" not in line
]
ANSWERS = {"screen": 1, "transactions": 1, "doctor": None}
"""Exit codes other than 0: `screen` and `scan` find something, which is a "no"."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give a data folder with the demo list, as `make demo` leaves it."""
    made = {**os.environ, "CASEGATE_DATA_DIR": str(tmp_path_factory.mktemp("readme"))}
    load = "casegate lists load examples/lists/demo_sanctions.csv --source csv --date 2026-11-01"
    assert run(load, made).returncode == 0
    return made


def run(line: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one line of the README."""
    program, *rest = shlex.split(line)
    command = [f".venv/bin/{program}", *rest]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_readme_answers_as_the_contract_says(
    line: str, environment: dict[str, str]
) -> None:
    answered = run(line, environment)
    expected = ANSWERS.get(line.split()[1], 0)
    assert expected is None or answered.returncode == expected, answered.stderr
    if "--json" in line:
        assert isinstance(json.loads(answered.stdout), dict)


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) >= 5


def test_every_file_that_the_readme_links_to_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert [link for link in links if not Path(link).exists()] == []


@pytest.mark.parametrize("target", ["demo", "test", "check", "setup", "bench", "clean"])
def test_make_lists_the_target(target: str) -> None:
    listed = subprocess.run(["make", "help"], capture_output=True, text=True, check=True).stdout
    assert f"make {target}" in listed
