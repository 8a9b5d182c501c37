"""Which document and which part of it is looked at, and what needs a person first."""

from collections.abc import Sequence

import streamlit as st

from casegate.client import Band, Document, DocumentVerdict, Field, Signal, SignalLevel
from ui import words

CHOSEN = "document"
"""Where the session keeps the id of the document on the screen."""

_LEVELS = (SignalLevel.ALARM, SignalLevel.LOOK, SignalLevel.NOTE)
_BANDS = (Band.RE_REQUEST, Band.CHECK, Band.USE)


def by_need(found: Sequence[Document]) -> tuple[Document, ...]:
    """Give documents with those that need a person first."""
    return tuple(sorted(found, key=_need))


def _need(document: Document) -> tuple[bool, bool, int, int, int]:
    unsure = sum(field.band is not Band.USE for field in document.fields)
    return (
        document.answer is not None,
        not needs_person(document),
        -len(alarms(document)),
        -len(document.missing),
        -unsure,
    )


def needs_person(document: Document) -> bool:
    """Tell whether something about a document is open that only a person can settle."""
    if document.answer is not None:
        return False
    unsure = any(field.band is not Band.USE for field in document.fields)
    unread = document.verdict is not DocumentVerdict.PARSED
    return unread or unsure or bool(document.missing) or bool(alarms(document))


def alarms(document: Document) -> tuple[Signal, ...]:
    """Give the signals that a decision has to acknowledge."""
    return tuple(s for s in document.signals if s.level is SignalLevel.ALARM)


def open_points(document: Document) -> str:
    """Count what is open: `1 alarm, 1 missing, 2 to check, 1 signal`; empty for nothing."""
    counts = (
        (len(alarms(document)), "alarm", "alarms"),
        (len(document.missing), "missing", "missing"),
        (_of_band(document, Band.RE_REQUEST), "hardly readable", "hardly readable"),
        (_of_band(document, Band.CHECK), "to check", "to check"),
        (_looks(document), "signal", "signals"),
    )
    told = [f"{n} {one if n == 1 else many}" for n, one, many in counts if n]
    if document.verdict is not DocumentVerdict.PARSED:
        told.insert(0, "not read")
    return ", ".join(told)


def _looks(document: Document) -> int:
    return sum(signal.level is SignalLevel.LOOK for signal in document.signals)


def _of_band(document: Document, band: Band) -> int:
    return sum(field.band is band for field in document.fields)


def ordered_signals(document: Document) -> tuple[Signal, ...]:
    """Give signals, the most pressing first."""
    return tuple(sorted(document.signals, key=lambda s: _LEVELS.index(s.level)))


def ordered_fields(document: Document) -> tuple[Field, ...]:
    """Give values, those that need a person first, else as printed."""
    return tuple(sorted(document.fields, key=lambda f: _BANDS.index(f.band)))


def parts(document: Document) -> tuple[str, ...]:
    """Give what can be looked at, in reading order: `missing:<name>` and `field:<id>`."""
    missing = tuple(f"missing:{name}" for name in document.missing)
    return missing + tuple(f"field:{field.id}" for field in ordered_fields(document))


def current(document: Document) -> str:
    """Give the part that is looked at: a part, `signal:<place>` or `zone`."""
    kept = st.session_state.get(_key(document.id))
    places = {f"signal:{n}" for n in range(len(document.signals))} | {"zone"}
    all_parts = parts(document)
    if kept in places or kept in all_parts:
        return str(kept)
    first = next((p for p in all_parts if p.startswith("field:")), "")
    return all_parts[0] if document.missing else first


def look_at(document_id: str, part: str) -> None:
    """Look at another part of a document."""
    st.session_state[_key(document_id)] = part


def step(document: Document, by: int) -> None:
    """Go to the next or previous value."""
    all_parts, now = parts(document), current(document)
    if all_parts:
        place = all_parts.index(now) + by if now in all_parts else 0
        look_at(document.id, all_parts[place % len(all_parts)])


def settled(document: Document, part: str) -> None:
    """Go on from a part that was settled: to the one that follows it now."""
    all_parts = parts(document)
    if part in all_parts:
        following = all_parts[all_parts.index(part) + 1 :] or all_parts[:1]
        look_at(document.id, following[0])


def chosen_field(document: Document) -> Field | None:
    """Give the value that is looked at; None while it is something else."""
    part = current(document)
    return next((f for f in document.fields if f"field:{f.id}" == part), None)


def chosen_signal(document: Document) -> Signal | None:
    """Give the signal that is looked at."""
    kind, _, place = current(document).partition(":")
    return ordered_signals(document)[int(place)] if kind == "signal" else None


def title(document: Document) -> str:
    """Name a document by what it is."""
    return words.plain(document.type)


def _key(document_id: str) -> str:
    return f"part-{document_id}"
