"""DOCX: hidden runs are taken out first."""

import io
import zipfile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from unstructured.partition.docx import partition_docx

from tools.documents.child.office import to_text
from tools.documents.child.report import Refused, Report

_TINY_HALF_POINTS = 5
_PALE = 0xEB
_PARTS = {
    "word/vbaProject.bin": ("macros", "The document holds macros."),
    "word/comments.xml": ("annotations", "The document holds comments, which were not read."),
}


def read_word(data: bytes, report: Report) -> str:
    """Give the visible text of a DOCX file."""
    _note_parts(data, report)
    try:
        document = docx.Document(io.BytesIO(data))
    except (ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        name = type(error).__name__
        raise Refused("corrupt", f"The document can't be opened ({name}).") from None
    _take_out_hidden_runs(document, report)
    cleaned = io.BytesIO()
    document.save(cleaned)
    cleaned.seek(0)
    return to_text(partition_docx(file=cleaned))


def _note_parts(data: bytes, report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        body = archive.read("word/document.xml")
        links = b"".join(archive.read(n) for n in sorted(names) if n.endswith(".rels"))
    for name, signal in _PARTS.items():
        if name in names:
            report.signal(*signal)
    if any(name.startswith("word/embeddings/") for name in names):
        report.signal("embedded_file", "The document carries other files. They were not read.")
    if b"attachedTemplate" in links and b'TargetMode="External"' in links:
        report.signal("external_reference", "The document loads a template from elsewhere.")
    if b"<w:ins " in body or b"<w:del " in body:
        report.signal("tracked_changes", "The document holds changes that are not accepted yet.")
    if b"<w:txbxContent" in body:
        report.signal("text_box", "The document holds text boxes, which were not read.")


def _take_out_hidden_runs(document: Document, report: Report) -> None:
    count = 0
    for run in list(document.element.body.iter(qn("w:r"))):
        text = "".join(part.text or "" for part in run.iter(qn("w:t")))
        properties = run.find(qn("w:rPr"))
        if text.strip() and properties is not None and _hidden(properties):
            count += 1
            report.conceal("hidden text", text)
            run.getparent().remove(run)
    if count:
        report.signal("hidden_text", f"{count} pieces of hidden text were left out.")


def _hidden(properties: etree._Element) -> bool:
    vanish = properties.find(qn("w:vanish"))
    if vanish is not None and vanish.get(qn("w:val")) not in ("0", "false", "off"):
        return True
    size = properties.find(qn("w:sz"))
    if size is not None and int(size.get(qn("w:val")) or 24) <= _TINY_HALF_POINTS:
        return True
    colour = properties.find(qn("w:color"))
    ground = properties.find(qn("w:shd"))
    return colour is not None and ground is None and _pale(colour.get(qn("w:val")) or "")


def _pale(colour: str) -> bool:
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return len(parts) == 3 and min(parts) >= _PALE
