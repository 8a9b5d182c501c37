"""How a page is drawn where honest papers are drawn otherwise: figures over figures, odd fonts."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import pypdfium2.raw as raw

from tools.documents.child.layout import PageWord, Rectangle, lay_out
from tools.documents.child.report import Report

_COVERED = 0.6
"""Share of the smaller of two words that the other one covers, from which one was drawn over it."""
_TELLING = 3
"""Letters and digits that a word needs; formulas set short marks over each other."""
_RARE = 0.08
"""Share of a page's characters below which a font is the exception."""
_MOST_ODD = 4
"""Figures of a page; where more of them stand apart, it is how the page was set."""
_ALIKE = 0.7
"""Share of the larger height that two words of one size have."""
_STYLE = re.compile(
    r"(?:semi|demi|extra|ultra)?(?:bold|italic|oblique|regular|medium|light|black|thin|heavy|book"
    r"|roman|condensed|narrow)+$"
)
"""How the weights of one family are named where no hyphen parts them."""
_FEW = 60
"""Characters of a page below which no font is an exception."""


def font_name(text_object: object) -> str:
    """Give the name of a text object's font; empty when the file has none."""
    if not text_object:
        return ""
    font = raw.FPDFTextObj_GetFont(text_object)
    if not font:
        return ""
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, size))
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def note_oddities(words: Sequence[PageWord], number: int, report: Report) -> None:
    """Note figures drawn over others, and single figures in a font that the page hardly uses."""
    over = overwritten(words)
    if over:
        figures = any(char.isdigit() for word in over for char in word.text)
        report.signal(
            "overwritten",
            f"{len(over) // 2} words are drawn over others that say something else.",
            number,
            level="alarm" if figures else "look",
            boxes=_boxes(over),
        )
    odd = odd_fonts(words)
    if 0 < len(odd) <= _MOST_ODD:
        report.signal(
            "odd_font",
            f"{len(odd)} figures stand in another font than the rest of their line and page.",
            number,
            boxes=_boxes(odd),
        )


def overwritten(words: Sequence[PageWord]) -> list[PageWord]:
    """Give pairs of words of which one is drawn over the other and says something else."""
    telling = [word for word in words if sum(map(str.isalnum, word.text)) >= _TELLING]
    ordered = sorted(telling, key=lambda word: word.shown.y0)
    found: list[PageWord] = []
    for index, word in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.shown.y0 >= word.shown.y1:
                break
            covers = _shared(word.shown, other.shown) >= _COVERED
            if word.text != other.text and covers and _one_size(word, other):
                found += [word, other]
    return found


def odd_fonts(words: Sequence[PageWord]) -> list[PageWord]:
    """Give words with digits whose font is rare on the page and not that of their line."""
    used: Counter[str] = Counter()
    for word in words:
        used[word.font] += len(word.text)
    total = sum(used.values())
    rare = {font for font, count in used.items() if font and count < _RARE * total}
    if total < _FEW or not rare:
        return []
    found: list[PageWord] = []
    for line in lay_out(words):
        usual = {_family(word.font) for word in line if word.font not in rare}
        for word in line:
            mixed = word.font in rare and any(map(str.isdigit, word.text)) and usual
            if mixed and _strange(word.font, usual, used) and _one_size(word, _tallest(line)):
                found.append(word)
    return found


def _tallest(line: Sequence[PageWord]) -> PageWord:
    return max(line, key=lambda word: word.box.height)


def _one_size(left: PageWord, right: PageWord) -> bool:
    """Tell two words of one size from a heading's box around small print, or a raised mark."""
    heights = sorted((left.box.height, right.box.height))
    return heights[0] >= _ALIKE * heights[1]


def _strange(font: str, usual: set[str], used: Iterable[str]) -> bool:
    """Tell a font of another family, or a second embedding of the same one, from a mere weight."""
    if _family(font) not in usual:
        return True
    bare = _bare(font)
    return any(other != font and _bare(other) == bare for other in used)


def _bare(font: str) -> str:
    return re.sub(r"^[A-Z]{6}\+", "", font)


def _family(font: str) -> str:
    name = re.split(r"[-,]", _bare(font))[0].removesuffix("MT").removesuffix("PS").lower()
    return _STYLE.sub("", name) or name


def _shared(left: Rectangle, right: Rectangle) -> float:
    width = min(left.x1, right.x1) - max(left.x0, right.x0)
    height = min(left.y1, right.y1) - max(left.y0, right.y0)
    if width <= 0 or height <= 0:
        return 0.0
    sizes = [(box.x1 - box.x0) * (box.y1 - box.y0) for box in (left, right)]
    return width * height / max(min(sizes), 0.01)


def _boxes(words: Iterable[PageWord]) -> list[tuple[float, float, float, float]]:
    sides = ((round(side, 2) for side in word.shown) for word in words)
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in sides]
