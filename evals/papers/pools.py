"""Words, names and places by country and language; the holdout draws from pools of its own."""

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


def label(rng: Random, language: str, concept: str, held: bool) -> str:
    """Choose how a paper of a language names a value."""
    return pick(rng, table(f"labels_{language}")[concept], held)
