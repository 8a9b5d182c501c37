"""What a reviewer should know of a document beside its values."""

import streamlit as st

from casegate.client import Document, MrzReading, SignalLevel
from ui import words
from ui.components import reading, safe
from ui.components.safe import chip, esc

LEVEL = {
    SignalLevel.ALARM: ("Alarm", "bad"),
    SignalLevel.LOOK: ("Look", "warn"),
    SignalLevel.NOTE: ("Note", "plain"),
}
_AGREES = {
    True: ("Agrees with the print", "good"),
    False: ("Differs from the print", "bad"),
    None: ("The print shows too little to compare", "plain"),
}
_DROPPED = {
    "not_located": "it does not stand in the document",
    "context": "it stands there, but means something else",
    "format": "it is no value of that kind",
}


def signals(document: Document) -> None:
    """Show what smells wrong, alarms first, each with its place on the page."""
    for place, signal in enumerate(reading.ordered_signals(document)):
        word, tone = LEVEL[signal.level]
        page = f", page {signal.page}" if signal.page else ""
        said = (
            f"<p>{chip(word, tone)}{esc(signal.message)} "
            f"<span class='cg-quiet'>{esc(signal.kind)}{esc(page)}</span></p>"
        )
        if not signal.boxes:
            safe.show(said)
            continue
        left, right = st.columns([4, 1.3], vertical_alignment="top", gap="small")
        with left:
            safe.show(said)
        with right:
            _show_on_page(document, f"signal:{place}", "Show on page")


def zone(document: Document) -> None:
    """Show the machine readable zone and whether a decision may rest on it."""
    read = document.mrz
    if read is None:
        return
    left, right = st.columns([4, 1.3], vertical_alignment="bottom", gap="small")
    with left:
        safe.show(f'<h3 class="cg-section">Machine readable zone ({esc(read.format)})</h3>')
    if read.boxes:
        with right:
            _show_on_page(document, "zone", "Show on page")
    lines = "\n".join(esc(line) for line in read.lines)
    safe.show(f'<pre class="cg-zone">{lines}</pre><p>{_checks(read)}</p><p>{_ready(read)}</p>')


def _checks(read: MrzReading) -> str:
    word, tone = _AGREES[read.agrees]
    digits = "".join(
        chip(
            f"{words.plain(one.name)}: {'right' if one.right else 'wrong'}",
            "good" if one.right else "bad",
            title="Check digit, ICAO 9303-3",
        )
        for one in read.checks
    )
    return digits + chip(word, tone)


def _ready(read: MrzReading) -> str:
    if read.gate_ready:
        return f"{chip('Can be rested on', 'good')}"
    reasons = []
    if not read.valid:
        reasons.append("a check digit is wrong")
    if read.agrees is not True:
        reasons.append(_AGREES[read.agrees][0].lower())
    if read.repaired:
        names = ", ".join(words.plain(name).lower() for name in read.repaired)
        reasons.append(f"characters were repaired in: {names}")
    return f"{chip('Not to be rested on', 'warn')}{esc('; '.join(reasons))}"


def unseen(document: Document) -> None:
    """Show, as plain text alone, what no reader of the page sees."""
    count = len(document.quarantined)
    if not count:
        return
    said = f"{words.amount_of(count, 'text')} that no reader of the page sees, kept from the model"
    with st.expander(said, icon=":material/visibility_off:"):
        for found in document.quarantined:
            page = f", page {found.page}" if found.page else ""
            safe.show(f'<p class="cg-quiet">{esc(words.plain(found.where))}{esc(page)}</p>')
            st.code(safe.visible(found.text), language=None, wrap_lines=True)


def not_taken(document: Document) -> None:
    """Show what the model gave and the reader did not take."""
    if not document.dropped:
        return
    rows = "".join(
        f"<li>{esc(words.plain(d.name))}: {esc(_DROPPED.get(d.reason, d.reason))}</li>"
        for d in document.dropped
    )
    safe.show(f'<h3 class="cg-section">Read but not found</h3><ul class="cg-quiet">{rows}</ul>')


def _show_on_page(document: Document, part: str, label: str) -> None:
    st.button(
        label,
        key=f"show-{document.id}-{part}",
        type="primary" if reading.current(document) == part else "secondary",
        width="stretch",
        on_click=reading.look_at,
        args=(document.id, part),
    )
