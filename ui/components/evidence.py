"""Every piece of evidence of a case, with its facts, its source and its hash."""

from casegate.client import (
    CaseSource,
    DocumentSource,
    Dossier,
    Evidence,
    ListSource,
    SnapshotSource,
    Source,
)
from ui import words
from ui.components import safe
from ui.components.facts import coverage, fact_line
from ui.components.safe import chip, esc


def evidence(dossier: Dossier) -> str:
    """Draw the list; each item opens to its facts and origin."""
    return "".join(_item(dossier, item) for item in dossier.evidence)


def _item(dossier: Dossier, item: Evidence) -> str:
    facts = [f for f in dossier.facts if item.id in f.evidence]
    shown = "".join(f"<li>{fact_line(f)}</li>" for f in facts)
    problem = f"<p>{chip('Problem', 'bad')}{esc(item.problem.message)}</p>" if item.problem else ""
    rows = safe.pairs(
        [
            ("Tool", f"{item.tool} {item.tool_version}"),
            ("Source", origin(item.source)),
            ("Recorded", words.minute(item.recorded_at)),
            ("Content hash", item.content_hash),
        ]
    )
    now = dossier.in_force(item.id)
    told = "No fact in force" if now != item.id else words.amount_of(len(facts), "fact")
    replaced = chip(f"Superseded by {now}", "warn") if now != item.id else ""
    return (
        f'<div class="cg-finding"><p>{chip(item.id, "cite")}{replaced}<span class="cg-strong">'
        f"{esc(item.title)}</span> {coverage(item)}</p>{problem}<details><summary class='cg-quiet'>"
        f"{esc(told)} and origin</summary><ul>{shown}</ul>{rows}"
        "</details></div>"
    )


def origin(source: Source) -> str:
    """Say where a piece of evidence comes from."""
    match source:
        case DocumentSource():
            return f"document {source.document}, sha256 {source.sha256[:12]}"
        case SnapshotSource():
            return (
                f"{source.name}, {words.amount_of(source.rows, 'row')}, sha256 {source.sha256[:12]}"
            )
        case ListSource():
            return "; ".join(
                f"{v.list} {v.version} ({v.entities} entries)" for v in source.versions
            )
        case CaseSource():
            return "computed from " + (", ".join(source.evidence) or "the case")
