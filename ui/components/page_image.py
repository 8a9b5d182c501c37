"""Draws the place of a value on the image of its page."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from casegate.client import Box, PageImage

VALUE = (29, 78, 216)
"""Blue frames the place of a value."""
SIGNAL = (190, 24, 50)
"""Red frames what a signal is about."""
_MARGIN_PT = 2.0
"""Air between the letters and the frame, in points."""


def marked_page(
    png: bytes, page: PageImage, boxes: Sequence[Box], colour: tuple[int, int, int] = VALUE
) -> bytes:
    """Draw a frame around each box of a page and give the new PNG.

    Boxes are in points from the top left; the image may have any resolution.
    """
    image = Image.open(BytesIO(png)).convert("RGB")
    across, down = image.width / page.width_pt, image.height / page.height_pt
    tint = Image.new("RGB", image.size, colour)
    mask = Image.new("L", image.size, 0)
    frames = [_frame(box, across, down) for box in boxes]
    for frame in frames:
        ImageDraw.Draw(mask).rectangle(frame, fill=45)
    image = Image.composite(Image.blend(image, tint, 0.35), image, mask.point(lambda v: v and 255))
    for frame in frames:
        ImageDraw.Draw(image).rectangle(frame, outline=colour, width=max(2, round(across * 1.5)))
    out = BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()


def _frame(box: Box, across: float, down: float) -> tuple[float, float, float, float]:
    return (
        (box.x0 - _MARGIN_PT) * across,
        (box.y0 - _MARGIN_PT) * down,
        (box.x1 + _MARGIN_PT) * across,
        (box.y1 + _MARGIN_PT) * down,
    )
