"""Finding a zone anywhere in a text."""

from collections.abc import Iterator
from datetime import date

from tools.documents.mrz.layout import FORMATS, Format
from tools.documents.mrz.lines import Line, code_of, fitted, in_class, joined, pieces
from tools.documents.mrz.zone import Zone, read_zone

_FARTHEST = 3
"""Lines of text between two lines of one zone: OCR puts other print in between."""
_FEWEST_DIGITS = 9
"""Of the twelve of both dates, that a second line must show to be one."""


def find_zone(text: str, today: date) -> Zone | None:
    """Give the first machine readable zone of a text that is valid as it stands, else the reading
    with the most right check digits."""
    if text.count("<") < 2 and not any(sign in text for sign in "\u00ab\u304f\u2039\uff1c"):
        return None
    best: Zone | None = None
    for wide in (True, False) if "\u00ab" in text else (True,):
        found = pieces(text, wide=wide)
        for index in range(len(found)):
            for zone in _zones(found, index, today):
                if best is None or _rank(zone) > _rank(best):
                    best = zone
            if best is not None and best.valid and not best.repaired:
                return best
    return best


def _rank(zone: Zone) -> tuple[bool, float, int, int]:
    right = sum(check.right for check in zone.checks) / len(zone.checks)
    return zone.valid, right, -len(zone.repaired), -zone.padded


def _zones(found: list[Line], index: int, today: date) -> Iterator[Zone]:
    for form in FORMATS:
        if code_of(found[index].text) in form.codes:
            for lines in _all_lines(found, index, form):
                yield read_zone(lines, form, today)


def _all_lines(found: list[Line], index: int, form: Format) -> Iterator[tuple[Line, ...]]:
    for first, following in _line(found, index, 0, form):
        if "<" not in first.text:
            continue
        for second, behind in _next(found, following, first, 1, form):
            if not _is_data(second, form):
                continue
            if form.lines == 2:
                yield first, second
                continue
            for third, _ in _next(found, behind, second, 2, form):
                if "<" in third.text:
                    yield first, second, third


def _next(
    found: list[Line], index: int, above: Line, number: int, form: Format
) -> Iterator[tuple[Line, int]]:
    for at in range(index, len(found)):
        if found[at].row - above.last_row > _FARTHEST:
            return
        yield from _line(found, at, number, form)


def _line(found: list[Line], index: int, number: int, form: Format) -> Iterator[tuple[Line, int]]:
    for line, following in joined(found, index):
        whole = fitted(line, number, form)
        if whole is not None:
            yield in_class(whole, number, form), following


def _is_data(line: Line, form: Format) -> bool:
    dates = (form.birth, form.expiry)
    shown = "".join(line.text[place.start : place.end] for place in dates)
    sex = line.text[form.sex.start]
    return sum(char.isdigit() for char in shown) >= _FEWEST_DIGITS and sex in "MFX<"
