"""Facts and evidence as a reader meets them: one plain line each."""

import re
from datetime import date

from casegate.client import Dossier, Evidence, Fact, RoleType, RoleValue, meaning
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
    if role.type is RoleType.DATE:
        return _day(role.value)
    if role.type is RoleType.SPAN:
        return " to ".join(map(_day, role.value.split("/")))
    if role.type is RoleType.PERCENT:
        return f"{role.value} %"
    if role.type is RoleType.MULTIPLE:
        return f"{role.value} times"
    if role.type is RoleType.DURATION:
        return f"{role.value} {role.unit}"
    return role.value


def _day(iso: str) -> str:
    try:
        return words.day(date.fromisoformat(iso))
    except ValueError:
        return iso


_SMOOTH = (
    (" % percent", " percent"),
    (" times times", " times"),
    ("1 parties were", "1 party was"),
)
"""What a value with its unit makes of a sentence that names the unit, and of a plural."""

_ROLE = re.compile(r"`(\w+)`")
_OPEN = re.compile(r",?\s+\(?(?:[a-z]+\s+)?`(\w+)`(?:(?<=`)\))?")


def said(fact: Fact) -> str:
    """Say a fact in one sentence; a role that it lacks is left out with its preposition."""
    form = _OPEN.sub(
        lambda phrase: phrase[0] if phrase[1] in fact.roles else "", meaning(fact.predicate)
    )
    if not form or set(_ROLE.findall(form)) - set(fact.roles):
        roles = "; ".join(f"{n.replace('_', ' ')} {value(r)}" for n, r in fact.roles.items())
        return f"{words.plain(fact.predicate)}: {roles}"
    text = _ROLE.sub(lambda role: value(fact.roles[role[1]]), form)
    for rough, smooth in _SMOOTH:
        text = text.replace(rough, smooth)
    return text[:1].upper() + text[1:]


def fact_line(fact: Fact) -> str:
    """Draw a fact: its id and what it says."""
    mark = chip("mitigating", "good") if fact.mitigating else ""
    return f"{chip(fact.id)}{esc(said(fact))} {mark}"


def cited(evidence_id: str, dossier: Dossier) -> str:
    """Draw a citation; one that names no evidence of the case says so."""
    found = next((e for e in dossier.evidence if e.id == evidence_id), None)
    if found is None:
        return chip(f"{evidence_id}: not in this case", "bad")
    now = dossier.in_force(evidence_id)
    if now != evidence_id:
        return chip(f"{evidence_id}, now {now}", "warn", title="A review took its place")
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
    words_of, tone = _COVERAGE[item.coverage]
    return "" if item.coverage == "complete" else chip(words_of, tone)
