"""What a person does with a whole document: accept, reject, ask for a better copy."""

import streamlit as st

from casegate.client import WANTED_COPY, Client, Document, DocumentAnswer, Dossier
from ui import words
from ui.components import review, safe
from ui.components.review import Desk
from ui.components.safe import chip, esc

_ANSWER = {
    DocumentAnswer.ACCEPT: ("Accepted", "good"),
    DocumentAnswer.REJECT: ("Rejected", "bad"),
    DocumentAnswer.ASK_AGAIN: ("A better copy was asked for", "warn"),
    DocumentAnswer.REPLACED: ("Replaced by another copy", "info"),
}
_ASK = {
    DocumentAnswer.REJECT: ("Reject this document", "Why nothing may rest on it"),
    DocumentAnswer.ASK_AGAIN: ("Ask again", "What is wrong with this copy, for colleagues"),
}


def answered(dossier: Dossier, document: Document) -> str:
    """Draw what a person did with a document last; nothing if nobody did."""
    found = [one for one in dossier.document_reviews if one.document_id == document.id]
    if not found:
        return ""
    last = found[-1]
    word, tone = _ANSWER[last.answer]
    reason = f": {esc(last.reason)}" if last.reason else ""
    by = f"{last.reviewer}, {words.minute(last.at)}"
    return f"<p>{chip(word, tone)}{esc(by)}{reason}</p>"


def answering(desk: Desk, document: Document) -> None:
    """Show the three answers; two of them ask for a reason."""
    safe.show('<h3 class="cg-section">This document</h3>')
    with st.container(horizontal=True, gap="small", key=f"answers-{document.id}"):
        st.button(
            "Accept",
            key=f"accept-{document.id}",
            type="primary",
            shortcut="A",
            on_click=review.answer,
            args=(desk, document, DocumentAnswer.ACCEPT),
        )
        for said, (label, _) in _ASK.items():
            st.button(
                label,
                key=f"{said}-{document.id}",
                on_click=_open,
                args=(document.id, said),
            )
    chosen = st.session_state.get(f"answering-{document.id}")
    if chosen is not None:
        _reason(desk, document, chosen)
    review.refused(document, "answer")


def _open(document_id: str, said: DocumentAnswer) -> None:
    st.session_state[f"answering-{document_id}"] = said


def _close(document_id: str) -> None:
    st.session_state.pop(f"answering-{document_id}", None)
    st.session_state.pop("review-refused", None)


def _reason(desk: Desk, document: Document, said: DocumentAnswer) -> None:
    label, asked = _ASK[said]
    with st.form(f"answer-{document.id}", border=True):
        if said is DocumentAnswer.ASK_AGAIN:
            st.selectbox(
                "What its sender is told",
                list(WANTED_COPY),
                format_func=lambda code: WANTED_COPY[code].capitalize(),
                key=f"wanted-{document.id}",
            )
        st.text_input(asked, key=f"reason-{document.id}", autocomplete="off")
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                label, type="primary", on_click=review.answer, args=(desk, document, said)
            )
            st.form_submit_button("Leave it", on_click=_close, args=(document.id,))
    safe.focus_form()


def download(client: Client, document: Document) -> None:
    """Offer the file as it came; it never opens in the browser."""
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
