"""What the child process may do: read, compute and answer, nothing else."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.documents.pdf_files import pdf
from tools.documents import Limits, parse

PROBE = """
import os, resource, socket, sys
from tools.documents.child.isolation import isolate
granted = isolate(memory_mb=2048, seconds=5)
def attempt(act):
    try:
        act()
    except BaseException as error:
        return type(error).__name__
    return "done"
def reach():
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)
def allocate():
    bytearray(3_000_000_000)
def write():
    with open("/tmp/casegate-child-wrote-this", "wb") as file:
        file.write(b"x" * 10)
def read_secret():
    open(sys.argv[2], "rb").read()
print(granted.network, granted.files, attempt(reach), attempt(allocate), attempt(write),
      attempt(read_secret), resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """Give a file outside of Python's own folders, such as the database would be."""
    path = tmp_path / "casegate.db"
    path.write_text("cases")
    return path


def _probe(port: int, secret: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(port), str(secret)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.split()


def test_the_child_has_no_network_no_files_little_memory_and_leaves_no_core(secret: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        network, files, reached, allocated, wrote, read, core = _probe(
            server.getsockname()[1], secret
        )
    assert (allocated, core) == ("MemoryError", "0")
    assert wrote != "done"
    if network == "False" and files == "False":
        pytest.skip("THIS KERNEL GRANTS NO NAMESPACES: network and files were not tried")
    assert reached != "done" or network == "False"
    assert read != "done" or files == "False"


def test_the_parse_reports_whether_it_was_isolated() -> None:
    parsed = parse(pdf("A word"), "a.pdf", Limits(seconds=60))
    assert all(isinstance(granted, bool) for granted in parsed.isolated)


def test_no_setting_or_secret_reaches_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    from tools.documents.environment import child_environment

    monkeypatch.setenv("CASEGATE_MODEL_API_KEY", "secret")
    environment = child_environment()
    assert not [name for name in environment if name.startswith("CASEGATE")]
    assert "secret" not in environment.values()
    assert (environment["DO_NOT_TRACK"], environment["SCARF_NO_ANALYTICS"]) == ("true", "true")


def test_a_parse_leaves_neither_process_nor_open_file_behind() -> None:
    def left() -> tuple[int, set[str]]:
        """Open files, and children of this process, dead ones that nobody waited for too."""
        children = set()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # another process's end
                parent = stat.read_text().rsplit(")", 1)[1].split()[1]
                children |= {stat.parent.name} if parent == str(os.getpid()) else set()
        return len(os.listdir("/proc/self/fd")), children

    parse(pdf("A word"), "a.pdf", Limits(seconds=60))
    before = left()
    for _ in range(3):
        parse(pdf("A word"), "a.pdf", Limits(seconds=0.05))
    assert left() == before


def test_the_child_needs_none_of_the_kernel_to_start() -> None:
    code = (
        "import sys, tools.documents.child.pdf; "
        "print([m for m in ('pydantic', 'yaml', 'casegate.model', 'unstructured', 'spacy') "
        "if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
