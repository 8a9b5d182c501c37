"""The log: is it whole?"""

import streamlit as st

from casegate.client import AuditReport, Client, ClientError
from ui.components import safe
from ui.components.safe import esc
from ui.session import show_error


def show(client: Client) -> None:
    """Show the whole screen."""
    st.title("Audit log", anchor=False)
    safe.show(
        safe.paragraph(
            "Every step of every case is an entry in a chain: each entry holds the hash of the one "
            "before. Verifying reads all of it and finds any entry that was altered, removed, "
            "reordered or cut off."
        )
    )
    if not st.button("Verify the whole log", type="primary", icon=":material/verified:"):
        return
    try:
        with st.spinner("Reading every entry"):
            report = client.verify_audit()
    except ClientError as error:
        show_error(error)
        return
    safe.show(verdict(report))


def verdict(report: AuditReport) -> str:
    """Draw what verifying found."""
    tone = "good" if report.ok else "bad"
    lead = "The log is whole" if report.ok else "The log does not verify"
    rows = safe.pairs(
        [
            ("Entries read", f"{report.entries:,}"),
            ("First bad entry", report.first_bad),
            ("What is wrong", report.reason),
            ("Last signed entry", report.checkpoint),
            ("Root", report.root),
        ]
    )
    remedy = "" if report.ok else safe.paragraph("Stop work and tell whoever runs the service.")
    return (
        f'<section class="cg-card cg-edge-{tone}" role="status"><h2>Result</h2>'
        f'<p class="cg-lead">{esc(lead)}</p>{remedy}{rows}</section>'
    )
