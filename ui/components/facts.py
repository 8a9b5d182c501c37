"""Facts and evidence as a reader meets them: one plain line each."""

from casegate.client import Dossier, Evidence, Fact, RoleType, RoleValue
from ui import words
from ui.components.safe import chip, esc

_COVERAGE = {
    "complete": ("Complete", "good"),
    "degraded": ("Looked at in part", "warn"),
    "unavailable": ("Could not be looked at", "bad"),
}


def value(role: RoleValue) -> str:
    """Write the value of one role: money with thousands, spans with "to"."""
    if role.type is RoleType.MONEY:
        return words.money(role.value, role.unit)
    if role.type is RoleType.SPAN:
        return role.value.replace("/", " to ")
    if role.type is RoleType.PERCENT:
        return f"{role.value} %"
    if role.type is RoleType.MULTIPLE:
        return f"{role.value} times"
    if role.type is RoleType.DURATION:
        return f"{role.value} {role.unit}"
    return role.value


def fact_line(fact: Fact) -> str:
    """Draw a fact: its name and its roles."""
    roles = "; ".join(f"{name.replace('_', ' ')} {value(r)}" for name, r in fact.roles.items())
    mark = chip("mitigating", "good") if fact.mitigating else ""
    name = esc(words.plain(fact.predicate))
    return f'{chip(fact.id)}<span class="cg-strong">{name}</span>: {esc(roles)} {mark}'


def cited(evidence_id: str, dossier: Dossier) -> str:
    """Draw a citation; one that names no evidence of the case says so."""
    found = next((e for e in dossier.evidence if e.id == evidence_id), None)
    if found is None:
        return chip(f"{evidence_id}: not in this case", "bad")
    return chip(evidence_id, "cite", title=found.title)


def evidence_line(item: Evidence) -> str:
    """Draw a piece of evidence: what it is and which tool says so."""
    tool = f"{item.tool} {item.tool_version}"
    return (
        f"{chip(item.id, 'cite')}{esc(item.title)} "
        f'<span class="cg-quiet">({esc(tool)})</span> {coverage(item)}'
    )


def coverage(item: Evidence) -> str:
    """Draw how much could be looked at; nothing when it was all."""
    said, tone = _COVERAGE[item.coverage]
    return "" if item.coverage == "complete" else chip(said, tone)
