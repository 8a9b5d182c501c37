"""What is observed about a case, by name: the vocabulary of the rating's points and floors."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from agents.assess.activity import Activity
from agents.assess.identity import Identity
from agents.assess.policy import AssessPolicy
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceKind, OwnershipContent
from casegate.model.party import PartySchema
from casegate.model.standing import is_sanction


@dataclass(frozen=True)
class Observed:
    """Why an observation holds, in words without personal data, and what shows it."""

    because: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """All that observations are made from."""

    dossier: Dossier
    at: date
    policy: AssessPolicy
    activity: Activity
    identity: Identity


Observation = Callable[[Seen], Observed | None]


def observe(seen: Seen) -> dict[str, Observed]:
    """Make every observation; gives those that hold, by name."""
    made = {name: look(seen) for name, look in OBSERVATIONS.items()}
    return {name: observed for name, observed in made.items() if observed is not None}


def _ids(seen: Seen, *kinds: EvidenceKind) -> tuple[str, ...]:
    newest = (seen.dossier.of_kind(kind)[-1:] for kind in kinds)
    return tuple(item.id for found in newest for item in found)


def _about(
    seen: Seen, parties: Iterable[str], words: str, *besides: EvidenceKind
) -> Observed | None:
    named = tuple(dict.fromkeys(parties))
    if not named:
        return None
    shown = _ids(seen, EvidenceKind.CUSTOMER, *besides)
    return Observed(f"{words}: {', '.join(named)}", shown)


def company(seen: Seen) -> Observed | None:
    """The customer is a company."""
    found = [p.id for p in seen.dossier.subjects() if p.schema_ is not PartySchema.PERSON]
    return _about(seen, found, "the customer is no natural person")


def _ownership(seen: Seen) -> OwnershipContent | None:
    found = seen.dossier.of_kind(EvidenceKind.OWNERSHIP)
    if not found or "companies" not in found[-1].content:
        return None
    return OwnershipContent.model_validate(found[-1].content)


def layered_ownership(seen: Seen) -> Observed | None:
    """Companies stand between the customer and its owners."""
    content = _ownership(seen)
    owners = () if content is None else (o for c in content.companies for o in c.owners)
    layers = [owner.party for owner in owners if not owner.natural_person]
    if not layers:
        return None
    why = f"companies stand above the customer: {', '.join(layers)}"
    return Observed(why, _ids(seen, EvidenceKind.OWNERSHIP))


def ownership_open(seen: Seen) -> Observed | None:
    """The ownership structure has open points."""
    content = _ownership(seen)
    findings = () if content is None else (f for c in content.companies for f in c.findings)
    kinds = tuple(dict.fromkeys(finding.kind for finding in findings))
    if not kinds:
        return None
    return Observed(f"ownership: {', '.join(kinds)}", _ids(seen, EvidenceKind.OWNERSHIP))


def new_customer(seen: Seen) -> Observed | None:
    """The relationship is new, or nobody says since when it stands."""
    since = seen.at - timedelta(days=seen.policy.new_customer_days)
    found = [
        p.id
        for p in seen.dossier.subjects()
        if p.customer_since is None or p.customer_since > since
    ]
    return _about(seen, found, "a new relationship")


def prior_cases(seen: Seen) -> Observed | None:
    """There are earlier cases."""
    number = len(seen.dossier.bundle.prior_cases)
    return Observed(f"{number} prior cases", _ids(seen, EvidenceKind.HISTORY)) if number else None


def elevated_history(seen: Seen) -> Observed | None:
    """A report was filed within the policy's days, or on a day that can't be read."""
    since = (seen.at - timedelta(days=seen.policy.recent_report_days)).isoformat()
    filed = [c for c in seen.dossier.bundle.prior_cases if c.sar_filed]
    if not any(not _is_day(c.closed_on) or c.closed_on > since for c in filed):
        return None
    # The words say nothing of a report: whether one exists is a compartment.
    return Observed("earlier cases ask for the highest care", _ids(seen, EvidenceKind.HISTORY))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def open_hit(seen: Seen) -> Observed | None:
    """A hit waits for a person."""
    hits = [hit.party for hit in seen.dossier.open_hits(at=seen.at)]
    if not hits:
        return None
    why = f"open hits on {', '.join(dict.fromkeys(hits))}"
    return Observed(why, _ids(seen, EvidenceKind.SCREENING))


def true_match(seen: Seen) -> Observed | None:
    """People have settled a hit on a sanctions list, or on one that says not what for, as true."""
    return _settled_true(seen, "sanctioned", sanction=True)


def exposed_match(seen: Seen) -> Observed | None:
    """People have settled a hit of another kind as true: public office, a warning, a watchlist."""
    return _settled_true(seen, "listed", sanction=False)


def _settled_true(seen: Seen, words: str, *, sanction: bool) -> Observed | None:
    true = [h for h in seen.dossier.hits() if h.disposition == "true_match"]
    hits = [h.party for h in true if is_sanction(h) is sanction]
    if not hits:
        return None
    why = f"{words}: {', '.join(dict.fromkeys(hits))}"
    return Observed(why, _ids(seen, EvidenceKind.SCREENING))


def _countries(seen: Seen, attribute: str) -> dict[str, set[str]]:
    """Give by party every country that the submission or a paper says, conflicts included."""
    parties = seen.dossier.bundle.parties
    told: dict[str, set[str]] = {p.id: {getattr(p, attribute)} - {None} for p in parties}
    profile = seen.dossier.profile
    for read in () if profile is None else profile.attributes:
        if read.name == attribute and read.party in told:
            told[read.party] |= {s.value for s in read.sources}
    return told


def _foreign(seen: Seen, attribute: str, words: str) -> Observed | None:
    home = seen.dossier.case.jurisdiction
    told = _countries(seen, attribute)
    found = [party for party, countries in told.items() if countries - {home}]
    return _about(seen, found, words, EvidenceKind.PROFILE)


def foreign_nationality(seen: Seen) -> Observed | None:
    """A party has another nationality than the case's country."""
    return _foreign(seen, "nationality", "nationality of another country")


def foreign_residence(seen: Seen) -> Observed | None:
    """A party lives or sits in another country."""
    return _foreign(seen, "country", "residence or seat in another country")


def _payment_countries(seen: Seen) -> tuple[str, ...]:
    found = [e for e in seen.dossier.of_kind(EvidenceKind.TRANSACTIONS) if "findings" in e.content]
    listed = found[-1].content.get("counterparties", ()) if found else ()
    countries = (str(c["country"]) for c in listed if c.get("country"))
    return tuple(dict.fromkeys(countries))


def foreign_payments(seen: Seen) -> Observed | None:
    """Money moved to or from another country."""
    home = seen.dossier.case.jurisdiction
    abroad = [country for country in _payment_countries(seen) if country != home]
    if not abroad:
        return None
    return Observed(f"payments with {', '.join(abroad)}", _ids(seen, EvidenceKind.TRANSACTIONS))


def undeclared_country(seen: Seen) -> Observed | None:
    """Money moved to or from a country that the customer did not declare."""
    profile = seen.dossier.bundle.expected_profile
    if profile is None or not profile.countries:
        return None
    other = [c for c in _payment_countries(seen) if c not in profile.countries]
    if not other:
        return None
    why = f"payments with countries not declared: {', '.join(other)}"
    return Observed(why, _ids(seen, EvidenceKind.TRANSACTIONS))


def call_for_action(seen: Seen) -> Observed | None:
    """A party or a payment leads to a country that is subject to a call for action."""
    of_parties = (_countries(seen, "nationality"), _countries(seen, "country"))
    told = {c for by_party in of_parties for countries in by_party.values() for c in countries}
    found = sorted((told | set(_payment_countries(seen))) & set(seen.policy.call_for_action))
    if not found:
        return None
    kinds = (EvidenceKind.CUSTOMER, EvidenceKind.PROFILE, EvidenceKind.TRANSACTIONS)
    return Observed(f"call-for-action country: {', '.join(found)}", _ids(seen, *kinds))


def cash_use(seen: Seen) -> Observed | None:
    """The customer declared a large share of cash."""
    profile = seen.dossier.bundle.expected_profile
    share = None if profile is None else profile.cash_share_percent
    if share is None or share < seen.policy.cash_share_from_percent:
        return None
    return Observed(f"{share} percent cash declared", _ids(seen, EvidenceKind.CUSTOMER))


def several_accounts(seen: Seen) -> Observed | None:
    """The case has more than one account."""
    number = len(seen.dossier.bundle.accounts)
    if number < 2:
        return None
    return Observed(f"{number} accounts", _ids(seen, EvidenceKind.CUSTOMER))


def identity_unproved(seen: Seen) -> Observed | None:
    """A required paper, or a field of it, is missing."""
    missing = seen.identity.missing
    return Observed(f"missing: {', '.join(missing)}") if missing else None


def unexplained_typology(seen: Seen) -> Observed | None:
    """A pattern that the profile does not explain."""
    names = seen.activity.unexplained
    if not names:
        return None
    return Observed(f"unexplained: {', '.join(names)}", _ids(seen, EvidenceKind.TRANSACTIONS))


def further_typology(seen: Seen) -> Observed | None:
    """More than one such pattern."""
    number = len(seen.activity.unexplained)
    if number < 2:
        return None
    return Observed(f"{number} patterns together", _ids(seen, EvidenceKind.TRANSACTIONS))


def exceeds_expected(seen: Seen) -> Observed | None:
    """Credits are a multiple of what was declared."""
    facts = seen.activity.exceeds
    if not facts:
        return None
    shown = tuple(dict.fromkeys(e for fact in facts for e in fact.evidence))
    return Observed(f"credits above the declaration in {len(facts)} months", shown)


OBSERVATIONS: dict[str, Observation] = {
    look.__name__: look
    for look in (
        company,
        layered_ownership,
        ownership_open,
        new_customer,
        prior_cases,
        elevated_history,
        open_hit,
        true_match,
        exposed_match,
        foreign_nationality,
        foreign_residence,
        foreign_payments,
        undeclared_country,
        call_for_action,
        cash_use,
        several_accounts,
        identity_unproved,
        unexplained_typology,
        further_typology,
        exceeds_expected,
    )
}
"""All observations; the policy gives each its points or makes it a floor."""
