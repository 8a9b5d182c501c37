"""Files for the tests of documents, made here; samples from elsewhere are read in place."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.documents import Limits, Parsed, parse

SAMPLES = Path(os.environ.get("CASEGATE_TEST_DATA", "../shared/data")) / "documents"


@pytest.fixture(scope="session")
def samples() -> Path:
    """Give the folder of sample documents."""
    if not SAMPLES.is_dir():
        pytest.skip(f"NO SAMPLE DOCUMENTS in {SAMPLES}: set CASEGATE_TEST_DATA to read them")
    return SAMPLES


@pytest.fixture
def limits() -> Limits:
    """Give roomy limits: the machine of the tests may be busy."""
    return Limits(seconds=60.0)


@pytest.fixture
def read(limits: Limits) -> Callable[[bytes, str], Parsed]:
    """Give the safe parse with those limits."""
    return lambda data, filename: parse(data, filename, limits)
