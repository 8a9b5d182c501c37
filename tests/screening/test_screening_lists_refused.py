"""A refused list raises an alarm that lasts until it loads; versions tell what they are."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from casegate.cli import GROUPS, frame
from casegate.cli.checks import Check
from casegate.cli.doctor import lists as look_at_lists
from casegate.cli.wiring import kernel, settings_in
from casegate.errors import CasegateError, ListRefused, ScreeningUnavailable
from casegate.model.screening import ScreenAnswer, ScreenQuery
from tests.screening.conftest import DEMO_LIST, NOW, World, asking, table
from tools.screening.index import CandidateIndex
from tools.screening.sources import SourceFormat
from tools.screening.versions import PARSER_VERSION

TEN = [f"{n},Person,Pyotr Orlov Number{n}" for n in range(10)]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def casegate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """The command line over an empty data folder."""
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path / "data"))

    def run(*args: str | Path) -> tuple[int, str, str]:
        code = frame.run(GROUPS, [str(arg) for arg in args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def doctor() -> Check:
    """Look at the lists as `casegate doctor` does."""
    return look_at_lists(settings_in())


def test_a_version_tells_where_it_is_from_how_large_it_is_and_who_read_it(world: World) -> None:
    rows = ["1,Person,Anna,A;B", "2,Person,Berta,", "3,Company,Thistle,C"]
    world.load(table(rows, "id,schema,name,aliases"))
    (manifest,) = world.store().manifests()
    assert (manifest.names, manifest.schemas) == (6, {"Company": 1, "Person": 2})
    assert (manifest.retrieved_at, manifest.source, manifest.url) == (NOW, "csv", "")
    assert manifest.parser == PARSER_VERSION
    assert manifest.version == world.store().versions()[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (table([]), "empty"),
        (b"", "unreadable"),
        (table(TEN[:9]) + b"9,Per", "unreadable"),
        (table(TEN[:5]), "smaller"),
        (table([f"{row},../../etc" for row in TEN], "id,schema,name,list"), "name"),
    ],
)
def test_a_refusal_is_remembered_with_its_reason_until_the_list_loads(
    world: World, data: bytes, reason: str
) -> None:
    kept = world.load(table(TEN)).version
    with pytest.raises(ListRefused) as refused:
        world.load(data, "house_2026-02-28.csv")
    assert refused.value.reason == reason
    (left,) = world.store().refused()
    assert (left.list, left.source, left.reason, left.at) == ("house", "csv", reason, NOW)
    assert left.in_force == kept.version
    world.load(table(TEN))
    assert world.store().refused() == ()


def test_names_that_went_missing_are_a_shrunken_list_too(world: World) -> None:
    header = "id,schema,name,aliases"
    world.load(table([f"{row},Alias One{n};Alias Two{n}" for n, row in enumerate(TEN)], header))
    with pytest.raises(ListRefused, match="names") as refused:
        world.load(table([f"{row}," for row in TEN], header))
    assert refused.value.reason == "smaller"


def test_a_refusal_of_one_list_says_nothing_of_another(world: World) -> None:
    with pytest.raises(ListRefused):
        world.load(b"", "other.csv")
    world.load(table(TEN))
    assert [refusal.list for refusal in world.store().refused()] == ["other"]
    assert world.store().refused()[0].in_force is None


def test_a_refused_file_of_a_list_that_names_itself_is_settled_by_the_same_file(
    world: World,
) -> None:
    rows = table([f"{row},house" for row in TEN], "id,schema,name,list")
    with pytest.raises(ListRefused):
        world.load(rows[:-20], "download.csv")
    assert [refusal.list for refusal in world.store().refused()] == ["download"]
    world.load(rows, "download.csv")
    assert world.store().refused() == ()


def test_a_damaged_memory_of_refusals_is_told_and_keeps_no_list_out(world: World) -> None:
    world.load(table(TEN))
    (world.store().root / "refused.json").write_bytes(b"{")
    with pytest.raises(ScreeningUnavailable, match=r"refused\.json"):
        world.store().refused()
    with pytest.raises(ListRefused):
        world.load(b"", "other.csv")
    assert [refusal.list for refusal in world.store().refused()] == ["other"]


def test_the_alarm_is_in_the_log_the_status_and_the_doctor_until_the_list_loads(
    casegate: Run, tmp_path: Path
) -> None:
    assert casegate("lists", "load", DEMO_LIST, "--source", "csv")[0] == 0
    good = DEMO_LIST.read_bytes()
    bad = tmp_path / DEMO_LIST.name
    bad.write_bytes(good[: len(good) // 2])
    code, out, err = casegate("lists", "load", bad, "--source", "csv", "--json")
    assert (code, out) == (2, "")
    assert err.startswith("list_refused: ")

    with kernel(settings_in()) as parts, parts.store.read() as work:
        event = [row.event() for row in work.log.rows()][-1]
    assert (event.kind, event.actor) == ("list_refused", "operator")
    assert event.payload["list_name"] == "demo_sanctions"
    assert event.payload["reason"] == "unreadable"
    assert event.payload["source"] == "csv"

    said = json.loads(casegate("lists", "status", "--json")[1])
    assert said["lists"][0]["entities"] == 60
    assert event.payload["in_force"] == said["lists"][0]["version"]
    assert [row["reason"] for row in said["refused"]] == ["unreadable"]
    lines = casegate("lists", "status")[1].splitlines()
    assert lines[0].startswith("demo_sanctions")
    assert "REFUSED" in lines[1]
    assert (doctor().state, "demo_sanctions" in doctor().found) == ("warn", True)

    assert casegate("lists", "load", DEMO_LIST, "--source", "csv")[0] == 0
    assert json.loads(casegate("lists", "status", "--json")[1])["refused"] == []
    assert doctor().state == "ok"


def test_a_refused_first_list_is_shown_though_none_is_in_force(
    casegate: Run, tmp_path: Path
) -> None:
    (tmp_path / "house.csv").write_bytes(b"")
    assert casegate("lists", "load", tmp_path / "house.csv", "--source", "csv")[0] == 2
    code, out, _ = casegate("lists", "status")
    assert code == 1
    assert "house" in out
    assert "REFUSED" in out


def test_the_status_tells_counts_and_origin_beside_the_version(casegate: Run) -> None:
    casegate("lists", "load", DEMO_LIST, "--source", "csv", "--name", "mine", "--topic", "pep")
    (row,) = json.loads(casegate("lists", "status", "--json")[1])["lists"]
    assert {"list", "version", "published", "loaded_at", "sha256", "entities"} <= set(row)
    assert sum(row["schemas"].values()) == row["entities"] == 60
    assert row["names"] > 60
    assert row["source"] == "csv"
    assert row["retrieved_at"]
    assert row["parser"] == PARSER_VERSION


def test_one_call_answers_against_one_version_though_the_list_is_swapped_meanwhile(
    world: World,
) -> None:
    old, new = table(TEN), table([*TEN, "10,Person,Anna Falkenrath"])
    world.load(old)
    screener = world.screener()
    queries = [ScreenQuery(id=str(n), name="Anna Falkenrath") for n in range(60)]
    started = threading.Event()

    def swap() -> None:
        started.set()
        world.load(new, "house_2026-02-28.csv")
        world.load(old)
        world.load(new, "house_2026-02-28.csv")

    thread = threading.Thread(target=swap)
    thread.start()
    started.wait()
    batches: list[list[ScreenAnswer]] = []
    while thread.is_alive() or not batches:
        batches.append(screener.screen(queries))
    thread.join()
    for answers in batches:
        assert len({answer.versions for answer in answers}) == 1
        newer = answers[0].versions[0].entities == 11
        assert [bool(answer.hits) for answer in answers] == [newer] * len(queries)
    assert asking(screener)("Anna Falkenrath").hits


def test_two_loaders_at_once_leave_both_lists_whole_and_readers_never_without(
    world: World,
) -> None:
    world.load(table(TEN))
    wrong: list[object] = []
    stop = threading.Event()

    def load(name: str, rows: list[str]) -> None:
        try:
            for n in range(4):
                world.load(table(rows[: 10 - n % 2]), f"{name}_2026-02-{10 + n}.csv")
        except CasegateError as error:
            wrong.append(error)

    def read() -> None:
        screener = world.screener()
        while not stop.is_set():
            try:
                asking(screener)("Pyotr Orlov Number3", schema_="Person")
            except CasegateError as error:
                wrong.append(error)

    reader = threading.Thread(target=read)
    loaders = [threading.Thread(target=load, args=(name, TEN)) for name in ("house", "other")]
    for thread in (reader, *loaders):
        thread.start()
    for thread in loaders:
        thread.join()
    stop.set()
    reader.join()
    assert not wrong
    assert [version.list for version in world.store().versions()] == ["house", "other"]
    assert CandidateIndex(world.store().index_folder()).manifest.entities == 18


def test_formats_of_other_lists_are_refused_by_name(world: World) -> None:
    for source in SourceFormat:
        with pytest.raises(ListRefused):
            world.load(b"\x00\x01 nothing of the kind", "house.csv", source)
    refused = {refusal.list for refusal in world.store().refused()}
    assert refused == {"ofac-sdn", "un-sc", "eu-fsf", "uk-sl", "house"}
