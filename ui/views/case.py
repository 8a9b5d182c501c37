"""One case: what must be read first stands first, the rest under tabs."""

from collections.abc import Callable

import streamlit as st

from casegate.client import CaseStatus, Client, ClientError, Dossier, Principal, Role
from ui import words
from ui.components import header, safe
from ui.components.approval import answers, approval, snapshot
from ui.components.decision import decision
from ui.components.documents import documents
from ui.components.evidence import evidence
from ui.components.findings import findings
from ui.components.narrative import narrative, tally
from ui.components.overview import overview
from ui.components.progress import progress
from ui.components.safe import esc
from ui.components.screening import screening
from ui.components.timeline import timeline
from ui.components.transactions import transactions
from ui.session import show_error, told

S = CaseStatus

TABS = (
    "Narrative",
    "Findings",
    "Screening",
    "Transactions",
    "Documents",
    "Customer",
    "Evidence",
    "Timeline",
    "Decide",
)
_BEFORE_PEOPLE = {S.RECEIVED, S.PROCESSING}
_WORKERS = {Role.ANALYST, Role.INVESTIGATOR, Role.MLRO}
"""Roles that are shown what can be done; whether they may is the API's answer."""
_CLAIMABLE = {S.READY_FOR_REVIEW, S.ASSIGNED}


def show(client: Client, me: Principal) -> None:
    """Show the whole screen."""
    case_id = st.query_params.get("id", "")
    if not case_id:
        safe.show('<div class="cg-note" role="note">Choose a case in the queue.</div>')
        return
    try:
        dossier = client.dossier(case_id)
    except ClientError as error:
        show_error(error)
        return
    _news()
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        safe.show(header.title(dossier))
    if dossier.case.status in _BEFORE_PEOPLE:
        progress(client, case_id, dossier.case.status)
        return
    with right:
        _action(client, dossier, me)
    safe.show(header.lead(dossier))
    _tabs(client, dossier, me)


def _news() -> None:
    """Show what the last action did, or why it was refused."""
    if (done := st.session_state.pop("told", None)) is not None:
        safe.show(f'<p role="status">{safe.chip(done, "good")}</p>')
    if (error := st.session_state.pop("refused", None)) is not None:
        show_error(error)


def _action(client: Client, dossier: Dossier, me: Principal) -> None:
    """Show the one thing that can be done next with this case."""
    case = dossier.case
    if not _WORKERS.intersection(me.roles):
        return
    if case.status in _CLAIMABLE:
        _button("Take this case", _claim, (client, case.id, case.version))
    elif case.status is S.INVESTIGATING and case.assignee != me.id:
        _button(f"Take over from {case.assignee}", _claim, (client, case.id, case.version))
    elif case.status is S.INVESTIGATING:
        _button("Decide", _open_tab, (case.id, "Decide"))
    elif case.status is S.PENDING_APPROVAL:
        _button("Read the decision", _open_tab, (case.id, "Decide"))
    elif case.status is S.FAILED:
        _button("Prepare it again", _retry, (client, case.id))


def _button(label: str, act: Callable[..., None], args: tuple[object, ...]) -> None:
    name = safe.label(label)
    st.button(name, type="primary", key="next", on_click=act, args=args, width="stretch")


def _claim(client: Client, case_id: str, version: int) -> None:
    try:
        client.claim(case_id, version=version)
    except ClientError as error:
        st.session_state["refused"] = error
        return
    st.session_state["told"] = "The case is yours."


def _retry(client: Client, case_id: str) -> None:
    try:
        client.retry(case_id)
    except ClientError as error:
        st.session_state["refused"] = error


def _open_tab(case_id: str, name: str) -> None:
    """Have the tabs drawn anew with `name` in front.

    New tabs, because setting the old ones' state can cross with what the browser last said of it.
    """
    turn = st.session_state.get("tabs", ("", "", 0))[2]
    st.session_state["tabs"] = (case_id, name, turn + 1)


def _tabs(client: Client, dossier: Dossier, me: Principal) -> None:
    of, first, turn = st.session_state.get("tabs", ("", "", 0))
    start = first if of == dossier.case.id else TABS[0]
    tabs = st.tabs(TABS, key=f"tabs-{dossier.case.id}-{turn}", default=start, on_change="rerun")
    for name, tab in zip(TABS, tabs, strict=True):
        if not tab.open:
            continue
        with tab, told():
            _tab(name, client, dossier, me)


def _tab(name: str, client: Client, dossier: Dossier, me: Principal) -> None:
    if name == "Transactions":
        transactions(client, dossier)
    elif name == "Documents":
        documents(client, dossier, me)
    elif name == "Screening":
        screening(client, dossier, me)
    elif name == "Decide":
        _decide(client, dossier, me)
    elif name == "Timeline":
        safe.show(timeline(client.events(dossier.case.id)))
    else:
        safe.show(_drawn(name, dossier))


def _drawn(name: str, dossier: Dossier) -> str:
    proposal = dossier.proposal
    if name == "Narrative":
        if proposal is None:
            return safe.paragraph("There is no narrative that you may see.")
        report = dossier.claims or proposal.claims
        return tally(report) + narrative(dossier, proposal.narrative.sentences, report)
    if name == "Findings":
        ruling = dossier.ruling
        return (
            findings(ruling, dossier.documents)
            if ruling
            else safe.paragraph("There is no ruling that you may see.")
        )
    return {"Customer": overview, "Evidence": evidence}[name](dossier)


def _decide(client: Client, dossier: Dossier, me: Principal) -> None:
    case = dossier.case
    if case.status is S.PENDING_APPROVAL:
        approval(client, dossier, me)
    elif case.status is S.INVESTIGATING and case.assignee == me.id:
        safe.show(answers(dossier.approvals))
        decision(client, dossier)
    elif dossier.decision is not None:
        safe.show(answers(dossier.approvals) + snapshot(dossier, dossier.decision))
    else:
        said = _WHY_NOT.get(case.status, "This case is not open for a decision.")
        safe.show(f'<div class="cg-note" role="note">{esc(said)}</div>')


_WHY_NOT = {
    S.READY_FOR_REVIEW: "Take the case first: the button stands above.",
    S.ASSIGNED: "Take the case first: the button stands above.",
    S.INVESTIGATING: "A colleague holds this case. Take it over to decide.",
    S.FAILED: f"{words.STATUS[S.FAILED][0]}. Prepare it again, or read what there is.",
}
