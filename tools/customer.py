"""What the submission says of the customer, the accounts and the alert."""

from collections.abc import Iterator

from casegate.hashing import content_hash
from casegate.model.base import Json
from casegate.model.bundle import CaseBundle
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceKind, SnapshotSource
from casegate.model.fact import FactDraft
from casegate.model.party import Account, Party, PartyRole
from tools import roles
from tools.base import ToolOutcome
from tools.parameters import NO_PARAMETERS, take_none


class CustomerTool:
    """The submitted bundle as evidence: nothing in it is checked here, only told."""

    name = "customer"
    version = "1"
    description = "Tell what the submission says of the customer, the accounts and the alert."
    parameters = NO_PARAMETERS

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Read the bundle."""
        take_none(parameters)
        bundle = dossier.bundle
        return ToolOutcome(
            kind=EvidenceKind.CUSTOMER,
            title=f"Submission: {_several(len(bundle.parties), 'party', 'parties')}, "
            f"{_several(len(bundle.accounts), 'account', 'accounts')}",
            source=bundle_source(bundle),
            content=bundle.model_dump(mode="json", exclude={"prior_cases", "ownership"}),
            facts=(
                *(_customer(party) for party in bundle.parties if _is_customer(party)),
                *(_account(bundle, account) for account in bundle.accounts),
                *_alert(bundle),
                *_declared(dossier),
            ),
        )


def bundle_source(bundle: CaseBundle) -> SnapshotSource:
    """Name the submitted bundle by the hash of its content."""
    return SnapshotSource(name="bundle", sha256=content_hash(bundle), rows=len(bundle.parties))


def _several(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _is_customer(party: Party) -> bool:
    return party.role is PartyRole.SUBJECT or party.customer_since is not None


def _customer(party: Party) -> FactDraft:
    born = party.date_of_birth
    return roles.fact(
        "customer",
        {
            "party": roles.party(party),
            "since": roles.day(party.customer_since) if party.customer_since else None,
            "occupation": roles.text(party.occupation or ""),
            "address": roles.text(party.address or ""),
            "birth": roles.day(born) if born else None,
            "country": roles.place(party.country or ""),
        },
        required=party.role is PartyRole.SUBJECT,
    )


def _account(bundle: CaseBundle, account: Account) -> FactDraft:
    holder = next(p for p in bundle.parties if p.id == account.holder)
    return roles.fact(
        "account",
        {
            "party": roles.party(holder),
            "account": roles.account(account.number),
            "opened": roles.day(account.opened_on) if account.opened_on else None,
            "place": roles.place(account.branch),
        },
        required=True,
    )


def _alert(bundle: CaseBundle) -> Iterator[FactDraft]:
    alert = bundle.alert
    if alert is not None:
        yield roles.fact(
            "alert",
            {
                "alert": roles.text(alert.id),
                "scenario": roles.text(alert.scenario),
                "date": roles.day(alert.raised_at.date()),
            },
        )


def _declared(dossier: Dossier) -> Iterator[FactDraft]:
    """Tell what the first subject declared; the bundle has one declaration for its customer."""
    profile, who = dossier.bundle.expected_profile, dossier.subjects()[0]
    if profile is None:
        return
    if profile.monthly_credits is not None:
        yield roles.fact(
            "expected_monthly",
            {
                "party": roles.party(who),
                "amount": roles.money(
                    profile.monthly_credits.amount, profile.monthly_credits.currency
                ),
                "stated": roles.day(profile.stated_on) if profile.stated_on else None,
                "purpose": roles.text(profile.purpose),
            },
        )
    if profile.peak_monthly_credits is not None and profile.peak_months:
        yield roles.fact(
            "declared_season",
            {
                "party": roles.party(who),
                "months": roles.text(", ".join(str(month) for month in profile.peak_months)),
                "amount": roles.money(
                    profile.peak_monthly_credits.amount, profile.peak_monthly_credits.currency
                ),
            },
            mitigating=True,
        )
