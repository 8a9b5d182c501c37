"""Hands a person's word on a document to the service, and says what followed from it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from casegate.client import (
    CaseStatus,
    Client,
    ClientError,
    Document,
    DocumentAnswer,
    Dossier,
    Principal,
    Role,
)
from ui import words
from ui.components import reading, safe

_WORKERS = {Role.ANALYST, Role.INVESTIGATOR, Role.MLRO}
_DONE = {
    DocumentAnswer.ACCEPT: "Accepted.",
    DocumentAnswer.REJECT: "Rejected: nothing rests on this document.",
    DocumentAnswer.ASK_AGAIN: "Asked again: nothing rests on this document.",
}


@dataclass(frozen=True)
class Desk:
    """The case on the screen and who looks at it."""

    client: Client
    dossier: Dossier
    me: Principal

    @property
    def open(self) -> bool:
        """Tell whether this person can review now; whether they may is the service's answer."""
        case = self.dossier.case
        return case.status is CaseStatus.INVESTIGATING and case.assignee == self.me.id

    @property
    def why_not(self) -> str:
        """Say what has to happen first."""
        if not _WORKERS.intersection(self.me.roles):
            return ""
        if self.dossier.case.status in {CaseStatus.READY_FOR_REVIEW, CaseStatus.ASSIGNED}:
            return "Take the case to confirm or correct what was read."
        if self.dossier.case.status is CaseStatus.INVESTIGATING:
            return "A colleague holds this case. Take it over to review its documents."
        return ""


def confirm(desk: Desk, document: Document, field_id: str) -> None:
    """Say that a value stands there as read, and go on to the next."""
    part = f"field:{field_id}"
    _do(
        desk,
        document,
        part,
        lambda version: desk.client.confirm_field(
            desk.dossier.case.id, document.id, field_id, version=version
        ),
        "Confirmed.",
    )


def correct(desk: Desk, document: Document, part: str) -> None:
    """Hand in what was typed for a value."""
    text = str(st.session_state.get(entry_key(document, part), ""))
    kind, _, name = part.partition(":")
    case_id = desk.dossier.case.id

    def send(version: int) -> object:
        if kind == "missing":
            return desk.client.give_field(case_id, document.id, name, text, version=version)
        return desk.client.correct_field(case_id, document.id, name, text, version=version)

    if _do(desk, document, part, send, "Corrected." if kind == "field" else "Entered."):
        close_entry()


def answer(desk: Desk, document: Document, said: DocumentAnswer) -> None:
    """Accept, reject or ask again."""
    reason = str(st.session_state.get(f"reason-{document.id}", ""))
    asks = said is DocumentAnswer.ASK_AGAIN
    code = st.session_state.get(f"wanted-{document.id}") if asks else None
    sent = _do(
        desk,
        document,
        "answer",
        lambda version: desk.client.review_document(
            desk.dossier.case.id, document.id, said, reason, reason_code=code, version=version
        ),
        _DONE[said],
    )
    if sent:
        st.session_state.pop(f"answering-{document.id}", None)


def _do(
    desk: Desk,
    document: Document,
    part: str,
    send: Callable[[int], object],
    done: str,
) -> bool:
    st.session_state.pop("review-refused", None)
    try:
        send(desk.dossier.case.version)
        after = desk.client.dossier(desk.dossier.case.id)
    except ClientError as error:
        st.session_state["review-refused"] = (document.id, part, error)
        return False
    st.session_state["review-told"] = (document.id, f"{done} {_followed(desk.dossier, after)}")
    reading.settled(document, part)
    return True


def _followed(before: Dossier, after: Dossier) -> str:
    """Say what the checks and the gate make of it."""
    if before.evidence == after.evidence:
        return "No check depends on it."
    was, now = (sum(len(d.signals) for d in one.documents) for one in (before, after))
    signals = f"{words.amount_of(now, 'signal')}"
    if was != now:
        signals += f" now, {was} before"
    gate = words.OUTCOME[after.ruling.outcome][0].lower() if after.ruling else "nothing"
    return f"The checks ran again: {signals}; the gate says: {gate}."


def told(document: Document) -> None:
    """Show what the last review of this document led to."""
    kept = st.session_state.get("review-told")
    if kept is not None and kept[0] == document.id:
        safe.show(f'<div class="cg-note" role="status">{safe.esc(kept[1])}</div>')


def refused(document: Document, part: str) -> None:
    """Show at its place what the service refused."""
    kept = st.session_state.get("review-refused")
    if kept is None or kept[:2] != (document.id, part):
        return
    error: ClientError = kept[2]
    remedy = f"<br>{safe.esc(error.remedy)}" if error.remedy else ""
    detail = error.detail
    if error.code == "value_refused":
        detail = f"That can't be taken for {_of(document, part)}."
    said = f"<strong>{safe.esc(detail)}</strong>{remedy}"
    safe.show(f'<div class="cg-error" role="alert">{said}</div>')


def _of(document: Document, part: str) -> str:
    kind, _, name = part.partition(":")
    if kind == "field":
        name = next((f.name for f in document.fields if f.id == name), name)
    return words.plain(name).lower()


def entry_key(document: Document, part: str) -> str:
    """Name the box in which a value is typed."""
    return f"entry-{document.id}-{part}"


def open_entry(document: Document, part: str) -> None:
    """Let a value be typed."""
    st.session_state.pop("review-refused", None)
    st.session_state["entering"] = (document.id, part)
    reading.look_at(document.id, part)


def close_entry() -> None:
    """Put the box away."""
    st.session_state.pop("entering", None)
    st.session_state.pop("review-refused", None)


def entering(document: Document, part: str) -> bool:
    """Tell whether a value is being typed."""
    return st.session_state.get("entering") == (document.id, part)
