"""How far the preparation of a case is; looks again by itself until people are to act."""

import streamlit as st

from casegate.client import CaseStatus, Client, ClientError
from ui import words
from ui.components import safe
from ui.components.safe import chip, esc
from ui.session import show_error

_STEPS = {
    "intake": "Reading the documents",
    "reconcile": "Comparing what the documents say",
    "read_document": "Reading a document",
    "gather": "Screening, transactions, ownership, history",
    "assess": "Rating the risk",
    "draft": "Drafting the narrative",
    "propose": "Forming the proposal",
    "gate": "Asking the rules",
    "hand_over": "Putting the case into the queue",
}


@st.fragment(run_every=2)
def progress(client: Client, case_id: str, status: CaseStatus) -> None:
    """Show the steps so far; loads the whole screen again once the case has moved on."""
    try:
        now = client.dossier(case_id).case.status
        steps = client.progress(case_id).steps
    except ClientError as error:
        show_error(error)
        return
    if now is not status:
        st.rerun()
    rows = [
        f"<li>{esc(_STEPS.get(step.node, words.plain(step.node)))} "
        f'<span class="cg-quiet">{esc(words.minute(step.at))}</span></li>'
        for step in steps
    ]
    rows = rows or ["<li>Waits for the worker. Is `casegate work` running?</li>"]
    safe.show(
        f'<section class="cg-card cg-edge-info" role="status" aria-live="polite">'
        f"<h2>This case is being prepared</h2><ol>{''.join(rows)}</ol>"
        f"<p>{chip('This page looks again every two seconds')}</p></section>"
    )
