"""`casegate gate`: exit 0 when no rule objects, 1 when one does, 2 for wrong use."""

import json
from pathlib import Path

import pytest

from casegate.cli import Group
from casegate.cli.frame import run
from casegate.model.narrative import Narrative, OutputKind
from casegate.model.proposal import Proposal, ProposalStatus
from tests.gate.gate_situations import (
    HASH,
    MORNING,
    Situation,
    case_of,
    hit,
    screening,
    situation,
    with_evidence,
)

GROUPS = (Group("gate", "casegate.cli.gate:app", "Rules."),)


def dossier_file(given: Situation, path: Path) -> Path:
    """Write a dossier whose proposal is the situation's subject."""
    subject = given.subject
    assert subject.claims is not None
    assert subject.provenance is not None
    assert subject.rating is not None
    proposal = Proposal(
        id="p-1",
        case_id="c-1",
        run_id="r-1",
        status=ProposalStatus.DRAFTED,
        disposition=subject.disposition,
        reason_codes=("no_typology_found",),
        rating=subject.rating,
        narrative=Narrative(output=OutputKind.KYC_MEMO, sentences=(), method="planned"),
        claims=subject.claims,
        provenance=subject.provenance,
        content_hash=HASH,
        made_at=MORNING,
    )
    path.write_text(case_of(given, proposal=proposal).dossier.model_dump_json(by_alias=True))
    return path


@pytest.fixture(autouse=True)
def _data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path / "data"))


def test_a_quiet_dossier_is_clear_and_exits_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = dossier_file(situation(), tmp_path / "dossier.json")
    args = ["gate", "eval", "--dossier", str(path), "--at", "2026-11-20", "--json"]
    assert run(GROUPS, args) == 0
    ruling = json.loads(capsys.readouterr().out)
    assert (ruling["outcome"], ruling["findings"]) == ("clear", [])


def test_a_finding_exits_1_and_names_rule_and_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = with_evidence(situation(), screening("E3", hit()))
    path = dossier_file(given, tmp_path / "dossier.json")
    args = ["gate", "eval", "--dossier", str(path), "--at", "2026-11-20", "--json"]
    assert run(GROUPS, args) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["rule"], finding["outcome"]) == ("SAN-02", "hold")
    assert "Wolfsberg" in finding["source"]


def test_the_day_decides_which_law_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = dossier_file(situation(), tmp_path / "dossier.json")
    assert run(GROUPS, ["gate", "eval", "--dossier", str(path), "--at", "1999-01-01"]) == 1
    assert "No rule" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [("{}", "`case`"), ("no json", "is no dossier"), ('{"case": 7}', "is no dossier")],
)
def test_a_file_that_is_no_dossier_exits_2_without_showing_its_content(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dossier.json"
    path.write_text(text)
    assert run(GROUPS, ["gate", "eval", "--dossier", str(path)]) == 2
    assert says in capsys.readouterr().err


def test_a_dossier_without_a_proposal_exits_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dossier.json"
    path.write_text(situation().dossier.model_dump_json(by_alias=True))
    assert run(GROUPS, ["gate", "eval", "--dossier", str(path)]) == 2
    assert "no proposal" in capsys.readouterr().err


@pytest.mark.parametrize("args", [["eval"], ["eval", "--case", "c-1", "--dossier", "x.json"]])
def test_wrong_use_exits_2(args: list[str]) -> None:
    assert run(GROUPS, ["gate", *args]) == 2


def test_rules_lists_what_is_in_force_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(GROUPS, ["gate", "rules", "--at", "2025-10-08", "--json"]) == 0
    before = {rule["id"] for rule in json.loads(capsys.readouterr().out)["rules"]}
    assert run(GROUPS, ["gate", "rules", "--at", "2025-10-09", "--json"]) == 0
    after = {rule["id"] for rule in json.loads(capsys.readouterr().out)["rules"]}
    assert after - before == {"SAR-04"}


def test_docs_writes_the_page_and_tells_when_it_is_not_current(tmp_path: Path) -> None:
    out = tmp_path / "rules.md"
    assert run(GROUPS, ["gate", "docs", "--out", str(out), "--check"]) == 1
    assert run(GROUPS, ["gate", "docs", "--out", str(out)]) == 0
    assert run(GROUPS, ["gate", "docs", "--out", str(out), "--check"]) == 0


def test_a_case_that_is_not_there_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(GROUPS, ["gate", "eval", "--case", "c-nobody", "--json"]) == 2
    assert "case_unknown" in capsys.readouterr().err
