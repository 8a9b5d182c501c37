"""List versions: what is refused, what a delta says, and that a swap is one step."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from casegate.errors import ListRefused, ScreeningUnavailable
from tests.screening.conftest import NOW, World, asking, table
from tools.screening.index import CandidateIndex
from tools.screening.lists import UNDATED
from tools.screening.sources import SourceFormat

ROOT = Path(__file__).parents[2]
TEN = [f"{n},Person,Pyotr Orlov Number{n}" for n in range(10)]


def test_a_loaded_list_is_in_force_with_date_hash_and_count(world: World) -> None:
    loaded = world.load(table(TEN), "house_2026-01-31.csv")
    (version,) = world.store().versions()
    assert version == loaded.version
    assert (version.list, version.published, version.entities) == ("house", "2026-01-31", 10)
    assert version.version == f"2026-01-31-{version.sha256[:12]}"
    assert len(loaded.delta.added) == 10


@pytest.mark.parametrize(
    "data",
    [
        table([]),
        table(TEN[:8]),
        b"",
        table(TEN[:9]) + b"9,Per",
        b"<html>Service unavailable</html>",
    ],
    ids=["no rows", "a fifth fewer", "no bytes", "cut off", "an error page"],
)
def test_a_list_that_is_empty_unreadable_or_much_smaller_is_refused_and_the_old_one_stays(
    world: World, data: bytes
) -> None:
    world.load(table(TEN))
    before = world.state()
    with pytest.raises(ListRefused):
        world.load(data, "house_2026-02-28.csv")
    assert world.state() == before
    assert asking(world.screener())("Pyotr Orlov Number9").hits


@pytest.mark.parametrize(("kept", "taken"), [(9, True), (8, False)])
def test_a_tenth_fewer_entries_is_the_most_that_is_taken_unasked(
    world: World, kept: int, taken: bool
) -> None:
    world.load(table(TEN))
    if taken:
        assert world.load(table(TEN[:kept])).version.entities == kept
    else:
        with pytest.raises(ListRefused, match="10%"):
            world.load(table(TEN[:kept]))


def test_a_person_may_take_a_list_that_has_really_shrunk(world: World) -> None:
    world.load(table(TEN))
    loaded = world.load(table(TEN[:2]), accept_smaller=True)
    assert len(loaded.delta.removed) == 8


def test_a_delta_names_what_was_added_removed_and_changed(world: World) -> None:
    world.load(table(TEN))
    rows = [*TEN[1:9], "9,Person,Renamed Entry", "10,Person,New Entry"]
    loaded = world.load(table(rows), "house_2026-02-28.csv")
    assert loaded.delta.added == ("house-10",)
    assert loaded.delta.removed == ("house-0",)
    assert loaded.delta.changed == ("house-9",)
    assert world.store().delta("house") == loaded.delta


def test_the_same_rows_in_another_order_change_nothing(world: World) -> None:
    world.load(table(TEN))
    delta = world.load(table(TEN[::-1]), "house_2026-02-28.csv").delta
    assert (delta.added, delta.removed, delta.changed) == ((), (), ())


def test_the_same_file_again_is_the_same_version(world: World) -> None:
    first, again = world.load(table(TEN)), world.load(table(TEN))
    assert (first.unchanged, again.unchanged) == (False, True)
    assert first.version == again.version


def test_the_same_file_loaded_again_is_as_fresh_as_a_new_one(world: World) -> None:
    world.load(table(TEN))
    screener = world.screener()
    (before,) = asking(screener)("Pyotr Orlov Number9").versions
    later = NOW + timedelta(days=9)
    again = world.load(table(TEN), at=later)
    (after,) = asking(screener)("Pyotr Orlov Number9").versions
    assert again.unchanged
    assert (before.loaded_at, after.loaded_at) == (NOW, later)
    assert after.model_copy(update={"loaded_at": NOW}) == before
    assert world.store().versions() == (after,) == (again.version,)


def test_a_list_that_tells_no_date_gets_one_that_no_reader_takes_for_current(world: World) -> None:
    assert world.load(table(TEN), "house.csv").version.published == UNDATED.isoformat()


@pytest.mark.parametrize("name", ["../../etc", "a/b", "", "List"])
def test_a_list_s_name_can_t_leave_its_folder(world: World, name: str) -> None:
    rows = table([f"1,Person,Pyotr Orlov,{name}"], "id,schema,name,list")
    if not name:
        assert world.load(rows).version.list == "house"
        return
    with pytest.raises(ListRefused, match="name"):
        world.load(rows)
    assert not world.store().current_file.exists()


def test_lists_are_loaded_side_by_side(world: World) -> None:
    world.load(table(TEN))
    world.load(table(["1,Company,Thistle Trading"]), "other_2026-02-01.csv")
    assert [version.list for version in world.store().versions()] == ["house", "other"]
    ask = asking(world.screener())
    assert {hit.list for hit in ask("Thistle Trading", schema_="Company").hits} == {"other"}
    assert {hit.list for hit in ask("Pyotr Orlov Number3", schema_="Person").hits} == {"house"}


def files_of(folder: Path) -> Iterator[Path]:
    """Give every file of the index in force but the lock files."""
    return (p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock"))


def test_a_changed_byte_in_any_file_of_the_index_is_found(world: World) -> None:
    world.load(table(TEN))
    folder = world.store().index_folder()
    for file in sorted(files_of(folder)):
        kept = file.read_bytes()
        if not kept:
            continue
        file.write_bytes(bytes([kept[0] ^ 1]) + kept[1:])
        with pytest.raises(ScreeningUnavailable):
            CandidateIndex(folder)
        file.write_bytes(kept)
    CandidateIndex(folder)


def test_a_missing_index_makes_screening_unavailable_and_loading_again_mends_it(
    world: World,
) -> None:
    world.load(table(TEN))
    for file in list(files_of(world.store().index_folder())):
        file.unlink()
    with pytest.raises(ScreeningUnavailable):
        asking(world.screener())("Pyotr Orlov Number3")
    world.load(table(TEN))
    assert asking(world.screener())("Pyotr Orlov Number3").hits


def test_a_damaged_version_is_written_again_but_may_not_shrink_unseen(world: World) -> None:
    world.load(table(TEN))
    (rows,) = (world.store().root / "versions" / "house").glob("*/entities.jsonl")
    rows.write_bytes(rows.read_bytes().replace(b"Orlov", b"Ivlov"))
    with pytest.raises(ListRefused):
        world.load(table(TEN[:5]), "house_2026-02-28.csv")
    assert world.load(table(TEN)).unchanged is False
    assert b"Ivlov" not in rows.read_bytes()


def test_an_unreadable_state_is_an_error_and_never_an_empty_list(world: World) -> None:
    world.load(table(TEN))
    world.store().current_file.write_bytes(b"{")
    with pytest.raises(ScreeningUnavailable):
        world.store().versions()
    with pytest.raises(ScreeningUnavailable):
        asking(world.screener())("Pyotr Orlov")


def test_readers_see_one_whole_version_while_lists_are_swapped(world: World) -> None:
    old, new = table(TEN), table([*TEN, "10,Person,Anna Falkenrath"])
    world.load(old)
    screener, wrong, stop = world.screener(), [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            answer = asking(screener)("Anna Falkenrath", schema_="Person")
            newer = answer.versions[0].entities == 11
            if newer is not bool(answer.hits):
                wrong.append(answer)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(6):
        world.load(new, "house_2026-02-28.csv")
        world.load(old)
    stop.set()
    reader.join()
    assert not wrong


LOADER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tools.screening.loading import load_list
from tools.screening.sources import SourceFormat
folder = Path(sys.argv[1])
print("go", flush=True)
load_list(folder, folder / "big.csv", source=SourceFormat.CSV, clock=lambda: datetime.now(UTC))
"""


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.3, 1.5])
def test_a_loader_that_is_killed_leaves_the_old_version_or_the_new_one(
    world: World, delay: float
) -> None:
    world.load(table(TEN))
    rows = [f"{n},Person,Person{n} Family{n * 7919}" for n in range(4000)]
    (world.folder / "big.csv").write_bytes(table(rows, "id,schema,name"))
    child = subprocess.Popen(
        [sys.executable, "-c", LOADER, str(world.folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert {version.entities for version in world.store().versions()} <= {10, 4000}
    assert CandidateIndex(world.store().index_folder()).manifest.entities in (10, 4000, 4010)
    assert world.load(table([*TEN, "11,Person,X Y"]), accept_smaller=True).version.entities == 11


READER = """
import sys
from pathlib import Path
from tools.screening.index import CandidateIndex
index = CandidateIndex(Path(sys.argv[1]))
print(*(item.entity.id for item in index.candidates("Viktor Solmenka", "Person", limit=9)))
"""


def test_an_index_that_one_process_built_is_opened_by_another(demo_world: World) -> None:
    folder = demo_world.store().index_folder()
    ended = subprocess.run(
        [sys.executable, "-c", READER, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    ours = CandidateIndex(folder).candidates("Viktor Solmenka", "Person", limit=9)
    assert ended.stdout.split() == [item.entity.id for item in ours]
    assert ours[0].entity.id == "demo_sanctions-DEMO-017"


ASKER = """
import json, sys
from pathlib import Path
from tests.screening.conftest import World, asking
ask = asking(World(Path(sys.argv[1])).screener())
answer = ask("Viktor Arkadyevich Solmenko", births=("1968-04-17",))
json.dump(answer.model_dump(mode="json"), sys.stdout)
"""


@pytest.mark.slow
def test_another_process_gives_the_same_answer_whatever_its_hash_seed(demo_world: World) -> None:
    answers = []
    for seed in ("1", "2"):
        ended = subprocess.run(
            [sys.executable, "-c", ASKER, str(demo_world.folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        answers.append(json.loads(ended.stdout))
    assert answers[0] == answers[1]
    assert answers[0]["hits"][0]["entity_id"] == "demo_sanctions-DEMO-017"


DATA = Path(os.environ.get("CASEGATE_TEST_DATA", ROOT.parent / "shared" / "data"))


@pytest.mark.slow
def test_published_versions_of_the_sdn_list_load_with_their_known_delta(world: World) -> None:
    folder = DATA / "screening" / "lists" / "versions"
    if not folder.is_dir():
        pytest.skip(f"NOT TESTED on published lists: {folder} is missing")
    for name in ("sdn_2024-04-26_9f683891.csv.gz", "sdn_2024-05-01_b5f2ab01.csv.gz"):
        loaded = world.load((folder / name).read_bytes(), name, SourceFormat.OFAC_SDN)
    assert loaded.version.published == "2024-05-01"
    assert (len(loaded.delta.added), len(loaded.delta.removed)) == (298, 0)
    old = (folder / "sdn_2021-08-24_d04932b3.csv.gz").read_bytes()
    with pytest.raises(ListRefused):
        world.load(old, "sdn_2021-08-24.csv.gz", SourceFormat.OFAC_SDN)
