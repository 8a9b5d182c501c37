"""One warm reader for all tests of this folder: starting it takes seconds."""

from collections.abc import Iterator

import pytest

from tools.documents.ocr.warm import WarmReader


@pytest.fixture(scope="session")
def reader() -> Iterator[WarmReader]:
    """Give a reader that has started."""
    warm = WarmReader(seconds=120.0)
    assert warm.start()
    yield warm
    warm.close()
