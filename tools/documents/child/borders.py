"""Where a file of one format ends, and what stands before its start or after its end.

A file that two programs can read as two things is refused: which one counts would be open.
"""

import re
from collections.abc import Callable

from tools.documents.child.report import Refused, Report

_BLANK = b"\x00\t\n\x0c\r \x1a"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ZIP_ENTRY, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_ZIP_END_SIZE = 22
_TAG = re.compile(rb"<(?:html|script|body|iframe|svg)\b", re.IGNORECASE)
_LONG_TAG = re.compile(rb"<(?:!doctype\s+html|html\s*>|script\b|iframe\b)|<\?php", re.IGNORECASE)
"""Tags of such length that no compressed picture holds one by chance."""
_JPEG_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
_TWO_FORMATS = "The file is two formats at once; which one counts is open."


def check_pdf_borders(data: bytes, start: int, report: Report) -> None:
    """Refuse a PDF with anything before its header or after its end."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused("corrupt", "The PDF breaks off: its end marker is missing.")
    before, after = data[:start].removeprefix(_BYTE_ORDER_MARK), data[end + 5 :]
    if before.startswith(_ZIP_ENTRY) or _ends_as_zip(data) or _TAG.search(before + b" " + after):
        _refuse_polyglot("a PDF and something else", report)
    if before.strip(_BLANK):
        _refuse_foreign("before the PDF begins", len(before), "leading_data", report)
    if after.strip(_BLANK):
        _refuse_foreign("after the PDF's end", len(after), "trailing_data", report)


def check_zip_borders(data: bytes, report: Report) -> None:
    """Refuse an archive that does not end where it says, or hides another format in its comment."""
    end = data.rfind(_ZIP_END)
    comment = data[end + _ZIP_END_SIZE :]
    if end < 0 or len(data) < end + _ZIP_END_SIZE:
        raise Refused("corrupt", "The archive breaks off: its directory is missing.")
    if b"%PDF-" in comment or _TAG.search(comment):
        _refuse_polyglot("an archive and something else", report)
    if int.from_bytes(data[end + 20 : end + 22], "little") != len(comment):
        _refuse_foreign("after the archive's end", len(comment), "trailing_data", report)


def cut_picture(data: bytes, report: Report) -> bytes:
    """Give a picture without what a camera puts behind it; refuse whatever else stands there."""
    measure = _measure(data)
    if measure is None:
        if _second_format(data):
            _refuse_polyglot("a picture and something else", report)
        return data
    end = measure(data)
    after = data[end:]
    if not after.strip(_BLANK):
        return data
    if _second_format(after):
        _refuse_polyglot("a picture and something else", report)
    if not (data.startswith(b"\xff\xd8") and _from_camera(after)):
        _refuse_foreign("after the picture's end", len(after), "trailing_data", report)
    report.signal(
        "camera_trailer",
        "The camera put a second picture or a film behind the photo. It was left out.",
        level="note",
    )
    return data[:end]


def _from_camera(after: bytes) -> bool:
    """Tell further pictures (MPF), Samsung's trailer and the film of a motion photo."""
    further = after.lstrip(b"\x00").startswith(b"\xff\xd8\xff")
    return further or after[4:8] == b"ftyp" or after.rstrip(b"\x00").endswith(b"SEFT")


def _second_format(data: bytes) -> bool:
    return b"%PDF-" in data or _ends_as_zip(data) or _LONG_TAG.search(data) is not None


def _ends_as_zip(data: bytes) -> bool:
    end = data.rfind(_ZIP_END, max(0, len(data) - 65_557))
    return end >= 0 and len(data) - end >= _ZIP_END_SIZE


def _refuse_polyglot(what: str, report: Report) -> None:
    report.signal("polyglot", f"The file is two formats at once: {what}.", level="alarm")
    raise Refused("unsupported", _TWO_FORMATS)


def _refuse_foreign(where: str, size: int, kind: str, report: Report) -> None:
    report.signal(kind, f"{size} foreign bytes stand {where}.")
    raise Refused("unsupported", f"Foreign data stands {where}. Send the file as it was made.")


def _measure(data: bytes) -> Callable[[bytes], int] | None:
    if data.startswith(b"\xff\xd8"):
        return _jpeg_end
    if data.startswith(b"\x89PNG"):
        return _png_end
    if data[:4] == b"RIFF":
        return _riff_end
    return _boxes_end if data[4:8] == b"ftyp" else None


def _jpeg_end(data: bytes) -> int:
    """Follow the segments to the end-of-image marker (ITU T.81, annex B)."""
    position = 2
    while found := _JPEG_MARKER.search(data, position):
        marker, position = data[found.end() - 1], found.end()
        if marker == 0xD9:
            return position
        if marker not in (0x01, 0xD8):
            position += int.from_bytes(data[position : position + 2], "big")
    return len(data)


def _png_end(data: bytes) -> int:
    position = 8
    while position + 12 <= len(data):
        kind = data[position + 4 : position + 8]
        position += 12 + int.from_bytes(data[position : position + 4], "big")
        if kind == b"IEND":
            return position
    return len(data)


def _riff_end(data: bytes) -> int:
    size = int.from_bytes(data[4:8], "little")
    return 8 + size + size % 2


def _boxes_end(data: bytes) -> int:
    """Follow the boxes of an ISO base media file (ISO/IEC 14496-12, 4.2)."""
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        kind = data[position + 4 : position + 8]
        if size == 0:
            return len(data)
        if size < 8 or not kind.isalnum() or position + size > len(data):
            return position
        position += size
    return position
