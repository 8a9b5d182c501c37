"""The mandatory tool: what the transactions of a case show, with the entries that show it."""

from collections.abc import Callable
from pathlib import Path

import duckdb
from ibis.expr.types import Table

from casegate.errors import CasegateError, TransactionsInvalid
from casegate.model.base import Json, Problem
from casegate.model.case import CaseKind
from casegate.model.dossier import Dossier
from casegate.model.evidence import CaseSource, Coverage, EvidenceKind, SnapshotSource
from casegate.model.fact import FactDraft
from casegate.model.transaction import TransactionSet, TypologyFinding
from tools.base import ToolOutcome
from tools.parameters import NO_PARAMETERS, take_none
from tools.transactions import expected, facts, measures
from tools.transactions.detectors import DETECTORS
from tools.transactions.entries import open_entries
from tools.transactions.policy import InForce, Policy
from tools.transactions.scan import scan

ALL_ROWS_UP_TO = 500
"""Longer files are quoted by the entries that findings name; the file itself stays stored."""
LISTED_COUNTERPARTIES = 50
_UNREAD = frozenset({"transactions_invalid", "currency_mixed"})

OpenParquet = Callable[[str], Path]
"""Gives the file of a stored blob by its sha256; raises BlobMissing."""


class TransactionsTool:
    """Detectors, monthly sums, counterparties and the comparison with the expected profile."""

    name = "transactions"
    version = "1"
    description = "Detect patterns in the account entries and compare them with the expected use."
    parameters = NO_PARAMETERS

    def __init__(self, *, open_parquet: OpenParquet, policy: Policy) -> None:
        self._open = open_parquet
        self._policy = policy

    def __call__(self, dossier: Dossier, parameters: Json) -> ToolOutcome:
        """Look at all accounts of the case."""
        take_none(parameters)
        stored = dossier.transactions
        if stored is None:
            return _without_file(dossier)
        try:
            with open_entries(self._open(stored.parquet)) as entries:
                return self._look(dossier, stored, entries)
        except CasegateError as down:
            return unavailable(down.code, down.message, down.remedy)
        except (duckdb.Error, OSError) as broken:
            message = f"the stored transactions can't be read ({type(broken).__name__})"
            return unavailable(TransactionsInvalid.code, message, TransactionsInvalid.remedy)

    def _look(self, dossier: Dossier, stored: TransactionSet, entries: Table) -> ToolOutcome:
        bundle = dossier.bundle
        policy = self._policy.in_force(bundle.jurisdiction, bundle.opened_at.date())
        if policy is None:
            message = f"no detector policy for {bundle.jurisdiction} on {bundle.opened_at.date()}"
            return unavailable("policy_missing", message, "Add a version to policy.yaml.")
        if policy.currency != stored.currency:
            message = f"the policy is in {policy.currency}, the entries are in {stored.currency}"
            return unavailable("currency_mixed", message, "Send the entries in base amounts.")
        findings = scan(entries, policy)
        activity = measures.activities(entries)
        monthly = measures.months(entries)
        problem = _silent_accounts(dossier, {a.account for a in activity})
        return ToolOutcome(
            kind=EvidenceKind.TRANSACTIONS,
            title=_title(stored, findings),
            source=SnapshotSource(name="transactions", sha256=stored.parquet, rows=stored.rows),
            content=_content(stored, entries, policy, findings, activity, monthly),
            coverage=Coverage.DEGRADED if problem else Coverage.COMPLETE,
            problem=problem,
            facts=tuple(_facts(dossier, entries, policy, findings, activity, monthly)),
        )


def unavailable(code: str, message: str, remedy: str) -> ToolOutcome:
    """Say that the transactions could not be looked at, which is never `nothing found`."""
    return ToolOutcome(
        kind=EvidenceKind.TRANSACTIONS,
        title="Transactions could not be looked at",
        source=CaseSource(),
        content={},
        coverage=Coverage.UNAVAILABLE,
        problem=Problem(code=code, message=message, remedy=remedy, where="transactions"),
    )


def _without_file(dossier: Dossier) -> ToolOutcome:
    refused = [p for p in dossier.problems if p.code in _UNREAD or p.where == "transactions"]
    if refused:
        return unavailable(refused[-1].code, refused[-1].message, refused[-1].remedy)
    if dossier.bundle.kind is CaseKind.AML_ALERT:
        return unavailable(
            "transactions_missing",
            "the case has no transaction file, and its alert is about transactions",
            "Add transactions.csv or transactions.parquet to the case.",
        )
    return ToolOutcome(
        kind=EvidenceKind.TRANSACTIONS,
        title="No transactions were submitted; none are called for",
        source=CaseSource(),
        content={"submitted": False},
    )


def _silent_accounts(dossier: Dossier, seen: set[str]) -> Problem | None:
    silent = sum(account.number not in seen for account in dossier.bundle.accounts)
    if not silent:
        return None
    return Problem(
        code="accounts_without_entries",
        message=f"{silent} of {len(dossier.bundle.accounts)} accounts have no entry in the file",
        remedy="Send the entries of every account, or a case without the silent ones.",
        where="transactions",
    )


def _title(stored: TransactionSet, findings: tuple[TypologyFinding, ...]) -> str:
    names = ", ".join(dict.fromkeys(f.typology.replace("_", "-") for f in findings))
    return f"Transactions, {stored.rows} entries: {names or 'no pattern found'}"


def _content(
    stored: TransactionSet,
    entries: Table,
    policy: InForce,
    findings: tuple[TypologyFinding, ...],
    activity: tuple[measures.Activity, ...],
    monthly: tuple[measures.Month, ...],
) -> Json:
    complete = stored.rows <= ALL_ROWS_UP_TO
    named = {txn for finding in findings for txn in finding.txn_ids}
    rows = measures.transactions(entries, None if complete else named)
    listed = measures.counterparties(entries)
    return {
        "submitted": True,
        "policy": policy.name,
        "currency": stored.currency,
        "detectors": [detector.name for detector in DETECTORS],
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "accounts": [item.model_dump(mode="json") for item in activity],
        "monthly": [item.model_dump(mode="json") for item in monthly],
        "counterparties": [c.model_dump(mode="json") for c in listed[:LISTED_COUNTERPARTIES]],
        "counterparty_count": len(listed),
        "rows": [row.model_dump(mode="json") for row in rows],
        "rows_complete": complete,
    }


def _facts(
    dossier: Dossier,
    entries: Table,
    policy: InForce,
    findings: tuple[TypologyFinding, ...],
    activity: tuple[measures.Activity, ...],
    monthly: tuple[measures.Month, ...],
) -> list[FactDraft]:
    told = [facts.activity(item, policy.currency) for item in activity]
    named = {txn for finding in findings for txn in finding.txn_ids}
    rows = {row.id: row for row in measures.transactions(entries, named)} if named else {}
    found = [
        facts.Found(
            finding=finding,
            rows=tuple(rows[txn] for txn in finding.txn_ids),
            holder=facts.holder_of(dossier.bundle, finding.account),
        )
        for finding in findings
    ]
    told += facts.of_findings(found)
    told += _against_profile(dossier, policy, monthly)
    flagged = {finding.account for finding in findings}
    told += [
        facts.no_typology(item.account, len(DETECTORS))
        for item in activity
        if item.account not in flagged
    ]
    return told


def _against_profile(
    dossier: Dossier, policy: InForce, monthly: tuple[measures.Month, ...]
) -> list[FactDraft]:
    """Compare all accounts of the first subject together: the declaration is the customer's."""
    profile = dossier.bundle.expected_profile
    declared = [] if profile is None else [profile.monthly_credits, profile.peak_monthly_credits]
    if profile is None or any(m is not None and m.currency != policy.currency for m in declared):
        return []
    who = dossier.subjects()[0]
    held = {a.number for a in dossier.bundle.accounts if a.holder == who.id}
    values = policy.version.expected_activity
    compared = expected.compare(profile, measures.credits_by_month(monthly, held), values)
    return expected.facts(compared, who, policy.currency, values)
