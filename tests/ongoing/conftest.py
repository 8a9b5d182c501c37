"""Fixtures of ongoing screening: a real kernel, real lists on disk, the real matcher."""

import itertools
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casegate.audit.event import StoredEvent
from casegate.config import Settings
from casegate.desk.kernel import Kernel, open_kernel
from casegate.desk.ports import ReviewPorts
from casegate.model.customer import Customer
from casegate.ongoing.desk import OngoingDesk
from casegate.ongoing.wiring import ongoing_desk
from tests.kernel.postgres import Server, server_or_skip
from tests.kernel.world import MIRA, CountingClock, FakeClaims, FakeRules
from tools.screening.delta import LocalCustomerScreener
from tools.screening.loading import load_list
from tools.screening.screener import LocalScreener
from tools.screening.sources import SourceFormat

_TOKENS = itertools.count()
NOW = datetime(2026, 3, 1, tzinfo=UTC)

BASE = (
    "a1,Person,Pyotr Arkadyevich Volnogorsky,1968-04-17",
    "a2,Company,Meridian Halberd Shipping LLC,",
    "a3,Person,Ludmila Sergeevna Prokhorchuk,1971-02-03",
)
FILLER = tuple(f"f{n},Person,Zzyx{n} Qorvath{n} Blenn{n},19{50 + n % 40}-01-01" for n in range(20))


def new_token() -> str:
    """Give a query id that no test had before: the matcher's caches outlive tests."""
    return f"ongoing-{next(_TOKENS)}"


def table(rows: Iterable[str]) -> bytes:
    """Write a list in the CSV format."""
    return "\n".join(["id,schema,name,birth_date", *rows, ""]).encode()


@dataclass
class Place:
    """A data folder with everything that works on it."""

    folder: Path
    kernel: Kernel
    desk: OngoingDesk

    def lists(self, *rows: str, name: str = "house", day: int = 1) -> None:
        """Put a list in force."""
        file = self.folder / f"{name}_2026-02-{day:02}.csv"
        file.write_bytes(table(rows))
        load_list(
            self.folder, file, source=SourceFormat.CSV, clock=lambda: NOW, accept_smaller=True
        )

    def register(self, number: str, name: str, **fields: object) -> None:
        """Register a customer."""
        given = {"id": number, "name": name, "schema": "Person", **fields}
        self.desk.register(MIRA, Customer.model_validate(given))

    def hits(self) -> list[tuple[str, str, str]]:
        """Give customer, entry and status of every hit."""
        found = self.desk.all_hits(MIRA, open_only=False)
        return [
            (hit.customer, hit.entity_id.removeprefix("house-"), hit.status.value) for hit in found
        ]

    def cases(self) -> list[str]:
        """Give the references of all cases."""
        page = self.kernel.desk.cases(MIRA, limit=200)
        return [row.summary.reference for row in page.rows]

    def events(self, kind: str) -> list[StoredEvent]:
        """Give the events of a kind, oldest first."""
        with self.kernel.store.read() as work:
            return [row.event() for row in work.log.rows() if row.kind == kind]


def open_place(folder: Path, url: str = "", *, settings: Settings | None = None) -> Place:
    """Open a kernel and ongoing screening in `folder`."""
    settings = (settings or Settings()).model_copy(update={"data_dir": folder, "database_url": url})
    clock = CountingClock()
    ports = ReviewPorts(read_value=_never, recheck=_never, assess=_never)
    kernel = open_kernel(
        settings, rules=FakeRules(), claims=FakeClaims(), review=ports, clock=clock
    )
    local = LocalScreener(folder, threshold=0.7, candidates=20, clock=clock, new_token=new_token)
    screener = LocalCustomerScreener(local, folder, page=20)
    return Place(
        folder, kernel, ongoing_desk(settings, kernel, lambda: screener, asked=lambda: local)
    )


def _never(*_: object, **__: object) -> Any:  # noqa: ANN401 - stands for three Protocols
    raise AssertionError("no test of this folder reviews documents")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    folder = tmp_path_factory.mktemp("empty")
    open_place(folder).kernel.close()
    return folder / "casegate.db"


@pytest.fixture
def place(tmp_path: Path, empty_database: Path) -> Iterator[Place]:
    """A place with a small list in force."""
    shutil.copy(empty_database, tmp_path)
    made = open_place(tmp_path)
    made.lists(*BASE, *FILLER)
    yield made
    made.kernel.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for the session."""
    yield from server_or_skip()
