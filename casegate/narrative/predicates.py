"""Every predicate that a fact may have, with its roles. A fact outside this table is refused."""

from dataclasses import dataclass, field

from casegate.model.fact import FactDraft, RoleType

R = RoleType


@dataclass(frozen=True)
class Predicate:
    """A declared relation: role names with their types; `optional` roles may be absent."""

    name: str
    roles: dict[str, RoleType]
    meaning: str
    optional: frozenset[str] = field(default_factory=frozenset)


def _p(name: str, meaning: str, roles: dict[str, RoleType], optional: str = "") -> Predicate:
    return Predicate(name, roles, meaning, frozenset(optional.split()))


_ALL = (
    # the customer
    _p(
        "customer",
        "`party` has been a customer of the institution since `since`",
        {"party": R.PARTY, "since": R.DATE, "occupation": R.TEXT, "address": R.TEXT,
         "birth": R.DATE, "country": R.PLACE},
        "since occupation address birth country",
    ),
    _p(
        "account",
        "`account`, opened on `opened`, is held by `party`",
        {"party": R.PARTY, "account": R.ACCOUNT, "opened": R.DATE, "place": R.PLACE},
        "opened place",
    ),
    _p(
        "expected_monthly",
        "`party` declared monthly credits of `amount` on `stated`, for `purpose`",
        {"party": R.PARTY, "amount": R.MONEY, "stated": R.DATE, "purpose": R.TEXT},
        "stated purpose",
    ),
    _p(
        "declared_season",
        "`party` declared peak months `months` with monthly credits of `amount`",
        {"party": R.PARTY, "months": R.TEXT, "amount": R.MONEY},
    ),
    _p(
        "alert",
        "monitoring raised `alert` for scenario `scenario` on `date`",
        {"alert": R.TEXT, "scenario": R.TEXT, "date": R.DATE},
    ),
    _p("prior_cases", "`party` has `count` prior cases", {"party": R.PARTY, "count": R.COUNT}),
    _p(
        "prior_case",
        "prior case `case` on `party` was closed on `date` as `disposition`",
        {"party": R.PARTY, "case": R.TEXT, "date": R.DATE, "disposition": R.TEXT},
    ),
    # documents
    _p(
        "document_identity",
        "`document` shows `party`, born `birth`, document number `number`, valid until `expiry`",
        {"document": R.TEXT, "party": R.PARTY, "birth": R.DATE, "number": R.TEXT,
         "expiry": R.DATE, "country": R.PLACE},
        "birth number expiry country",
    ),
    _p(
        "document_address",
        "`document`, dated `date`, shows `party` at `address`",
        {"document": R.TEXT, "party": R.PARTY, "address": R.TEXT, "date": R.DATE},
        "date",
    ),
    _p(
        "document_funds",
        "`document` names `source` as origin of `amount`",
        {"document": R.TEXT, "party": R.PARTY, "source": R.TEXT, "amount": R.MONEY,
         "date": R.DATE},
        "amount date party",
    ),
    _p(
        "document_registration",
        "`document` shows `party` registered under `number` on `date` in `country`",
        {"document": R.TEXT, "party": R.PARTY, "number": R.TEXT, "date": R.DATE,
         "country": R.PLACE},
        "date country",
    ),
    _p(
        "attribute_agrees",
        "`attribute` of `party` agrees over `count` sources",
        {"party": R.PARTY, "attribute": R.TEXT, "count": R.COUNT},
    ),
    _p(
        "attribute_conflict",
        "`attribute` of `party` differs: `first` against `second`",
        {"party": R.PARTY, "attribute": R.TEXT, "first": R.TEXT, "second": R.TEXT},
    ),
    # ownership
    _p(
        "owner",
        "`party` holds `share` percent of `company` (effective, over all chains)",
        {"party": R.PARTY, "share": R.PERCENT, "company": R.PARTY},
    ),
    _p("control", "`party` controls `company`", {"party": R.PARTY, "company": R.PARTY}),
    # screening
    _p(
        "screened",
        "`count` parties were screened against `list` of `date`, without a hit",
        {"count": R.COUNT, "list": R.LIST, "date": R.DATE},
    ),
    _p(
        "hit",
        "`party` resembles `entry` on `list` (published `date`), score `score` percent",
        {"party": R.PARTY, "entry": R.TEXT, "list": R.LIST, "score": R.PERCENT,
         "date": R.DATE},
        "date",
    ),
    _p(
        "hit_agreement",
        "`attribute` of `party` agrees with `entry`",
        {"party": R.PARTY, "entry": R.TEXT, "attribute": R.TEXT},
    ),
    _p(
        "hit_contradiction",
        "`attribute` of `party` contradicts `entry`",
        {"party": R.PARTY, "entry": R.TEXT, "attribute": R.TEXT},
    ),
    # transactions: single rows
    _p(
        "credit",
        "one entry into `account`: `amount` on `date` by `channel` from `counterparty`",
        {"txn": R.TEXT, "account": R.ACCOUNT, "amount": R.MONEY, "date": R.DATE,
         "channel": R.TEXT, "counterparty": R.PARTY, "place": R.PLACE, "country": R.PLACE},
        "counterparty place country",
    ),
    _p(
        "debit",
        "one entry out of `account`: `amount` on `date` by `channel` to `counterparty`",
        {"txn": R.TEXT, "account": R.ACCOUNT, "amount": R.MONEY, "date": R.DATE,
         "channel": R.TEXT, "counterparty": R.PARTY, "place": R.PLACE, "country": R.PLACE},
        "counterparty place country",
    ),
    # transactions: aggregates
    _p(
        "activity",
        "over `span`, `account` had `credits` in `credit_count` entries and `debits` out",
        {"account": R.ACCOUNT, "span": R.SPAN, "credit_count": R.COUNT, "credits": R.MONEY,
         "debit_count": R.COUNT, "debits": R.MONEY},
    ),
    _p(
        "structuring",
        "`count` cash deposits between `min` and `max`, `total` together, first to last over "
        "`span`, each below the reporting threshold `threshold`",
        {"account": R.ACCOUNT, "party": R.PARTY, "count": R.COUNT, "total": R.MONEY,
         "min": R.MONEY, "max": R.MONEY, "first": R.DATE, "last": R.DATE, "span": R.SPAN,
         "threshold": R.MONEY, "places": R.COUNT},
        "places",
    ),
    _p(
        "cash_place",
        "`count` cash deposits totalling `total` were made at `place`",
        {"account": R.ACCOUNT, "place": R.PLACE, "count": R.COUNT, "total": R.MONEY},
    ),
    _p(
        "pass_through",
        "from `first` to `last`, `credited` came in; `debited` (`share`) left within "
        "`within` of each receipt",
        {"account": R.ACCOUNT, "party": R.PARTY, "credited": R.MONEY, "debited": R.MONEY,
         "share": R.PERCENT, "first": R.DATE, "last": R.DATE, "within": R.DURATION},
    ),
    _p(
        "fan_in",
        "`count` different parties paid `total` into `account` from `first` to `last`",
        {"account": R.ACCOUNT, "party": R.PARTY, "count": R.COUNT, "total": R.MONEY,
         "first": R.DATE, "last": R.DATE},
    ),
    _p(
        "transfers_to",
        "`count` transfers totalling `total` went to `counterparty` in `country`",
        {"account": R.ACCOUNT, "counterparty": R.PARTY, "count": R.COUNT, "total": R.MONEY,
         "first": R.DATE, "last": R.DATE, "country": R.PLACE},
        "country",
    ),
    _p(
        "exceeds_expected",
        "credits of `measured` in `month` are `multiple` times the declared `expected`",
        {"party": R.PARTY, "measured": R.MONEY, "expected": R.MONEY, "multiple": R.MULTIPLE,
         "month": R.TEXT},
    ),
    _p(
        "within_expected",
        "credits of `measured` in `month` stay within the declared `expected`",
        {"party": R.PARTY, "measured": R.MONEY, "expected": R.MONEY, "month": R.TEXT},
    ),
    _p(
        "same_season",
        "credits in `month` of the year before were `previous`, now `measured`",
        {"party": R.PARTY, "month": R.TEXT, "previous": R.MONEY, "measured": R.MONEY},
    ),
    _p("no_typology", "no detector of `count` found a pattern on `account`",
       {"account": R.ACCOUNT, "count": R.COUNT}),
    # guidance
    _p(
        "guidance",
        "guidance note `note` says why `typology` matters",
        {"note": R.TEXT, "typology": R.TEXT},
    ),
    # rating
    _p("rating", "`party` is rated `rating`", {"party": R.PARTY, "rating": R.TEXT}),
)  # fmt: skip

PREDICATES: dict[str, Predicate] = {predicate.name: predicate for predicate in _ALL}


def broken_declaration(fact: FactDraft) -> str | None:
    """Say how a fact breaks its predicate's declaration; None if it keeps it."""
    declared = PREDICATES.get(fact.predicate)
    if declared is None:
        return f"unknown predicate {fact.predicate!r}"
    if extra := sorted(set(fact.roles) - set(declared.roles)):
        return f"`{fact.predicate}` has no roles {extra}"
    if missing := sorted(set(declared.roles) - declared.optional - set(fact.roles)):
        return f"`{fact.predicate}` lacks roles {missing}"
    for role, value in fact.roles.items():
        if value.type is not declared.roles[role]:
            return f"`{fact.predicate}.{role}` must be {declared.roles[role]}, got {value.type}"
    return None
