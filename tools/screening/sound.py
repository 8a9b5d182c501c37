"""Compares a name in Arabic script with names in Latin letters by their consonants.

Arabic script writes no short vowels, so that a romanisation by letters (`mhmd`) is far from the
printed name (`Mohammed`). Both are reduced to the consonants that common romanisations keep apart.
Source of the letter values: UNGEGN, "Report on the current status of United Nations romanization
systems for geographical names: Arabic" (2018), with sounds joined that spellings of names confuse.
"""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from tools.screening.names import LATIN, scripts, words

ARABIC = "Arabic"
_LETTERS = {
    letter: sound
    for letters, sound in (
        ("بپ", "b"), ("تطةث", "t"), ("جچ", "j"), ("حهخ", "h"), ("دضذ", "d"), ("زظژ", "z"),
        ("ر", "r"), ("سصش", "s"), ("غگ", "g"), ("فڤ", "f"), ("قكک", "k"), ("ل", "l"), ("م", "m"),
        ("ن", "n"),
    )
    for letter in letters
}  # fmt: skip
_SIGNS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_ARTICLE = "\u0627\u0644"
_SILENT_END = "\u0629"
_GROUPS = {
    "tsch": "s", "sh": "s", "ch": "s", "kh": "h", "gh": "g", "dh": "d", "th": "t", "ph": "f",
    "dj": "j", "ck": "k", "ou": "", "q": "k", "c": "k", "p": "b", "x": "ks", "v": "f",
}  # fmt: skip
_GROUP = re.compile("|".join(_GROUPS))
_VOWELS = re.compile(r"[aeiouyw]")
_REPEATED = re.compile(r"(.)\1+")
_PARTICLES = frozenset(
    "al el ul ad an ar as ash at az the bin ben ibn bn wald ould".split()  # noqa: SIM905
)
_SON = "bn"


def arabic_sound(name: str) -> str:
    """Give the consonants of a name in Arabic script, joined; article and `bin` left out."""
    return "".join(sound for word in name.split() if (sound := _of_arabic(word)) != _SON)


def latin_sound(name: str) -> str:
    """Give the consonants of a name in Latin letters as Arabic script would write them."""
    sounds = (_of_latin(word) for word in words(name) if word not in _PARTICLES)
    return "".join(sound for sound in sounds if sound != _SON)


def sounds_of(names: Iterable[str]) -> Iterator[str]:
    """Give the consonants of those names that are in Latin letters alone."""
    return (latin_sound(name) for name in names if scripts(name) == {LATIN})


def best_sound(asked: Iterable[str], listed: Iterable[str], *, shortest: int) -> float:
    """Give how much names in Arabic script among `asked` sound like `listed`, from 0 to 1.

    `listed` are what `sounds_of` gave. Names of fewer than `shortest` consonants are left out: too
    many people share them.
    """
    ours = [arabic_sound(name) for name in asked if scripts(name) == {ARABIC}]
    ours = [sound for sound in ours if len(sound) >= shortest]
    return max((fuzz.ratio(a, b) / 100 for a in ours for b in listed), default=0.0)


def _of_arabic(word: str) -> str:
    bare = _SIGNS.sub("", word)
    if len(bare) > len(_ARTICLE) + 1:
        bare = bare.removeprefix(_ARTICLE)
    return "".join(_LETTERS.get(letter, "") for letter in bare.removesuffix(_SILENT_END))


def _of_latin(word: str) -> str:
    sounds = _GROUP.sub(lambda found: _GROUPS[found.group(0)], word)
    return _REPEATED.sub(r"\1", _VOWELS.sub("", sounds))
