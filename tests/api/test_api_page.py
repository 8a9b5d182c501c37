"""docs/api.md tells of every address and every code."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casegate.errors import CasegateError
from tests.api.conftest import Api


def page() -> str:
    """Give the page as it stands."""
    return Path("docs/api.md").read_text(encoding="utf-8")


def kinds(base: type[CasegateError] = CasegateError) -> Iterator[type[CasegateError]]:
    """Give all errors that we raise on purpose."""
    for kind in base.__subclasses__():
        if kind.__module__.startswith("casegate."):
            yield kind
            yield from kinds(kind)


def test_every_address_is_on_the_page(still_api: Api) -> None:
    described = still_api.http.get("/openapi.json").json()
    missing = [
        f"{method.upper()} {path}"
        for path, methods in described["paths"].items()
        for method in methods
        if f"| `{method.upper()} {path}` |" not in page()
    ]
    assert missing == []


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: str(kind.__name__))
def test_every_code_is_on_the_page_with_its_status(kind: type[CasegateError]) -> None:
    # A base class lends its code to some errors below it that have another status.
    lends = any(below.code == kind.code for below in kind.__subclasses__())
    assert f"| `{kind.code}` | {kind.status} |" in page() or lends
