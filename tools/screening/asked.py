"""What of a question can be looked up, and what the answer has to say about the rest.

Nothing is dropped in silence: whatever can't be used makes the coverage less than complete, with a
reason that names no value.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from casegate.model.evidence import Coverage
from casegate.model.party import PartySchema
from casegate.model.screening import LONGEST_NAME, ScreenQuery
from tools.screening.names import scripts, words
from tools.screening.policy import ScreeningPolicy
from tools.screening.sources.values import country_code

GENDERS = ("male", "female", "other")
"""The matcher's own; any other word can neither agree nor contradict."""
MOST_NAMES = 50
MOST_WORDS = 60
"""In one name: cost grows with their square, and no list prints a longer name."""
MOST_NUMBERS = 100
LONGEST_NUMBER = 300
# Vowel signs and tone marks of every living script need fewer marks on one letter.
_MARKS_ON_A_LETTER = 3
_LOST = "\ufffd"
_DAY = 10


@dataclass(frozen=True)
class Asked:
    """A question in the form that is looked up, with what is wrong with it."""

    query: ScreenQuery
    coverage: Coverage
    reason: str


def understood(query: ScreenQuery, *, policy: ScreeningPolicy, today: date) -> Asked:
    """Clean a question up and tell how much of it can be looked up."""
    impossible = _too_much(query)
    if impossible:
        return Asked(query, Coverage.UNAVAILABLE, impossible)
    clean = query.model_copy(
        update={
            "name": readable(query.name),
            "other_names": tuple(filter(words, map(readable, query.other_names))),
            "births": tuple(b for b in query.births if _possible(b, query, policy, today)),
            "countries": tuple(c for c in map(readable, query.countries) if country_code(c)),
            "genders": tuple(g for g in map(str.lower, query.genders) if g in GENDERS),
            "ids": tuple(filter(_has_letters_or_digits, map(readable, query.ids))),
        }
    )
    if not words(clean.name):
        why = "the name has no letters or digits that can be searched"
        return Asked(clean, Coverage.UNAVAILABLE, why)
    doubts = [*_doubts_of_names(query, clean, policy), *_dropped(query, clean)]
    coverage = Coverage.DEGRADED if doubts else Coverage.COMPLETE
    return Asked(clean, coverage, "; ".join(doubts))


def readable(name: str) -> str:
    """Leave of a name what is writing: letters, marks, digits, punctuation, single blanks.

    Compatibility forms become ordinary letters (NFKC). Signs that steer the direction or joining of
    text, pictures and control characters go; what separates words becomes a blank.
    """
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFKC", name):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind[0] == "M" else 0
        if kind == "Cf" or marks > _MARKS_ON_A_LETTER or _is_variation(char):
            continue
        kept.append(" " if kind[0] in "CZ" or kind == "So" else char)
    return " ".join("".join(kept).split())


def _is_variation(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f"


def _too_much(query: ScreenQuery) -> str:
    names = (query.name, *query.other_names)
    if any(len(name) > LONGEST_NAME for name in names):
        return f"a name is longer than {LONGEST_NAME} characters"
    if len(names) > MOST_NAMES:
        return f"more than {MOST_NAMES} names were given"
    if any(len(re.findall(r"\w+", name)) > MOST_WORDS for name in names):
        return f"a name has more than {MOST_WORDS} words"
    if len(query.ids) > MOST_NUMBERS:
        return f"more than {MOST_NUMBERS} numbers were given"
    if any(len(number) > LONGEST_NUMBER for number in query.ids):
        return f"a number is longer than {LONGEST_NUMBER} characters"
    return ""


def _doubts_of_names(asked: ScreenQuery, clean: ScreenQuery, policy: ScreeningPolicy) -> list[str]:
    names = (clean.name, *clean.other_names)
    full = set(policy.full_coverage_scripts)
    doubts = []
    if not any(scripts(name) <= full for name in names):
        others = sorted(set().union(*(scripts(name) for name in names)) - full)
        doubts.append(f"every name is in {', '.join(others)} script")
    letters = sum(char.isalpha() for char in clean.name)
    if letters < policy.fewest_letters:
        doubts.append(f"the name has fewer than {policy.fewest_letters} letters")
    if len(clean.other_names) < len(asked.other_names):
        doubts.append("another name has no letters or digits that can be searched")
    if any(map(_is_damaged, (asked.name, *asked.other_names))):
        doubts.append("a name has characters that are no writing")
    return doubts


def _dropped(asked: ScreenQuery, clean: ScreenQuery) -> list[str]:
    doubts = []
    if len(clean.births) < len(asked.births):
        doubts.append("a date that can't be is left out")
    if len(clean.countries) < len(asked.countries):
        doubts.append("an unknown country is left out")
    if len(clean.ids) < len(asked.ids):
        doubts.append("a number without letters or digits is left out")
    return doubts


def _is_damaged(name: str) -> bool:
    """Tell whether something that stood in a name was lost, or can't be written by anybody."""
    marks = 0
    for char in unicodedata.normalize("NFKC", name):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind[0] == "M" else 0
        unwritable = kind in ("Cc", "Cs", "Co", "Cn") and char not in "\t\n\r"
        if unwritable or char == _LOST or marks > _MARKS_ON_A_LETTER:
            return True
    return False


def _possible(birth: str, query: ScreenQuery, policy: ScreeningPolicy, today: date) -> bool:
    """Tell whether a date exists, has come, and is not before anybody alive was born."""
    try:
        date.fromisoformat(birth + "-01-01"[: _DAY - len(birth)])
    except ValueError:
        return False
    oldest = policy.oldest_person if query.schema_ is PartySchema.PERSON else today.year
    return birth <= today.isoformat()[: len(birth)] and today.year - int(birth[:4]) <= oldest


def _has_letters_or_digits(number: str) -> bool:
    return any(char.isalnum() for char in number)
