"""The documents of a case: what needs a person first, the page beside what was read from it."""

import streamlit as st

from casegate.client import (
    Client,
    Document,
    DocumentVerdict,
    Dossier,
    Principal,
)
from ui import words
from ui.components import reading, review, safe
from ui.components.answer import answered, answering, download
from ui.components.page import page
from ui.components.review import Desk
from ui.components.safe import chip, esc
from ui.components.signals import not_taken, signals, unseen, zone
from ui.components.values import values

VERDICT = {
    DocumentVerdict.PENDING: ("Not read yet", "info"),
    DocumentVerdict.PARSED: ("Read", "good"),
    DocumentVerdict.NEEDS_OCR: ("Not fully readable: read it yourself, or ask again", "warn"),
    DocumentVerdict.EMPTY: ("Empty: ask for it again", "bad"),
    DocumentVerdict.ENCRYPTED: ("Locked with a password: ask for an open copy", "bad"),
    DocumentVerdict.CORRUPT: ("Damaged: ask for it again", "bad"),
    DocumentVerdict.BOMB: ("Refused: unpacks to an unreasonable size", "bad"),
    DocumentVerdict.TOO_LARGE: ("Too large to read", "bad"),
    DocumentVerdict.TOO_MANY_PAGES: ("Too many pages to read", "bad"),
    DocumentVerdict.UNSUPPORTED: ("A type of file that is not read: open it yourself", "bad"),
    DocumentVerdict.TIMEOUT: ("Took too long to read", "bad"),
}
_KEYS = (
    ("J", "next value"), ("K", "previous value"), ("Y", "confirm"), ("E", "correct or enter"),
    ("N", "next document"), ("A", "accept the document"), ("Tab", "everything, in reading order"),
)  # fmt: skip


def documents(client: Client, dossier: Dossier, me: Principal) -> None:
    """Show the documents, one at a time."""
    if not dossier.documents:
        safe.show(safe.paragraph("This case came without documents."))
        return
    desk = Desk(client, dossier, me)
    chosen = _choose(reading.by_need(dossier.documents))
    _keys(desk, chosen)
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(gap="xsmall"):
        _about(dossier, chosen)
        review.told(chosen)
        signals(chosen)
        unseen(chosen)
        values(desk, chosen)
        zone(chosen)
        not_taken(chosen)
        if desk.open:
            answering(desk, chosen)
        download(client, chosen)
    with right, st.container(key="page-beside"):
        page(client, chosen)


def _choose(found: tuple[Document, ...]) -> Document:
    by_id = {d.id: d for d in found}
    if st.session_state.get(reading.CHOSEN) not in by_id:
        st.session_state[reading.CHOSEN] = found[0].id
    # Set on every run: the order changes with every review, and the box holds a place in it.
    st.session_state["document-box"] = st.session_state[reading.CHOSEN]
    needy = sum(reading.needs_person(d) for d in found)
    said = f"{needy} of {words.amount_of(len(found), 'document')} need a person"
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox(
            said,
            list(by_id),
            format_func=lambda i: _name(by_id[i]),
            key="document-box",
            on_change=_chosen,
        )
    with right:
        st.button(
            "Next document",
            shortcut="N",
            key="next-document",
            width="stretch",
            on_click=_next,
            args=(tuple(by_id), chosen),
        )
    return by_id[chosen]


def _name(document: Document) -> str:
    state = "settled" if document.answer is not None else reading.open_points(document) or "clear"
    inside = "↳ " if document.parent else ""
    return f"{inside}{reading.title(document)} · {safe.visible(document.filename)} · {state}"


def _chosen() -> None:
    st.session_state[reading.CHOSEN] = st.session_state["document-box"]


def _next(ids: tuple[str, ...], now: str) -> None:
    st.session_state[reading.CHOSEN] = ids[(ids.index(now) + 1) % len(ids)]


def _keys(desk: Desk, document: Document) -> None:
    """Show what the keys do, with the buttons that only keys need."""
    if not desk.open:
        if desk.why_not:
            safe.show(safe.paragraph(desk.why_not, quiet=True))
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="keys"):
        st.button(
            "Next value", shortcut="J", key="next-value", on_click=reading.step, args=(document, 1)
        )
        st.button(
            "Previous value",
            shortcut="K",
            key="previous-value",
            on_click=reading.step,
            args=(document, -1),
        )
        told = "".join(f"<kbd>{esc(key)}</kbd> {esc(what)} " for key, what in _KEYS)
        safe.show(f'<p class="cg-quiet cg-keys">{told}</p>')


def _about(dossier: Dossier, document: Document) -> None:
    said, tone = VERDICT[document.verdict]
    reason = safe.paragraph(document.verdict_reason, quiet=True) if document.verdict_reason else ""
    pages = words.amount_of(document.page_count, "page") if document.page_count else ""
    open_points = reading.open_points(document) if document.answer is None else ""
    mark = chip(open_points, "warn") if open_points else ""
    safe.show(f"<p>{chip(said, tone)}{mark}{esc(pages)}</p>{reason}{answered(dossier, document)}")
    _family(dossier, document)


def _family(dossier: Dossier, document: Document) -> None:
    """Lead to the mail or archive that a file came in, and to what came inside this one."""
    by_id = {d.id: d for d in dossier.documents}
    kin = (
        [(f"Came inside {by_id[document.parent].filename}", document.parent)]
        if (document.parent in by_id)
        else []
    )
    kin += [(f"Holds {d.filename}", d.id) for d in dossier.documents if d.parent == document.id]
    for said, other in kin:
        st.button(
            safe.label(said),
            key=f"kin-{document.id}-{other}",
            type="tertiary",
            icon=":material/attach_file:",
            on_click=_open,
            args=(other,),
        )


def _open(document_id: str) -> None:
    st.session_state[reading.CHOSEN] = document_id
