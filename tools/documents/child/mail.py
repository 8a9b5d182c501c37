"""Mail: headers and body. Attachments are named, never opened."""

import io
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser

from unstructured.partition.email import partition_email

from tools.documents.child.markup import clean
from tools.documents.child.office import to_text
from tools.documents.child.plain import decode
from tools.documents.child.report import Refused, Report

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_SEALED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


def read_mail(data: bytes, report: Report) -> str:
    """Give the headers that a reader sees and the body."""
    message = BytesParser(policy=policy.default).parsebytes(_narrow(data))
    if not isinstance(message, EmailMessage):
        raise Refused("corrupt", "The mail has no readable structure.")
    if message.get_content_type() in _SEALED and not _only_signed(message):
        raise Refused("encrypted", "The mail is encrypted.")
    _note_attachments(message, report)
    _clean_body(message, report)
    lines = [f"{name}: {message[name]}" for name in _HEADERS if message[name]]
    elements = partition_email(
        file=io.BytesIO(message.as_bytes(policy=policy.default)), process_attachments=False
    )
    return "\n".join(lines) + "\n\n" + to_text(elements)


def _narrow(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(data).encode("utf-8")
    return data.lstrip()


def _only_signed(message: EmailMessage) -> bool:
    return message.get_param("smime-type") == "signed-data"


def _note_attachments(message: EmailMessage, report: Report) -> None:
    for number, part in enumerate(message.iter_attachments(), start=1):
        kind = part.get_content_type()
        report.signal("attachment", f"Attachment {number} ({kind}) was not read.")


def _clean_body(message: EmailMessage, report: Report) -> None:
    body: MIMEPart | None = message.get_body(preferencelist=("html",))
    if body is None:
        return
    markup = str(body.get_content())
    body.set_content(clean(markup, report), subtype="html", charset="utf-8")
