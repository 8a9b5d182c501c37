"""What happened to a case, in order, as the tamper-evident log has it."""

from collections.abc import Iterable

from casegate.client import StoredEvent
from ui import words
from ui.components import safe
from ui.components.safe import chip, esc


def timeline(events: Iterable[StoredEvent]) -> str:
    """Draw the events, newest first."""
    rows = "".join(_event(e) for e in sorted(events, key=lambda e: -e.seq))
    return rows or safe.paragraph("Nothing has happened yet.")


def _event(event: StoredEvent) -> str:
    rows = [(words.plain(name), _flat(value)) for name, value in event.payload.items()]
    rows.append(("Hash", event.hash))
    return (
        f'<div class="cg-finding"><p>{chip(str(event.seq))}<span class="cg-strong">'
        f"{esc(words.plain(event.kind))}</span> by {esc(event.actor)}, "
        f"{esc(words.minute(event.at))}</p><details><summary class='cg-quiet'>Details</summary>"
        f"{safe.pairs(rows)}</details></div>"
    )


def _flat(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_flat(item)}" for name, item in value.items())
    return str(value)
