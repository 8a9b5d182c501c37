"""Zip archives: their entries are handed out as files of their own."""

import io
import re
import stat
import zipfile
from typing import Any

from tools.documents.child.report import Refused, Report
from tools.documents.child.sniff import can_be_read

_ENCRYPTED = 0x1
_MESSY = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)")
"""What systems add to archives by themselves."""
_TRICKY = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
_CODECS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}


def read_archive(data: bytes, order: dict[str, Any], report: Report) -> None:
    """Hand out the entries, or refuse the archive."""
    if not order["deeper"]:
        raise Refused("unsupported", "Archives and mails lie in one another too deep.")
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = [e for e in archive.infolist() if not e.is_dir() and not _MESSY.search(e.filename)]
    _check(entries, order["max_members"])
    left, readable = order["max_unpacked"], 0
    for entry in entries:
        content = _content(archive, entry, min(left, order["max_member"]))
        left -= len(content)
        report.add_member(entry.filename, content)
        readable += can_be_read(content, _suffix(entry.filename))
    if not readable:
        raise Refused("unsupported", "Nothing in the archive is of a kind that can be read.")


def _check(entries: list[zipfile.ZipInfo], most: int) -> None:
    names = [entry.filename for entry in entries]
    if not entries:
        raise Refused("empty", "The archive is empty.")
    if len(entries) > most:
        raise Refused("too_large", f"The archive holds more than {most} files.")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("encrypted", "The archive is protected by a password.")
    if any(_TRICKY.search(name) for name in names) or any(map(_link, entries)):
        raise Refused("unsupported", "The archive holds paths that lead out of it.")
    if len(set(names)) < len(names):
        raise Refused("unsupported", "Two files of the archive have one name.")
    if any(entry.compress_type not in _CODECS for entry in entries):
        raise Refused("unsupported", "The archive is packed in a way that can't be read.")


def _link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(entry) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        name = type(error).__name__
        raise Refused("corrupt", f"A file of the archive can't be unpacked ({name}).") from None
    if len(content) > most:
        raise Refused("bomb", "Unpacked, the archive is larger than allowed.")
    return content


def _suffix(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower()[:10] if "." in name else ""
