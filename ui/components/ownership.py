"""Who owns the companies of a case: blocked property first, then owners with every chain."""

from decimal import Decimal

from casegate.client import (
    BlockedParty,
    BlockingRule,
    CompanyOwnership,
    Dossier,
    EvidenceKind,
    OwnershipContent,
    OwnershipPath,
)
from ui import words
from ui.components import safe
from ui.components.safe import chip, esc

_STATUS = {
    "blocked": ("Blocked by ownership", "bad"),
    "conditional": ("Blocked if open hits are true", "warn"),
    "possible": ("Possibly blocked", "warn"),
}


def blocked(dossier: Dossier) -> str:
    """Draw the parties that listed owners block, or may block; nothing if there are none."""
    found = _content(dossier)
    if found is None:
        return ""
    evidence, content = found
    if content.blocked is None:
        if not dossier.bundle.ownership:
            return ""
        said = "Nobody was screened, so nobody can tell whom listed owners block."
        return f'<div class="cg-note cg-warnbox" role="note">{esc(said)}</div>'
    if not content.blocked or content.blocking is None:
        return ""
    shown = "".join(_blocked(dossier, one) for one in content.blocked)
    return (
        f"{_heading('Blocked by ownership')}{shown}{_rule(content.blocking)}"
        f"{safe.paragraph(_AS_OF.format(evidence), quiet=True)}"
    )


_AS_OF = "As computed for {}. Tab Findings shows it on what people have said of the hits since."


def owners(dossier: Dossier) -> str:
    """Draw the computed owners of each company that the case is about, with their chains."""
    found = _content(dossier)
    return "" if found is None else "".join(_company(dossier, c) for c in found[1].companies)


def _content(dossier: Dossier) -> tuple[str, OwnershipContent] | None:
    found = dossier.of_kind(EvidenceKind.OWNERSHIP)
    if not found or "companies" not in found[-1].content:
        return None
    return found[-1].id, OwnershipContent.model_validate(found[-1].content)


def _heading(text: str) -> str:
    return f'<h3 class="cg-section">{esc(text)}</h3>'


def _blocked(dossier: Dossier, one: BlockedParty) -> str:
    said, tone = _STATUS[one.status]
    rows = safe.pairs(
        [
            ("Listed parties hold", f"{one.percent} % ({one.fraction} of all)"),
            ("Could hold at most", f"{one.most_percent} %"),
            ("Held by", _parties(dossier, one.holders)),
            ("Rests on hits of", _parties(dossier, one.listed)),
        ]
    )
    return (
        f'<div class="cg-finding"><p>{chip(said, tone)}{chip(one.party)}'
        f'<span class="cg-strong">{esc(_name(dossier, one.party))}</span></p>{rows}'
        f"{_paths(dossier, one.paths, cut=one.paths_cut, product=False)}</div>"
    )


def _rule(rule: BlockingRule) -> str:
    reached = "or more" if rule.inclusive else "exceeded"
    added = "shares of several are added up" if rule.aggregate else "each listed party by itself"
    unsure = "" if rule.confidence == "verified" else " (source not verified)"
    said = f"{rule.policy}: {rule.threshold_percent} % {reached}; {added}. {rule.source}{unsure}"
    return safe.paragraph(said, quiet=True)


def _company(dossier: Dossier, company: CompanyOwnership) -> str:
    rows = [
        (
            owner.party,
            _name(dossier, owner.party),
            f"{'at least ' if owner.lower_bound else ''}{owner.percent} %",
            owner.fraction,
            "beneficial owner" if owner.beneficial_owner else "",
        )
        for owner in company.owners
    ]
    head = ("Party", "Name", "Holds", "Exactly", "Is")
    open_points = "".join(
        f"<p>{chip(words.plain(f.kind), 'warn')}{esc(f.message)}"
        f"{esc(f' ({_parties(dossier, f.parties)})' if f.parties else '')}</p>"
        for f in company.findings
    )
    control = _parties(dossier, company.control) or "nobody known"
    table = safe.table(head, rows) if rows else safe.paragraph("No owner could be computed.")
    return (
        f"{_heading(f'Owners of {_name(dossier, company.company)}, computed')}{open_points}{table}"
        f"{safe.pairs([('Natural persons hold', f'{company.natural_persons_percent} %')])}"
        f"{safe.pairs([('In control', control)])}"
        f"{_paths(dossier, company.paths, cut=company.paths_cut, product=True)}"
    )


def _paths(dossier: Dossier, paths: tuple[OwnershipPath, ...], *, cut: bool, product: bool) -> str:
    """Draw chains; in a cascade the product of the links has no meaning and is left out."""
    if not paths:
        return ""
    rows = [
        (
            _chain(dossier, path),
            *((_percent(path.percent), path.fraction or "not known") if product else ()),
        )
        for path in paths
    ]
    head = ("From owner to company", *(("Comes to", "Exactly") if product else ()))
    told = words.amount_of(len(paths), "chain")
    more = safe.paragraph("There are more chains; sums are over all of them.") if cut else ""
    return (
        f'<details><summary class="cg-quiet">{esc(told)}</summary>'
        f"{safe.table(head, rows)}{more}</details>"
    )


def _chain(dossier: Dossier, path: OwnershipPath) -> str:
    steps = [
        f"{_name(dossier, link.owner)} ({link.owner}) holds {_percent(link.percent)} of"
        for link in path.links
    ]
    last = path.links[-1].owned
    return " ".join([*steps, f"{_name(dossier, last)} ({last})"])


def _percent(share: Decimal | None) -> str:
    return "a share not known" if share is None else f"{share} %"


def _parties(dossier: Dossier, parties: tuple[str, ...]) -> str:
    return ", ".join(f"{_name(dossier, party)} ({party})" for party in parties)


def _name(dossier: Dossier, party: str) -> str:
    return next((p.name for p in dossier.bundle.parties if p.id == party), party)
