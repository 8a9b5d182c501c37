"""Numbers as people write them: digits of several countries, words, scales."""

import functools
import re
from decimal import Decimal

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, int] = {
    **{word: n for n, word in enumerate(_UNITS)},
    **{word: 10 * n for n, word in enumerate(_TENS, start=2)},
    "dozen": 12,
}
SCALES: dict[str, int] = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "grand": 1_000, "million": 1_000_000,
    "mn": 1_000_000, "mio": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}  # fmt: skip
SPELT_SCALES = ("hundred", "thousand", "million", "billion")

_ANY_WORD = "|".join(sorted((*WORDS, *SPELT_SCALES), key=len, reverse=True))
SPELT = (
    rf"(?:a\s+(?:hundred|thousand|million|dozen)|(?:{_ANY_WORD}))\b"
    rf"(?:(?:\s*-\s*|\s+and\s+|\s+)(?:{_ANY_WORD})\b)*"
    rf"(?:\s+point(?:\s+(?:{'|'.join(_UNITS[:10])})\b)+)?"
)
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:'\d{3})+(?:\.\d+)?"
    r"|\d+(?:[.,]\d+)?)(?![\d])(?![.,']\d)"
)
SPACED_DIGITS = r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?(?![\d])(?![.,']\d)"
SCALE = r"(?:\s?(?:k|mn|mio|m|bn)\b|[\s-]?(?:hundred|thousand|grand|million|billion)\b)"

_LOOKS_EURO = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+|,\d{1,2})?")
"""A decimal comma has at most two places behind it: `9,5000` is a slip of the pen."""
_LOOKS_US = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@functools.lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Decimal, ...]:
    """Give every number that `text` can mean: `9.500` is 9.5 and 9500. Empty if none."""
    text = " ".join(text.casefold().split())
    if text[:1].isdigit():
        return _digits(text)
    spelt = _spelt(text)
    return () if spelt is None else (spelt,)


def scaled(text: str, scale: str) -> tuple[Decimal, ...]:
    """Read a number followed by a scale such as `k` or `million`."""
    factor = SCALES[scale.strip(" -").casefold()] if scale else 1
    return tuple(number * factor for number in readings(text))


def _digits(text: str) -> tuple[Decimal, ...]:
    found: list[Decimal] = []
    if _LOOKS_EURO.fullmatch(text):
        found.append(Decimal(text.replace(".", "").replace(",", ".")))
    if _LOOKS_US.fullmatch(text):
        found.append(Decimal(text.replace(",", "")))
    elif _PLAIN.fullmatch(text):
        found.append(Decimal(text.replace(",", ".")))
    elif "'" in text:
        found.append(Decimal(text.replace("'", "")))
    elif " " in text:
        found.append(Decimal(text.replace(" ", "").replace(",", ".")))
    return tuple(dict.fromkeys(found))


def _spelt(text: str) -> Decimal | None:
    whole, _, fraction = text.partition(" point ")
    total = group = 0
    for word in re.split(r"[\s-]+", whole):
        if word in ("and", "a", ""):
            group = group or (1 if word == "a" else 0)
        elif word == "dozen":
            group = (group or 1) * 12
        elif word in WORDS:
            group += WORDS[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], 0
        else:
            return None
    decimals = "".join(str(WORDS[word]) for word in fraction.split())
    return Decimal(f"{total + group}.{decimals}") if decimals else Decimal(total + group)
