"""`casegate models`, `prompts` and `doctor`."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from casegate.cli import GROUPS, frame
from casegate.inference.catalogue import CATALOGUE
from prompts.registry import FOLDER

SMALL = CATALOGUE[0]


class Answer:
    """Exit code, document and errors of one command line."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *args: str) -> None:
        self.code = frame.run(GROUPS, [*args, "--json"])
        out, self.err = capsys.readouterr()
        self.said: dict[str, Any] = json.loads(out) if out else {}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data and models of this test alone."""
    monkeypatch.setenv("CASEGATE_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path / "data"))
    for name in ("CASEGATE_MODEL", "CASEGATE_MODEL_URL", "CASEGATE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_the_catalogue_is_listed_with_digests_and_paths(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answer = Answer(capsys, "models", "list")
    assert [row["name"] for row in answer.said["models"]] == [e.name for e in CATALOGUE]
    first = answer.said["models"][0]
    assert first["sha256"] == SMALL.sha256
    assert first["path"] == str(tmp_path / "models" / SMALL.file)
    assert first["present"] is False


def test_pulling_a_wrong_file_is_a_part_down(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "wrong.gguf").write_bytes(b"x")
    answer = Answer(capsys, "models", "pull", SMALL.name, "--source", str(tmp_path / "wrong.gguf"))
    assert (answer.code, answer.said) == (3, {})
    assert answer.err.startswith(f"model_hash_wrong: model {SMALL.name!r} has 1 bytes")


def test_an_unknown_model_is_wrong_input(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "models", "pull", "gpt-9")
    assert answer.code == 2
    assert answer.err.startswith("model_unknown: `model` is 'gpt-9'")


def test_verify_hashes_what_is_here_and_says_no_to_a_wrong_byte(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert Answer(capsys, "models", "verify").said == {"models": []}
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / SMALL.file).write_bytes(b"GGUF")
    answer = Answer(capsys, "models", "verify")
    assert answer.code == 1
    assert [(row["ok"], row["code"]) for row in answer.said["models"]] == [
        (False, "model_hash_wrong")
    ]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A copy of this installation's prompts."""
    shutil.copytree(FOLDER, tmp_path / "prompts", ignore=shutil.ignore_patterns("*.py", "__*"))
    return str(tmp_path / "prompts")


def test_prompts_are_listed_with_digest_and_state(capsys: pytest.CaptureFixture[str]) -> None:
    rows = Answer(capsys, "prompts", "list").said["prompts"]
    assert {row["state"] for row in rows} <= {"live", "shadow", "retired"}
    assert all(len(row["sha256"]) == 64 for row in rows)


def test_a_prompt_is_shown_with_its_turns(capsys: pytest.CaptureFixture[str]) -> None:
    said = Answer(capsys, "prompts", "show", "narrative/plan", "--version", "2").said
    assert said["ref"].startswith("narrative/plan@2#")
    assert [turn["role"] for turn in said["turns"]] == ["system", "user", "assistant", "user"]


def test_versions_that_differ_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(capsys, "prompts", "diff", "narrative/plan", "1", "2")
    assert answer.code == 1
    assert answer.said["same"] is False
    assert any(line.startswith("+version: 2") for line in answer.said["lines"])
    assert Answer(capsys, "prompts", "diff", "narrative/plan", "1", "1").code == 0


def test_a_changed_live_prompt_is_found_and_can_t_be_sealed(
    capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    live = next(
        row
        for row in Answer(capsys, "prompts", "list", "--folder", folder).said["prompts"]
        if row["state"] == "live"
    )
    path = Path(folder, live["file"])
    path.write_text(path.read_text() + "Be quick.\n")
    listed = Answer(capsys, "prompts", "list", "--folder", folder)
    assert (listed.code, listed.said) == (2, {})
    assert "it changed since it was sealed" in listed.err
    assert Answer(capsys, "prompts", "seal", "--folder", folder).code == 2
    ref = f"{live['id']}@{live['version']}"
    sealed = Answer(capsys, "prompts", "seal", "--folder", folder, "--replace", ref)
    assert [row["id"] for row in sealed.said["sealed"]] == [live["id"]]
    assert Answer(capsys, "prompts", "list", "--folder", folder).code == 0


def test_the_doctor_names_what_is_missing_and_how_to_mend_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = Answer(capsys, "doctor")
    checks = {check["name"]: check for check in answer.said["checks"]}
    assert answer.code == 1
    assert answer.said["bad"] >= 1
    assert checks["model"]["state"] == "bad"
    assert checks["model"]["found"].startswith("model_missing: ")
    assert "casegate models pull" in checks["model"]["mend"]
    assert checks["lists"]["state"] == "warn"
    for name in (
        "python",
        "names",
        "libraries",
        "prompts",
        "database",
        "parser",
        "disk",
        "ocr",
        "isolation",
    ):
        assert checks[name]["state"] in ("ok", "warn"), checks[name]


def test_the_doctor_finds_a_model_server_that_does_not_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEGATE_MODEL_URL", "http://127.0.0.1:9/v1")
    checks = {check["name"]: check for check in Answer(capsys, "doctor").said["checks"]}
    assert checks["model"]["state"] == "bad"
    assert "can't be reached" in checks["model"]["found"]


def test_the_doctor_looks_at_a_database_without_making_or_changing_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answer(capsys, "doctor")
    assert not (tmp_path / "data" / "casegate.db").exists()
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "casegate.db").write_bytes(b"this is no database at all")
    checks = {check["name"]: check for check in Answer(capsys, "doctor").said["checks"]}
    assert checks["database"]["state"] == "bad"
    monkeypatch.setenv("CASEGATE_DATABASE_URL", "postgresql://127.0.0.1:9/none")
    checks = {check["name"]: check for check in Answer(capsys, "doctor").said["checks"]}
    assert checks["database"]["found"].startswith("storage_unavailable: ")
