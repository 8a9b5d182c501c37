"""`casegate claims check`: its JSON, its exit codes, what it refuses."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from casegate.cli import frame
from casegate.cli.claims import app
from casegate.model.narrative import OutputKind
from casegate.narrative.render import templated
from tests.claims.dossiers import dossier_of
from tests.narrative.example_facts import structuring_pass_through

FACTS = structuring_pass_through()
NARRATIVE = templated(FACTS, OutputKind.SAR_NARRATIVE)


class Claims:
    name = "claims"
    app = "casegate.cli.claims:app"
    help = "claims"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "dossier.json"
    path.write_text(dossier_of(FACTS).model_dump_json(by_alias=True), "utf-8")
    return path


def run(dossier: Path, narrative: Path, capsys: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401
    code = frame.run(
        (Claims(),),
        ["claims", "check", "--dossier", str(dossier), "--narrative", str(narrative), "--json"],
    )
    out = capsys.readouterr().out
    return code, json.loads(out) if out else {}


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "narrative.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_faithful_plain_text_is_clear_and_exits_0(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = run(dossier, written(tmp_path, NARRATIVE.text), capsys)
    assert (code, answer["held"]) == (0, False)
    assert len(answer["sentences"]) == len(NARRATIVE.sentences)
    first = answer["sentences"][1]
    assert set(first) >= {"text", "verdict", "claims"}
    assert set(first["claims"][0]) >= {"text", "kind", "verdict", "record", "nearest"}


def test_a_changed_amount_is_held_and_exits_1(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = NARRATIVE.text.replace("$47,300.00", "$47,900.00", 1)
    code, answer = run(dossier, written(tmp_path, changed), capsys)
    assert (code, answer["held"], answer["unsupported_values"]) == (1, True, 1)


def test_sentences_with_their_evidence_are_taken_as_json(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"text": s.text, "evidence": list(s.evidence)} for s in NARRATIVE.sentences]
    code, answer = run(dossier, written(tmp_path, json.dumps({"sentences": rows})), capsys)
    assert (code, answer["held"]) == (0, False)
    rows[6]["evidence"] = ["E2"]
    code, answer = run(dossier, written(tmp_path, json.dumps({"sentences": rows})), capsys)
    assert (code, answer["sentences"][6]["verdict"]) == (1, "contradicted")


@pytest.mark.parametrize(
    "content", [b"", b"   \n", b"\xff\xfe\x00 garbage \x80\x81", b"{not json at all"]
)
def test_an_empty_or_unreadable_file_is_held(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    code, answer = run(dossier, written(tmp_path, content), capsys)
    assert (code, answer["held"]) == (1, True)


@pytest.mark.parametrize("content", ['{"sentences": "all"}', '{"sentences": [{"txt": 1}]}', "{}"])
def test_json_of_another_shape_is_wrong_input_and_exits_2(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    assert run(dossier, written(tmp_path, content), capsys)[0] == 2


def test_a_case_or_a_dossier_must_be_named_but_not_both(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    narrative = str(written(tmp_path, "x"))
    assert frame.run((Claims(),), ["claims", "check", "--narrative", narrative]) == 2
    both = ["claims", "check", "--narrative", narrative, "--case", "c-1", "--dossier", str(dossier)]
    assert frame.run((Claims(),), both) == 2
    assert app is not None


def test_the_command_stands_in_the_table_of_commands(dossier: Path, tmp_path: Path) -> None:
    narrative = written(tmp_path, NARRATIVE.text)
    done = subprocess.run(
        [sys.executable, "-m", "casegate", "claims", "check", "--dossier", str(dossier),
         "--narrative", str(narrative)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("clear")
