"""One API over real SQLite for each test; people sign in through it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from fastapi.testclient import TestClient

from casegate.access.sign_in import DEMO_PASSWORD
from casegate.api.app import create_app
from casegate.api.limits import Limits
from casegate.config import Settings
from casegate.desk.kernel import Kernel
from tests.api.seed import open_desk
from tests.api.seed_gates import FakeRules


class Answer(Protocol):
    """What tests read of an HTTP answer, whichever client the framework tests with."""

    @property
    def status_code(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def json(self) -> Any: ...  # noqa: ANN401 - JSON


@dataclass
class Api:
    """The service, its kernel behind it, and the gate that a test arranges."""

    kernel: Kernel
    http: TestClient
    rules: FakeRules

    def signed_in(self, user: str) -> "Caller":
        """Sign in as one of the demo's users."""
        body = {"user": user, "password": DEMO_PASSWORD}
        token = self.http.post("/v1/sign-in", json=body).json()["token"]
        return Caller(self.http, token)


@dataclass
class Caller:
    """Asks with one person's token."""

    http: TestClient
    token: str

    def __call__(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        **request: Any,  # noqa: ANN401
    ) -> Answer:
        """Send one request."""
        mine = {"Authorization": f"Bearer {self.token}"}
        return self.http.request(method, path, headers=mine | dict(headers or {}), **request)


@pytest.fixture
def make_api(tmp_path: Path) -> Iterator[Callable[..., Api]]:
    """Give a maker of APIs with size limits of the test's choice."""
    made: list[TestClient] = []

    def make(*, document: int = 2_000_000, transactions: int = 2_000_000) -> Api:
        settings = Settings(max_document_bytes=document, max_transactions_bytes=transactions)
        api = open_api(tmp_path / f"data{len(made)}", settings)
        made.append(api.http)
        return api

    yield make
    for http in made:
        http.__exit__(None, None, None)


def open_api(folder: Path, settings: Settings) -> Api:
    """Open a service; leaving its `http` closes it."""
    rules = FakeRules()
    kernel = open_desk(folder, rules=rules, settings=settings)
    app = create_app(
        kernel.desk,
        kernel.sign_in,
        ready=lambda: None,
        limits=Limits(
            document=settings.max_document_bytes, transactions=settings.max_transactions_bytes
        ),
        close=kernel.close,
    )
    http = TestClient(app, raise_server_exceptions=False)
    http.__enter__()
    return Api(kernel, http, rules)


@pytest.fixture(scope="session")
def still_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Give one API for all tests that change nothing in it."""
    api = open_api(tmp_path_factory.mktemp("still"), Settings())
    yield api
    api.http.__exit__(None, None, None)


@pytest.fixture
def api(make_api: Callable[..., Api]) -> Api:
    """Give an API with ordinary limits."""
    return make_api()
