"""Outlook messages (MSG): headers and body; attachments are handed out as files of their own."""

import io
from collections.abc import Iterator
from typing import Any

from oxmsg import Message

from tools.documents.child.mail import hand_out
from tools.documents.child.markup import html_text
from tools.documents.child.report import Refused, Report

_RTF_ONLY = "The text of the message is in a form of Outlook's own, which was not read."


def read_outlook(data: bytes, order: dict[str, Any], report: Report) -> str:
    """Give the headers that a reader sees and the body."""
    message = Message.load(io.BytesIO(data))
    kind = (message.message_class or "").upper()
    if kind.startswith("IPM.NOTE.SMIME") and "MULTIPARTSIGNED" not in kind:
        raise Refused("encrypted", "The message is encrypted.")
    hand_out(_attachments(message), order, report)
    lines = [f"{name}: {value}" for name, value in _headers(message) if value]
    return "\n".join(lines) + "\n\n" + _body(message, report)


def _headers(message: Message) -> Iterator[tuple[str, str]]:
    yield "From", message.sender or ""
    names = (
        f"{r.name} <{r.email_address}>" if r.name != r.email_address else r.name
        for r in message.recipients
    )  # fmt: skip
    yield "To", ", ".join(names)
    sent = message.sent_date
    yield "Date", sent.isoformat() if sent else str(message.message_headers.get("Date", ""))
    yield "Subject", message.subject or ""


def _body(message: Message, report: Report) -> str:
    if message.html_body:
        return html_text(message.html_body, report)
    if message.body:
        return message.body
    report.signal("text_unread", _RTF_ONLY)
    return ""


def _attachments(message: Message) -> Iterator[tuple[str, str, bytes]]:
    for attachment in message.attachments:
        if attachment.attached_by_value and attachment.file_bytes:
            name, kind = attachment.file_name or "", attachment.mime_type or "unknown type"
            yield name, kind, attachment.file_bytes
