"""Words of a picture by the networks of rapidocr: find lines, turn them upright, read them.

rapidocr's own pipeline cuts the lines out of a shrunken picture and splits words at wide letters;
here lines are cut from the full picture, and words are split at the blanks that were read.
"""

from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import rapidocr
from rapidocr.ch_ppocr_rec.typings import TextRecInput, WordInfo
from rapidocr.utils.process_img import get_rotate_crop_image

from tools.documents.ocr.models import MODELS

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float32]

_LONG_SIDE = 1280
# Pixels of the picture in which lines are looked for. Of 960, 1280, 1600 and 2000 on samples that
# were looked at: words of a bill at 200 dpi 178, 172, 178, 178 of 181, processor seconds 5.3, 5.5,
# 7.2, 10.6 a page; difficult lines of machine readable zones 8 and 11 of 18 for the first two
# (lines cut out without room around them). The classifier of rapidocr for lines on their head is
# not used: whole pages are turned.
_SHORT_SIDE = 736
_MAX_LINES = 600
_SAMPLE = 6
"""Lines that are read both ways up to tell which one is up."""
_SURELY_UP = 0.93
_SIDEWAYS = 1.5
_ROOM = 0.1
"""Share of a line's height by which its cut-out is larger than what was found."""
_LEAST_SURE = 0.5
"""A line below this mean is a pattern rather than print (rapidocr's own bound)."""
_WIDE_GAP = 2.6
"""Letter widths between two letters from which on a blank stands there though none was read."""


class Word(NamedTuple):
    """A word with its corners in pixels of the picture as given, and of the upright picture."""

    text: str
    corners: Points
    upright: Points
    sure: float


class Reading(NamedTuple):
    """The words of a picture."""

    words: list[Word]
    turned: int
    skew: float


class Recogniser:
    """The networks, loaded once. Not for two threads at a time."""

    def __init__(self, threads: int) -> None:
        lines, letters = MODELS
        folder = Path(rapidocr.__file__).parent / "models"
        engine = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_type": "max",
                "Det.limit_side_len": 4096,
                # With a path given, nothing is looked for elsewhere.
                "Det.model_path": str(folder / lines),
                "Rec.model_path": str(folder / letters),
            }
        )
        self._detector: Any = engine._load_det_model()  # type: ignore[no-untyped-call]
        self._reader: Any = engine._load_rec_model()  # type: ignore[no-untyped-call]

    def read(self, picture: Pixels) -> Reading:
        """Read a picture (BGR), whichever way up it lies."""
        quads = self._find(picture)
        if not quads:
            return Reading([], 0, 0.0)
        turned, picture_up, quads = self._turn_upright(picture, quads)
        words: list[Word] = []
        quads = [_grown(quad) for quad in quads]
        crops = [get_rotate_crop_image(picture_up, quad.copy()) for quad in quads]
        level = _skew(quads)
        for quad, line in zip(quads, self._read(crops), strict=True):
            words += _words(quad, line)
        centre = np.array([picture_up.shape[1] / 2, picture_up.shape[0] / 2])
        height, width = picture.shape[:2]
        return Reading(
            [
                word._replace(
                    corners=_turned_back(word.corners, turned, width, height),
                    upright=_rotated(word.corners, -level, centre),
                )
                for word in words
            ],
            turned,
            level,
        )

    def read_lines(self, crops: list[Pixels]) -> list[tuple[str, float]]:
        """Read pictures of one line each."""
        return [(line.text, line.score) for line in self._read(crops)]

    def _find(self, picture: Pixels) -> list[Points]:
        """Give the corners of each line, from the top left in reading direction."""
        height, width = picture.shape[:2]
        scale = min(1.0, _LONG_SIDE / max(height, width))
        if scale == 1.0 and min(height, width) < _SHORT_SIDE:
            scale = min(_SHORT_SIDE / min(height, width), _LONG_SIDE / max(height, width))
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        size = (max(32, round(width * scale)), max(32, round(height * scale)))
        found = self._detector(cv2.resize(picture, size, interpolation=way))
        if found.boxes is None:
            return []
        back = np.array([width / size[0], height / size[1]], dtype=np.float32)
        return [np.asarray(quad, dtype=np.float32) * back for quad in found.boxes[:_MAX_LINES]]

    def _turn_upright(
        self, picture: Pixels, quads: list[Points]
    ) -> tuple[int, Pixels, list[Points]]:
        height, width = picture.shape[:2]
        turned, upright, lines = 0, picture, quads
        if _lies_sideways(quads):
            # Lines are found best where they lie level: look again.
            turned, upright = 270, _turn(picture, 270)
            lines = self._find(upright) or [_turned(quad, 270, width, height) for quad in quads]
        sample = sorted(lines, key=lambda q: -float(np.linalg.norm(q[1] - q[0])))[:_SAMPLE]
        crops = [get_rotate_crop_image(upright, quad.copy()) for quad in sample]
        as_is = _mean(self._read(crops))
        if as_is < _SURELY_UP and _mean(self._read([_over(c) for c in crops])) > as_is + 0.05:
            size = upright.shape[1], upright.shape[0]
            lines = [_turned(quad, 180, *size) for quad in lines]
            turned, upright = (turned + 180) % 360, _turn(upright, 180)
        return turned, upright, lines

    def _read(self, crops: list[Pixels]) -> "list[_Line]":
        if not crops:
            return []
        given = [np.ascontiguousarray(crop) for crop in crops]
        read = self._reader(TextRecInput(img=given, return_word_box=True))
        return [
            _Line.of(text, float(score), word_info)
            for text, score, word_info in zip(
                read.txts, read.scores, read.word_results, strict=True
            )
        ]


class _Line(NamedTuple):
    """What one cut-out says."""

    text: str
    score: float
    places: list[float]
    """Middle of each character, as share of the line's width; blanks have none of their own."""
    sures: list[float]

    @classmethod
    def of(cls, text: str, score: float, info: WordInfo) -> "_Line":
        columns = [column for word in info.word_cols for column in word]
        printed = sum(not char.isspace() for char in text)
        if not text.strip() or len(columns) != printed or len(info.confs) < len(text):
            return cls("", 0.0, [], [])
        length = max(float(info.line_txt_len), 1.0)
        found = iter(columns)
        places = [0.0 if char.isspace() else (next(found) + 0.5) / length for char in text]
        return cls(text, score, [min(place, 1.0) for place in places], list(info.confs))


def _words(quad: Points, line: _Line) -> list[Word]:
    """Split a line into words, each with its part of the line's box."""
    if line.score < _LEAST_SURE:
        return []
    pieces = _pieces(line)
    left, right = quad[1] - quad[0], quad[2] - quad[3]
    words = []
    half = _pitch(line) / 2
    for index, (start, end) in enumerate(pieces):
        begin = max(0.0, line.places[start] - half) if index else 0.0
        finish = min(1.0, line.places[end - 1] + half) if index < len(pieces) - 1 else 1.0
        corners = np.array(
            [
                quad[0] + left * begin, quad[0] + left * finish,
                quad[3] + right * finish, quad[3] + right * begin,
            ],
            dtype=np.float32,
        )  # fmt: skip
        words.append(Word(line.text[start:end], corners, corners, min(line.sures[start:end])))
    return words


def _pieces(line: _Line) -> list[tuple[int, int]]:
    """Give start and end of each word of a line."""
    pitch = _pitch(line)
    pieces: list[tuple[int, int]] = []
    start: int | None = None
    for index, char in enumerate(line.text):
        if char.isspace():
            if start is not None:
                pieces.append((start, index))
            start = None
        elif start is None:
            start = index
        elif line.places[index] - line.places[index - 1] > _WIDE_GAP * pitch:
            pieces.append((start, index))
            start = index
    if start is not None:
        pieces.append((start, len(line.text)))
    return pieces


def _pitch(line: _Line) -> float:
    """Give the usual distance of two letters."""
    steps = [
        b - a
        for a, b, x, y in zip(line.places, line.places[1:], line.text, line.text[1:], strict=False)
        if not x.isspace() and not y.isspace() and b > a
    ]
    return float(np.median(steps)) if steps else 1.0 / max(len(line.text), 1)


def _mean(lines: list[_Line]) -> float:
    letters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / letters if letters else 0.0


def _lies_sideways(quads: list[Points]) -> bool:
    standing = lying = 0.0
    for quad in quads:
        width = float(np.linalg.norm(quad[1] - quad[0]))
        height = float(np.linalg.norm(quad[3] - quad[0]))
        if height > _SIDEWAYS * width:
            standing += height
        elif width > _SIDEWAYS * height:
            lying += width
    return standing > lying


def _skew(quads: list[Points]) -> float:
    """Give the slope of most lines in degrees; long lines tell it best."""
    longest = sorted(quads, key=lambda q: -float(np.linalg.norm(q[1] - q[0])))[:20]
    slopes = [np.degrees(np.arctan2(*(quad[1] - quad[0])[::-1])) for quad in longest]
    return float(np.median(slopes))


def _grown(quad: Points) -> Points:
    """Give a line some room: cut too close, an 8 and a B at its rim look the same."""
    along = (quad[1] - quad[0]) / max(float(np.linalg.norm(quad[1] - quad[0])), 1.0)
    across = np.array([-along[1], along[0]], dtype=np.float32)
    room = _ROOM * float(np.linalg.norm(quad[3] - quad[0]))
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    moved = [p + room * (x * along + y * across) for p, (x, y) in zip(quad, corners, strict=True)]
    return np.array(moved, dtype=np.float32)


def _turn(picture: Pixels, degrees: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def _over(picture: Pixels) -> Pixels:
    return np.ascontiguousarray(picture[::-1, ::-1])


def _turned(quad: Points, degrees: int, width: int, height: int) -> Points:
    """Take a quadrilateral along when the picture of that size is turned clockwise."""
    x, y = quad[:, 0], quad[:, 1]
    if degrees == 90:
        points, first = np.stack([height - y, x], axis=1), 3
    elif degrees == 180:
        points, first = np.stack([width - x, height - y], axis=1), 2
    elif degrees == 270:
        points, first = np.stack([y, width - x], axis=1), 1
    else:
        return quad
    # The corner that is now at the top left comes first.
    return np.roll(points, -first, axis=0).astype(np.float32)


def _turned_back(quad: Points, degrees: int, width: int, height: int) -> Points:
    if degrees in (90, 270):
        width, height = height, width
    return _turned(quad, (360 - degrees) % 360, width, height)


def _rotated(points: Points, degrees: float, centre: npt.NDArray[np.float64]) -> Points:
    angle = np.radians(degrees)
    matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray((points - centre) @ matrix + centre, dtype=np.float32)
