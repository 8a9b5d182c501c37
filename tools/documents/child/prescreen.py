"""The structure of a PDF before anything draws it: pages, sizes, actions, attachments, forms."""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from tools.documents.child.properties import note_properties
from tools.documents.child.report import Refused, Report

_MAX_DECODED = 200_000_000
_MAX_IMAGE_PIXELS = 100_000_000
_MAX_ALL_PIXELS = 1_000_000_000
_MAX_OBJECTS = 300_000
_OWN_CODECS = {"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/DCT", "/CCF"}
"""Image codecs: their size is bounded by the declared width and height."""
_ACTIONS = {
    "/JavaScript": ("javascript", "The file holds JavaScript."),
    "/Launch": ("launch_action", "The file holds an action that starts a program."),
    "/SubmitForm": ("submit_action", "The file holds an action that sends its form away."),
    "/ImportData": ("import_action", "The file holds an action that loads other data."),
}
_TOLD = {"/ActualText": "replacement text", "/Alt": "text for those who can't see"}
"""What a program that reads aloud says in place of a part of the page."""


def prescreen(data: bytes, max_pages: int, report: Report) -> int:
    """Give the number of pages; note what else the file holds, or refuse it."""
    try:
        reader = _open(data, report)
        pages = _count_pages(reader, max_pages)
        _check_sizes(reader)
        _note_parts(reader, report)
        _note_revisions(data, report)
    except (LimitReachedError, MemoryError):
        raise Refused("bomb", "Unpacked, part of the file is far larger than it may be.") from None
    except (PyPdfError, RecursionError, KeyError, TypeError, ValueError, AttributeError,
            IndexError, AssertionError, OverflowError, NotImplementedError) as error:  # fmt: skip
        name = type(error).__name__
        raise Refused("corrupt", f"The structure of the PDF is damaged ({name}).") from None
    return pages


def _open(data: bytes, report: Report) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        if not reader.decrypt(""):
            raise Refused("encrypted", "The PDF is protected by a password.")
        report.signal(
            "usage_restrictions",
            "The PDF is encrypted, without a password to open it.",
            level="note",
        )
    return reader


def _count_pages(reader: PdfReader, max_pages: int) -> int:
    """Walk the page tree; the count that the file declares may lie."""
    todo: list[PdfObject | None] = [_direct(_root(reader).raw_get("/Pages"))]
    seen: set[int] = set()
    pages = 0
    while todo:
        node = todo.pop()
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        kids = _direct(node.get("/Kids"))
        if isinstance(kids, ArrayObject):
            seen.add(id(node))
            todo.extend(_direct(kid) for kid in kids[: max_pages + 1])
        else:
            pages += 1
        if pages + len(todo) > 4 * max_pages or pages > max_pages:
            raise Refused("too_many_pages", f"The PDF has more than {max_pages} pages.")
    if pages == 0:
        raise Refused("corrupt", "The PDF has no pages.")
    return pages


def _root(reader: PdfReader) -> DictionaryObject:
    root = _direct(reader.trailer.raw_get("/Root"))
    if not isinstance(root, DictionaryObject):
        raise Refused("corrupt", "The PDF has no catalogue.")
    return root


def _direct(value: PdfObject | None) -> PdfObject | None:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _objects(reader: PdfReader) -> Iterator[PdfObject]:
    """Give all objects that the cross reference names, each once."""
    numbers = {
        (number, generation)
        for generation, entries in reader.xref.items()
        for number in entries
        if generation != 65535
    }
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > _MAX_OBJECTS:
        raise Refused("bomb", "The PDF holds more objects than are allowed.")
    for number, generation in sorted(numbers):
        found = reader.get_object(IndirectObject(number, generation, reader))
        if found is not None and not isinstance(found, NullObject):
            yield found


def _check_sizes(reader: PdfReader) -> None:
    decoded = pixels = 0
    for found in _objects(reader):
        if not isinstance(found, StreamObject):
            continue
        if found.get("/Subtype") == "/Image":
            size = _pixels(found)
            pixels += size
            if size > _MAX_IMAGE_PIXELS or pixels > _MAX_ALL_PIXELS:
                raise Refused("bomb", "A picture unpacks to more points than are allowed.")
        if _OWN_CODECS & set(_filters(found)):
            continue
        try:
            decoded += len(found.get_data())
        except LimitReachedError:
            raise
        except (PyPdfError, ValueError, TypeError, KeyError, NotImplementedError):
            # A damaged stream is no danger to size; the drawing parser judges it.
            continue
        if decoded > _MAX_DECODED:
            raise Refused("bomb", "Unpacked, the file is far larger than it may be.")


def _pixels(image: StreamObject) -> int:
    sides = (_direct(image.get("/Width")), _direct(image.get("/Height")))
    width, height = (side if isinstance(side, int) else 0 for side in sides)
    return max(width, 0) * max(height, 0)


def _filters(stream: StreamObject) -> list[str]:
    found = _direct(stream.get("/Filter"))
    if isinstance(found, ArrayObject):
        return [str(_direct(name)) for name in found]
    return [] if found is None else [str(found)]


def _note_parts(reader: PdfReader, report: Report) -> None:
    root = _root(reader)
    opening = _direct(root.get("/OpenAction"))
    if isinstance(opening, DictionaryObject):
        report.signal("open_action", "The file does something when it is opened.")
    if "/AA" in root:
        report.signal("open_action", "The file has automatic actions.")
    for found in _objects(reader):
        if isinstance(found, DictionaryObject):
            _note_object(found, report)
    _note_information(reader, report)


def _note_object(found: DictionaryObject, report: Report) -> None:
    action = _ACTIONS.get(str(_direct(found.get("/S"))))
    if action is None and ("/JS" in found or "/JavaScript" in found):
        action = _ACTIONS["/JavaScript"]
    if action is not None:
        report.signal(*action)
    if "/EmbeddedFiles" in found or (found.get("/Type") == "/Filespec" and "/EF" in found):
        report.signal("embedded_file", "The PDF carries other files inside. They were not read.")
    if "/XFA" in found:
        report.signal("xfa_form", "The PDF holds a dynamic form, which was not read.")
    _note_told(found, report)
    if "/OCGs" in found:
        report.signal("layers", "The PDF has layers that can be switched on and off.")
    if found.get("/FT") == "/Sig" and _direct(found.get("/V")) is not None:
        report.signed = True
    elif "/FT" in found or found.get("/Subtype") == "/Widget":
        _note_form_field(found, report)
    elif found.get("/Subtype") not in (None, "/Link", "/Popup") and "/Rect" in found:
        _note_annotation(found, report)


def _note_told(found: DictionaryObject, report: Report) -> None:
    for key, where in _TOLD.items():
        if key in found and "/Rect" not in found:
            report.conceal(where, str(_direct(found.get(key))))


def _note_form_field(found: DictionaryObject, report: Report) -> None:
    value = _direct(found.get("/V"))
    if value is None or str(value) in ("", "/Off"):
        return
    report.signal("form_values", "The PDF is a form with filled fields.")
    report.conceal("a form field", str(value))


def _note_annotation(found: DictionaryObject, report: Report) -> None:
    report.signal("annotations", "Notes or drawings were laid over the pages.")
    contents = _direct(found.get("/Contents"))
    if contents is not None:
        report.conceal("a note", str(contents))


def _note_information(reader: PdfReader, report: Report) -> None:
    information = _direct(reader.trailer.get("/Info"))
    if isinstance(information, DictionaryObject):
        known = {str(key): _direct(value) for key, value in information.items()}
        said = {key: str(value) for key, value in known.items() if value is not None}
        note_properties(said, report)
        for key in ("/Title", "/Subject", "/Author", "/Keywords", "/Creator", "/Producer"):
            if key in said:
                report.conceal("the file's properties", said[key])
    properties = _direct(_root(reader).get("/Metadata"))
    if isinstance(properties, StreamObject):
        text = re.sub(rb"<[^>]*>", b" ", properties.get_data())
        report.conceal("the file's properties", text.decode("utf-8", "replace"))


def _note_revisions(data: bytes, report: Report) -> None:
    # A linearised file has two end markers from its first saving.
    # What was saved after a signature is judged by the signature.
    allowed = 2 if b"/Linearized" in data[:2048] else 1
    if data.count(b"%%EOF") > allowed and not report.signed:
        report.signal("saved_again", "The PDF was changed and saved again after it was made.")
