"""Fixtures of the kernel's tests: real databases, real files, fake gates at their Protocols."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.postgres import Server, server_or_skip
from tests.kernel.world import World


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy, which is quicker than migrating for every test."""
    folder = tmp_path_factory.mktemp("empty")
    World(folder).close()
    return folder / "casegate.db"


@pytest.fixture
def world(tmp_path: Path, empty_database: Path) -> Iterator[World]:
    """A kernel over a folder of its own, on SQLite."""
    shutil.copy(empty_database, tmp_path)
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for the session."""
    yield from server_or_skip()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A kernel on each of the two databases."""
    url = ""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        url = server.database()
    made = World(tmp_path, url=url)
    yield made
    made.close()
