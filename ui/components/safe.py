"""The only way for text of unknown origin onto a screen: escaped, with hidden characters shown.

Streamlit's markdown fetches images that a text names, and widget labels are markdown too. So text
of models, documents and clients never goes to `st.markdown`, `st.write` or a label as it is.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import streamlit as st

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


_FOCUS = Path(__file__).parent.parent / "assets" / "focus.html"
_HARMLESS = "\n\t\u200c\u200d"
"""Line ends, and the joiners that Persian and Indic spelling needs."""


def visible(text: str) -> str:
    """Replace characters that hide or reorder others (controls, bidi marks) by their code."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _HARMLESS or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs"}:
        return char
    return f"[U+{ord(char):04X}]"


def esc(text: object) -> str:
    """Escape `text` for HTML."""
    return html.escape(visible(str(text)), quote=True)


def label(text: object) -> str:
    """Escape `text` for a place that Streamlit renders as markdown, such as a button's label."""
    return _MARKDOWN.sub(r"\\\1", " ".join(visible(str(text)).split()))


def show(fragment: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Put an HTML fragment on the screen. Every value inside it went through `esc`."""
    if fragment:
        st.html(fragment, width=width)


def focus_form() -> None:
    """Put the cursor into the form that was just opened, by a script of ours that holds no text."""
    st.html(_FOCUS, unsafe_allow_javascript=True)


def chip(words: str, tone: str = "plain", *, title: str = "") -> str:
    """Draw a short label; `tone` is one of plain, good, warn, bad, info."""
    hint = f' title="{esc(title)}"' if title else ""
    return f'<span class="cg-chip cg-{esc(tone)}"{hint}>{esc(words)}</span>'


def paragraph(text: object, *, quiet: bool = False) -> str:
    """Draw a paragraph of plain text."""
    return f'<p class="cg-p{" cg-quiet" if quiet else ""}">{esc(text)}</p>'


def pairs(rows: Iterable[tuple[str, object]]) -> str:
    """Draw names with values, one pair a line; pairs without a value are left out."""
    shown = [(name, value) for name, value in rows if value not in (None, "")]
    body = "".join(f"<dt>{esc(name)}</dt><dd>{esc(value)}</dd>" for name, value in shown)
    return f'<dl class="cg-pairs">{body}</dl>'


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "") -> str:
    """Draw a table of plain text."""
    top = "".join(f'<th scope="col">{esc(name)}</th>' for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{esc(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    name = f"<caption>{esc(caption)}</caption>" if caption else ""
    return (
        f'<div class="cg-scroll"><table class="cg-table">{name}<thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
