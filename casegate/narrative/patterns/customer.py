"""Sentences about the customer, the account, the declared profile, the alert and prior cases."""

from casegate.narrative.patterns.base import ALL, BODY, END, HIT, INTRO, KYC, NO_FILE, SAR, Pattern

_ACCOUNT_KINDS = frozenset({SAR, NO_FILE, KYC})
_ALERT_KINDS = frozenset({SAR, NO_FILE, HIT})
_IDENTITY_KINDS = frozenset({KYC, HIT})
_RATING_KINDS = frozenset({NO_FILE, KYC, HIT})
_HOLDER = (("customer.party", "account.party"),)

PATTERNS: tuple[Pattern, ...] = (
    Pattern("customer_account.full", ("customer", "account"), _ACCOUNT_KINDS, INTRO, 10,
            "{customer.party}, whose recorded occupation or business is {customer.occupation}, has "
            "been a customer of the institution since {customer.since} and holds account "
            "{account.account}.", shared=_HOLDER),
    Pattern("customer.full", ("customer",), ALL, INTRO, 11,
            "{party}, whose recorded occupation or business is {occupation}, has been a customer "
            "of the institution since {since}."),
    Pattern("customer.since", ("customer",), ALL, INTRO, 12,
            "{party} has been a customer of the institution since {since}."),
    Pattern("customer.occupation", ("customer",), ALL, INTRO, 13,
            "The recorded occupation or business of {party} is {occupation}."),
    Pattern("customer.plain", ("customer",), ALL, INTRO, 14,
            "{party} is on record with the institution."),
    Pattern("customer.birth", ("customer",), _IDENTITY_KINDS, BODY, 10,
            "The recorded date of birth of {party} is {birth}."),
    Pattern("customer.address", ("customer",), _IDENTITY_KINDS, BODY, 11,
            "The recorded address of {party} is {address}."),
    Pattern("customer.country", ("customer",), _IDENTITY_KINDS, BODY, 12,
            "The recorded country of {party} is {country}."),
    Pattern("account.full", ("account",), _ACCOUNT_KINDS, INTRO, 20,
            "Account {account}, opened on {opened} at {place}, is held by {party}."),
    Pattern("account.opened", ("account",), _ACCOUNT_KINDS, INTRO, 21,
            "Account {account}, opened on {opened}, is held by {party}."),
    Pattern("account.place", ("account",), _ACCOUNT_KINDS, INTRO, 22,
            "Account {account}, kept at {place}, is held by {party}."),
    Pattern("account.plain", ("account",), _ACCOUNT_KINDS, INTRO, 23,
            "Account {account} is held by {party}."),
    Pattern("alert.raised", ("alert",), _ALERT_KINDS, INTRO, 30,
            "Monitoring raised alert {alert} for the scenario {scenario} on {date}."),
    Pattern("prior_cases.count", ("prior_cases",), ALL, INTRO, 40,
            "The records hold {count} prior {count|case|cases} on {party}."),
    Pattern("prior_case.outcome", ("prior_case",), ALL, INTRO, 41,
            "Prior case {case} on {party} was closed on {date} with the outcome {disposition}."),
    Pattern("expected_monthly.full", ("expected_monthly",), _ACCOUNT_KINDS, BODY, 20,
            "On {stated}, {party} declared expected monthly credits of {amount}, with the stated "
            'purpose "{purpose}".'),
    Pattern("expected_monthly.stated", ("expected_monthly",), _ACCOUNT_KINDS, BODY, 21,
            "On {stated}, {party} declared expected monthly credits of {amount}."),
    Pattern("expected_monthly.purpose", ("expected_monthly",), _ACCOUNT_KINDS, BODY, 22,
            "{party} declared expected monthly credits of {amount}, with the stated purpose "
            '"{purpose}".'),
    Pattern("expected_monthly.plain", ("expected_monthly",), _ACCOUNT_KINDS, BODY, 23,
            "{party} declared expected monthly credits of {amount}."),
    Pattern("declared_season.months", ("declared_season",), _ACCOUNT_KINDS, BODY, 24,
            "{party} declared {months} as peak months, with expected monthly credits of {amount} "
            "in them."),
    Pattern("rating.plain", ("rating",), _RATING_KINDS, END, 10, "{party} is rated {rating}."),
)  # fmt: skip
