"""Spellings of one name: Latin letters, split initials, consonant skeleton, n-grams."""

import re
from functools import lru_cache

from rigour.names import replace_org_types_compare
from rigour.text.scripts import text_scripts
from rigour.text.translit import ascii_text

LATIN = "Latin"

_INITIALS = re.compile(r"\b((?:[^\W\d_]\.){2,})")
_HANGUL = re.compile(r"([\uac00-\ud7a3])")
_OTHER = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['`\u2018\u2019\u02bb\u02bc\u02bd\u02be\u02bf]")
_REPEATED = re.compile(r"(.)\1+")

# Sounds that transliterations of one name swap most; longest first.
_SOUNDS = (
    ("tsch", "c"), ("shch", "s"), ("sch", "s"), ("kh", "h"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("ph", "f"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("dj", "j"), ("ts", "c"),
    ("tz", "c"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("q", "k"), ("w", "v"),
)  # fmt: skip
_SOUND = re.compile("|".join(re.escape(sound) for sound, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)
_VOWELS = re.compile(r"[aeiouy]")


def tidy(name: str) -> str:
    """Squash blanks and split joined initials: `V.V. Orlov` becomes `V V Orlov`.

    The matcher takes `V.V.` for one word and then misses both initials.
    """
    split = _INITIALS.sub(lambda found: found.group(1).replace(".", " ") + " ", name)
    return " ".join(split.split())


def scripts(name: str) -> frozenset[str]:
    """Give the writing systems of a name; empty when it has neither letters nor digits."""
    return frozenset(text_scripts(name))


def romanised(name: str) -> str | None:
    """Spell a name in Latin letters with ICU; None when it is Latin already or has no letters.

    Korean syllables are parted first, since their names are written without blanks.
    """
    if not scripts(name) - {LATIN}:
        return None
    latin = ascii_text(_HANGUL.sub(r"\1 ", name))
    latin = " ".join(re.sub(r"[^A-Za-z0-9' -]", "", latin).split())
    return latin or None


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """Give the ASCII words of a name in lower case, legal forms in one spelling (`llc`)."""
    folded = replace_org_types_compare(_folded(name), generic=True)
    return tuple(word for word in _OTHER.split(folded) if word)


@lru_cache(maxsize=50_000)
def plain_words(name: str) -> tuple[str, ...]:
    """Give the ASCII words of a name in lower case as they are printed."""
    return tuple(word for word in _OTHER.split(_folded(name)) if word)


def _folded(name: str) -> str:
    return _APOSTROPHES.sub("", ascii_text(tidy(name))).casefold()


def grams(text: str, size: int) -> tuple[str, ...]:
    """Give the runs of `size` characters of a text; a shorter text is its own only run."""
    if len(text) <= size:
        return (text,) if text else ()
    return tuple(text[at : at + size] for at in range(len(text) - size + 1))


def skeleton(word: str) -> str:
    """Reduce a word to its consonants by sound: `mohammed` and `muhamad` give `mhmd`."""
    sounds = _SOUND.sub(lambda found: _SOUND_OF[found.group(0)], word)
    head, rest = sounds[:1], sounds[1:]
    bare = ("a" if _VOWELS.match(head) else head) + _VOWELS.sub("", rest)
    return _REPEATED.sub(r"\1", bare)
