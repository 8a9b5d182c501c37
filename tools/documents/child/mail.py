"""Mail: headers and body. Attachments are handed out as files of their own, never opened here."""

import io
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message, MIMEPart
from email.parser import BytesParser
from typing import Any

from lxml import html
from unstructured.partition.email import partition_email

from tools.documents.child.markup import clean
from tools.documents.child.office import to_text
from tools.documents.child.plain import decode
from tools.documents.child.report import Refused, Report

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_SEALED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_ORNAMENT_BYTES = 12_000
"""A picture in the body of a mail that is smaller is a logo or a sign, no photo of a paper."""
_MAX_DEPTH = 20
_WORD = re.compile(r"\w{2,}")
_ADDRESS = re.compile(r"\[image:[^\]]*\]|<?https?://\S+")
"""What programs write into the plain version in place of pictures and links."""


def read_mail(data: bytes, order: dict[str, Any], report: Report) -> str:
    """Give the headers that a reader sees and the body."""
    message = BytesParser(policy=policy.default).parsebytes(_narrow(data))
    if not isinstance(message, EmailMessage):
        raise Refused("corrupt", "The mail has no readable structure.")
    if message.get_content_type() in _SEALED and not _only_signed(message):
        raise Refused("encrypted", "The mail is encrypted.")
    hand_out(_attachments(message), order, report)
    _clean_body(message, report)
    lines = [f"{name}: {message[name]}" for name in _HEADERS if message[name]]
    elements = partition_email(
        file=io.BytesIO(message.as_bytes(policy=policy.default)), process_attachments=False
    )
    return "\n".join(lines) + "\n\n" + to_text(elements)


def hand_out(
    attachments: Iterator[tuple[str, str, bytes]], order: dict[str, Any], report: Report
) -> None:
    """Add attachments (name, media type, content) as members, as far as the limits go."""
    left = order["max_unpacked"]
    for number, (name, kind, content) in enumerate(attachments, start=1):
        fits = len(content) <= min(left, order["max_member"])
        if not fits or len(report.members) >= order["max_members"] or not order["deeper"]:
            report.signal("attachment_unread", f"Attachment {number} ({kind}) was not read.")
            continue
        report.signal(
            "attachment", f"Attachment {number} ({kind}) is a document of its own.", level="note"
        )
        report.add_member(name or f"attachment-{number}", content)
        left -= len(content)


def _narrow(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(data).encode("utf-8")
    return data.lstrip()


def _only_signed(message: EmailMessage) -> bool:
    return message.get_param("smime-type") == "signed-data"


def _attachments(message: EmailMessage) -> Iterator[tuple[str, str, bytes]]:
    bodies = [message.get_body(preferencelist=(kind,)) for kind in ("plain", "html")]
    for part in _leaves(message, 0):
        if any(part is body for body in bodies):
            continue
        kind = part.get_content_type()
        content = _content(part)
        inline = part.get_content_disposition() != "attachment" and part["Content-ID"]
        small = inline and kind.startswith("image/") and len(content) < _ORNAMENT_BYTES
        if content.strip() and not small:
            yield part.get_filename() or _NAMES.get(kind, ""), kind, content


_NAMES = {"message/rfc822": "mail.eml", "text/plain": "text.txt", "text/html": "text.html"}


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        if depth > _MAX_DEPTH:
            raise Refused("bomb", "The parts of the mail lie in one another too deep.")
        for inner in part.get_payload():
            if isinstance(inner, Message):
                yield from _leaves(inner, depth + 1)
    else:
        yield part


def _content(part: Message) -> bytes:
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _clean_body(message: EmailMessage, report: Report) -> None:
    body: MIMEPart | None = message.get_body(preferencelist=("html",))
    if body is None:
        return
    markup = str(body.get_content())
    _compare_versions(message, markup, report)
    body.set_content(clean(markup, report), subtype="html", charset="utf-8")


def _compare_versions(message: EmailMessage, markup: str, report: Report) -> None:
    """Keep what only the other version of the mail says: programs show one of the two."""
    plain: MIMEPart | None = message.get_body(preferencelist=("plain",))
    if plain is None:
        return
    shown = set(_WORD.findall(html.fromstring(f"<div>{markup}</div>").text_content().lower()))
    lines = str(plain.get_content()).splitlines()
    other = [line for line in lines if _says_something_else(line, shown)]
    if other:
        report.signal("hidden_text", "The mail has a second version, which says something else.")
        report.conceal("the other version of the mail", "\n".join(other))


def _says_something_else(line: str, shown: set[str]) -> bool:
    words = _WORD.findall(_ADDRESS.sub(" ", line.lower()))
    return len(words) > 2 and sum(word not in shown for word in words) > 0.5 * len(words)
