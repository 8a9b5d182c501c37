"""Papers without pages: Word files, mail, web pages, plain text."""

import html
import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

from docx import Document
from docx.document import Document as WordFile

from evals.papers.draft import Draft, Foot, Head, Lines, Pairs, Prose, Table, Title, Zone
from evals.papers.paper import Medium

_WRITTEN = (2026, 11, 1, 9, 30, 0)


def in_office(draft: Draft, medium: Medium) -> bytes:
    """Give a paper as a file without pages."""
    match medium:
        case Medium.DOCX:
            return word(draft)
        case Medium.HTML:
            return web(draft).encode()
        case Medium.EML:
            return mail(draft)
        case _:
            return plain(draft).encode()


def plain(draft: Draft) -> str:
    """Give a paper as lines of text."""
    parts: list[str] = []
    for block in draft.blocks:
        match block:
            case Head(title, under):
                parts += [title, *([under] if under else []), ""]
            case Title(text) | Prose(text) | Foot(text):
                parts += [text, ""]
            case Pairs(rows):
                parts += [*(f"{label.rstrip(':')}: {value}" for label, value in rows), ""]
            case Lines(lines) | Zone(lines):
                parts += [*lines, ""]
            case Table(head, rows):
                parts += ["\t".join(row) for row in (head, *rows)] + [""]
    return "\n".join(parts)


def web(draft: Draft, *, inside: str = "") -> str:
    """Give a paper as a web page; `inside` is put before the end of its body."""
    parts: list[str] = []
    for block in draft.blocks:
        match block:
            case Head(title, under):
                parts += [f"<h1>{html.escape(title)}</h1>"]
                parts += [f"<p>{html.escape(under)}</p>"] if under else []
            case Title(text):
                parts.append(f"<h2>{html.escape(text)}</h2>")
            case Prose(text) | Foot(text):
                parts.append(f"<p>{html.escape(text)}</p>")
            case Pairs(rows):
                parts.append(_rows(rows))
            case Lines(lines) | Zone(lines):
                parts.append("<p>" + "<br>".join(map(html.escape, lines)) + "</p>")
            case Table(head, rows):
                parts.append(_rows((head, *rows)))
    body = "\n".join(parts)
    return (
        f"<!doctype html>\n<html lang='{draft.setting.language}'><head><meta charset='utf-8'>"
        f"<title>{draft.form}</title></head><body>\n{body}\n{inside}</body></html>\n"
    )


def _rows(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def mail(draft: Draft, *, hidden: str = "") -> bytes:
    """Give a paper as a mail in plain text and, where `hidden` says so, in HTML."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "customer@example.org"
    message["To"] = "accounts@example.com"
    message["Subject"] = next(
        (b.text for b in draft.blocks if isinstance(b, Title)), draft.setting.issuer("bank")
    )
    message["Date"] = "Sun, 01 Nov 2026 09:30:00 +0000"
    message["Message-ID"] = "<paper@example.org>"
    message.set_content(plain(draft))
    if hidden:
        message.add_alternative(web(draft, inside=hidden), subtype="html")
        message.set_boundary("=_paper_boundary_=")
    return message.as_bytes()


def word(draft: Draft) -> bytes:
    """Give a paper as a Word file."""
    document = Document()
    for block in draft.blocks:
        match block:
            case Head(title, under):
                document.add_heading(title, 1)
                if under:
                    document.add_paragraph(under)
            case Title(text):
                document.add_heading(text, 2)
            case Prose(text) | Foot(text):
                document.add_paragraph(text)
            case Pairs(rows):
                _word_table(document, rows)
            case Lines(lines) | Zone(lines):
                for line in lines:
                    document.add_paragraph(line)
            case Table(head, rows):
                _word_table(document, (head, *rows))
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _word_table(document: WordFile, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def steady(data: bytes) -> bytes:
    """Write an archive again with times of day that don't depend on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _WRITTEN), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
