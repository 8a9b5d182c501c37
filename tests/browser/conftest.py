"""Real API and real desk in processes of their own, and Chromium in front of them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from casegate.access.sign_in import DEMO_PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 90
PATIENCE_MS = 45_000
"""A screen that takes this long is broken; a busy machine takes some of it."""


@dataclass
class Watched:
    """A page with everything that it complained of and asked for."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Begin to take notes."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # Streamlit asks below a deep link for its health first and then at the root.
        probe = "404" in message.text and "_stcore" in message.location.get("url", "")
        if message.type == "error" and not probe:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def sign_in(self, user: str) -> None:
        """Sign in on the sign-in page and wait for the first screen."""
        self.page.goto(f"{self.address}sign-in")
        self.page.get_by_label("User").fill(user)
        self.page.get_by_label("Password").fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("heading", name="Queue").wait_for()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 5):
        assert process.poll() is None, f"{address} ended with {process.returncode}"
        try:
            if httpx.get(address, trust_env=False, follow_redirects=True).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{address} did not start within {START_SECONDS} s")


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that the API works in."""
    return tmp_path_factory.mktemp("data")


@contextmanager
def serving(api_factory: str, data: Path) -> Iterator[str]:
    """Start an API over `data` and the desk in front of it; give the desk's address."""
    if not CHROMIUM.exists():
        pytest.skip("NO BROWSER: /usr/bin/chromium is missing; `apt-get install chromium`")
    api, ui = _free_port(), _free_port()
    env = os.environ | {
        "CASEGATE_DATA_DIR": str(data),
        "CASEGATE_API_URL": f"http://127.0.0.1:{api}",
    }
    started = []
    try:
        for factory, port, probe in (
            (api_factory, api, "/readyz"),
            ("ui.serve:app", ui, "/sign-in"),
        ):
            command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port)]
            started.append(subprocess.Popen([*command, "--log-level", "warning"], env=env))
            _wait_for(f"http://127.0.0.1:{port}{probe}", started[-1])
        yield f"http://127.0.0.1:{ui}/"
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def desk(data_folder: Path) -> Iterator[str]:
    """Serve arranged cases; give the desk's address."""
    with serving("tests.browser.served:app", data_folder) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium once a module; its driver's event loop must not outlive the browser tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watched(desk: str, chromium: Browser) -> Iterator[Watched]:
    """Give a fresh page on the arranged cases."""
    with watching(desk, chromium) as page:
        yield page


@contextmanager
def watching(desk: str, chromium: Browser) -> Iterator[Watched]:
    """Give a fresh page; afterwards it must have kept quiet and stayed on this machine."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page = Watched(context.new_page(), desk)
    page.watch()
    yield page
    context.close()
    assert page.outside == []
    assert page.complaints == []


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder for screenshots: `CASEGATE_SCREENSHOTS`, or one that is thrown away."""
    wanted = os.environ.get("CASEGATE_SCREENSHOTS")
    folder = Path(wanted) if wanted else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
