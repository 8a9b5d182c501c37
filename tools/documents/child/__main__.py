"""The child: reads one file from standard input, writes one JSON report to standard output.

python -m tools.documents.child '{"suffix": "pdf", "max_pages": 100, ...}'
"""

import json
import logging
import os
import sys
from typing import Any, BinaryIO

# Importing it looks up libmagic with a helper process, which is out of reach later.
import magic

from tools.documents.child.isolation import isolate
from tools.documents.child.report import Refused, Report


def main() -> None:
    """Narrow the process, then parse."""
    order = json.loads(sys.argv[1])
    answer = os.fdopen(os.dup(1), "wb")
    # What libraries print must not mix with the report.
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    report = Report()
    report.isolated = isolate(memory_mb=order["memory_mb"], seconds=order["seconds"])
    if "draw" in order:
        _draw(sys.stdin.buffer.read(), order, answer)
        os._exit(0)
    try:
        read_into(report, sys.stdin.buffer.read(), order)
    except Refused as refused:
        report.refuse(refused)
    except MemoryError:
        report.refuse(Refused("bomb", "Reading the file needs more memory than is allowed."))
    except Exception as error:  # noqa: BLE001 - the outermost frame: any parser error is a verdict
        name = type(error).__name__
        report.refuse(Refused("corrupt", f"The file can't be read ({name})."))
    answer.write(report.to_json())
    answer.flush()
    # Interpreter shutdown runs finalizers of half-read files; nothing is left to do.
    os._exit(0)


def _draw(data: bytes, order: dict[str, Any], answer: BinaryIO) -> None:
    """Write a line of JSON and, one after the other, the RGB pixels of the pages it names."""
    if b"%PDF-" in data[:1029]:
        from tools.documents.child.pages import draw_pages

        drawn = list(draw_pages(data, order))
    else:
        from tools.documents.child.picture import draw_frames

        drawn = list(draw_frames(data, order))
    names = ("page", "width_pt", "height_pt", "width", "height")
    head = {"pages": [dict(zip(names, page[:-1], strict=True)) for page in drawn]}
    answer.write(json.dumps(head).encode("ascii") + b"\n")
    for page in drawn:
        answer.write(page.rgb)
    answer.flush()


def read_into(report: Report, data: bytes, order: dict[str, Any]) -> None:
    """Fill the report, or raise what the file makes its parser raise."""
    from tools.documents.child.sniff import Format, sniff

    found = sniff(data, order["suffix"], magic.from_buffer(data[:262_144], mime=True), report)
    if found is Format.PDF:
        from tools.documents.child.pdf import read_pdf

        read_pdf(data, order, report)
    elif found is Format.IMAGE:
        from tools.documents.child.borders import cut_picture
        from tools.documents.child.picture import read_picture

        read_picture(cut_picture(data, report), order, report)
    elif found is Format.TEXT:
        from tools.documents.child.plain import read_text

        read_text(data, report)
    elif found is Format.ZIP:
        from tools.documents.child.archive import read_archive

        read_archive(data, order, report)
    else:
        from tools.documents.child.office import read_office

        read_office(found, data, order, report)
    if len(report.text) > order["max_text"]:
        raise Refused("too_large", "The file holds more text than is allowed.")
    report.drop_what_is_shown()


if __name__ == "__main__":
    main()
