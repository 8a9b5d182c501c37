"""`casegate hits`: two people settle a hit from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from casegate.access.sign_in import DEMO_PASSWORD
from casegate.cli import GROUPS, frame
from tests.api.seed import PEOPLE, open_desk
from tests.api.seed_hits import STRONG, put_hits_into_queue

HIT = ["--party", "P1", "--list", STRONG.list, "--entry", STRONG.entity_id]


@pytest.fixture
def case_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a case in ana's hands, in the data folder that the command line opens."""
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CASEGATE_PASSWORD", DEMO_PASSWORD)
    kernel = open_desk(tmp_path)
    made, ana = put_hits_into_queue(kernel, STRONG), PEOPLE["ana"]
    kernel.desk.claim(ana, made, version=kernel.desk.read(ana, made).case.version)
    kernel.close()
    return made


def ask(capsys: pytest.CaptureFixture[str], *args: str, code: int = 0) -> Any:  # noqa: ANN401
    assert frame.run(GROUPS, ["hits", *args, "--json"]) == code
    out = capsys.readouterr().out
    return json.loads(out) if out else None


def test_two_people_settle_and_suppress_a_hit(
    case_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(capsys, "list", case_id, code=1)["hits"][0]["state"] == "open"
    said = ["--is", "false_positive", "--reason", "Another number."]
    word = ask(capsys, "answer", case_id, *HIT, *said)
    assert word["needs_second"]
    second = ["--review", word["id"], "--reason", "Seen."]
    ask(capsys, "second", case_id, *second, "--as", "ana", code=2)
    # The clock of the command line is the machine's: a day far ahead of any is refused.
    far = [*second, "--suppress-until", "2999-01-01", "--as", "ivan"]
    ask(capsys, "second", case_id, *far, code=2)
    ask(capsys, "second", case_id, *second, "--as", "ivan")
    assert ask(capsys, "list", case_id)["hits"][0]["state"] == "settled"
    assert ask(capsys, "suppressions")["suppressions"] == []
    ask(capsys, "end", "sup-0", "--reason", "Why.", "--as", "ivan", code=2)


def test_a_hit_that_waits_says_whose_word_it_is(
    case_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ["--is", "true_match", "--reason", "The same number."]
    word = ask(capsys, "answer", case_id, *HIT, *said)
    assert frame.run(GROUPS, ["hits", "list", case_id]) == 1
    out = capsys.readouterr().out
    assert f"{word['id']} by ana" in out
    assert out.startswith("waits_for_second")
    ask(capsys, "second", case_id, "--review", word["id"], "--reason", "No.", "--disagree",
        "--as", "ivan")  # fmt: skip
    assert ask(capsys, "list", case_id, code=1)["hits"][0]["state"] == "open"
