"""Plain text, and the characters that no reader sees."""

import re

from tools.documents.child.report import Refused, Report

INVISIBLE = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u00ad\u180e\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
    # Joiners shape letters of many scripts; between Latin letters they only hide.
    "|(?<=[\x00-\u024f])[\u200c\u200d](?=[\x00-\u024f])"
)
_SOFT = {"\u00ad", "\ufeff"}
_TAGS = "\U000e0020", "\U000e007f"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_text(data: bytes, report: Report) -> None:
    """Read a text file."""
    text = visible(decode(data), report)
    if not text.strip():
        raise Refused("empty", "The file has no text.")
    report.text = text


def decode(data: bytes) -> str:
    """Decode by byte order mark, then UTF-8, then Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def visible(text: str, report: Report, page: int | None = None) -> str:
    """Drop zero-width, direction and tag characters, and say so."""
    found = [char for char in INVISIBLE.findall(text) if char not in _SOFT]
    if found:
        report.signal(
            "hidden_text",
            f"{len(found)} invisible characters (zero width, direction or tag) were left out.",
            page,
        )
        report.conceal("invisible characters", _shown(text), page)
    return without_invisible(text)


def without_invisible(text: str) -> str:
    """Drop characters without a picture; line ends become `\\n`."""
    kept = INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", kept)


def _shown(text: str) -> str:
    """Give tag characters as the letters that a machine takes them for, the others by number,
    each with the word that it stands in."""
    tags = "".join(chr(ord(char) - 0xE0000) for char in text if _TAGS[0] <= char < _TAGS[1])
    words = (word for word in text.split() if INVISIBLE.search(word))
    marked = (INVISIBLE.sub(_numbered, word) for word in words)
    return " ".join([tags, *dict.fromkeys(marked)]).strip()


def _numbered(match: re.Match[str]) -> str:
    char = match[0]
    return "" if char >= _TAGS[0] or char in _SOFT else f"[U+{ord(char):04X}]"
