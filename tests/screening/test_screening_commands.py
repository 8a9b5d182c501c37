"""`casegate lists` and `casegate screen`: output, exit codes, the log."""

import json
from pathlib import Path

import pytest

from casegate.cli import GROUPS, frame
from casegate.cli.wiring import kernel, settings_in
from tests.screening.conftest import DEMO_LIST, table

VIKTOR = "Viktor Arkadyevich Solmenko"


class Commands:
    """Runs command lines in this process over a data folder of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def __call__(self, *args: str | Path) -> tuple[int, str, str]:
        """Give exit code, stdout and stderr."""
        code = frame.run(GROUPS, [str(arg) for arg in args])
        said = self._capture.readouterr()
        return code, said.out, said.err


@pytest.fixture
def casegate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Commands:
    """The command line over an empty data folder."""
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path / "data"))
    return Commands(tmp_path, capsys)


@pytest.fixture
def loaded(casegate: Commands) -> Commands:
    """The command line with the fictional list in force."""
    assert casegate("lists", "load", DEMO_LIST, "--source", "csv")[0] == 0
    return casegate


def test_loading_tells_count_delta_and_hash_and_writes_the_log(casegate: Commands) -> None:
    code, out, _ = casegate("lists", "load", DEMO_LIST, "--source", "csv", "--json")
    said = json.loads(out)
    assert code == 0
    assert (said["list"], said["entities"]) == ("demo_sanctions", 60)
    assert (said["added"], said["removed"], said["changed"]) == (60, 0, 0)
    with kernel(settings_in()) as parts, parts.store.read() as work:
        (event,) = (row.event() for row in work.log.rows())
    assert (event.kind, event.actor) == ("list_loaded", "operator")
    assert event.payload["sha256"] == said["sha256"]


def test_a_refused_list_is_wrong_input_and_changes_nothing(loaded: Commands) -> None:
    short = loaded.folder / "demo_sanctions.csv"
    short.write_bytes(table(["1,Person,Anna"]))
    code, out, err = loaded("lists", "load", short, "--source", "csv", "--json")
    assert (code, out) == (2, "")
    assert err.startswith("list_refused: ")
    assert json.loads(loaded("lists", "status", "--json")[1])["lists"][0]["entities"] == 60


def test_status_without_a_list_is_a_no(casegate: Commands) -> None:
    code, out, _ = casegate("lists", "status", "--json")
    assert (code, json.loads(out)["lists"]) == (1, [])


def test_screening_without_a_list_is_a_part_that_is_down(casegate: Commands) -> None:
    code, out, err = casegate("screen", "--name", "Anna", "--json")
    assert (code, out) == (3, "")
    assert err.startswith("screening_unavailable: ")


def test_a_date_that_nobody_tells_is_said(casegate: Commands) -> None:
    file = casegate.folder / "house.csv"
    file.write_bytes(table(["1,Person,Anna"]))
    code, _, err = casegate("lists", "load", file, "--source", "csv")
    assert code == 0
    assert "--date" in err
    code, out, _ = casegate(
        "lists", "load", file, "--source", "csv", "--date", "2026-02-27", "--json"
    )
    assert json.loads(out)["published"] == "2026-02-27"


@pytest.mark.parametrize(
    ("args", "code", "hits"),
    [
        (("--name", VIKTOR, "--dob", "1968-04-17"), 1, 1),
        (("--name", "Eleanor Hartwell Briggs"), 0, 0),
        (("--name", "Фейсал"), 1, 0),
        (("--name", "Nobody", "--schema", "Person", "--id", "K4417093"), 1, 1),
    ],
    ids=["a hit", "no hit", "degraded", "a number"],
)
def test_only_a_party_free_of_hits_in_full_is_a_yes(
    loaded: Commands, args: tuple[str, ...], code: int, hits: int
) -> None:
    ended, out, _ = loaded("screen", *args, "--json")
    said = json.loads(out)
    assert ended == code
    assert len(said["hits"]) == hits
    assert set(said["versions"]) == {"demo_sanctions"}


def test_a_hit_is_shown_to_a_person_with_what_agrees_and_differs(loaded: Commands) -> None:
    _, out, _ = loaded("screen", "--name", VIKTOR, "--dob", "1968-04-17", "--country", "Moldova")
    assert "SOLMENKO, Viktor A." in out
    assert "year of birth agrees, country differs" in out


def test_a_batch_is_answered_in_order_one_object_a_line(loaded: Commands) -> None:
    file = loaded.folder / "batch.jsonl"
    asked = [
        {"id": "b", "name": VIKTOR, "schema": "Person", "dob": "1968-04-17", "country": "BG"},
        {"id": 7, "name": "Eleanor Hartwell Briggs", "schema": "Person", "ids": ["X1"]},
        {"id": "a", "name": "梁宝轩", "schema": "Person"},
    ]
    file.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    code, out, _ = loaded("screen", "--batch", file)
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["id"] for answer in answers] == ["b", 7, "a"]
    assert [answer["coverage"] for answer in answers] == ["complete", "complete", "degraded"]
    assert all(answer["screened_at"].endswith("+00:00") for answer in answers)
    (hit,) = answers[0]["hits"]
    assert hit["entity_id"] == "demo_sanctions-DEMO-017"
    assert {"list", "version", "score", "band", "features"} <= set(hit)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"id": "1", "name": "Secretperson", "nam": 2}', "`nam`"),
        ('{"id": "1"}', "`name`"),
        ('{"id": "1", "name": "Secretperson", "dob": "17.4.68"}', "1968"),
        ('{"id": "1", "name": "Secretperson", "schema": "Ship"}', "`schema`"),
        ('{"id": "1", "name": "Secretperson", "country": "Atlantis"}', "country"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"id": "0", "name": "Secretperson"}', "that of line 1"),
        ('{"id": 0, "name": "Secretperson"}', "that of line 1"),
        ('{"id": "\\ud800", "name": "Secretperson"}', "`id`"),
    ],
)
def test_a_bad_line_of_a_batch_is_named_without_its_content(
    loaded: Commands, line: str, named: str
) -> None:
    file = loaded.folder / "batch.jsonl"
    file.write_text('{"id": "0", "name": "Anna"}\n' + line, encoding="utf-8")
    code, out, err = loaded("screen", "--batch", file)
    assert (code, out) == (2, "")
    assert "line 2" in err
    assert named in err
    assert "Secretperson" not in err


def test_changes_name_the_entries(loaded: Commands) -> None:
    code, out, _ = loaded("lists", "changes", "demo_sanctions", "--json")
    assert code == 0
    assert len(json.loads(out)["added"]) == 60
