"""The queue: what waits for whom, most pressing first."""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import Page

from casegate.client import (
    PRECEDENCE,
    CaseStatus,
    Client,
    ClientError,
    Disposition,
    Principal,
    QueueRow,
    RiskLevel,
)
from ui import words
from ui.components import safe
from ui.components.safe import chip, esc
from ui.session import show_error

S = CaseStatus

GROUPS: dict[str, tuple[CaseStatus, ...]] = {
    "To do": (S.FAILED, S.READY_FOR_REVIEW, S.ASSIGNED, S.INVESTIGATING, S.ESCALATED),
    "To approve": (S.PENDING_APPROVAL,),
    "Being prepared": (S.RECEIVED, S.PROCESSING),
    "Ended": (S.PENDING_FILING, S.CLOSED),
}
"""Statuses by the question a person comes with."""

_EMPTY = {
    "To do": "Nothing waits for you. New cases appear here by themselves once they are ready.",
    "To approve": "No decision waits for a second person.",
    "Being prepared": "No case is being prepared. `casegate case open BUNDLE` or POST /v1/cases "
    "brings one; `casegate demo` brings five examples.",
    "Ended": "No case has ended yet.",
}
_WIDTHS = [3, 8]
_HEAD = ("Case", "State", "Agent proposes", "Gate", "Risk", "Amount", "Held by")
_STEP = 50


def show(client: Client, me: Principal, case: Page) -> None:
    """Show the whole screen."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        st.title("Queue", anchor=False)
        group = st.segmented_control(
            "Which cases",
            list(GROUPS),
            default="To do",
            required=True,
            key="queue-group",
            label_visibility="collapsed",
        )
    with right:
        mine = st.toggle("Only cases that I hold", key="queue-mine")
    _rows(client, me.id if mine else None, group or "To do", case)


@st.fragment(run_every=10)
def _rows(client: Client, assignee: str | None, group: str, case: Page) -> None:
    """Show the rows; looks again by itself, so that new cases appear."""
    limit = st.session_state.get("queue-limit", _STEP)
    try:
        found, more = fetch(client, GROUPS[group], assignee=assignee, limit=limit)
    except ClientError as error:
        show_error(error)
        return
    if not found:
        safe.show(f'<div class="cg-note" role="note">{esc(_EMPTY[group])}</div>')
        return
    _head()
    for row in found:
        _row(row, case)
    if more:
        st.button("Show more", on_click=_more)


def fetch(
    client: Client, statuses: Sequence[CaseStatus], *, assignee: str | None, limit: int
) -> tuple[list[QueueRow], bool]:
    """Give the cases of several statuses, the most pressing first, and whether more exist."""
    pages = [client.cases(status=s, assignee=assignee, limit=limit) for s in statuses]
    found = {row.case.id: row for page in pages for row in page.rows}
    return sorted(found.values(), key=_pressing), any(page.next for page in pages)


def _pressing(row: QueueRow) -> tuple[bool, bool, int, int, str]:
    """Rank: what failed, what may have to be filed, what the gate objects to, risk, age."""
    return (
        row.case.status is not S.FAILED,
        row.proposed is not Disposition.SUSPICIOUS_FILE,
        PRECEDENCE.index(row.outcome) if row.outcome else len(PRECEDENCE),
        -list(RiskLevel).index(row.rating) if row.rating else 0,
        row.case.id,
    )


def _head() -> None:
    left, right = st.columns(_WIDTHS, gap="small")
    with left:
        safe.show(f'<p class="cg-quiet">{esc(_HEAD[0])}</p>')
    with right:
        names = "".join(f"<span>{esc(name)}</span>" for name in _HEAD[1:])
        safe.show(f'<div class="cg-line cg-quiet">{names}</div>')


def _row(row: QueueRow, case: Page) -> None:
    with st.container(key=f"row-{row.case.id}", gap=None):
        left, right = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
        with left, st.container(gap=None):
            if st.button(
                safe.label(row.subject or row.reference),
                key=f"open-{row.case.id}",
                type="tertiary",
                help="Open this case",
            ):
                st.switch_page(case, query_params={"id": row.case.id})
            safe.show(f'<p class="cg-quiet">{esc(row.title)}, {words.day(row.case.opened_at)}</p>')
        with right:
            cells = "".join(f"<span>{cell}</span>" for cell in _cells(row))
            safe.show(f'<div class="cg-line">{cells}</div>')


def _cells(row: QueueRow) -> tuple[str, ...]:
    said, tone = words.STATUS[row.case.status]
    return (
        chip(said, tone),
        esc(words.DISPOSITION[row.proposed] if row.proposed else ""),
        chip(*words.OUTCOME[row.outcome][:2]) if row.outcome else "",
        chip(*words.RATING[row.rating]) if row.rating else "",
        _amount(row),
        esc(row.case.assignee or "nobody"),
    )


def _amount(row: QueueRow) -> str:
    if row.amount is None:
        return ""
    return f'<span class="cg-num">{esc(words.money(row.amount.amount, row.amount.currency))}</span>'


def _more() -> None:
    st.session_state["queue-limit"] = min(200, st.session_state.get("queue-limit", _STEP) + _STEP)
