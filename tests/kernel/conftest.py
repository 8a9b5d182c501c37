"""Fixtures of the kernel's tests: real SQLite, real files, fake gates at their Protocols."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A kernel over a folder of its own."""
    made = World(tmp_path)
    yield made
    made.close()
