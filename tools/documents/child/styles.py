"""What CSS hides, as far as an attack needs it: inline styles, simple rules, colour upon ground."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import html
from PIL import ImageColor

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r"^(?P<tag>[a-z][\w-]*|\*)?(?P<marks>(?:[.#][\w-]+)*)$", re.IGNORECASE)
_NUMBER = re.compile(r"^(-?\d*\.?\d+)\s*([a-z%]*)", re.IGNORECASE)
_FAR_OUT = -200.0
_TINY_PIXELS = 4.0
"""Three points, as on a page."""
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "em": 16.0,
    "rem": 16.0,
    "%": 0.16,
    "vw": 10.0,
    "vh": 8.0,
}
_NEAR = 28
_WHITE = (255, 255, 255)

Style = Mapping[str, str]
Colour = tuple[int, int, int]


class Look(NamedTuple):
    """How the text of an element looks."""

    colour: Colour | None
    """None: transparent."""
    ground: Colour


PAPER = Look((0, 0, 0), _WHITE)


class Sheet:
    """The rules of a file's style elements. Selectors with relations count by their last part."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._rules: list[tuple[re.Match[str], Style]] = []
        for source in sources:
            for selectors, body in _RULE.findall(_COMMENT.sub("", source)):
                for selector in selectors.split(","):
                    last = re.split(r"[\s>+~]+", selector.strip().split(":")[0])[-1]
                    match = _SELECTOR.match(last)
                    if match and last:
                        self._rules.append((match, declarations(body)))

    def style(self, element: html.HtmlElement) -> Style:
        """Give what holds for an element, its own style last."""
        style: dict[str, str] = {}
        for match, body in self._rules:
            if _fits(match, element):
                style |= body
        for attribute, name in (("color", "color"), ("bgcolor", "background-color")):
            if element.get(attribute):
                style[name] = element.get(attribute)
        return style | declarations(element.get("style") or "")


def declarations(body: str) -> dict[str, str]:
    """Read `name: value; ...`."""
    pairs = (part.partition(":") for part in body.split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip().lower()
        for name, colon, value in pairs
        if colon
    }


def hides(style: Style) -> bool:
    """Tell whether an element of that style, and all in it, can't be seen."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
        or _size(style.get("opacity"), 1.0) <= 0.05
        or _size(style.get("font-size"), 16.0) < _TINY_PIXELS
        or any(_size(style.get(side), 0.0) <= _FAR_OUT for side in _SIDES)
        or (_cut_off(style) and _flat(style))
        or "rect(0" in style.get("clip", "")
        or "scale(0" in style.get("transform", "")
    )


_SIDES = ("left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top")


def _cut_off(style: Style) -> bool:
    return any(style.get(name) == "hidden" for name in ("overflow", "overflow-y", "overflow-x"))


def _flat(style: Style) -> bool:
    sides = ("height", "max-height", "width", "max-width")
    return any(_size(style.get(side), 99.0) <= 1 for side in sides)


def look(style: Style, around: Look) -> Look:
    """Give colour and ground of an element in one that looks like `around`."""
    colour, ground = around
    stated = style.get("background-color") or style.get("background") or ""
    found = next((c for word in _colours(stated) if (c := _rgb(word)) is not None), None)
    if found is not None:
        ground = found
    if "color" in style:
        own = style["color"]
        colour = None if _transparent(own) else _rgb(own) or colour
    return Look(colour, ground)


def fades(seen: Look) -> bool:
    """Tell whether text of that look can't be told from its ground."""
    if seen.colour is None:
        return True
    return max(abs(a - b) for a, b in zip(seen.colour, seen.ground, strict=True)) < _NEAR


def _fits(match: re.Match[str], element: html.HtmlElement) -> bool:
    if match["tag"] not in (None, "*", element.tag):
        return False
    classes = (element.get("class") or "").split()
    marks = re.findall(r"[.#][\w-]+", match["marks"])
    return all(
        mark[1:] in classes if mark[0] == "." else mark[1:] == element.get("id") for mark in marks
    )


def _size(value: str | None, otherwise: float) -> float:
    match = _NUMBER.match(value) if value else None
    return float(match[1]) * _PIXELS.get(match[2], 1.0) if match else otherwise


def _colours(value: str) -> list[str]:
    return re.findall(r"[a-z-]+\([^)]*\)|#[0-9a-f]+|[a-z]+", value)


def _transparent(value: str) -> bool:
    alpha = re.match(r"(?:rgb|hsl)a\(.*[,/]\s*(0(?:\.0\d*)?)\s*\)$", value)
    return value == "transparent" or alpha is not None


def _rgb(value: str) -> Colour | None:
    if _transparent(value):
        return None
    try:
        return ImageColor.getrgb(value.strip())[:3]
    except ValueError:
        return None
