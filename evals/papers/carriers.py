"""Files that carry text for a machine: unseen by people, or in plain sight."""

import html
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random  # noqa: TID251 - seeded here, so that equal numbers give equal papers

from docx import Document

from evals.papers.layouts import draw
from evals.papers.make import make_draft, unlock
from evals.papers.office import mail, plain, steady, web, word
from evals.papers.overlay import carry_pdf
from evals.papers.paper import Carrier, Medium, Paper, Split
from evals.papers.pools import table

IN_PDF = (
    "white", "near_white", "tiny", "off_page", "invisible", "covered", "transparent", "metadata",
    "annotation", "form", "layer_off", "visible",
)  # fmt: skip
IN_WORD = ("docx_hidden_run", "docx_comment", "docx_zero_width", "docx_visible")
IN_WEB = ("html_css", "html_comment", "html_zero_width", "html_visible")
IN_MAIL = ("mail_css", "mail_comment", "mail_visible")
IN_TEXT = ("text_zero_width", "text_visible")
KINDS = (*IN_PDF, *IN_WORD, *IN_WEB, *IN_MAIL, *IN_TEXT)
_LETTERS = ("source_of_funds", "correspondence", "account_application", "ownership_declaration")
_PDF_TYPES = (
    "passport", "proof_of_address", "bank_statement", "payslip", "register_extract", "invoice",
    "source_of_funds", "account_application", "certificate_of_incorporation",
)  # fmt: skip
_STYLES = (
    "display:none", "visibility:hidden", "font-size:0", "opacity:0", "color:#fff",
    "position:absolute;left:-9999px", "height:0;overflow:hidden",
)  # fmt: skip


@dataclass(frozen=True)
class CarrierPair:
    """One paper twice: as it should be, and with text put in."""

    clean: Paper
    carrying: Paper


def make_carrier(
    split: Split, kind: str, number: int, *, open_holdout: bool = False
) -> CarrierPair:
    """Make a paper with and without text of one kind.

    Raises:
        HoldoutLocked: the split is the holdout and `open_holdout` is not set.
    """
    unlock(split, open_holdout)
    rng = Random(f"carriers/{split}/{kind}/{number}")  # noqa: S311 - repeatable fiction
    text = rng.choice(table("injections", split is Split.HOLDOUT)["texts"])
    type_ = rng.choice(_PDF_TYPES if kind in IN_PDF else _LETTERS)
    draft = make_draft(rng, split, type_)
    clean = Paper(
        filename="", data=b"", split=split, number=number, type=type_, medium=Medium.DIGITAL,
        language=draft.setting.language, country=draft.setting.code, layout=draft.form,
        said=tuple(draft.said), unjudged=frozenset(draft.unjudged),
    )  # fmt: skip
    if kind in IN_PDF:
        data = draw(draft, rng)[0]
        files, ending = (data, carry_pdf(data, kind, text, rng)), "pdf"
    elif kind in IN_WORD:
        data = word(draft)
        files, ending = (data, _carry_word(data, kind, text)), "docx"
    elif kind in IN_WEB:
        page = web(draft)
        files = page.encode(), web(draft, inside=_in_web(kind, text, rng)).encode()
        ending = "html"
    elif kind in IN_MAIL:
        put = _in_web(kind.replace("mail", "html"), text, rng)
        files, ending = (mail(draft, hidden=" "), mail(draft, hidden=put)), "eml"
    else:
        page = plain(draft)
        added = smuggled(text) if kind == "text_zero_width" else text
        files, ending = (page.encode(), f"{page}\n{added}\n".encode()), "txt"
    name = f"{split}-{kind}-{number:04d}"
    carried = Carrier(kind, text, kind.split("_")[-1] == "visible")
    return CarrierPair(
        replace(clean, filename=f"{name}-clean.{ending}", data=files[0]),
        replace(clean, filename=f"{name}.{ending}", data=files[1], carriers=(carried,)),
    )


def smuggled(text: str) -> str:
    """Write ASCII in tag characters, which no font shows (Unicode block E0000)."""
    return "".join(chr(0xE0000 + ord(char)) for char in text if ord(char) < 128)


def split_up(text: str) -> str:
    """Put zero-width characters between the letters of every word."""
    return " ".join("\u200b".join(word) for word in text.split())


def _in_web(kind: str, text: str, rng: Random) -> str:
    choices: dict[str, Callable[[], str]] = {
        "html_css": lambda: f'<div style="{rng.choice(_STYLES)}">{html.escape(text)}</div>',
        "html_comment": lambda: f"<!-- {text} -->",
        "html_zero_width": lambda: f"<p>Ref.{smuggled(text)}</p>",
        "html_visible": lambda: f"<p>{html.escape(text)}</p>",
    }
    return choices[kind]()


def _carry_word(data: bytes, kind: str, text: str) -> bytes:
    document = Document(io.BytesIO(data))
    if kind == "docx_comment":
        run = next(r for p in document.paragraphs for r in p.runs)
        document.add_comment(run, text=text, author="A", initials="A")
    elif kind == "docx_hidden_run":
        document.add_paragraph().add_run(text).font.hidden = True
    elif kind == "docx_zero_width":
        document.add_paragraph().add_run(f"Ref.{smuggled(text)}")
    else:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())
