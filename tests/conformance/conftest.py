"""Every screening backend over the same list: the one on disk, and a yente server on loopback."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from casegate.desk.ports import Screener
from casegate.model.base import Json
from casegate.model.screening import ScreenAnswer, ScreenQuery
from tests.conformance.yente_stub import DATASET, YenteStub, serving
from tests.screening.conftest import World, now, table
from tools.screening.yente import YenteScreener
from tools.screening.yente_wire import YenteWire

HEADER = "id,schema,name,aliases,weak_aliases,birth_date,gender,country,identifiers"
ROWS = (
    '1,Person,"ORLOVSKY, Pyotr",,Grey Heron,1961-05-03,male,RU,passport:AB123456',
    '2,Person,"SOLMENKO, Viktor A.",Viktor Solmenko,,1968,male,BG,',
    "3,Company,Kostrava Metals Trading LLC,,,,,RU,registration:7719033552",
    "4,Person,梁宝轩,,,1970-01-01,male,CN,",
    "5,Vessel,NORTHERN HERON,,,,,PA,imo:9990103",
)
ROWS_LATER = ("9,Person,Anna Falkenrath,,,,,,",)


@dataclass
class Backend:
    """A screener with ways to change its list and to take it down."""

    screener: Screener
    load: Callable[[tuple[str, ...]], None]
    down: Callable[[], object]

    def ask(self, name: str, **fields: object) -> ScreenAnswer:
        """Ask one question."""
        query = ScreenQuery.model_validate({"id": "q", "name": name, **fields})
        return self.screener.screen([query])[0]


def entities_of(folder: Path) -> list[Json]:
    """Give the entries of the version that was loaded last, in FollowTheMoney's JSON."""
    files = sorted(folder.rglob("entities.jsonl"), key=lambda file: file.stat().st_mtime_ns)
    rows = [json.loads(line) for line in files[-1].read_bytes().splitlines()]
    return [row.get("entity", row) for row in rows]


def local(folder: Path, _stack: ExitStack) -> Backend:
    """Lists on disk."""
    world = World(folder)

    def load(rows: tuple[str, ...]) -> None:
        world.load(table(rows, HEADER), accept_smaller=True)

    load(ROWS)
    return Backend(
        world.screener(), load, down=lambda: world.store().current_file.write_bytes(b"not json")
    )


def yente(folder: Path, stack: ExitStack) -> Backend:
    """A yente server over the same entries."""
    backend, _stub = yente_and_stub(folder, stack)
    return backend


def yente_and_stub(folder: Path, stack: ExitStack) -> tuple[Backend, YenteStub]:
    """Give the server's inside as well."""
    world = World(folder)

    def load(rows: tuple[str, ...]) -> None:
        world.load(table(rows, HEADER), accept_smaller=True)
        stub.entities = entities_of(folder)
        stub.version = f"2026022800000{len(rows)}-def"

    world.load(table(ROWS, HEADER))
    stub = YenteStub(entities_of(folder))
    server = ExitStack()
    stack.enter_context(server)
    http = stack.enter_context(httpx.Client(base_url=server.enter_context(serving(stub))))
    screener = YenteScreener(
        http,
        dataset=DATASET,
        threshold=0.7,
        candidates=20,
        clock=now,
        wire=YenteWire(http, pause=lambda _seconds: None),
    )
    return Backend(screener, load, down=server.close), stub


@pytest.fixture(params=[local, yente], ids=["local", "yente"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """Each backend in turn."""
    with ExitStack() as stack:
        yield request.param(tmp_path, stack)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Backend, YenteStub]]:
    """The yente backend with the inside of its server."""
    with ExitStack() as stack:
        yield yente_and_stub(tmp_path, stack)
