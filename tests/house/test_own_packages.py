"""A foreign package under one of our names is refused, whichever way it came."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casegate.origin import OWN, foreign_packages, require_own_packages, root

CALL = "from casegate.origin import require_own_packages as r; r()"


def started_beside(folder: Path, code: str = CALL) -> subprocess.CompletedProcess[str]:
    """Start Python with `folder` before everything else, as site-packages can be."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{root()}"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_our_own_packages_pass() -> None:
    require_own_packages()
    assert foreign_packages() == ()


@pytest.mark.parametrize("name", OWN)
def test_a_foreign_package_of_our_name_is_refused_and_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    ended = started_beside(tmp_path)
    assert ended.returncode != 0
    assert "ForeignPackage" in ended.stderr
    assert f"`{name}` would be imported from {tmp_path / name}" in ended.stderr


def test_a_foreign_folder_without_init_does_not_cover_ours(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    assert started_beside(tmp_path).returncode == 0


def test_the_command_line_says_it_in_the_form_of_the_contract(tmp_path: Path) -> None:
    (tmp_path / "agents.py").touch()
    code = "import sys; sys.argv[1:] = ['models', 'list']; import casegate.cli as c; c.main()"
    ended = started_beside(tmp_path, code)
    assert ended.returncode == 3
    assert ended.stdout == ""
    assert ended.stderr.startswith("foreign_package: `agents` would be imported from ")
