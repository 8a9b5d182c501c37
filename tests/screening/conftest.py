"""Fixtures of screening: real lists on disk in small, a fixed clock, counted query ids.

`world` is a data folder of its own. `demo` is the fictional list, loaded once for the session;
tests that load something themselves take `world`.
"""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casegate.model.screening import ScreenAnswer, ScreenQuery
from tools.screening.lists import ListStore, LoadedList
from tools.screening.loading import load_list
from tools.screening.policy import policy_at
from tools.screening.screener import LocalScreener
from tools.screening.sources import SourceFormat

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DEMO_LIST = Path(__file__).parents[2] / "examples" / "lists" / "demo_sanctions.csv"
_TOKENS = itertools.count()


def now() -> datetime:
    """Give the same moment always."""
    return NOW


def new_token() -> str:
    """Give a query id that no test had before: the matcher's caches outlive tests."""
    return f"test-{next(_TOKENS)}"


def table(rows: Iterable[str], header: str = "id,schema,name") -> bytes:
    """Write a list in the CSV format."""
    return "\n".join([header, *rows, ""]).encode()


@dataclass(frozen=True)
class World:
    """A data folder with what works on it."""

    folder: Path

    def store(self) -> ListStore:
        """Open the lists."""
        return ListStore(self.folder, clock=now, policy=policy_at(NOW.date()))

    def screener(self, *, threshold: float = 0.7, candidates: int = 20) -> LocalScreener:
        """Open a screener."""
        return LocalScreener(
            self.folder, threshold=threshold, candidates=candidates, clock=now, new_token=new_token
        )

    def load(
        self,
        data: bytes,
        name: str = "house_2026-01-31.csv",
        source: SourceFormat = SourceFormat.CSV,
        *,
        accept_smaller: bool = False,
        at: datetime = NOW,
    ) -> LoadedList:
        """Write `data` to a file and load it."""
        file = self.folder / name
        file.write_bytes(data)
        return load_list(
            self.folder, file, source=source, clock=lambda: at, accept_smaller=accept_smaller
        )

    def state(self) -> bytes:
        """Give the bytes that say which versions are in force."""
        return self.store().current_file.read_bytes()


Ask = Callable[..., ScreenAnswer]


def asking(screener: LocalScreener) -> Ask:
    """Make a short way to ask one question."""

    def ask(name: str, **fields: object) -> ScreenAnswer:
        query = ScreenQuery.model_validate({"id": "q", "name": name, **fields})
        return screener.screen([query])[0]

    return ask


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An empty data folder."""
    return World(tmp_path)


@pytest.fixture(scope="session")
def demo_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A data folder with the fictional demonstration list in force; not to be changed."""
    made = World(tmp_path_factory.mktemp("demo"))
    load_list(made.folder, DEMO_LIST, source=SourceFormat.CSV, clock=now)
    return made


@pytest.fixture(scope="session")
def demo(demo_world: World) -> Ask:
    """Ask the fictional demonstration list."""
    screener = demo_world.screener()
    screener.warm()
    return asking(screener)
