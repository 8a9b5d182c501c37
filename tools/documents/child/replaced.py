"""Replacement text (`ActualText`, ISO 32000-2, 14.9.4): what a reader of the file is told instead
of what a reader of the page sees.

pdfium gives it in place of the characters that are drawn. Here what is drawn counts.
"""

import ctypes
import unicodedata
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tools.documents.child.report import Report

_KEY = b"ActualText"
_DEEPEST = 10
_LONGEST = 20_000


def drop_replacements(page: pdfium.PdfPage, number: int, report: Report) -> None:
    """Take replacement texts off the page; keep for the reviewer those that say something else."""
    # The text page is made from the marks as they stand: it has to be made anew afterwards.
    replaced = list(_replaced(page))
    if not replaced:
        return
    for _, objects in replaced:
        for thing in objects:
            _take_off(thing)
    text = page.get_textpage()
    differing = []
    for told, objects in replaced:
        drawn = "".join(_drawn(thing, text) for thing in objects)
        if _plain(told) != _plain(drawn):
            differing.append(told)
    text.close()
    if differing:
        report.signal(
            "hidden_text",
            f"{len(differing)} words were left out: programs are told another text than is shown.",
            number,
        )
        report.conceal("replacement text", " ".join(differing), number)


def _replaced(page: pdfium.PdfPage) -> Iterator[tuple[str, list[raw.FPDF_PAGEOBJECT]]]:
    """Give each replacement with the objects that it stands for."""
    told: str | None = None
    objects: list[raw.FPDF_PAGEOBJECT] = []
    for thing in _objects(page):
        here = _told(thing)
        if objects and here != told:
            yield told or "", objects
            objects = []
        if here is not None:
            objects.append(thing)
        told = here
    if objects:
        yield told or "", objects


def _objects(page: pdfium.PdfPage) -> Iterator[raw.FPDF_PAGEOBJECT]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _inner(raw.FPDFPage_GetObject(page, index), 0)


def _inner(thing: raw.FPDF_PAGEOBJECT, depth: int) -> Iterator[raw.FPDF_PAGEOBJECT]:
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield thing
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        for index in range(raw.FPDFFormObj_CountObjects(thing)):
            yield from _inner(raw.FPDFFormObj_GetObject(thing, index), depth + 1)


def _told(thing: raw.FPDF_PAGEOBJECT) -> str | None:
    told = None
    for index in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, index)
        size = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetParamStringValue(mark, _KEY, None, 0, ctypes.byref(size))
        if size.value:
            buffer = ctypes.create_string_buffer(min(size.value, 2 * _LONGEST))
            wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
            raw.FPDFPageObjMark_GetParamStringValue(
                mark, _KEY, wide, len(buffer), ctypes.byref(size)
            )
            told = buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
    return told


def _take_off(thing: raw.FPDF_PAGEOBJECT) -> None:
    # Objects may share a mark: all have to be read before the first is changed.
    for index in range(raw.FPDFPageObj_CountMarks(thing)):
        raw.FPDFPageObjMark_RemoveParam(thing, raw.FPDFPageObj_GetMark(thing, index), _KEY)


def _drawn(thing: raw.FPDF_PAGEOBJECT, text: pdfium.PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(thing, text, None, 0)
    buffer = ctypes.create_string_buffer(min(size, 2 * _LONGEST) or 2)
    wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFTextObj_GetText(thing, text, wide, len(buffer))
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _plain(text: str) -> str:
    """Give letters and digits alone: ligatures and hyphens are what replacements are meant for."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())
