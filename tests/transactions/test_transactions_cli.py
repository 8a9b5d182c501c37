"""`casegate transactions` keeps the contract of the command line."""

import json
from pathlib import Path

import pytest

from casegate.cli import GROUPS
from casegate.cli.frame import run

ROOT = Path(__file__).parents[2] / "examples" / "cases"
SUSPICIOUS = str(ROOT / "structuring-pass-through" / "transactions.csv")
SEASONAL = str(ROOT / "seasonal-business" / "transactions.csv")
FIELDS = {
    "typology", "account", "start", "end", "txn_ids", "count", "total", "currency", "parameters",
}  # fmt: skip


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path))
    return tmp_path


def casegate(*words: str) -> int:
    return run(GROUPS, ["transactions", *words])


def test_a_scan_with_findings_prints_them_and_ends_with_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert casegate("scan", SUSPICIOUS, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    truth = json.loads((Path(SUSPICIOUS).parent / "truth.json").read_text())
    assert [f["txn_ids"] for f in told["findings"]] == [f["txn_ids"] for f in truth["findings"]]
    assert all(set(f) >= FIELDS for f in told["findings"])


def test_a_scan_without_findings_ends_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert casegate("scan", SEASONAL, "--json") == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_a_loaded_file_is_what_a_scan_without_a_name_reads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert casegate("load", SUSPICIOUS, "--format", "csv", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"] > 100
    assert casegate("scan", "--detector", "structuring", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [f["typology"] for f in told["findings"]] == ["structuring"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["scan"], "transactions_invalid"),
        (["scan", SUSPICIOUS, "--detector", "magic"], "usage_invalid"),
        (["scan", SUSPICIOUS, "--account", "1"], "usage_invalid"),
        (["scan", SUSPICIOUS, "--jurisdiction", "BR"], "rules_invalid"),
        (["scan", SUSPICIOUS, "--jurisdiction", "GB"], "currency_mixed"),
        (["scan", SUSPICIOUS, "--at", "2019-01-01"], "rules_invalid"),
        (["load", SUSPICIOUS, "--format", "parquet"], "transactions_invalid"),
        (["load", SUSPICIOUS, "--format", "mt940"], "usage_invalid"),
        (["load", str(ROOT)], "usage_invalid"),
    ],
)
def test_what_can_not_be_used_ends_with_two_and_leaves_stdout_empty(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert casegate(*words, "--json") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"{says}: ")
