"""Screening hits: the party and the list entry side by side, with the parts of the score."""

from casegate.client import (
    Coverage,
    Dossier,
    EvidenceKind,
    Hit,
    ListVersion,
    Party,
    ScreenedParty,
    ScreeningContent,
)
from ui import words
from ui.components import safe
from ui.components.safe import chip, esc

_BAND = {
    "likely": ("Likely match", "bad"),
    "review": ("Possible match", "warn"),
    "corroborate": ("Weak match", "info"),
}
_DISPOSITION = {
    "open": ("Open", "warn"),
    "true_match": ("True match", "bad"),
    "false_positive": ("False positive", "good"),
    "unsure": ("Unsure", "warn"),
}


def screening(dossier: Dossier) -> str:
    """Draw the whole tab."""
    found = dossier.of_kind(EvidenceKind.SCREENING)
    if not found:
        return safe.paragraph("Nobody has been screened yet. The case can't be closed like this.")
    versions = dossier.list_versions()
    screened = dossier.screened()
    hits = dossier.hits()
    none = f"<p>{chip('No hits', 'good')}</p>"
    lead = "".join(_hit(dossier, hit, versions) for hit in hits) or none
    content = ScreeningContent.model_validate(found[-1].content) if found[-1].content else None
    return f"{_demo(versions)}{lead}{_coverage(dossier, screened)}{_lists(versions)}{_how(content)}"


def _demo(versions: tuple[ListVersion, ...]) -> str:
    if not any("demo" in v.list.lower() for v in versions):
        return ""
    said = "Demo list, fictional. It proves nothing about real people; load a real list before use."
    return f'<div class="cg-note cg-warnbox" role="note">{esc(said)}</div>'


def _hit(dossier: Dossier, hit: Hit, versions: tuple[ListVersion, ...]) -> str:
    party = next((p for p in dossier.bundle.parties if p.id == hit.party), None)
    band, tone = _BAND[hit.band]
    state, state_tone = _DISPOSITION[hit.disposition]
    said = f"score {hit.score:.0%}"
    return (
        f'<div class="cg-finding"><p>{chip(band, tone)}{chip(state, state_tone)}'
        f'<span class="cg-strong">{esc(said)}</span></p><div class="cg-sides">'
        f"<div><h3 class='cg-section'>In this case</h3>{_ours(party, hit)}</div>"
        f"<div><h3 class='cg-section'>On the list</h3>{_theirs(hit, versions)}</div></div>"
        f"{_agreement(hit)}{_parts(hit)}</div>"
    )


def _ours(party: Party | None, hit: Hit) -> str:
    if party is None:
        return safe.paragraph(f"Party {hit.party} is not in this case.")
    return safe.pairs(
        [
            ("Name", party.name),
            ("Party", f"{party.id}, {words.plain(party.role).lower()}"),
            ("Born", words.day(party.date_of_birth)),
            ("Incorporated", words.day(party.incorporated_on)),
            ("Nationality", party.nationality),
            ("Country", party.country),
            ("Address", party.address),
            *((words.plain(i.kind), i.value) for i in party.identifiers),
        ]
    )


def _theirs(hit: Hit, versions: tuple[ListVersion, ...]) -> str:
    published = next((v.published for v in versions if v.list == hit.list), "not known")
    return safe.pairs(
        [
            ("Name", hit.name),
            ("Entry", hit.entity_id),
            ("List", hit.list),
            ("Version", hit.version),
            ("Published", published),
        ]
    )


def _agreement(hit: Hit) -> str:
    same = "".join(chip(f"{words.plain(a)} agrees", "bad") for a in hit.agreements)
    other = "".join(chip(f"{words.plain(c)} differs", "good") for c in hit.contradictions)
    if not same and not other:
        return f"<p>{chip('Name alone: nothing else to compare', 'warn')}</p>"
    return f"<p>{same}{other}</p>"


def _parts(hit: Hit) -> str:
    rows = "".join(
        f'<tr><td>{esc(words.plain(name))}</td><td class="cg-num">{points:+.2f}</td>'
        f'<td><div class="cg-bar" aria-hidden="true"><span style="width:{_width(points)}%">'
        "</span></div></td></tr>"
        for name, points in sorted(hit.features.items(), key=lambda part: -abs(part[1]))
    )
    return (
        f'<details><summary class="cg-quiet">How the score adds up</summary>'
        f'<table class="cg-table"><tbody>{rows}</tbody></table></details>'
    )


def _width(points: float) -> int:
    return round(min(1.0, abs(points)) * 100)


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
