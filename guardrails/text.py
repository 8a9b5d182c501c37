"""Text as the gate reads it: one alphabet, no hidden characters, tokens, sentences."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

HIDDEN = "hidden_characters"
LOOKALIKE = "lookalike_characters"
UNREADABLE = "unreadable"

_LIKE_LATIN = str.maketrans(
    "аеорсухіјѕԁһӏԛԝАВЕКМНОРСТУХІЈЅԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνικυγ",
    "aeopcyxijsdhlqwABEKMHOPCTYXIJSGABEZHIKMNOPTYXaopvikuy",
)
_PLAIN_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003", " "),
        "\u2026": "...",
    }
)
_DISGUISES = ("<wide>", "<font>", "<circle>", "<super>", "<sub>", "<square>", "<narrow>")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|\S")
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"[.!?]+[\"')\]]*\s+|\s*\n\s*|(?<=[.!?])(?=[A-Z][a-z])")
_LEADING_CITATION = re.compile(r"(?:[\[(]E\d+(?:\s*,\s*E\d+)*[\])]\s*)+")
_INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]$")


class Cleaned(NamedTuple):
    """A text in one alphabet, and how it was disguised before."""

    text: str
    flags: frozenset[str]


class Token(NamedTuple):
    """A word, number or mark of a sentence with its place."""

    text: str
    low: str
    start: int
    end: int


def clean(text: str) -> Cleaned:
    """Bring a text into one alphabet; hidden and look-alike characters are named in `flags`."""
    text = text.translate(_PLAIN_MARKS)
    if text.isascii() and all(c.isprintable() or c in "\n\t\r" for c in text):
        return Cleaned(text, frozenset())
    odd = {char for char in text if not char.isascii()}
    if all(map(_ordinary, odd)) and all(c.isprintable() or c in "\n\t\r" for c in text):
        return Cleaned(text, frozenset())
    flags: set[str] = set()
    shown = "".join(_character(char, flags) for char in text)
    shown = unicodedata.normalize("NFKC", shown).translate(_PLAIN_MARKS)
    shown = _WORD.sub(lambda word: _latin(word[0], flags), shown)
    return Cleaned(shown, frozenset(flags))


@functools.lru_cache(maxsize=4096)
def _ordinary(char: str) -> bool:
    """Tell whether a character is a Latin letter or a sign that needs no second look."""
    if unicodedata.decomposition(char).startswith("<"):
        return False
    letter = unicodedata.category(char) in ("Ll", "Lu")
    return unicodedata.name(char, "").startswith("LATIN") if letter else char in "€£¥§°·"


def _character(char: str, flags: set[str]) -> str:
    if char.isascii():
        if char.isprintable() or char in "\n\t\r":
            return char
        flags.add(UNREADABLE)
        return " "
    kind = unicodedata.category(char)
    if kind == "Cf":
        flags.add(HIDDEN)
        return ""
    if kind in ("Cc", "Cs", "Co", "Cn") or char == "\ufffd":
        flags.add(UNREADABLE)
        return " "
    if kind == "Nd":
        flags.add(LOOKALIKE)
        return str(unicodedata.digit(char))
    if unicodedata.decomposition(char).startswith(_DISGUISES):
        flags.add(LOOKALIKE)
    return char


def _latin(word: str, flags: set[str]) -> str:
    """Turn Cyrillic and Greek letters that look Latin into Latin, where a word is built so."""
    if word.isascii():
        return word
    turned = word.translate(_LIKE_LATIN)
    mixed = any(c.isascii() for c in word)
    if turned != word and (mixed or turned.isascii()):
        flags.add(LOOKALIKE)
        return turned
    return word


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into words, numbers and single marks."""
    low = text.casefold()
    if len(low) != len(text):
        low = "".join(c if len(c.casefold()) != 1 else c.casefold() for c in text)
    return tuple(
        [
            Token(found[0], low[found.start() : found.end()], found.start(), found.end())
            for found in _TOKEN.finditer(text)
        ]
    )


def words_key(text: str) -> str:
    """Give a text as its words in lower case, parted by blanks: how names are compared."""
    return " ".join(token.low for token in tokens(clean(" ".join(text.split())).text))


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut the ending of an English word, so that `deposits` and `deposited` meet."""
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeious":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


@dataclass(frozen=True)
class Splitter:
    """Cuts a text into sentences.

    `abbreviations` don't end one; `company_forms` may, when a word of `starters` follows.
    """

    abbreviations: frozenset[str]
    company_forms: frozenset[str]
    starters: frozenset[str]

    def __call__(self, text: str, keep: Sequence[str] = ()) -> tuple[str, ...]:
        """Cut `text`; nothing is cut inside a value of `keep`. Citations stay with the left."""
        whole = _spans(text, keep)
        pieces: list[str] = []
        at = 0
        for end in self._ends(text, whole):
            pieces.append(text[at:end].strip())
            at = end
        pieces.append(text[at:].strip())
        return tuple(_citations_to_the_left(p for p in pieces if p))

    def _ends(self, text: str, whole: Sequence[tuple[int, int]]) -> Iterator[int]:
        for found in _END.finditer(text):
            at = found.start()
            if any(start < at + 1 <= end and found.end() < end for start, end in whole):
                continue
            if "\n" in found[0] or not self._abbreviated(text, found):
                yield found.end()

    def _abbreviated(self, text: str, found: re.Match[str]) -> bool:
        if not found[0].startswith("."):
            return False
        before = text[: found.start()]
        word = before.rsplit(None, 1)[-1].lstrip("(\"'").casefold() if before.strip() else ""
        following = text[found.end() :].split(None, 1)[:1]
        first = following[0].strip(",").casefold() if following else ""
        if word in self.company_forms:
            return first not in self.starters or not following[0][0].isupper()
        if following and not (following[0][0].isupper() or following[0][0] in "$[(\"'0123456789"):
            return True
        return word in self.abbreviations or bool(_INITIAL.search(before))


def _spans(text: str, values: Sequence[str]) -> list[tuple[int, int]]:
    return [
        (found.start(), found.end())
        for value in values
        if "." in value or "!" in value or "?" in value
        for found in re.finditer(re.escape(value), text)
    ]


def _citations_to_the_left(pieces: Iterator[str]) -> Iterator[str]:
    held = ""
    for piece in pieces:
        leading = _LEADING_CITATION.match(piece)
        if leading and held:
            held = f"{held} {leading[0].strip()}"
            piece = piece[leading.end() :].strip()
        if not piece:
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
