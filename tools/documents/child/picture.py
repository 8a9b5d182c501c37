"""Images: shown to the reviewer, never read. Reading them needs OCR."""

import io
import warnings
from typing import Any

from PIL import Image, ImageSequence, UnidentifiedImageError

from tools.documents.child.report import Refused, Report

_MAX_PIXELS = 100_000_000
_LONGEST_SIDE = 1_600
_REASON = "The file is an image. Its words were not read: that needs OCR."


def read_picture(data: bytes, order: dict[str, Any], report: Report) -> None:
    """Make page images of an image file; the verdict is always `needs_ocr`."""
    report.verdict, report.reason = "needs_ocr", _REASON
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data)) as image:
            if getattr(image, "n_frames", 1) > order["max_pages"]:
                raise Refused("too_many_pages", f"More than {order['max_pages']} pages.")
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                _add(frame, number, order["dpi"], report)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("bomb", "The image unpacks to more points than are allowed.") from None
    except UnidentifiedImageError:
        report.reason = f"{_REASON} This kind of image can't be shown either."
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("corrupt", f"The image is damaged ({type(error).__name__}).") from None


def _add(frame: Image.Image, number: int, dpi: int, report: Report) -> None:
    # Palette images must become RGB before anything looks at them.
    page = frame.convert("RGB")
    page.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    png = io.BytesIO()
    page.save(png, "PNG", compress_level=4)
    points = 72 / dpi
    report.add_page(number, page.width * points, page.height * points, png.getvalue())
