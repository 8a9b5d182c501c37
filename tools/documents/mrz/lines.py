"""Lines of a zone as they come out of a text: what OCR does to them, and what may be undone.

Undone without trace: blanks, letter case, other signs for the filler, the number of fillers at the
end of names. None of these touches a value. Named as a repair: a letter in a place of digits and
the reverse, a bracket read for a filler or an accent inside a value, fillers put back into the
optional data. Nothing is tried out against the check digits: a search for a fit makes wrong
numbers look right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tools.documents.mrz.layout import Format, Made
from tools.documents.prose import fold

_FILLERS = "<\u3008\u304f\u2039\uff1c\u226a\u276e\u2329\u3111"
_DOUBLE = "\u00ab\u300a"
_BRACKETS = "({["
# Greek and Cyrillic capitals that are drawn like Latin ones.
_TWINS = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425",
    "ABEZHIKMNOPTYXABEKMHOPCTX",
)
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
_TO_DIGIT = str.maketrans("OQDILZSGB", "000112568")
_TO_LETTER = str.maketrans("0125678", "OIZSGTB")
_SHORTEST = 4
_LONGEST = 60
_MOST_PIECES = 3


@dataclass(frozen=True)
class Line:
    """Characters of the zone's alphabet, each with its place in the document's text."""

    text: str
    places: tuple[int, ...]
    row: int
    """Number of the line of text that it begins on."""
    last_row: int
    doubtful: frozenset[int] = frozenset()
    """Indices of fillers read as brackets and of letters read with an accent."""
    repaired: tuple[str, ...] = ()
    padded: int = 0
    """How many fillers were added behind the names or taken."""

    @property
    def start(self) -> int:
        """Where the line begins in the document's text."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.places[-1] + 1

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Give where characters `begin` to `end` stand in the document's text."""
        return self.places[begin], self.places[max(begin, end - 1)] + 1


def has_filler(text: str) -> bool:
    """Tell whether a text has a filler, whatever sign it was read as."""
    return any(sign in text for sign in _FILLERS + _DOUBLE)


def pieces(text: str, *, wide: bool) -> list[Line]:
    """Give every piece of a text that may be a line of a zone or part of one, in reading order.

    `wide` reads a guillemet as two fillers, else as one.
    """
    found: list[Line] = []
    position = 0
    for row, line in enumerate(text.split("\n")):
        for cell in re.finditer(r"[^\t]+", line) if len(line) >= _SHORTEST else ():
            piece = _piece(cell[0], position + cell.start(), row, wide=wide)
            if piece is not None:
                found.append(piece)
        position += len(line) + 1
    return found


def _piece(cell: str, offset: int, row: int, *, wide: bool) -> Line | None:
    if len(cell) > 2 * _LONGEST:
        return None
    chars: list[str] = []
    places: list[int] = []
    doubtful: set[int] = set()
    for index, char in enumerate(cell):
        if char.isspace():
            continue
        signs, sure = _signs(char, wide=wide)
        if not _ALPHABET.issuperset(signs):
            return None
        if not sure:
            doubtful.add(len(chars))
        chars += signs
        places += [offset + index] * len(signs)
    if not _SHORTEST <= len(chars) <= _LONGEST:
        return None
    return Line("".join(chars), tuple(places), row, row, frozenset(doubtful))


def _signs(char: str, *, wide: bool) -> tuple[str, bool]:
    """Give what a printed character stands for in the zone, and whether that is sure."""
    if char in _DOUBLE:
        return ("<<" if wide else "<"), True
    if char in _FILLERS:
        return "<", True
    if char in _BRACKETS:
        return "<", False
    char = char.translate(_TWINS)
    if char > "\x7f" and char.isalpha():
        # The zone has no accents: the reader saw one that isn't there.
        return fold(char).upper(), False
    return char.upper(), True


def joined(found: list[Line], index: int) -> Iterator[tuple[Line, int]]:
    """Give the line that begins with a piece, alone and with those that follow closely, and the
    index behind it."""
    line = found[index]
    yield line, index + 1
    for following in range(index + 1, min(index + _MOST_PIECES, len(found))):
        piece = found[following]
        if piece.row - line.last_row > 1 or len(line.text) + len(piece.text) > _LONGEST:
            return
        if piece.row != line.row and line.text.isalpha():
            # A line above that has only letters is a heading.
            return
        moved = frozenset(place + len(line.text) for place in piece.doubtful)
        line = Line(
            line.text + piece.text, line.places + piece.places, line.row, piece.row,
            line.doubtful | moved,
        )  # fmt: skip
        yield line, following + 1


def fitted(line: Line, number: int, form: Format) -> Line | None:
    """Bring a line to the format's length; None where that would take more than fillers."""
    short = form.length - len(line.text)
    if short == 0:
        return line
    if number == form.names.line:
        return _at_end(line, short)
    if form.lines == 3 and number == 0:
        padded = _at_end(line, short) if abs(short) <= 2 else None
        return padded and replace(padded, repaired=("optional",))
    if abs(short) > 2 or form.composite_check is None:
        return None
    return _inside(line, short, form)


def _at_end(line: Line, short: int) -> Line | None:
    """Add or take fillers behind the names, where any number of them means the same."""
    if short > 0:
        if not line.text.endswith("<"):
            return None
        places = line.places + (line.places[-1],) * short
        return replace(line, text=line.text + "<" * short, places=places, padded=short)
    if line.text[short:].strip("<") or line.text[short - 1] != "<":
        return None
    cut = line.text[:short], line.places[:short]
    return replace(line, text=cut[0], places=cut[1], padded=-short)


def _inside(line: Line, short: int, form: Format) -> Line | None:
    """Put back or take fillers in the one run before the last check digits; told as a repair."""
    last = form.optional[-1]
    runs = [run for run in re.finditer("<{2,}", line.text) if run.start() >= last.start]
    if len(runs) != 1 or len(line.text) - runs[0].end() > 2 or len(runs[0][0]) <= -short:
        return None
    at = runs[0].end()
    if short > 0:
        text = line.text[:at] + "<" * short + line.text[at:]
        places = line.places[:at] + (line.places[at - 1],) * short + line.places[at:]
    else:
        text = line.text[: at + short] + line.text[at:]
        places = line.places[: at + short] + line.places[at:]
    return replace(line, text=text, places=places, repaired=("optional",))


def code_of(text: str) -> str:
    """Give the letter that a first line begins with; ICAO 9303 has letters alone there."""
    return text[0].translate(_TO_LETTER)


def in_class(line: Line, number: int, form: Format) -> Line:
    """Write digits where the format has only digits, letters where it has only letters.

    Each field so touched is named as repaired, and so is one with a doubtful filler inside.
    """
    text = line.text
    repaired = list(line.repaired)
    if number == 0 and text[0] != (code := code_of(text)):
        text = code + text[1:]
        repaired.append("document_code")
    for name, place, made in form.made_of():
        if place.line != number:
            continue
        here = text[place.start : place.end]
        there = here.translate(_TO_DIGIT if made is Made.DIGITS else _TO_LETTER)
        inner = range(place.start, place.start + len(here.rstrip("<")))
        if there != here or any(at in line.doubtful for at in inner):
            text = text[: place.start] + there + text[place.end :]
            repaired.append(name)
    if form.number.line == number:
        number_at = range(form.number.start, form.number.end)
        if any(at in line.doubtful for at in number_at):
            repaired.append("document_number")
    return replace(line, text=text, repaired=tuple(dict.fromkeys(repaired)))
