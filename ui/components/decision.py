"""The maker's form: what the case comes to, why, and what was read on the way."""

from datetime import date
from typing import NamedTuple

import streamlit as st

from casegate.client import (
    ClaimReport,
    ClaimVerdict,
    Client,
    ClientError,
    DecisionDraft,
    Disposition,
    Dossier,
    Finding,
    Outcome,
    RiskLevel,
)
from ui import words
from ui.components import safe
from ui.components.edit import edit_key, edited, editor
from ui.components.findings import message
from ui.components.narrative import narrative, tally
from ui.session import show_error

_FILING = {Disposition.SUSPICIOUS_FILE, Disposition.SUSPICIOUS_NO_FILE}


class Tick(NamedTuple):
    """Something to confirm: the id that the API takes and the checkbox that holds the answer."""

    id: str
    key: str


@st.fragment
def decision(client: Client, dossier: Dossier) -> None:
    """Show text and form side by side. What was typed stays, whatever the API answers."""
    if st.session_state.pop("decided", False):
        st.rerun()
    text, form = st.columns([7, 5], gap="medium")
    with text:
        report = _narrative(client, dossier)
    with form:
        _choices(dossier)
        ticks = _ticks(dossier, report)
        _hand_in_button(client, dossier, ticks)


def _hand_in_button(client: Client, dossier: Dossier, ticks: tuple[Tick, ...]) -> None:
    error = st.session_state.pop("decision-error", None)
    if error is not None:
        show_error(error)
    st.button(
        "Hand in for approval",
        type="primary",
        key="decide",
        on_click=_hand_in,
        args=(client, dossier, ticks),
        width="stretch",
    )
    safe.show(
        safe.paragraph(
            "The gate reads it again, then a second person approves it. "
            "Nobody can approve their own decision.",
            quiet=True,
        )
    )


def _narrative(client: Client, dossier: Dossier) -> ClaimReport | None:
    proposal, key = dossier.proposal, edit_key(dossier.case.id)
    if proposal is None:
        safe.show(safe.paragraph("There is no proposal; write the narrative yourself."))
        st.session_state[key] = True
        return editor(client, dossier)
    st.toggle(
        "Change the narrative",
        key=key,
        persist_state="session",
        help="Off: the proposal's text is taken as it is, byte for byte",
    )
    if st.session_state[key]:
        return editor(client, dossier)
    report = dossier.claims or proposal.claims
    safe.show(tally(report) + narrative(dossier, proposal.narrative.sentences, report))
    return report


def _key(dossier: Dossier, what: str) -> str:
    return f"{what}-{dossier.case.id}"


def _choices(dossier: Dossier) -> None:
    proposal = dossier.proposal
    st.session_state.setdefault(
        _key(dossier, "disposition"), proposal.disposition if proposal else None
    )
    chosen = st.selectbox(
        "Disposition",
        list(Disposition),
        index=None,
        format_func=words.DISPOSITION.__getitem__,
        key=_key(dossier, "disposition"),
        placeholder="What the case comes to",
        persist_state="session",
    )
    _reason(dossier)
    st.selectbox(
        "Risk rating",
        [None, *RiskLevel],
        format_func=lambda level: _rating_name(dossier, level),
        key=_key(dossier, "rating"),
        persist_state="session",
    )
    if chosen in _FILING:
        st.date_input(
            "Detection date",
            value=None,
            key=_key(dossier, "detected"),
            help="The day on which there was reason to suspect. The filing clock starts here.",
            persist_state="session",
        )
    st.text_area(
        "Rationale",
        key=_key(dossier, "rationale"),
        height=110,
        placeholder="One to three sentences: why this, on what facts",
        persist_state="session",
    )


def _reason(dossier: Dossier) -> None:
    offered = list(dossier.proposal.reason_codes) if dossier.proposal else []
    st.selectbox(
        "Reason code",
        [*offered, *(code for code in words.REASON if code not in offered)],
        index=None,
        format_func=lambda code: words.REASON.get(code, words.plain(code)),
        key=_key(dossier, "reason"),
        placeholder="Why, in one code",
        persist_state="session",
    )


def _rating_name(dossier: Dossier, level: RiskLevel | None) -> str:
    if level is not None:
        return f"Override: {words.RATING[level][0].lower()}"
    computed = dossier.assessment
    return f"As computed: {words.RATING[computed.rating][0].lower()}" if computed else "None"


def _ticks(dossier: Dossier, report: ClaimReport | None) -> tuple[Tick, ...]:
    """Show what has to be confirmed as read."""
    flags = [f for f in (dossier.ruling.findings if dossier.ruling else ()) if _is_flag(f)]
    asked = {
        flag.rule: (message(flag, dossier.documents), f"I have read {flag.rule}") for flag in flags
    }
    for number, sentence in enumerate(report.sentences if report else ()):
        if sentence.verdict is ClaimVerdict.NOT_CHECKABLE:
            stands = f"I have judged sentence {number + 1} myself"
            asked[f"S{number}"] = (sentence.text, stands)
    if asked:
        safe.show("<h3 class='cg-section'>Read and considered</h3>")
    ticks = []
    for tick, (said, stands) in asked.items():
        # The text is part of the key: what changed has to be ticked again.
        ticks.append(Tick(tick, _key(dossier, f"tick-{tick}-{said}")))
        with st.container(gap=None):
            safe.show(safe.paragraph(said))
            st.checkbox(stands, key=ticks[-1].key, persist_state="session")
    return tuple(ticks)


def _is_flag(found: Finding) -> bool:
    return found.outcome is Outcome.FLAG


def _hand_in(client: Client, dossier: Dossier, ticks: tuple[Tick, ...]) -> None:
    state = st.session_state
    try:
        client.decide(dossier.case.id, _draft(dossier, ticks), version=dossier.case.version)
    except ClientError as error:
        state["decision-error"] = error
        return
    state["told"] = "Handed in. A second person has to approve it."
    state["decided"] = True


def _draft(dossier: Dossier, ticks: tuple[Tick, ...]) -> DecisionDraft:
    state = st.session_state
    disposition = state[_key(dossier, "disposition")]
    if disposition is None:
        raise ClientError("input_missing", "Choose a disposition first.")
    if not (reason := state[_key(dossier, "reason")]):
        raise ClientError("input_missing", "Choose a reason code first.")
    if not (rationale := str(state[_key(dossier, "rationale")] or "").strip()):
        raise ClientError("input_missing", "Write a rationale first.")
    detected: date | None = state.get(_key(dossier, "detected"))
    return DecisionDraft(
        disposition=disposition,
        reason_code=reason,
        rationale=rationale,
        rating=state[_key(dossier, "rating")],
        sentences=edited(dossier),
        detection_date=detected if disposition in _FILING else None,
        acknowledged=tuple(tick.id for tick in ticks if state[tick.key]),
    )
