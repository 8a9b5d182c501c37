"""The layout, the direction of imports and what is shipped."""

import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ROOMS = frozenset(
    {"agents", "tools", "prompts", "guardrails", "ui", "evals", "casegate", "tests", "docs"}
    | {"examples"}
)
FILES = frozenset(
    {"server.py", "docker-compose.yml", "pyproject.toml", "requirements.lock", "Makefile"}
    | {"Dockerfile", "LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"}
)
COPYLEFT = ("GPL", "GNU General Public", "AGPL", "Affero")


def tracked() -> list[str]:
    """List what git holds."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout: what belongs to the house can't be told from the rest")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, check=True)
    return listed.stdout.decode().splitlines()


def test_nothing_stands_at_the_top_but_the_house() -> None:
    top = {path.split("/")[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} <= ROOMS | FILES


def test_imports_point_downward() -> None:
    ended = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-3000:]


def test_the_lock_pins_every_package_by_hash_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    blocks = [block for block in lock.split("\n") if block and block[0] not in " #"]
    assert len(blocks) > 100
    assert all("==" in block and block.endswith("\\") for block in blocks)


def test_the_lock_holds_every_direct_dependency() -> None:
    import tomllib

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(line for extra in extras.values() for line in extra)]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(
        line.split(" ")[0].split("==") for line in lock.splitlines() if line[:1].isalnum()
    )
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name != "casegate":
            assert requirement.specifier.contains(locked[name], prereleases=True), name


def test_no_dependency_is_under_a_copyleft_licence_that_reaches_us() -> None:
    bad = []
    for found in distributions():
        metadata = found.metadata
        said = [c for c in metadata.get_all("Classifier") or () if c.startswith("License")]
        said += metadata.get_all("License-Expression") or ()
        lines = [line for line in said if any(word in line for word in COPYLEFT)]
        # The LGPL lets us use a library as it is; a choice (`OR`) may be taken the other way.
        if any("Lesser" not in x and "LGPL" not in x and " OR " not in x for x in lines):
            bad.append(f"{metadata['Name']}: {lines}")
    assert not bad


@pytest.mark.slow
def test_the_wheel_holds_every_package_its_data_and_no_tests(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops <= ROOMS - {"tests", "docs", "examples"} | {"server.py"}
    manifest = yaml.safe_load((ROOT / "prompts" / "manifest.yaml").read_text(encoding="utf-8"))
    for entry in manifest["prompts"]:
        assert f"prompts/{entry['file']}" in names
    data = {path for path in tracked() if path.endswith((".yaml", ".md", ".xsd", ".json"))}
    shipped = {path for path in data if path.split("/")[0] in tops}
    assert shipped <= set(names)
