"""Screening: open hits first, then what is settled or suppressed, who was screened, and how."""

import streamlit as st

from casegate.client import (
    Client,
    Coverage,
    Dossier,
    EvidenceKind,
    HitStanding,
    ListVersion,
    Principal,
    ScreenedParty,
    ScreeningContent,
)
from ui import words
from ui.components import safe, screening_answer
from ui.components.review import Desk
from ui.components.safe import chip, esc
from ui.components.screening_hit import heading, score, sides, trail

_BANDS = ("likely", "review", "corroborate")


def screening(client: Client, dossier: Dossier, me: Principal) -> None:
    """Show the whole tab."""
    found = dossier.of_kind(EvidenceKind.SCREENING)
    if not found:
        said = "Nobody has been screened yet. The case can't be closed like this."
        safe.show(safe.paragraph(said))
        return
    desk = Desk(client, dossier, me)
    versions = dossier.list_versions()
    hits = by_need(desk, client.hits(dossier.case.id).hits)
    safe.show(_demo(versions))
    screening_answer.told()
    _hits(desk, hits, versions)
    content = ScreeningContent.model_validate(found[-1].content) if found[-1].content else None
    safe.show(f"{_coverage(dossier, dossier.screened())}{_lists(versions)}{_how(content)}")


def by_need(desk: Desk, hits: tuple[HitStanding, ...]) -> tuple[HitStanding, ...]:
    """Order hits: what this person can answer, then open ones, the likeliest first."""

    def need(one: HitStanding) -> tuple[bool, bool, int, int, float]:
        mine = screening_answer.answerable(desk, one) is not None and one.is_open
        hit = one.hit
        return (
            not one.is_open, not mine, _BANDS.index(hit.band), len(hit.contradictions), -hit.score,
        )  # fmt: skip

    return tuple(sorted(hits, key=need))


def _hits(desk: Desk, hits: tuple[HitStanding, ...], versions: tuple[ListVersion, ...]) -> None:
    if not hits:
        safe.show(f"<p>{chip('No hits', 'good')}</p>")
        return
    waiting = [one for one in hits if one.is_open]
    done = [one for one in hits if not one.is_open]
    said = f"{words.amount_of(len(waiting), 'open hit')}, {len(done)} settled or suppressed"
    safe.show(f'<p class="cg-strong">{esc(said)}</p>')
    if waiting and not desk.open and desk.why_not:
        safe.show(safe.paragraph("Take the case to answer its hits first.", quiet=True))
    for place, one in enumerate(waiting):
        _hit(desk, one, versions, first=place == 0 and one.state == "open")
    if done:
        # Ids and fixed words alone: a label is markdown.
        with st.expander(f"Settled and suppressed ({len(done)})", expanded=not waiting):
            for one in done:
                _hit(desk, one, versions, first=False)


def _hit(desk: Desk, one: HitStanding, versions: tuple[ListVersion, ...], *, first: bool) -> None:
    with st.container(key=f"hit-{screening_answer.key_of(one)}", gap="xsmall"):
        parts = (
            heading(desk.dossier, one),
            trail(one),
            score(one.hit),
            sides(desk.dossier, one, versions),
        )
        safe.show(f'<div class="cg-finding">{"".join(parts)}</div>')
        screening_answer.forms(desk, one, first=first)


def _demo(versions: tuple[ListVersion, ...]) -> str:
    if not any("demo" in v.list.lower() for v in versions):
        return ""
    said = "Demo list, fictional. It proves nothing about real people; load a real list before use."
    return f'<div class="cg-note cg-warnbox" role="note">{esc(said)}</div>'


def _coverage(dossier: Dossier, screened: tuple[ScreenedParty, ...]) -> str:
    names = {p.id: p.name for p in dossier.bundle.parties}
    rows = [
        (s.party, names.get(s.party, ""), _looked(s.coverage), words.amount_of(len(s.hits), "hit"))
        for s in screened
    ]
    missing = [p for p in dossier.bundle.parties if p.id not in {s.party for s in screened}]
    rows += [(p.id, p.name, "not screened", "not known") for p in missing]
    return safe.table(("Party", "Name", "Looked up", "Found"), rows, caption="Who was screened")


def _looked(coverage: Coverage) -> str:
    return "on every list" if coverage is Coverage.COMPLETE else f"{coverage}: treat as not done"


def _lists(versions: tuple[ListVersion, ...]) -> str:
    rows = [
        (v.list, v.version, v.published, f"{v.entities:,}", words.minute(v.loaded_at))
        for v in versions
    ]
    head = ("List", "Version", "Published", "Entries", "Loaded")
    return safe.table(head, rows, caption="Lists in use")


def _how(content: ScreeningContent | None) -> str:
    if content is None:
        return ""
    said = (
        f"Screened {words.minute(content.screened_at)} with {content.matcher}, "
        f"threshold {content.threshold:.0%}, {content.candidates} candidates a party."
    )
    return safe.paragraph(said, quiet=True)
