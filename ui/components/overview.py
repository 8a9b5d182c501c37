"""Who the customer is, what was declared, what the documents say, how the risk adds up."""

from casegate.client import Account, Dossier, ExpectedProfile, Party
from ui import words
from ui.components import ownership, safe
from ui.components.safe import chip, esc


def overview(dossier: Dossier) -> str:
    """Draw the whole tab."""
    return "".join(
        (
            ownership.blocked(dossier),
            _alert(dossier),
            _conflicts(dossier),
            _heading("Parties"),
            f'<div class="cg-parties">{"".join(map(_party, dossier.bundle.parties))}</div>',
            _accounts(dossier.bundle.accounts),
            _expected(dossier.bundle.expected_profile),
            ownership.owners(dossier),
            _owners(dossier),
            _history(dossier),
            _rating(dossier),
        )
    )


def _heading(text: str) -> str:
    return f'<h3 class="cg-section">{esc(text)}</h3>'


def _alert(dossier: Dossier) -> str:
    alert = dossier.bundle.alert
    if alert is None:
        return ""
    rows = [
        ("Scenario", words.plain(alert.scenario)),
        ("Raised", words.minute(alert.raised_at)),
        ("Said by the sender", alert.summary),
        ("Alert", alert.id),
    ]
    return _heading("Alert") + safe.pairs(rows)


def _conflicts(dossier: Dossier) -> str:
    if dossier.profile is None:
        return ""
    rows = [
        (
            a.party,
            words.plain(a.name),
            " / ".join(f"{s.shown} ({s.evidence})" for s in a.sources),
        )
        for a in dossier.profile.conflicts()
    ]
    expired = "".join(
        f"<p>{chip('Expired', 'bad')}{esc(document)}</p>"
        for document in dossier.profile.expired_documents
    )
    if not rows:
        return expired
    return expired + _heading("Sources disagree") + safe.table(("Party", "About", "Says"), rows)


def _party(party: Party) -> str:
    rows = [
        ("Role", words.plain(party.role)),
        ("Born", words.day(party.date_of_birth)),
        ("Incorporated", words.day(party.incorporated_on)),
        ("Nationality", party.nationality),
        ("Country", party.country),
        ("Address", party.address),
        ("Occupation", party.occupation),
        ("Customer since", words.day(party.customer_since)),
        ("Employee", "yes" if party.is_employee else ""),
        *((words.plain(i.kind), f"{i.value} {i.country or ''}".strip()) for i in party.identifiers),
    ]
    name = f'<p>{chip(party.id)}<span class="cg-strong">{esc(party.name)}</span></p>'
    return f"<div>{name}{safe.pairs(rows)}</div>"


def _accounts(accounts: tuple[Account, ...]) -> str:
    if not accounts:
        return ""
    rows = [(a.number, a.holder, a.currency, words.day(a.opened_on), a.branch) for a in accounts]
    head = ("Account", "Holder", "Currency", "Opened", "Branch")
    return _heading("Accounts") + safe.table(head, rows)


def _expected(profile: ExpectedProfile | None) -> str:
    if profile is None:
        return ""
    usual, peak = profile.monthly_credits, profile.peak_monthly_credits
    rows = [
        ("Purpose", profile.purpose),
        ("Credits a month", words.money(usual.amount, usual.currency) if usual else ""),
        ("Credits in a peak month", words.money(peak.amount, peak.currency) if peak else ""),
        ("Peak months", ", ".join(map(str, profile.peak_months))),
        ("Cash share", _percent(profile.cash_share_percent)),
        ("Countries", ", ".join(profile.countries)),
        ("Stated", words.day(profile.stated_on)),
    ]
    return _heading("What the customer declared") + safe.pairs(rows)


def _percent(share: object) -> str:
    return "" if share is None else f"{share} %"


def _owners(dossier: Dossier) -> str:
    rows = [
        (o.owner, o.owned, _percent(o.share_percent) or "not known", "yes" if o.control else "")
        for o in dossier.bundle.ownership
    ]
    head = ("Owner", "Owns", "Share", "Controls")
    return _heading("Ownership as declared") + safe.table(head, rows) if rows else ""


def _history(dossier: Dossier) -> str:
    rows = [
        (p.id, p.party, p.closed_on, words.plain(p.disposition), "yes" if p.sar_filed else "no")
        for p in dossier.bundle.prior_cases
    ]
    head = ("Case", "Party", "Closed", "Outcome", "Report filed")
    return _heading("Earlier cases") + safe.table(head, rows) if rows else ""


def _rating(dossier: Dossier) -> str:
    if dossier.assessment is None:
        return ""
    said, tone = words.RATING[dossier.assessment.rating]
    rows = [
        (
            words.plain(f.family),
            f"{f.points} of 5",
            f"{f.weight:.0%}",
            f.because,
            " ".join(f.evidence),
        )
        for f in dossier.assessment.factors
    ]
    lead = f"<p>{chip(said, tone)}score {dossier.assessment.score:.2f} of 5</p>"
    head = ("Factor", "Points", "Weight", "Because", "Evidence")
    return _heading("Risk rating, computed") + lead + safe.table(head, rows)
