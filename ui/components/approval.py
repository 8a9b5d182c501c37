"""What the second person reads: the exact decision, what it changed, and its content hash."""

from difflib import SequenceMatcher

import streamlit as st

from casegate.client import (
    Approval,
    Client,
    ClientError,
    Decision,
    Disposition,
    Dossier,
    Principal,
)
from ui import words
from ui.components import safe
from ui.components.findings import findings
from ui.components.narrative import narrative, tally
from ui.components.safe import chip, esc
from ui.session import show_error


def approval(client: Client, dossier: Dossier, me: Principal) -> None:
    """Show the pending decision with the two answers to it."""
    made = dossier.decision
    if made is None:
        safe.show(safe.paragraph("No decision waits here."))
        return
    if made.maker == me.id:
        said = "You made this decision. A second person has to approve it."
        safe.show(f'<div class="cg-note" role="note">{esc(said)}</div>')
    safe.show(snapshot(dossier, made))
    note = st.text_area(
        "Note to the maker",
        key=f"note-{made.id}",
        height=80,
        placeholder="Needed when you return it: what has to change",
        persist_state="session",
    )
    error = st.session_state.pop("approval-error", None)
    if error is not None:
        show_error(error)
    yes, no, _ = st.columns([2, 2, 4])
    with yes:
        st.button(
            "Approve this decision",
            type="primary",
            key="approve",
            width="stretch",
            on_click=_answer,
            args=(client, made, True),
        )
    with no:
        st.button(
            "Return to the maker",
            key="return",
            width="stretch",
            disabled=not str(note or "").strip(),
            help="Write a note first",
            on_click=_answer,
            args=(client, made, False),
        )


def _answer(client: Client, made: Decision, approved: bool) -> None:
    """Answer on the decision as it stood on the screen: `made` was bound when it was drawn."""
    try:
        client.approve(
            made.case_id,
            decision_id=made.id,
            content_hash=made.content_hash,
            approved=approved,
            note=str(st.session_state.get(f"note-{made.id}") or "").strip(),
        )
    except ClientError as error:
        st.session_state["approval-error"] = error
        return
    st.session_state["told"] = _told(made, approved)


def _told(made: Decision, approved: bool) -> str:
    if not approved:
        return "Returned to the maker."
    stays = made.disposition is Disposition.INCONCLUSIVE
    return "Approved. The case stays open." if stays else "Approved."


def snapshot(dossier: Dossier, made: Decision) -> str:
    """Draw a decision whole: what, why, what it changed, the text and the gate's answer."""
    return "".join(
        (
            _summary(made),
            _heading("What the maker changed against the proposal"),
            changes(dossier, made),
            _heading("The narrative that is decided on"),
            tally(made.claims),
            narrative(dossier, made.sentences, made.claims),
            _heading("The gate on this decision"),
            findings(made.ruling, dossier.documents),
            _heading("What an approval is bound to"),
            f'<p class="cg-hash">{esc(made.content_hash)}</p>',
            safe.paragraph("One changed byte gives another hash and voids it.", quiet=True),
        )
    )


def _summary(made: Decision) -> str:
    rating = words.RATING[made.rating][0] if made.rating else ""
    read = ", ".join(_read(tick) for tick in made.acknowledged)
    rows = [
        ("Reason", words.REASON.get(made.reason_code, words.plain(made.reason_code))),
        ("Rationale", made.rationale),
        ("Risk rating", rating),
        ("Detection date", words.day(made.detection_date)),
        ("Confirmed as read", read),
        ("Made by", f"{made.maker}, {words.plain(made.maker_role).lower()}"),
        ("Made", words.minute(made.made_at)),
    ]
    lead = f'<p class="cg-lead">{esc(words.DISPOSITION[made.disposition])}</p>'
    return (
        f'<section class="cg-card cg-edge-info"><h2>The decision</h2>{lead}{safe.pairs(rows)}'
        "</section>"
    )


def _read(tick: str) -> str:
    """Name what was ticked; sentences are counted from 0 in the record, from 1 on the screen."""
    number = tick.removeprefix("S")
    return f"sentence {int(number) + 1}" if number.isdecimal() else tick


def changes(dossier: Dossier, made: Decision) -> str:
    """Draw the difference between proposal and decision, word by word."""
    proposal = dossier.proposal
    if proposal is None:
        return safe.paragraph("There was no proposal; the maker wrote all of it.")
    rows = []
    if made.disposition is not proposal.disposition:
        was, now = words.DISPOSITION[proposal.disposition], words.DISPOSITION[made.disposition]
        rows.append(f"<p>Disposition: <del>{esc(was)}</del> <ins>{esc(now)}</ins></p>")
    if made.rating is not None and made.rating is not proposal.rating:
        was, now = words.RATING[proposal.rating][0], words.RATING[made.rating][0]
        rows.append(f"<p>Risk rating: <del>{esc(was)}</del> <ins>{esc(now)}</ins></p>")
    before = proposal.narrative.sentences
    if [s.text for s in before] != [s.text for s in made.sentences]:
        old = " ".join(s.text for s in before)
        rows.append(f"<p>{_words_changed(old, ' '.join(s.text for s in made.sentences))}</p>")
    if not rows:
        return f"<p>{chip('Nothing: disposition and text are as proposed', 'good')}</p>"
    return f'<div class="cg-diff">{"".join(rows)}</div>'


def _words_changed(old: str, new: str) -> str:
    before, after = old.split(" "), new.split(" ")
    drawn = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            drawn.append(esc(" ".join(before[a:b])))
            continue
        if a < b:
            drawn.append(f"<del>{esc(' '.join(before[a:b]))}</del>")
        if c < d:
            drawn.append(f"<ins>{esc(' '.join(after[c:d]))}</ins>")
    return " ".join(drawn)


def answers(approvals: tuple[Approval, ...]) -> str:
    """Draw what approvers answered so far."""
    rows = [
        (
            "Approved" if a.approved else "Returned",
            f"{a.approver}, {words.plain(a.approver_role).lower()}",
            words.minute(a.at),
            a.note,
            a.content_hash[:12],
        )
        for a in approvals
    ]
    return safe.table(("Answer", "By", "When", "Note", "Content"), rows) if rows else ""


def _heading(text: str) -> str:
    return f'<h3 class="cg-section">{esc(text)}</h3>'
