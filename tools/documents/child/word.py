"""DOCX: hidden runs are taken out first."""

import io
import re
import zipfile
from collections.abc import Iterator

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
    _keep_what_stands_beside(data, report)
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
    styles = _hiding_styles(document)
    count = 0
    for body in _bodies(document):
        for run in list(body.iter(qn("w:r"))):
            text = "".join(part.text or "" for part in run.iter(qn("w:t"), qn("w:delText")))
            if text.strip() and (_hidden_run(run, styles) or _deleted(run)):
                count += 1
                report.conceal("deleted text" if _deleted(run) else "hidden text", text)
                run.getparent().remove(run)
    if count:
        report.signal("hidden_text", f"{count} pieces of hidden text were left out.")


def _bodies(document: Document) -> Iterator[etree._Element]:
    """Give the body, and the heads and feet of all sections, each once."""
    yield document.element.body
    for part in document.part.package.iter_parts():
        if re.match(r"/word/(?:header|footer)\d*\.xml$", str(part.partname)):
            yield part.element


def _hiding_styles(document: Document) -> frozenset[str]:
    return frozenset(
        style.get(qn("w:styleId"))
        for style in document.styles.element.iter(qn("w:style"))
        if (properties := style.find(qn("w:rPr"))) is not None and _hidden(properties)
    )


def _hidden_run(run: etree._Element, styles: frozenset[str]) -> bool:
    properties = run.find(qn("w:rPr"))
    named = [] if properties is None else [properties.find(qn("w:rStyle"))]
    paragraph = next(run.iterancestors(qn("w:p")), None)
    if paragraph is not None:
        named.append(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
    by_style = any(name is not None and name.get(qn("w:val")) in styles for name in named)
    return by_style or (properties is not None and _hidden(properties))


def _deleted(run: etree._Element) -> bool:
    return next(run.iterancestors(qn("w:del")), None) is not None


def _keep_what_stands_beside(data: bytes, report: Report) -> None:
    """Keep comments and properties for the reviewer."""
    beside = {"word/comments.xml": "a comment", "docProps/core.xml": "the file's properties"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(beside.keys() & set(archive.namelist())):
            root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
            report.conceal(beside[name], " ".join(" ".join(root.itertext()).split()))


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
