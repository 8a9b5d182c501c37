"""Text laid over a finished PDF: in plain sight, or in one of the ways that hide it."""

import io
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument
from typing import cast

import numpy as np
import numpy.typing as npt
import pypdfium2
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from evals.papers.sheet import MADE, is_latin, register

_BAND = 22.0
"""Millimetres of white that a text needs."""
_MM = 72 / 25.4


def carry_pdf(pdf: bytes, kind: str, text: str, rng: Random) -> bytes:
    """Put a text into a PDF in one of the ways of `carriers.IN_PDF`."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    if kind == "metadata":
        writer.add_metadata({"/Subject": text, "/Keywords": text})
    elif kind == "annotation":
        writer.add_annotation(0, Text(rect=(500, 780, 520, 800), text=text))
    elif kind == "form":
        _add_form(writer, text)
    elif kind == "layer_off":
        _add_layer(writer, text)
    else:
        page = PdfReader(io.BytesIO(_layer(kind, text, _free(pdf, rng)))).pages[0]
        writer.pages[0].merge_page(page)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """Give the bytes of a file."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _free(pdf: bytes, rng: Random) -> float:
    """Find a height on the first page, mm from the top, with nothing on it for some lines."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = np.asarray(document[0].render(scale=0.5, grayscale=True).to_pil())
    finally:
        document.close()
    dark: npt.NDArray[np.bool_] = np.asarray((image < 250).any(axis=1))
    step = 297.0 / len(dark)
    rows = int(_BAND / step)
    free = [r * step for r in range(20, len(dark) - rows - 14) if not dark[r : r + rows].any()]
    return rng.choice(free) + 3 if free else 274.0


def _layer(kind: str, text: str, top: float) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_creation_date(MADE)
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_margins(20, 20, 20)
    size = {"tiny": 1.0}.get(kind, 8.5)
    family = "Helvetica"
    if not is_latin(text):
        family = "Roboto"
        register(pdf, family)
    pdf.set_font(family, "", size)
    shade = {"white": 255, "near_white": 252}.get(kind, 40)
    pdf.set_text_color(shade)
    if kind == "off_page":
        top = 330.0
    height = size * 0.45
    with pdf.local_context(fill_opacity=0.01 if kind == "transparent" else 1.0):
        pdf.set_xy(20, top)
        if kind == "invisible":
            pdf.text_mode = 3
        pdf.multi_cell(160, height, text, align="L")
    if kind == "covered":
        pdf.set_fill_color(255)
        pdf.rect(18, top - 1, 172, _BAND - 4, style="F")
    return bytes(pdf.output())


def _add_form(writer: PdfWriter, text: str) -> None:
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("remarks"),
            NameObject("/V"): TextStringObject(text),
            NameObject("/F"): NumberObject(2),
            NameObject("/Rect"): ArrayObject(FloatObject(n) for n in (50, 20, 60, 30)),
        }
    )
    reference = writer._add_object(field)
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", []), reference])
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([reference])}
    )


def _add_layer(writer: PdfWriter, text: str) -> None:
    """Add a layer that is switched off (ISO 32000-1, 8.11)."""
    group = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/OCG"),
                NameObject("/Name"): TextStringObject("notes"),
            }
        )
    )
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([group])})
    writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([group]), NameObject("/D"): off}
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    page = writer.pages[0]
    resources = cast("DictionaryObject", page["/Resources"].get_object())
    found = resources.setdefault(NameObject("/Font"), DictionaryObject())
    fonts = cast("DictionaryObject", found.get_object())
    fonts[NameObject("/FHid")] = writer._add_object(font)
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/MCHid"): group})
    shown = "".join(c for c in text if ord(c) < 256).replace("\n", " ")
    escaped = shown.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    stream = DecodedStreamObject()
    lines = f"q /OC /MCHid BDC BT /FHid 8 Tf 60 60 Td ({escaped}) Tj ET EMC Q"
    stream.set_data(b"\n" + lines.encode("latin-1") + b"\n")
    contents = page["/Contents"]
    parts = contents if isinstance(contents, ArrayObject) else [contents.indirect_reference]
    page[NameObject("/Contents")] = ArrayObject([*parts, writer._add_object(stream)])
