"""Words, names and places by country and language; the holdout draws from pools of its own.

What the holdout says is the second of its kind, of 2026-11-23, written without sight of the reader.
The first was retired because whoever wrote the reader had seen it.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument
from typing import Any

import yaml

_DATA = Path(__file__).with_name("data")
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl")


@cache
def table(name: str) -> dict[str, Any]:
    """Read one data file."""
    loaded: dict[str, Any] = yaml.safe_load(_DATA.joinpath(f"{name}.yaml").read_text("utf-8"))
    return loaded


def options(text: str, held: bool) -> tuple[str, ...]:
    """Give the wordings for a split: those after `||` are the holdout's own, if there are any."""
    seen, _, own = text.partition("||")
    chosen = own if held and own.strip() else seen
    return tuple(part.strip() for part in chosen.split(" | "))


def pick(rng: Random, text: str | Sequence[str], held: bool) -> str:
    """Choose one wording."""
    line = text if isinstance(text, str) else rng.choice(list(text))
    return rng.choice(options(line, held))


def own_words(code: str, kind: str, name: str, held: bool) -> tuple[str, ...]:
    """Give what holdout papers of one country say instead of what their language's others say."""
    found = table("holdout").get(code, {}).get(kind, {}).get(name, ()) if held else ()
    return options(found, held=False) if isinstance(found, str) else tuple(found)


def label(rng: Random, language: str, concept: str, held: bool, *, code: str = "") -> str:
    """Choose how a paper of a language names a value; a country of the holdout may differ."""
    if own := own_words(code, "labels", concept, held):
        return rng.choice(own)
    return pick(rng, table(f"labels_{language}")[concept], held)
