"""The same at 200,000 and 1,000,000 entries: real ones and made-up ones beside them.

python -m tests.bench._screening_scale serve FOLDER     one fresh process, for its memory
python -m tests.bench._screening_scale swap FOLDER      puts another version in force
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from casegate.hashing import sha256_hex
from casegate.model.evidence import ListVersion
from tests.bench._screening_quality import made_companies
from tests.bench._screening_world import (
    CANDIDATES,
    DAY,
    NOT_LATIN,
    Figures,
    Labelled,
    Query,
    World,
    asked,
    clock,
    new_token,
    policy,
    said,
    share,
    spread,
    timed,
)  # fmt: skip
from tools.screening.durable import replace_file
from tools.screening.entities import ListEntity
from tools.screening.index import CandidateIndex, IndexedEntity, build_index
from tools.screening.lists import ListStore
from tools.screening.names import scripts
from tools.screening.screener import LocalScreener
from tools.screening.sources import ParsedList
from tools.screening.sources.reading import ReadList

MADE = "made"
_SEED = 11
_SHARE_OF_COMPANIES = 0.25
_MEGA = 1_000_000


def made_people(labelled: Labelled, wanted: int) -> Iterator[ListEntity]:
    """Make people by putting the parts of strangers' names together anew."""
    chance = random.Random(_SEED)  # noqa: S311
    rows = [row for row in labelled.strangers() if scripts(row["full_name"]) == {"Latin"}]
    first = [row["first_name"] for row in rows]
    middle = [row["middle_name"] for row in rows]
    last = [row["last_name"] for row in rows]
    for number in range(wanted):
        given = " ".join(filter(None, (chance.choice(first), chance.choice(middle))))
        family = chance.choice(last)
        properties: dict[str, tuple[str, ...]] = {
            "birthDate": (f"{chance.randrange(1930, 2008)}-{chance.randrange(1, 13):02}-15",),
            "firstName": (given,), "lastName": (family,), "name": (f"{given} {family}",),
        }  # fmt: skip
        yield ListEntity(f"made-p{number}", "Person", f"{family}, {given}", properties)


def made_entities(
    labelled: Labelled, real: Sequence[ListEntity], wanted: int
) -> Iterator[ListEntity]:
    """Make entries: a quarter companies, the others people."""
    companies = int(wanted * _SHARE_OF_COMPANIES)
    yield from made_people(labelled, wanted - companies)
    for number, name in enumerate(made_companies(labelled, real, companies)):
        yield ListEntity(f"made-c{number}", "Organization", name, {"name": (name,)})


def scale(labelled: Labelled, lists: Sequence[ReadList], folder: Path, *, size: int) -> Figures:
    """Measure an index of `size` entries."""
    real = [entity for read in lists for entity in read.parsed.entities]
    world = World(folder)
    index = folder / "lists" / "index" / "scale"
    index.mkdir(parents=True)
    version = ListVersion(
        list=MADE, version="1", published=DAY.date().isoformat(), loaded_at=DAY,
        sha256="0" * 64, entities=size,
    )  # fmt: skip
    said(f"scale {size}: building")
    rows = chain(real, made_entities(labelled, real, size - len(real)))
    items = (IndexedEntity(entity, MADE, "1") for entity in rows)
    build = timed(lambda: build_index(index, items, [version]))
    found: Figures = {"entries": size, "build": build, "bytes on disk": _size(index)}
    opened: list[CandidateIndex] = []
    found["open"] = timed(lambda: opened.append(CandidateIndex(index)))
    found |= _recall(opened[0], labelled.queries())
    _in_force(world.store(), "scale")
    said(f"scale {size}: memory")
    found["fresh process"] = _child("serve", folder)
    return found


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _in_force(store: ListStore, index: str) -> None:
    replace_file(store.current_file, json.dumps({"versions": {MADE: "1"}, "index": index}).encode())


def _recall(index: CandidateIndex, queries: Sequence[Query]) -> Figures:
    cpu = []
    found: dict[str, list[bool]] = {"Latin and Cyrillic": [], "other scripts": []}
    for query in queries:
        began = time.process_time()
        near = index.candidates(query["query"], query["schema"], limit=CANDIDATES)
        cpu.append(time.process_time() - began)
        group = "other scripts" if query["kind"] in NOT_LATIN else "Latin and Cyrillic"
        found[group].append(any(item.entity.id == query["target"] for item in near))
    rates = {group: share(sum(hit), len(hit)) for group, hit in found.items()}
    return {f"recall@{CANDIDATES}": rates, "candidates cpu ms": spread(cpu)}


def _child(work: str, folder: Path) -> Figures:
    command = [sys.executable, "-m", "tests.bench._screening_scale", work, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def swap_while_serving(
    labelled: Labelled, lists: Sequence[ReadList], folder: Path, *, size: int
) -> Figures:
    """Screen in one thread while another process puts a new version in force."""
    real = [entity for read in lists for entity in read.parsed.entities]
    world = World(folder)
    entities = tuple(chain(real, made_entities(labelled, real, size - len(real))))
    said(f"swap at {size}: loading")
    _load_made(world.store(), entities, mark="Zyxwen Before")
    screener = world.screener()
    screener.warm()
    queries = [asked(query) for query in labelled.queries()[:300]]
    done, seconds, wrong, versions = threading.Event(), [0.0], [0], set[str]()

    def serve() -> None:
        marks = {"1": "Zyxwen Before", "2": "Zyxwen After"}
        at = 0
        while not done.is_set():
            began = time.perf_counter()
            answer = screener.screen([queries[at % len(queries)]])[0]
            seconds.append(time.perf_counter() - began)
            version = answer.versions[0].version
            versions.add(version)
            wrong[0] += _wrong(screener, marks) if at % 20 == 0 else 0
            at += 1

    server = threading.Thread(target=serve)
    server.start()
    said(f"swap at {size}: swapping")
    taken = _child("swap", folder)
    time.sleep(2)
    done.set()
    server.join()
    return {
        "entries": size, "answers meanwhile": len(seconds), "wrong answers": wrong[0],
        "versions seen": len(versions), "longest answer wall ms": round(max(seconds) * 1000, 1),
        "answers wall ms": spread(seconds), "load in the other process": taken,
    }  # fmt: skip


def _wrong(screener: LocalScreener, marks: dict[str, str]) -> int:
    """Count answers that don't fit the version that they name."""
    count = 0
    for name in marks.values():
        query = asked({"query": name, "schema": "Person"})
        answer = screener.screen([query])[0]
        first = answer.versions[0].sha256.startswith("1")
        listed = marks["1"] if first else marks["2"]
        exact = any(hit.name == name for hit in answer.hits)
        count += exact is not (name == listed)
    return count


def _load_made(store: ListStore, entities: Sequence[ListEntity], *, mark: str) -> None:
    marked = ListEntity("made-mark", "Person", mark, {"name": (mark,)})
    digest = ("1" if mark.endswith("Before") else "2") + sha256_hex(mark.encode())[1:]
    parsed = ParsedList(MADE, (*entities, marked))
    store.load(parsed, sha256=digest, published=DAY.date())


def main() -> None:
    """Do what the docstring says of this process."""
    work, folder = sys.argv[1], Path(sys.argv[2])
    world = World(folder)
    if work == "swap":
        from tools.screening.versions import read_entities

        store = ListStore(folder, clock=clock, policy=policy())
        state = store.current()
        entities = read_entities(folder / "lists" / "versions" / MADE / state.versions[MADE])
        rest = [entity for entity in entities if entity.id != "made-mark"]
        taken = timed(lambda: _load_made(store, rest, mark="Zyxwen After"))
        sys.stdout.write(json.dumps(taken))
        return
    index = world.folder / "lists" / "index" / "scale"
    before = _resident()
    opened = CandidateIndex(index)
    for name in ("Viktor Solmenko", "Anna Maria Falkenrath", "Volnogorsk Trading LLC") * 20:
        opened.candidates(f"{name} {new_token()[:3]}", "LegalEntity", limit=CANDIDATES)
    told = {"MB before": before, "MB with the index": _resident()}
    sys.stdout.write(json.dumps(told))


def _resident() -> int:
    fields = Path("/proc/self/status").read_text("utf-8").splitlines()
    line = next(field for field in fields if field.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 // _MEGA


if __name__ == "__main__":
    main()
