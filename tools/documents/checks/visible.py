"""The text layer of a page against what its readers see."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rapidfuzz.fuzz import ratio

from casegate.model.document import Box, Field, Signal, SignalLevel, TextSource
from tools.documents.checks.seen import Seen
from tools.documents.ocr.reader import OcrLine, Raster, Reader
from tools.documents.parsed import Page
from tools.documents.values.numbers import compact

_AIR_PT = 2.0
"""Points around a word that its picture needs to be read well."""
_SURE = 0.9
"""How sure the reader must be of a picture before it contradicts the text layer."""
_ALIKE = 60
"""Per cent of alike characters below which letters differ by more than a misread one."""
_LOOK_ALIKE = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "|": "1", "S": "5",
                             "B": "8", "Z": "2", "G": "6"})  # fmt: skip


def visible_differs(seen: Seen, reader: Reader) -> Iterator[Signal]:
    """Signal each value of a text layer that the picture of its place contradicts.

    Gives `text_not_visible`: an alarm where digits differ, else a reason to look. Reads the places
    of the values only, so that a page costs some hundredths of a second; values that were read by
    OCR in the first place are not asked again.
    """
    layered = [f for f in seen.fields if f.read_from is TextSource.TEXT_LAYER and f.boxes]
    pages = {page.page: page for page in seen.parsed.pages}
    ordered = sorted(layered, key=lambda field: field.page or 0)
    for number, fields in groupby(ordered, key=lambda field: field.page):
        page = pages.get(number or 0)
        if page is not None and page.read_from is TextSource.TEXT_LAYER:
            yield from _page(page, list(fields), reader)


def _page(page: Page, fields: Sequence[Field], reader: Reader) -> Iterator[Signal]:
    raster = Raster(page.width_pt, page.height_pt, page.png)
    boxes = [_wider(box) for field in fields for box in field.boxes]
    lines = iter(reader.read_regions(raster, boxes))
    for field in fields:
        read = [next(lines) for _ in field.boxes]
        level = _difference(field.value, read)
        if level is not None:
            name = field.name.replace("_", " ")
            yield Signal(
                kind="text_not_visible",
                message=f"The page shows something else than its text layer says as {name}.",
                page=page.page,
                level=level,
                boxes=field.boxes,
                fields=(field.name,),
            )


def _difference(value: str, lines: Iterable[OcrLine]) -> SignalLevel | None:
    """Say how far a picture contradicts a value; None where it doesn't, or can't be read."""
    read = tuple(lines)
    if not all(line.text and line.sure >= _SURE for line in read):
        return None
    shown, said = (_latin(text) for text in (" ".join(line.text for line in read), value))
    # Neighbouring print may be cut into the picture: more is no contradiction.
    if not said or not shown or said.translate(_LOOK_ALIKE) in shown.translate(_LOOK_ALIKE):
        return None
    digits = [char for char in said if char.isdigit()]
    if digits and len(digits) * 2 >= len(said):
        return SignalLevel.ALARM
    return SignalLevel.LOOK if ratio(said, shown) < _ALIKE else None


def _latin(text: str) -> str:
    from normality import ascii_text

    return compact(ascii_text(text))


def _wider(box: Box) -> Box:
    return Box(
        x0=max(0.0, box.x0 - _AIR_PT), y0=max(0.0, box.y0 - _AIR_PT),
        x1=box.x1 + _AIR_PT, y1=box.y1 + _AIR_PT,
    )  # fmt: skip
