"""What `casegate doctor` looks at: the machine and what is installed on it."""

import importlib
import os
import platform
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distributions, requires, version
from pathlib import Path
from typing import Literal, NamedTuple

from casegate.config import Settings
from casegate.errors import CasegateError

State = Literal["ok", "warn", "bad"]

SCARCE_BYTES = 2_000_000_000
TOO_SCARCE_BYTES = 200_000_000


class Check(NamedTuple):
    """One thing that was looked at."""

    name: str
    state: State
    found: str
    mend: str = ""


Look = Callable[[Settings], Check]
"""Looks at one thing. What it raises of `CasegateError` becomes a bad check."""


def look(name: str, at: Look, settings: Settings) -> Check:
    """Run one check; a part that is down or missing is what the doctor is there to tell."""
    try:
        return at(settings)
    except CasegateError as error:
        return Check(name, "bad", f"{error.code}: {error.message}", error.remedy)
    except ImportError as error:
        mend = "Run `make setup`."
        return Check(name, "bad", f"the package {error.name} can't be imported", mend)
    except OSError as error:
        return Check(name, "bad", f"{type(error).__name__}: {error.strerror}")


def python(_: Settings) -> Check:
    """The interpreter."""
    found = platform.python_version()
    if sys.version_info[:2] == (3, 11):
        return Check("python", "ok", found)
    return Check("python", "bad", found, "Use Python 3.11: `make setup` makes such an environment.")


def packages(_: Settings) -> Check:
    """That what is installed is what the project asks for."""
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(line) for line in requires("casegate") or ()]
    except PackageNotFoundError:
        return Check("packages", "bad", "casegate is not installed", "Run `make setup`.")
    wrong = []
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    for one in needed:
        try:
            found = version(one.name)
        except PackageNotFoundError:
            wrong.append(f"{one.name} is missing")
            continue
        if not one.specifier.contains(found, prereleases=True):
            wrong.append(f"{one.name} is {found}, wanted {one.specifier}")
    if wrong:
        return Check("packages", "bad", "; ".join(wrong), "Run `make setup`.")
    total = len(list(distributions()))
    return Check("packages", "ok", f"{len(needed)} requirements met, {total} packages installed")


def names(_: Settings) -> Check:
    """That our plain package names are ours."""
    from casegate.origin import foreign_packages, root, shared_names

    mend = "Uninstall the other package, or use a clean virtual environment."
    if foreign := foreign_packages():
        found = "; ".join(f"`{one.name}` comes from {one.found}" for one in foreign)
        return Check("names", "bad", found, mend)
    if shared := shared_names():
        found = "; ".join(
            f"`{name}` is also in {', '.join(owner)}" for name, owner in shared.items()
        )
        return Check("names", "bad", found, mend)
    return Check("names", "ok", f"all packages come from {root()}")


def libraries(_: Settings) -> Check:
    """That the system libraries load."""
    missing = []
    for module, package in (("magic", "libmagic1"), ("icu", "libicu-dev"), ("pypdfium2", "")):
        try:
            importlib.import_module(module)
        except ImportError:
            missing.append(f"{module}{f' (Debian: {package})' if package else ''}")
    if missing:
        return Check("libraries", "bad", f"can't load {', '.join(missing)}", "Run `make setup`.")
    return Check("libraries", "ok", "libmagic, ICU and PDFium load")


def browser(_: Settings) -> Check:
    """A browser for the browser tests."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return Check("browser", "ok", found)
    return Check("browser", "warn", "no Chromium: browser tests are skipped", "Run `make setup`.")


def disk(settings: Settings) -> Check:
    """Room for data and models."""
    free = {
        name: shutil.disk_usage(_existing(folder)).free
        for name, folder in (("data", settings.data), ("models", settings.models))
    }
    found = ", ".join(f"{name}: {size / 1e9:.1f} GB free" for name, size in free.items())
    mend = "Free space, or move CASEGATE_DATA_DIR or CASEGATE_MODELS_DIR."
    if min(free.values()) < TOO_SCARCE_BYTES:
        return Check("disk", "bad", found, mend)
    return Check("disk", "warn" if min(free.values()) < SCARCE_BYTES else "ok", found, mend)


def threads(settings: Settings) -> Check:
    """How many cores the model computes on."""
    from casegate.inference.threads import cores

    if settings.model_url:
        return Check("threads", "ok", "the model runs on its own server")
    there, asked = cores(), settings.model_threads
    policy = os.environ.get("OMP_WAIT_POLICY")
    beside = f"load {os.getloadavg()[0]:.1f}{f', OMP_WAIT_POLICY={policy}' if policy else ''}"
    if not asked:
        return Check("threads", "ok", f"up to {there} of {there} cores, as they are free; {beside}")
    if asked <= there:
        return Check("threads", "ok", f"always {asked} of {there} cores; {beside}")
    mend = "Set CASEGATE_MODEL_THREADS=0: it takes the cores that are free, as they become free."
    return Check("threads", "bad", f"always {asked} on {there} cores; {beside}", mend)


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())
