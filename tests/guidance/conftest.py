"""Fixtures of guidance: the real notes, real vectors, computed once a session, local Qdrant."""

from pathlib import Path

import pytest

from tools.guidance.index import GuidanceIndex


@pytest.fixture(scope="session")
def guidance_vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that keeps vectors; filled by whichever test searches first."""
    return tmp_path_factory.mktemp("guidance") / "vectors.json"


@pytest.fixture(scope="session")
def guidance_index(guidance_vectors: Path) -> GuidanceIndex:
    """The notes, searchable."""
    return GuidanceIndex(guidance_vectors)
