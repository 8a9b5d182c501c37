"""Words, names and places by country and language; the holdout draws from a folder of its own.

What the holdout says is the third of its kind, of 2026-11-23, written without sight of the reader
and not by its builder. The first and the second are retired, since the builder had seen them; the
second's words are now words of train and tune.
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
def table(name: str, held: bool = False) -> dict[str, Any]:
    """Read one data file: of train and tune, or of the holdout."""
    folder = _DATA / "holdout" if held else _DATA
    loaded: dict[str, Any] = yaml.safe_load(folder.joinpath(f"{name}.yaml").read_text("utf-8"))
    return loaded


def country(code: str, held: bool) -> dict[str, Any]:
    """Give a country's words; its codes, language and way to group figures are the same for all."""
    shared: dict[str, Any] = table("countries")[code]
    return {**shared, **table("countries", True)[code]} if held else shared


def options(text: str) -> tuple[str, ...]:
    """Give the wordings of a line."""
    return tuple(part.strip() for part in text.split(" | "))


def pick(rng: Random, text: str | Sequence[str]) -> str:
    """Choose one wording."""
    line = text if isinstance(text, str) else rng.choice(list(text))
    return rng.choice(options(line))


def country_words(code: str, kind: str, name: str, held: bool) -> tuple[str, ...]:
    """Give what papers of one country say, apart from what others of their language say."""
    found = table("country_words", held).get(code, {}).get(kind, {}).get(name, ())
    return options(found) if isinstance(found, str) else tuple(found)


def choose(rng: Random, own: Sequence[str], common: Sequence[str], held: bool) -> str:
    """Choose from a country's words and its language's.

    Train and tune take them all alike. In the holdout a country's words stand instead of its
    language's, and the first of them, which papers print most often, comes most often: the n-th
    is 1/n as likely.
    """
    if not held:
        return rng.choice(list(dict.fromkeys((*own, *common))))
    words = list(own or common)
    return rng.choices(words, weights(len(words)))[0]


def weights(count: int) -> list[float]:
    """Tell how likely the wordings of the holdout are, the commonest first."""
    return [1 / place for place in range(1, count + 1)]


def label(rng: Random, language: str, concept: str, held: bool, *, code: str = "") -> str:
    """Choose how a paper of a language, and of a country where one is given, names a value."""
    common = options(table(f"labels_{language}", held)[concept])
    return choose(rng, country_words(code, "labels", concept, held), common, held)
