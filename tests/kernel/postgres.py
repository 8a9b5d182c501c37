"""A PostgreSQL server of the tests' own, from the machine's binaries."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def binaries() -> Path | None:
    """Give the folder of `initdb` and `pg_ctl`; None if there is none that this user can run."""
    found = shutil.which("pg_ctl")
    folders = [*([Path(found).parent] if found else []), *_PLACES]
    usable = (folder for folder in folders if (folder / "initdb").exists())
    folder = next(usable, None)
    return folder if os.getuid() != 0 or _other_user() else None


def _other_user() -> str | None:
    # PostgreSQL refuses to run as root.
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    return None


class Server:
    """A running server that hands out empty databases."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._numbers = count(1)

    def database(self) -> str:
        """Make an empty database and give its URL."""
        name = f"kernel{next(self._numbers)}"
        admin = f"host={self._socket} user=casegate dbname=postgres"
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://casegate@/{name}?host={self._socket}"


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Run a server whose data is thrown away."""
    place = Path(tempfile.mkdtemp(prefix="casegate-pg-"))
    as_user: list[str] = []
    if os.getuid() == 0:
        user = _other_user()
        assert user is not None
        shutil.chown(place, user)
        as_user = ["runuser", "-u", user, "--"]
    options = f"-c listen_addresses='' -c unix_socket_directories={place} -c fsync=off"
    control = [*as_user, str(folder / "pg_ctl"), "-D", str(place / "data"), "-w"]
    initdb = [str(folder / "initdb"), "-D", str(place / "data"), "-U", "casegate", "-A", "trust"]
    log = ["-l", str(place / "log"), "-o", options]
    try:
        _run([*as_user, *initdb, "-E", "UTF8", "--no-sync"], place)
        _run([*control, *log, "start"], place)
        yield Server(place)
    finally:
        _run([*control, "-m", "immediate", "stop"], place, check=False)
        shutil.rmtree(place, ignore_errors=True)


def _run(words: list[str], place: Path, *, check: bool = True) -> None:
    subprocess.run(words, cwd=place, check=check, stdout=subprocess.DEVNULL)


def server_or_skip() -> Iterator[Server]:
    """Run a server for whoever asks; say loudly where there is none to run."""
    folder = binaries()
    if folder is None:
        pytest.skip("NOT TESTED on PostgreSQL: no pg_ctl and initdb on this machine")
    with running(folder) as server:
        yield server
