"""Hands a person's word on a screening hit to the service, and says what followed from it."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from casegate.client import (
    CaseStatus,
    ClientError,
    Dossier,
    HitAnswer,
    HitReview,
    HitStanding,
    Role,
)
from ui import words
from ui.components import safe
from ui.components.review import Desk

_SECONDS = {Role.INVESTIGATOR, Role.MLRO}
"""Roles that are shown a colleague's word to answer; whether they may is the service's answer."""
_ANSWERS: dict[HitAnswer, str] = {
    "false_positive": "False positive: another person or company",
    "true_match": "True match: the listed one",
    "unsure": "Unsure: it stays open",
}
_LONGEST = 1000
OPEN = "answering-hit"
_TYPED = ("is", "why", "agrees", "second-why", "until", "end-why")
"""Prefixes of what is typed for a hit; it goes once it is kept."""


def key_of(one: HitStanding) -> str:
    """Name a hit for widgets."""
    return f"{one.hit.party}-{one.hit.list}-{one.hit.entity_id}"


def answerable(desk: Desk, one: HitStanding) -> HitReview | None:
    """Give the colleague's word that this person may answer, if there is one."""
    newest = one.words[-1] if one.words else None
    if newest is None or newest.seconds or newest.reviewer == desk.me.id:
        return None
    at_work = desk.dossier.case.status is CaseStatus.INVESTIGATING
    return newest if at_work and _SECONDS.intersection(desk.me.roles) else None


def forms(desk: Desk, one: HitStanding, *, first: bool) -> None:
    """Show what this person can do with a hit: answer it, answer a colleague, end a suppression."""
    word = answerable(desk, one)
    if word is not None:
        _second(desk, one, word)
    if desk.open and st.session_state.get(OPEN, key_of(one) if first else None) == key_of(one):
        _answer(desk, one)
    elif desk.open:
        label = "Answer this hit" if one.state == "open" else "Answer again"
        st.button(label, key=f"answer-{key_of(one)}", on_click=_open, args=(key_of(one),))
    _ending(desk, one)
    _refused(one)


def _open(key: str) -> None:
    st.session_state[OPEN] = key
    st.session_state.pop("hit-refused", None)


def _answer(desk: Desk, one: HitStanding) -> None:
    key = key_of(one)
    with st.form(f"hit-{key}", border=True):
        st.radio(
            "What is this hit?",
            list(_ANSWERS),
            index=None,
            format_func=lambda answer: _ANSWERS[answer],
            key=f"is-{key}",
        )
        st.text_area("Why, for colleagues and examiners", max_chars=_LONGEST, key=f"why-{key}")
        st.form_submit_button("Save the answer", type="primary", on_click=_say, args=(desk, one))


def _second(desk: Desk, one: HitStanding, word: HitReview) -> None:
    key = key_of(one)
    may_suppress = word.answer == "false_positive" and one.customer
    with st.form(f"second-{key}", border=True):
        st.radio(
            "Do you agree with your colleague?",
            [True, False],
            index=None,
            format_func=lambda agrees: "I agree" if agrees else "I disagree: the hit is open again",
            key=f"agrees-{key}",
            horizontal=True,
        )
        st.text_area("Why, in your own words", max_chars=_LONGEST, key=f"second-why-{key}")
        if may_suppress:
            st.date_input(
                "Ask nobody again about this entry and this customer until",
                value=None,
                format="YYYY-MM-DD",
                key=f"until-{key}",
                help="Left empty, nothing is suppressed. It ends at once when the entry or what is "
                "known of the customer changes.",
            )
        st.form_submit_button(
            "Save as second person", type="primary", on_click=_agree, args=(desk, one, word)
        )
    if word.answer == "false_positive" and not one.customer:
        said = "This party has no customer number, so the hit can't be suppressed for later."
        safe.show(safe.paragraph(said, quiet=True))


def _ending(desk: Desk, one: HitStanding) -> None:
    made = one.suppression
    if made is None or one.suppression_end is not None or not _SECONDS.intersection(desk.me.roles):
        return
    key = key_of(one)
    with st.expander("End this suppression"), st.form(f"end-{key}", border=False):
        st.text_area("Why it ends", max_chars=_LONGEST, key=f"end-why-{key}")
        st.form_submit_button("End it now", on_click=_end, args=(desk, one, made.id))


def _say(desk: Desk, one: HitStanding) -> None:
    key, hit = key_of(one), one.hit
    answer: HitAnswer | None = st.session_state.get(f"is-{key}")
    if answer is None:
        _keep_refusal(one, "Choose what this hit is.")
        return

    def send() -> object:
        return desk.client.review_hit(
            desk.dossier.case.id,
            party=hit.party,
            list=hit.list,
            entity_id=hit.entity_id,
            answer=answer,
            reason=_typed(f"why-{key}"),
            version=desk.dossier.case.version,
        )

    _do(desk, one, send, f"Answered: {_ANSWERS[answer].partition(':')[0].lower()}.")


def _agree(desk: Desk, one: HitStanding, word: HitReview) -> None:
    key = key_of(one)
    agrees: bool | None = st.session_state.get(f"agrees-{key}")
    until: date | None = st.session_state.get(f"until-{key}")
    if agrees is None:
        _keep_refusal(one, "Choose whether you agree.")
        return

    def send() -> object:
        return desk.client.second_hit(
            desk.dossier.case.id,
            word.id,
            agrees=agrees,
            reason=_typed(f"second-why-{key}"),
            suppress_until=until,
            version=desk.dossier.case.version,
        )

    done = "You agreed: the answer counts." if agrees else "You disagreed: the hit is open again."
    if until is not None:
        done += f" Suppressed until {words.day(until)}."
    _do(desk, one, send, done)


def _end(desk: Desk, one: HitStanding, suppression: str) -> None:
    reason = _typed(f"end-why-{key_of(one)}")
    _do(
        desk,
        one,
        lambda: desk.client.end_suppression(suppression, reason),
        "The suppression is ended: its hits count again.",
    )


def _typed(key: str) -> str:
    return str(st.session_state.get(key) or "")


def _do(desk: Desk, one: HitStanding, send: Callable[[], object], done: str) -> None:
    st.session_state.pop("hit-refused", None)
    try:
        send()
        after = desk.client.dossier(desk.dossier.case.id)
    except ClientError as error:
        st.session_state["hit-refused"] = (key_of(one), error.detail, error.remedy)
        return
    for kept in (OPEN, *(f"{part}-{key_of(one)}" for part in _TYPED)):
        st.session_state.pop(kept, None)
    st.session_state["hit-told"] = f"{done} {_followed(after)}"


def _followed(after: Dossier) -> str:
    """Say what the gate makes of it."""
    if after.ruling is None:
        return ""
    return f"The checks ran again; the gate says: {words.OUTCOME[after.ruling.outcome][0].lower()}."


def _keep_refusal(one: HitStanding, said: str) -> None:
    st.session_state["hit-refused"] = (key_of(one), said, "")


def told() -> None:
    """Show what the last word led to."""
    if (said := st.session_state.pop("hit-told", None)) is not None:
        safe.show(f'<div class="cg-note" role="status">{safe.esc(said)}</div>')


def _refused(one: HitStanding) -> None:
    kept = st.session_state.get("hit-refused")
    if kept is None or kept[0] != key_of(one):
        return
    remedy = f"<br>{safe.esc(kept[2])}" if kept[2] else ""
    said = f"<strong>{safe.esc(kept[1])}</strong>{remedy}"
    safe.show(f'<div class="cg-error" role="alert">{said}</div>')
