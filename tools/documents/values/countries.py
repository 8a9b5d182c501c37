"""Countries by name, adjective or code, as ISO 3166-1 alpha-2."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tools.documents.prose import fold

# ICAO 9303-3, section 5: codes of travel documents that ISO 3166 does not have.
_TRAVEL_CODES = {
    "D": "DE", "GBD": "GB", "GBN": "GB", "GBO": "GB", "GBP": "GB", "GBS": "GB", "RKS": "XK",
}  # fmt: skip
_FILLERS = re.compile(r"^(?:the|a|an)\s+|\s+(?:citizen|national|nationality|citizenship)$", re.I)
_WORDS = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_LONGEST = 6


@cache
def _own_words() -> dict[str, str]:
    """Load what countries call themselves and their citizens."""
    import yaml

    table = yaml.safe_load(Path(__file__).with_name("nationalities.yaml").read_text("utf-8"))
    return {word: code for code, words in table.items() if code != "version" for word in words}


class FoundCountry(NamedTuple):
    """A country and the characters that it stands on."""

    start: int
    end: int
    code: str


@lru_cache(maxsize=4096)
def read_country(text: str) -> str | None:
    """Read a text that names one country and nothing else."""
    from rigour.territories import lookup_territory

    bare = _FILLERS.sub("", _FILLERS.sub("", text.strip(" .,;:<\t\n")))
    if bare.upper() in _TRAVEL_CODES:
        return _TRAVEL_CODES[bare.upper()]
    own = _own_words().get(" ".join(fold(bare).split()))
    if own is not None:
        return own
    if len(bare) < 2 or (len(bare) < 4 and not bare.isupper() and "." not in bare):
        return None
    found = lookup_territory(bare)
    if found is None or not found.is_country or found.is_historical or len(found.code) != 2:
        return None
    if bare.casefold() in {str(place).casefold() for place in found.places}:
        # The table also knows a country by its towns; a town is no nationality.
        return None
    return str(found.code).upper()


def find_countries(text: str) -> Iterator[FoundCountry]:
    """Give every country that a text names by a capitalised word or words, longest first."""
    words = list(_WORDS.finditer(text))
    index = 0
    while index < len(words):
        hit = _country_at(text, words, index)
        if hit is None:
            index += 1
            continue
        found, used = hit
        yield found
        index += used


def _country_at(
    text: str, words: list[re.Match[str]], index: int
) -> tuple[FoundCountry, int] | None:
    first = words[index]
    if not first[0][0].isupper():
        return None
    for length in range(min(_LONGEST, len(words) - index), 0, -1):
        end = words[index + length - 1].end()
        phrase = text[first.start() : end].rstrip(".")
        # A short code in running text is far more often something else.
        if "\n\n" in phrase or (len(phrase) < 4 and phrase not in {"USA", "UAE"}):
            continue
        code = read_country(" ".join(phrase.split()))
        if code is not None:
            return FoundCountry(first.start(), first.start() + len(phrase), code), length
    return None
