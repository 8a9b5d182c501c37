"""The case bundle: what a client submits. `casegate.case/1`, documented in docs/case-bundle.md."""

from datetime import datetime
from typing import Literal

from pydantic import model_validator

from casegate.model.base import Country, Record
from casegate.model.case import Alert, CaseKind, ExpectedProfile
from casegate.model.party import Account, Ownership, Party, PartyRole


class PriorCase(Record):
    """An earlier case about a party, as the bank's case system knows it."""

    id: str
    party: str
    closed_on: str
    disposition: str
    sar_filed: bool = False


class CaseBundle(Record):
    """`case.json` of a bundle and the body of `POST /v1/cases`."""

    schema_version: Literal["casegate.case/1"] = "casegate.case/1"
    reference: str
    """The client's own key; the same reference with the same content is the same case."""
    kind: CaseKind
    jurisdiction: Country
    opened_at: datetime
    parties: tuple[Party, ...]
    accounts: tuple[Account, ...] = ()
    ownership: tuple[Ownership, ...] = ()
    alert: Alert | None = None
    expected_profile: ExpectedProfile | None = None
    prior_cases: tuple[PriorCase, ...] = ()

    @model_validator(mode="after")
    def _refers_to_its_own(self) -> "CaseBundle":
        ids = [party.id for party in self.parties]
        if len(set(ids)) != len(ids):
            raise ValueError("party ids must differ")
        if not any(party.role is PartyRole.SUBJECT for party in self.parties):
            raise ValueError("at least one party must have the role `subject`")
        named = {account.holder for account in self.accounts}
        named |= {end for edge in self.ownership for end in (edge.owner, edge.owned)}
        named |= {prior.party for prior in self.prior_cases}
        unknown = sorted(named - set(ids))
        if unknown:
            raise ValueError(f"unknown party ids {unknown}; known are {ids}")
        if self.kind is CaseKind.AML_ALERT and self.alert is None:
            raise ValueError("a case of kind `aml_alert` needs an `alert`")
        if self.opened_at.tzinfo is None:
            raise ValueError("`opened_at` needs a time zone")
        return self
