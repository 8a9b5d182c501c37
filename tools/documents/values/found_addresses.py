"""Addresses in running text: a postcode with its town, and the street before it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Postcode before the town: NL, PT, PL, then four or five digits.
_BEFORE_TOWN = re.compile(
    r"(?<![\w.,/-])(?:\d{4}\s?[A-Z]{2}|\d{4}-\d{3}|\d{2}-\d{3}|(?:[A-Z]{1,2}-)?\d{4,5})"
    r"(?=\s[^\W\d_a-z])(?!\s?(?:EUR|USD|GBP|CHF|PLN))"
)
# Postcode behind the town: GB, IE, US with its state.
_BEHIND_TOWN = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d[\dW]\s?[A-Z\d]{4}|[A-Z]{2}\s\d{5}(?:-\d{4})?)"
    r"(?!\w)"
)
_PARTICLES = frozenset(
    {
        "de", "la", "le", "les", "las", "los", "des", "del", "della", "delle", "dei", "degli",
        "di", "do", "da", "das", "dos", "du", "d", "van", "von", "der", "den", "het", "op", "of",
        "the", "am", "an", "im", "zum", "zur", "bei", "ten", "ter", "en", "y", "e", "sur",
        "aux", "\u00e0", "au",
        "sous", "lez", "upon", "under", "saint", "in't", "'t", "bis", "bte", "esq", "dto",
        "piso", "nr", "no",
    }
)  # fmt: skip
_STREETS = frozenset(
    {
        "rue", "avenue", "boulevard", "place", "chemin", "quai", "impasse", "route", "cours",
        "allée", "via", "viale", "corso", "piazza", "largo", "calle", "avenida", "plaza",
        "paseo", "ronda", "rua", "travessa", "praça", "straat", "laan",
    }
)  # fmt: skip
_HOUSE = re.compile(r"(?<![\w.])\d{1,4}\s?[a-zA-Z]?(?:[/-]\d{1,4}[a-z]?)?(?!\w)")
_MOST_TOKENS = 14
_OPENS_NOTHING = re.compile(
    r"\s*(?:(?:de|du|des|del|of|the|an|am|im|op|in|den|der|la|le|au|y|e|en|at|van|von)\s+)*"
)
_DAY_AND_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)?\s(?:de\s)?[^\W\d_]{3,12}\.?\s(?:de\s)?$")
"""What follows is a year."""
_NUMBER_MARK = re.compile(r"\s*(?:n\.?\s?[o\u00ba\u00b0]|nr|num|no)\.?\s?\d", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[a-z]{1,4}\.|n\.?[o\u00ba\u00b0]\.?")
_TOKEN = re.compile(r"\S+")
_TOWN = re.compile(
    r"\s(?:St\.\s?)?(?:[^\W\d_a-z][\w'\u2019-]*)"
    r"(?:(?: (?:[^\W\d_a-z][\w'\u2019-]*))"
    r"|(?:[ \n](?:am|an|im|ob|bei|in|sur|sous|l\u00e8s|lez|de|du|des"
    r"|del|di|da|do|dos|la|le|les|el|los|las|upon|under|of|the|on|op|den|der|aan|nad|pod)(?=\s)"
    r"(?:\s(?:der|de|la|den|see|the)(?=\s))?[ \n][^\W\d_a-z][\w'\u2019-]*)){0,3}"
    r"(?:\s\([A-Z]{2}\))?"
)


class FoundAddress(NamedTuple):
    """Characters `start` to `end` of the text."""

    start: int
    end: int


def find_addresses(text: str) -> Iterator[FoundAddress]:
    """Give the addresses that have a street with a number, a town and a postcode."""
    for code in _BEFORE_TOWN.finditer(text):
        if _DAY_AND_MONTH.search(text[: code.start()]):
            continue
        town = _TOWN.match(text, code.end())
        start = _street_start(text, code.start())
        if town is not None and start is not None:
            yield FoundAddress(start, code.end() + len(town[0].rstrip(" .,\n")))
    for code in _BEHIND_TOWN.finditer(text):
        start = _street_start(text, code.start())
        if start is not None:
            yield FoundAddress(start, code.end())


def _street_start(text: str, at: int) -> int | None:
    """Give where the street begins that ends before a postcode; None without a house number."""
    paragraph = max(text.rfind("\n\n", 0, at), at - 160, 0)
    start = at
    for token in reversed(list(_TOKEN.finditer(text, paragraph, at))[-_MOST_TOKENS:]):
        if not _belongs(token[0]):
            break
        start = token.start()
    before = start
    for part in re.finditer(r"[^,]+", text[start:at]):
        # What stands before the street, such as a name, has no number; `n.\u00ba 35` follows it.
        if _HOUSE.search(part[0]):
            begin = before if _NUMBER_MARK.match(part[0]) else start + part.start()
            return begin + _particles(text[begin:at])
        before = start + part.start()
    return None


def _particles(text: str) -> int:
    """Give how many characters at the start are blanks and words that open no street."""
    lead = _OPENS_NOTHING.match(text)
    return lead.end() if lead else 0


def _belongs(word: str) -> bool:
    bare = word.strip(",()").casefold()
    if word[0].isupper() or word[0].isdigit():
        return not word.endswith((":", ";"))
    # `ul.`, `al.`, `n.`
    return bare in _PARTICLES | _STREETS or bool(_ABBREVIATION.fullmatch(bare))
