"""Documents beside what was read from them, with the place of each value on the page."""

import streamlit as st

from casegate.client import (
    Client,
    ClientError,
    Document,
    DocumentVerdict,
    Dossier,
    Engine,
    Field,
    PageImage,
)
from ui import words
from ui.components import safe
from ui.components.page_image import marked_page
from ui.components.safe import chip, esc
from ui.session import show_error

_VERDICT = {
    DocumentVerdict.PENDING: ("Not read yet", "info"),
    DocumentVerdict.PARSED: ("Read", "good"),
    DocumentVerdict.NEEDS_OCR: ("A scan without text: read it yourself", "warn"),
    DocumentVerdict.EMPTY: ("Empty: ask for it again", "bad"),
    DocumentVerdict.ENCRYPTED: ("Locked with a password: ask for an open copy", "bad"),
    DocumentVerdict.CORRUPT: ("Damaged: ask for it again", "bad"),
    DocumentVerdict.BOMB: ("Refused: unpacks to an unreasonable size", "bad"),
    DocumentVerdict.TOO_LARGE: ("Too large to read", "bad"),
    DocumentVerdict.TOO_MANY_PAGES: ("Too many pages to read", "bad"),
    DocumentVerdict.UNSUPPORTED: ("A type of file that is not read: open it yourself", "bad"),
    DocumentVerdict.TIMEOUT: ("Took too long to read", "bad"),
}
_ENGINE = {
    Engine.LABEL: "read beside its label",
    Engine.VALIDATOR: "verified by check digits",
    Engine.MODEL: "read by the model, found in the text",
}


def documents(client: Client, dossier: Dossier) -> None:
    """Show one document with its fields."""
    if not dossier.documents:
        safe.show(safe.paragraph("This case came without documents."))
        return
    chosen = _choose(dossier.documents)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        safe.show(_state(chosen))
        field = _fields(chosen)
        safe.show(_warnings(chosen))
        _download(client, chosen)
    with right:
        _page(client, chosen, field)


def _choose(found: tuple[Document, ...]) -> Document:
    by_id = {d.id: d for d in found}
    chosen = st.selectbox(
        "Document",
        list(by_id),
        format_func=lambda i: f"{words.plain(by_id[i].type)} · {safe.visible(by_id[i].filename)}",
        key="document",
    )
    return by_id[chosen]


def _state(document: Document) -> str:
    said, tone = _VERDICT[document.verdict]
    reason = safe.paragraph(document.verdict_reason, quiet=True) if document.verdict_reason else ""
    pages = words.amount_of(document.page_count, "page") if document.page_count else ""
    return f"<p>{chip(said, tone)}{esc(pages)}</p>{reason}"


def _fields(document: Document) -> Field | None:
    """Show each value with a button that points to its place; give the chosen one."""
    if not document.fields:
        safe.show(safe.paragraph("No values were read from this document.", quiet=True))
        return None
    key = f"field-{document.id}"
    rows = st.container(gap="xsmall")
    for number, field in enumerate(document.fields):
        name, shown = rows.columns([2, 3], vertical_alignment="center", gap="small")
        chosen = st.session_state.get(key, 0) == number
        with name:
            st.button(
                safe.label(words.plain(field.name)),
                key=f"{key}-{number}",
                type="primary" if chosen else "secondary",
                width="stretch",
                help="Show where this stands on the page",
                on_click=_choose_field,
                args=(key, number),
            )
        with shown:
            safe.show(_value(field))
    place: int = st.session_state.get(key, 0)
    return document.fields[min(place, len(document.fields) - 1)]


def _choose_field(key: str, number: int) -> None:
    st.session_state[key] = number


def _value(field: Field) -> str:
    other = f"read as {field.normalised}, " if field.normalised != field.value else ""
    sure = f"{other}{_ENGINE[field.engine]}, {field.confidence:.0%} sure"
    about = chip(field.subject) if field.subject else ""
    return (
        f'<div class="cg-field"><span class="cg-strong">{esc(field.value)}</span> {about}<br>'
        f'<span class="cg-quiet">{esc(sure)}</span></div>'
    )


def _warnings(document: Document) -> str:
    rows = [
        f"<p>{chip('Look closely', 'warn')}{esc(s.message)}"
        f"{f' (page {s.page})' if s.page else ''} <span class='cg-quiet'>{esc(s.kind)}</span></p>"
        for s in document.signals
    ]
    rows += [
        f"<p>{chip('Not taken', 'plain')}{esc(words.plain(d.name))}: "
        "the model gave a value that does not stand in the document "
        f'<span class="cg-quiet">{esc(d.reason)}</span></p>'
        for d in document.dropped
    ]
    return "".join(rows)


def _download(client: Client, document: Document) -> None:
    st.download_button(
        "Download the file as it came",
        data=lambda: client.document_file(document.case_id, document.id),
        file_name=f"{document.id}{_ending(document)}",
        mime="application/octet-stream",
        key=f"download-{document.id}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _ending(document: Document) -> str:
    _, dot, ending = document.filename.rpartition(".")
    return f".{ending}" if dot and ending.isalnum() else ""


def _page(client: Client, document: Document, field: Field | None) -> None:
    if not document.pages:
        _text(client, document)
        return
    page = _choose_page(document, field)
    boxes = field.boxes if field is not None and field.page == page.page else ()
    try:
        png = _png(client, document, page)
    except ClientError as error:
        show_error(error)
        return
    place = f"page {page.page} of {document.page_count}"
    told = f"{words.plain(field.name)} framed, {place}" if field and boxes else place
    st.image(marked_page(png, page, boxes), width="stretch", caption=told, alt=told)


def _choose_page(document: Document, field: Field | None) -> PageImage:
    by_number = {p.page: p for p in document.pages}
    wanted = field.page if field and field.page in by_number else document.pages[0].page
    if len(by_number) > 1:
        # A key that holds the field makes the page follow the field chosen last.
        key = f"page-{document.id}-{field.name if field else ''}"
        numbers = list(by_number)
        wanted = st.segmented_control(
            "Page", numbers, default=wanted, required=True, key=key, width="stretch"
        )
    return by_number[wanted or document.pages[0].page]


def _text(client: Client, document: Document) -> None:
    if document.text_blob is None:
        safe.show(safe.paragraph("There is no page to show. Download the file to see it."))
        return
    try:
        text = client.document_text(document.case_id, document.id)
    except ClientError as error:
        show_error(error)
        return
    st.text(safe.visible(text))


def _png(client: Client, document: Document, page: PageImage) -> bytes:
    kept: dict[str, bytes] = st.session_state.setdefault("pages", {})
    if page.blob not in kept:
        if len(kept) >= 20:
            kept.clear()
        kept[page.blob] = client.document_page(document.case_id, document.id, page.page)
    return kept[page.blob]
