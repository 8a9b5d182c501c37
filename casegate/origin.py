"""That `agents`, `tools` and the other plain names are ours and not another project's.

`openai-agents`, `guardrails-ai`, `evals` and `tools` on the package index ship packages of the same
names, and no installer warns when one covers the other.
"""

import importlib.util
from importlib.machinery import ModuleSpec
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

from casegate.errors import ForeignPackage

OWN = ("agents", "tools", "prompts", "guardrails", "ui", "evals", "server")
DISTRIBUTION = "casegate"

_MEND = (
    "Another installed project ships a package of that name; uninstall it or use a clean "
    "virtual environment."
)


class Foreign(NamedTuple):
    """One of our names that leads elsewhere."""

    name: str
    found: str


def root() -> Path:
    """Give the folder that holds this `casegate` and so must hold the others."""
    return Path(__file__).resolve().parent.parent


def require_own_packages() -> None:
    """Refuse to start beside a package that covers one of ours. Called by every entry point.

    Raises:
        ForeignPackage: names the first such package and where it was found.
    """
    for foreign in foreign_packages():
        raise ForeignPackage(
            f"`{foreign.name}` would be imported from {foreign.found}, not from {root()}",
            remedy=_MEND,
        )


def foreign_packages() -> tuple[Foreign, ...]:
    """Find our names that Python resolves to somewhere else; absent ones are none of these."""
    found = []
    for name in OWN:
        for place in _places(_spec(name)):
            if not place.is_relative_to(root()) or "site-packages" in _below(place):
                found.append(Foreign(name, str(place)))
                break
    return tuple(found)


def shared_names() -> dict[str, list[str]]:
    """Give our names that other installed distributions claim too: even one we covered so far.

    This sees what `foreign_packages` can't: a wheel that was installed over ours.
    """
    owners = packages_distributions()
    others = {
        name: sorted({owner for owner in owners.get(name, ()) if owner != DISTRIBUTION})
        for name in OWN
    }
    return {name: owner for name, owner in others.items() if owner}


def _spec(name: str) -> ModuleSpec | None:
    try:
        return importlib.util.find_spec(name)
    except ValueError:
        # A module that was put together by hand has no spec; it came from no other package.
        return None


def _places(spec: ModuleSpec | None) -> list[Path]:
    if spec is None:
        return []
    if spec.origin and spec.has_location:
        return [Path(spec.origin).resolve()]
    return [Path(place).resolve() for place in spec.submodule_search_locations or ()]


def _below(place: Path) -> tuple[str, ...]:
    """Give the parts of a path below our root: a virtual environment may lie inside it."""
    return place.relative_to(root()).parts
