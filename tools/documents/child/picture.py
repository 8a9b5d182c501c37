"""Images: a page image for each frame. Their words are read by OCR, in another process."""

import io
import warnings
from collections.abc import Iterator
from typing import Any, cast

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from tools.documents.child.report import Drawn, Refused, Report

_MAX_PIXELS = 100_000_000
_LONGEST_SIDE = 1_600
_MOST_TO_READ = 8_000_000
_REASON = "The file is an image. Its words were not read: that needs OCR."
_ONE_PICTURE = {"JPEG", "MPO", "HEIF"}
"""Formats whose further frames are depth maps and small copies, not pages."""
_POINTS = 72


def read_picture(data: bytes, order: dict[str, Any], report: Report) -> None:
    """Make page images of an image file; the verdict is always `needs_ocr`."""
    report.verdict, report.reason = "needs_ocr", _REASON
    drawn = 0
    for number, frame in _frames(data, order["max_pages"]):
        width, height = _size(frame, order["dpi"])
        frame.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        png = io.BytesIO()
        frame.save(png, "PNG", compress_level=4)
        drawn += len(png.getvalue())
        if drawn > order["max_drawn"]:
            raise Refused("too_large", "The pictures of the file are larger than allowed.")
        report.add_page(number, width, height, png.getvalue())
        report.unread.append(number)


def draw_frames(data: bytes, order: dict[str, Any]) -> Iterator[Drawn]:
    """Give the frames that the order names, as large as reading them needs."""
    for number, frame in _frames(data, order["max_pages"]):
        if number in order["draw"]:
            width, height = _size(frame, order["dpi"])
            pixels = frame.width * frame.height
            if pixels > _MOST_TO_READ:
                scale = (_MOST_TO_READ / pixels) ** 0.5
                size = (int(frame.width * scale), int(frame.height * scale))
                frame = frame.resize(size, Image.Resampling.BOX)
            yield Drawn(number, width, height, *frame.size, frame.tobytes())


def _frames(data: bytes, max_pages: int) -> Iterator[tuple[int, Image.Image]]:
    """Give each frame in RGB, the way up that the camera noted."""
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    _know_heif(data)
    try:
        with Image.open(io.BytesIO(data)) as image:
            frames = 1 if image.format in _ONE_PICTURE else getattr(image, "n_frames", 1)
            if frames > max_pages:
                raise Refused("too_many_pages", f"The image has more than {max_pages} pages.")
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                yield number, _rgb(frame)
                if number == frames:
                    break
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("bomb", "The image unpacks to more points than are allowed.") from None
    except UnidentifiedImageError:
        raise Refused("unsupported", "This kind of image can't be read.") from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("corrupt", f"The image is damaged ({type(error).__name__}).") from None


def _know_heif(data: bytes) -> None:
    if data[4:8] == b"ftyp":
        import pi_heif  # type: ignore[import-untyped]

        pi_heif.register_heif_opener(thumbnails=False)


def _rgb(frame: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(frame)
    if turned.mode.startswith("I;16") or turned.mode in ("I", "F"):
        # Sixteen bits of grey: `convert` alone would cut them off.
        turned = turned.convert("F")
        low, high = cast("tuple[float, float]", turned.getextrema())
        share = 255 / max(high - low, 1.0)
        turned = turned.point(lambda value: value * share - low * share)
        return turned.convert("L").convert("RGB")
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        # What shines through is paper.
        sheet = Image.new("RGBA", turned.size, "white")
        return Image.alpha_composite(sheet, turned.convert("RGBA")).convert("RGB")
    return turned.convert("RGB")


def _size(frame: Image.Image, dpi: int) -> tuple[float, float]:
    """Give width and height in points: a page image has the resolution of drawn pages."""
    scale = min(1.0, _LONGEST_SIDE / max(frame.size)) * _POINTS / dpi
    return frame.width * scale, frame.height * scale
