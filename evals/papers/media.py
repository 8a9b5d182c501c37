"""How a drawn page becomes a scan, a photograph, or a page that lies on its side."""

import io
import math
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter

from evals.papers.paper import Medium
from evals.papers.sheet import MADE

Pixels = npt.NDArray[np.uint8]


def in_medium(pdf: bytes, medium: Medium, rng: Random, certified: bytes = b"") -> bytes:
    """Give the file that a paper becomes; `certified` is the page that follows a mixed one."""
    match medium:
        case Medium.TURNED:
            return turned(pdf, rng)
        case Medium.SCAN:
            return scan(pdf, rng)
        case Medium.ROTATED:
            return scan(pdf, rng, turns=rng.choice((1, 2, 3)))
        case Medium.MIXED:
            return joined(scan(pdf, rng), certified)
        case Medium.PHOTO:
            return photo(_pages(pdf, 150)[0], rng)
        case Medium.PNG:
            return _encoded(_pages(pdf, rng.choice((130, 150, 170)))[0], ".png")
        case _:
            return pdf


def turned(pdf: bytes, rng: Random) -> bytes:
    """Draw pages sideways and turn them upright by the page dictionary."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        angle = rng.choice((90, 180, 270))
        page.rotate(angle)
        page.transfer_rotation_to_content()
        page.rotation = (360 - angle) % 360
    return _written(writer)


def joined(first: bytes, second: bytes) -> bytes:
    """Put two files behind each other."""
    writer = PdfWriter()
    for data in (first, second):
        for page in PdfReader(io.BytesIO(data)).pages:
            writer.add_page(page)
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan(pdf: bytes, rng: Random, *, turns: int = 0) -> bytes:
    """Scan every page: a little askew, grey, noisy, packed as JPEG."""
    dpi = rng.choice((150, 170, 200))
    quality = rng.randint(48, 82)
    out = FPDF(unit="pt")
    out.set_creation_date(MADE)
    out.set_auto_page_break(False)
    for page in _pages(pdf, dpi):
        image = np.rot90(_worn(page, rng), turns)
        height, width = image.shape[:2]
        size = (width * 72 / dpi, height * 72 / dpi)
        out.add_page(format=size)
        jpeg = _encoded(np.ascontiguousarray(image), ".jpg", quality)
        out.image(io.BytesIO(jpeg), 0, 0, *size)
    return bytes(out.output())


def _pages(pdf: bytes, dpi: int) -> list[Pixels]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.asarray(p.render(scale=dpi / 72).to_pil().convert("RGB")) for p in document]
    finally:
        document.close()


def _encoded(image: Pixels, kind: str, quality: int = 90) -> bytes:
    out = io.BytesIO()
    picture = Image.fromarray(image)
    if kind == ".png":
        picture.save(out, "PNG")
    else:
        picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _noisy(image: npt.NDArray[Any], spread: float, rng: Random) -> Pixels:
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, spread, image.shape)
    noisy: Pixels = np.clip(image + noise, 0, 255).astype(np.uint8)
    return noisy


def _worn(page: Pixels, rng: Random) -> Pixels:
    height, width = page.shape[:2]
    paper = rng.randint(226, 252)
    angle = rng.uniform(-2, 2)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    image: npt.NDArray[Any] = cv2.warpAffine(
        page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(paper, paper, paper)
    ).astype(np.float32)
    if rng.random() < 0.4:
        image = image.mean(axis=2, keepdims=True).repeat(3, axis=2)
    image *= paper / 255
    image += rng.randint(0, 34) * (1 - image / 255)
    if rng.random() < 0.35:
        _fold(image, rng)
    if rng.random() < 0.3:
        _stamp(image, rng)
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.35, 0.9))
    return _noisy(image, rng.uniform(1.5, 7), rng)


def _fold(image: npt.NDArray[Any], rng: Random) -> None:
    height = image.shape[0]
    row = int(height * rng.choice((0.333, 0.5, 0.667)) + rng.randint(-20, 20))
    image[row - 3 : row + 3] -= np.array([6, 14, 22, 22, 12, 5], np.float32)[:, None, None]


def _stamp(image: npt.NDArray[Any], rng: Random) -> None:
    height, width = image.shape[:2]
    centre = (int(width * rng.uniform(0.6, 0.8)), int(height * rng.uniform(0.75, 0.88)))
    ink = np.zeros_like(image)
    radius = int(width * 0.07)
    for size in (radius, int(radius * 0.72)):
        cv2.circle(ink, centre, size, (150.0, 110.0, 30.0), 3, cv2.LINE_AA)
    image -= ink


def photo(page: Pixels, rng: Random) -> bytes:
    """Photograph the page's upper part on a desk: perspective, uneven light, a margin around."""
    height, width = page.shape[:2]
    used = _used_height(page)
    page = page[: min(height, used + 60)]
    height = page.shape[0]
    border = int(width * 0.09)
    size = (width + 2 * border, height + 2 * border)
    desk = (rng.randint(40, 110), rng.randint(40, 90), rng.randint(30, 80))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    reach = width * 0.03
    target = np.array(
        [
            [x + border + rng.uniform(-reach, reach), y + border + rng.uniform(-reach, reach)]
            for x, y in corners
        ],
        np.float32,
    )
    warp = cv2.getPerspectiveTransform(corners, target)
    image = cv2.warpPerspective(page, warp, size, flags=cv2.INTER_LINEAR, borderValue=desk)
    lit: npt.NDArray[Any] = image.astype(np.float32) * _light(size, rng)[:, :, None]
    lit = cv2.GaussianBlur(lit, (0, 0), rng.uniform(0.4, 0.8))
    return _encoded(_noisy(lit, rng.uniform(2, 5), rng), ".jpg", rng.randint(70, 90))


def _used_height(page: Pixels) -> int:
    rows = np.flatnonzero((page < 200).any(axis=(1, 2)))
    return int(rows[-1]) if rows.size else page.shape[0]


def _light(size: tuple[int, int], rng: Random) -> npt.NDArray[np.float32]:
    width, height = size
    angle = rng.uniform(0, 2 * math.pi)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    slope = (x * math.cos(angle) + y * math.sin(angle)) * rng.uniform(0.05, 0.2)
    light: npt.NDArray[np.float32] = (0.86 + slope).astype(np.float32)
    return light
