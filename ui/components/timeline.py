"""What happened to a case, in order, as the tamper-evident log has it."""

from collections.abc import Iterable

from casegate.client import StoredEvent
from ui import words
from ui.components import safe
from ui.components.safe import chip, esc

_TELLING = frozenset(
    {"evidence", "evidence_kind", "document", "outcome", "findings", "task"}
    | {"disposition", "status", "code", "verdict", "assignee", "result", "rating", "field"}
)
"""Payload fields that a person looks for; all others stand under Details."""


def timeline(events: Iterable[StoredEvent]) -> str:
    """Draw the events, newest first."""
    rows = "".join(_event(e) for e in sorted(events, key=lambda e: -e.seq))
    return rows or safe.paragraph("Nothing has happened yet.")


def _event(event: StoredEvent) -> str:
    rows = [(words.plain(name), _flat(value)) for name, value in event.payload.items()]
    rows.append(("Hash", event.hash))
    return (
        f'<details class="cg-event"><summary>{chip(str(event.seq))}<span class="cg-strong">'
        f"{esc(words.plain(event.kind))}</span> {esc(_gist(event))} "
        f'<span class="cg-quiet">{esc(event.actor)}, {esc(words.minute(event.at))}</span>'
        f"</summary>{safe.pairs(rows)}</details>"
    )


def _gist(event: StoredEvent) -> str:
    """Give what tells this event from others of its kind: short words of its payload."""
    told = event.payload
    if event.kind == "status_changed":
        before, after = words.plain(told["before"]), words.plain(told["after"])
        return f"from {before.lower()} to {after.lower()}"
    return ", ".join(
        f"{words.plain(name).lower()} {_flat(value)}"
        for name, value in told.items()
        if name in _TELLING and value not in (None, "", [])
    )


def _flat(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_flat(item)}" for name, item in value.items())
    return str(value)
