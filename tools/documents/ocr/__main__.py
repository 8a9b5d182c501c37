"""The reading process: pictures in, words out, one order at a time, until its input ends.

python -m tools.documents.ocr '{"threads": 2, "memory_mb": 4096}'

An order and an answer are each four bytes of length and a JSON document; an order's pixels follow.
"""

import io
import json
import logging
import os
import struct
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from tools.documents.ocr.recognise import Pixels, Recogniser

_MAX_SIDE = 12_000


def main() -> None:
    """Narrow the process, load the networks, narrow it further, then serve."""
    order = json.loads(sys.argv[1])
    answers = os.fdopen(os.dup(1), "wb")
    # What libraries print must not mix with the answers.
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    from tools.documents.child.isolation import isolate
    from tools.documents.child.seccomp import refuse_calls

    # Namespaces can only be left by a process of one thread: before any library starts more.
    granted = isolate(memory_mb=order["memory_mb"], seconds=None)

    from tools.documents.ocr.recognise import Recogniser

    reader = Recogniser(order["threads"])
    _warm_up(reader)
    calls = refuse_calls(may_read=False)
    isolated = (granted.network or calls, granted.files or calls, calls)
    _send(answers, {"isolated": isolated})
    _serve(reader, sys.stdin.buffer, answers)
    os._exit(0)


def _warm_up(reader: "Recogniser") -> None:
    """Let everything be loaded that a first picture needs: later no file can be opened."""
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("RGB", (640, 320), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(28)
    for row, words in enumerate(("Date of birth 4 May 1979", "Surname", "IBAN AB12 3456")):
        draw.text((40, 40 + 80 * row), words, "black", font=font)
    file = io.BytesIO()
    sheet.save(file, "PNG")
    picture = _picture({"width": None}, file.getvalue())
    reader.read(picture)
    reader.read(picture.transpose(1, 0, 2).copy())
    reader.read_lines([picture[30:80]])


def _serve(reader: "Recogniser", orders: BinaryIO, answers: BinaryIO) -> None:
    while head := orders.read(4):
        order = json.loads(orders.read(struct.unpack(">I", head)[0]))
        data = orders.read(order["bytes"])
        try:
            answer = _answer(reader, order, _picture(order, data))
        except Exception as error:  # noqa: BLE001 - the outermost frame: the next picture may be fine
            answer = {"problem": type(error).__name__}
        _send(answers, answer)


def _picture(order: dict[str, Any], data: bytes) -> "Pixels":
    import cv2
    import numpy as np

    if order["width"] is None:
        from PIL import Image

        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            if max(image.size) > _MAX_SIDE:
                raise ValueError("too large")
            rgb = np.asarray(image.convert("RGB"))
    else:
        rgb = np.frombuffer(data, dtype=np.uint8).reshape(order["height"], order["width"], 3)
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _answer(reader: "Recogniser", order: dict[str, Any], picture: "Pixels") -> dict[str, Any]:
    if order["do"] == "lines":
        boxes = ([max(0, int(side)) for side in box] for box in order["boxes"])
        crops = [picture[y0 : y1 + 1, x0 : x1 + 1] for x0, y0, x1, y1 in boxes]
        usable = [index for index, crop in enumerate(crops) if min(crop.shape[:2]) >= 3]
        lines: list[tuple[str, float]] = [("", 0.0)] * len(crops)
        for index, line in zip(usable, reader.read_lines([crops[i] for i in usable]), strict=True):
            lines[index] = line
        return {"lines": lines}
    read = reader.read(picture)
    words = [(w.text, w.corners.tolist(), w.upright.tolist(), w.sure) for w in read.words]
    size = picture.shape[1], picture.shape[0]
    return {"words": words, "turned": read.turned, "skew": read.skew, "size": size}


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode("ascii")
    answers.write(struct.pack(">I", len(data)) + data)
    answers.flush()


if __name__ == "__main__":
    main()
