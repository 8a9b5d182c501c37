"""What the inference tests share: the small model and a small model server."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from casegate.config import load_settings
from casegate.inference.catalogue import Entry, entry
from casegate.inference.llama import LlamaComplete
from tests.inference.asking import CONTEXT
from tests.inference.fake_server import Handler

SMALL = "smollm2-135m-instruct"


@pytest.fixture(scope="session")
def small_model() -> tuple[Path, Entry]:
    """The folder and entry of the small model."""
    folder = load_settings().models
    wanted = entry(SMALL)
    if not (folder / wanted.file).is_file():
        pytest.skip(f"{SMALL} is not in {folder}: run `casegate models pull {SMALL}`")
    return folder, wanted


@pytest.fixture(scope="session")
def llama(small_model: tuple[Path, Entry]) -> Iterator[LlamaComplete]:
    """The small model in this process, loaded once."""
    folder, wanted = small_model
    complete = LlamaComplete(folder, wanted, threads=0, context=CONTEXT)
    yield complete
    complete.close()


@pytest.fixture(scope="session")
def model_server() -> Iterator[str]:
    """The base URL of the small model server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()
