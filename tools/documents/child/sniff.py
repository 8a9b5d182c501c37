"""What a file is, judged by its content. The extension is only a hint."""

import io
import re
import zipfile
from enum import Enum

from tools.documents.child.borders import check_pdf_borders, check_zip_borders
from tools.documents.child.report import Refused, Report

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Format(Enum):
    """A format that intake reads, with its media type."""

    PDF = "application/pdf"
    IMAGE = "image"
    DOCX = DOCX_TYPE
    EML = "message/rfc822"
    MSG = "application/vnd.ms-outlook"
    ZIP = "application/zip"
    HTML = "text/html"
    TEXT = "text/plain"


_SUFFIXES = {
    Format.PDF: {"pdf"},
    Format.IMAGE: {"png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp", "webp", "heic", "heif"},
    Format.DOCX: {"docx"},
    Format.EML: {"eml"},
    Format.MSG: {"msg"},
    Format.ZIP: {"zip"},
    Format.HTML: {"html", "htm"},
    Format.TEXT: {"txt", "text", "md", "csv"},
}

_PDF_HEADER_WITHIN = 1024
_MAIL_HEADER = re.compile(
    rb"^(?:return-path|received|delivered-to|message-id|mime-version|from|to|cc|date|subject"
    rb"|reply-to|content-type|x-[a-z-]+):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_MARKUP = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ZIP_ENTRY = b"PK\x03\x04"
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_UNPACKED = 200_000_000
_MAX_ENTRIES = 5_000
_MAX_RATIO = 200


def sniff(data: bytes, suffix: str, libmagic: str, report: Report) -> Format:
    """Tell the format, or refuse the file. Notes polyglots, trailing data, a wrong extension."""
    if not data.strip(b"\x00\t\n\r "):
        raise Refused("empty", "The file has no content.")
    found = _format(data, suffix, libmagic, report)
    report.media_type = libmagic if found is Format.IMAGE else found.value
    if suffix and suffix not in _SUFFIXES[found]:
        report.signal(
            "extension_mismatch",
            f"The file name ends in .{suffix[:10]}, the content is {report.media_type}.",
            level="note",
        )
    return found


def _format(data: bytes, suffix: str, libmagic: str, report: Report) -> Format:
    start = data.find(b"%PDF-", 0, _PDF_HEADER_WITHIN + 5)
    if start >= 0:
        check_pdf_borders(data, start, report)
        return Format.PDF
    if data.startswith(_ZIP_ENTRY):
        return _zip(data, report)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("encrypted", "The office file is protected by a password.")
        if _OUTLOOK in data:
            return Format.MSG
        raise _unsupported("an old binary office file")
    if libmagic.startswith("image/") and libmagic != "image/svg+xml":
        return Format.IMAGE
    return _text(data, suffix, libmagic)


def _text(data: bytes, suffix: str, libmagic: str) -> Format:
    head = data[:16_384]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if wide:
        head = head.decode("utf-16", "replace").encode()
    if b"\x00" in head:
        raise _unsupported(libmagic)
    headers = {line.split(b":")[0].lower() for line in _MAIL_HEADER.findall(_header_block(head))}
    if len(headers) >= (1 if suffix == "eml" else 3) or libmagic == "message/rfc822":
        return Format.EML
    if (
        _MARKUP.match(head)
        or libmagic == "text/html"
        or (suffix in _SUFFIXES[Format.HTML] and b"<" in head)
    ):
        return Format.HTML
    if wide or (libmagic.startswith("text/") and libmagic not in {"text/rtf", "text/xml"}):
        return Format.TEXT
    # libmagic takes some plain texts for old formats by their first letters.
    if suffix in _SUFFIXES[Format.TEXT] and _readable(head):
        return Format.TEXT
    raise _unsupported(libmagic)


def _readable(head: bytes) -> bool:
    try:
        text = head[:-4].decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\t\n\r\f" for char in text)


def _header_block(head: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]


def _zip(data: bytes, report: Report) -> Format:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused("corrupt", f"The archive can't be opened ({type(error).__name__}).") from None
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = unpacked > 10_000_000 and unpacked > _MAX_RATIO * len(data)
    if len(entries) > _MAX_ENTRIES or unpacked > _MAX_UNPACKED or too_dense:
        raise Refused("bomb", "Unpacked, the file is far larger than it may be.")
    check_zip_borders(data, report)
    if "[Content_Types].xml" not in names:
        return Format.ZIP
    if "word/document.xml" not in names:
        raise _unsupported("another office format")
    return Format.DOCX


def can_be_read(data: bytes, suffix: str) -> bool:
    """Tell whether intake knows the format; what the file holds may still be refused."""
    import magic

    try:
        sniff(data, suffix, magic.from_buffer(data[:262_144], mime=True), Report())
    except Refused as refused:
        return refused.verdict != "unsupported"
    return True


def _unsupported(what: str) -> Refused:
    return Refused(
        "unsupported",
        f"This is {what}. Send PDF, DOCX, mail, HTML or text, a picture of the page, or a zip.",
    )
