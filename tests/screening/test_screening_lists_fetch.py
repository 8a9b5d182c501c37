"""Lists over the network: a server on this machine that behaves well, badly or not at all."""

import gzip
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from casegate.cli import GROUPS, frame
from casegate.errors import CasegateError, InvalidInput, ListRefused, ListUnreachable
from tests.screening.conftest import World, now, table
from tools.screening.fetching import HttpDownload, ListUrls, bare, fetch_list
from tools.screening.lists import LoadedList
from tools.screening.sources import SourceFormat

TEN = [f"{n},Person,Pyotr Orlov Number{n}" for n in range(10)]
GOOD = table(TEN)
SHA256 = hashlib.sha256(GOOD).hexdigest()
SAMPLES = Path(__file__).parent / "samples"


class Server(ThreadingHTTPServer):
    """Serves what the paths below say."""

    daemon_threads = True

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """One path for each kind of behaviour."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        path = self.path.partition("?")[0]
        files = {
            "/house_2026-02-28.csv": GOOD,
            "/house.csv.gz": gzip.compress(GOOD),
            "/short.csv": GOOD[:22],
            "/large.csv": b"x" * 5000,
            "/sdn.csv": (SAMPLES / "sdn.csv").read_bytes(),
            "/alt.csv": (SAMPLES / "alt.csv").read_bytes(),
        }
        moved = {
            "/moved": "/house_2026-02-28.csv",
            "/circle": "/circle",
            "/local": "file:///etc/passwd",
            "/ftp": "ftp://127.0.0.1/list.csv",
        }
        if path in moved:
            self.send_response(302)
            self.send_header("Location", moved[path])
            self.end_headers()
        elif path in files:
            self._send(files[path], len(files[path]))
        elif path == "/cut":
            self._send(GOOD[:40], len(GOOD))
        elif path == "/drip":
            self._drip()
        else:
            self.send_error(503)

    def _send(self, data: bytes, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(data)

    def _drip(self) -> None:
        """Send a byte now and then: each in time, the whole never."""
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that runs while the tests of this file do."""
    running = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def fetch(
    world: World,
    url: str,
    *,
    source: SourceFormat = SourceFormat.CSV,
    seconds: float = 10,
    largest: int = 100_000,
    aliases: str = "",
    name: str = "",
    sha256: str = "",
) -> LoadedList:
    """Fetch a list into a world, past any proxy of the environment."""
    return fetch_list(
        world.folder,
        ListUrls(url, source, aliases=aliases, name=name, sha256=sha256),
        download=HttpDownload(seconds, largest, transport=httpx.AsyncHTTPTransport),
        clock=now,
    )


def test_a_fetched_list_is_in_force_and_tells_where_it_is_from(
    world: World, server: Server
) -> None:
    secret = f"{server.base}/house_2026-02-28.csv?token=hush"
    loaded = fetch(world, secret.replace("http://", "http://me:pass@"), sha256=SHA256.upper())
    assert (loaded.version.list, loaded.version.published) == ("house", "2026-02-28")
    assert loaded.version.sha256 == SHA256
    (manifest,) = world.store().manifests()
    assert manifest.url == f"{server.base}/house_2026-02-28.csv"
    kept = b"".join(f.read_bytes() for f in world.store().root.rglob("*.json"))
    assert b"hush" not in kept
    assert b"pass" not in kept


def test_a_packed_list_and_one_that_moved_are_fetched_too(world: World, server: Server) -> None:
    assert fetch(world, f"{server.base}/house.csv.gz").version.entities == 10
    assert fetch(world, f"{server.base}/moved", name="house").version.entities == 10


def test_files_beside_the_list_are_fetched_with_it(world: World, server: Server) -> None:
    loaded = fetch(
        world,
        f"{server.base}/sdn.csv",
        source=SourceFormat.OFAC_SDN,
        aliases=f"{server.base}/alt.csv",
    )
    (manifest,) = world.store().manifests()
    assert (loaded.version.entities, loaded.unmatched_aliases) == (3, 1)
    assert manifest.names > 7


@pytest.mark.parametrize(
    ("path", "error", "reason"),
    [
        ("/cut", ListUnreachable, "unreachable"),
        ("/drip", ListUnreachable, "unreachable"),
        ("/gone", ListUnreachable, "unreachable"),
        ("/circle", ListUnreachable, "unreachable"),
        ("/local", ListUnreachable, "unreachable"),
        ("/ftp", ListUnreachable, "unreachable"),
        ("/short.csv", ListRefused, "unreadable"),
        ("/large.csv", ListRefused, "too_large"),
    ],
)
def test_whatever_goes_wrong_the_old_version_stays_and_the_alarm_is_kept(
    world: World, server: Server, path: str, error: type[CasegateError], reason: str
) -> None:
    world.load(GOOD)
    before = world.state()
    started = time.monotonic()
    with pytest.raises(error):
        fetch(world, f"{server.base}{path}", name="house", seconds=1, largest=4000)
    assert time.monotonic() - started < 5
    assert world.state() == before
    assert [r.reason for r in world.store().refused()] == [reason]


def test_another_file_than_the_checksum_says_is_not_even_read(world: World, server: Server) -> None:
    world.load(GOOD)
    before = world.state()
    with pytest.raises(ListRefused, match="sha256") as refused:
        fetch(world, f"{server.base}/house_2026-02-28.csv", sha256="0" * 64)
    assert refused.value.reason == "checksum"
    assert world.state() == before


def test_a_server_that_is_not_there_is_unreachable(world: World) -> None:
    with pytest.raises(ListUnreachable):
        fetch(world, "http://127.0.0.1:9/house.csv", seconds=2)


def test_no_redirect_leads_from_https_to_http(world: World) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://example.org/list.csv"})

    download = HttpDownload(5, transport=lambda: httpx.MockTransport(answer))
    with pytest.raises(ListUnreachable, match="from https to 'http'"):
        download("https://example.org/list.csv", world.folder / "list.csv")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", {}),
        ("ftp://example.org/list.csv", {}),
        ("list.csv", {}),
        ("", {}),
        ("http://", {}),
        ("http://example.org/list.csv", {"sha256": "12"}),
        ("http://example.org/list.csv", {"aliases": "http://example.org/alt.csv"}),
        ("http://example.org/list.csv", {"name": "../../etc"}),
    ],
)
def test_what_can_t_be_a_list_on_the_network_is_wrong_input(
    world: World, url: str, said: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput):
        fetch(
            world,
            url,
            aliases=said.get("aliases", ""),
            name=said.get("name", ""),
            sha256=said.get("sha256", ""),
        )
    assert not world.store().refused()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://me:pass@lists.example:8443/a/b.xml?token=x#y", "https://lists.example:8443/a/b.xml"),
        ("http://lists.example/", "http://lists.example/"),
    ],
)  # fmt: skip
def test_a_url_is_told_without_what_may_be_secret(url: str, told: str) -> None:
    assert bare(url) == told


def test_the_command_fetches_and_says_when_a_list_is_out_of_reach(
    tmp_path: Path,
    server: Server,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def run(*args: str) -> tuple[int, str, str]:
        code = frame.run(GROUPS, ["lists", *args])
        said = capsys.readouterr()
        return code, said.out, said.err

    url = f"{server.base}/house_2026-02-28.csv"
    code, out, _ = run("fetch", "--url", url, "--source", "csv", "--sha256", SHA256, "--json")
    assert (code, json.loads(out)["entities"]) == (0, 10)
    code, out, err = run("fetch", "--url", f"{server.base}/gone?token=hush", "--source", "csv",
                         "--name", "house", "--json")  # fmt: skip
    assert (code, out) == (3, "")
    assert err.startswith("list_unreachable: ")
    assert "hush" not in err
    said = json.loads(run("status", "--json")[1])
    assert (said["lists"][0]["entities"], said["lists"][0]["url"]) == (10, url)
    assert said["refused"][0]["reason"] == "unreachable"
