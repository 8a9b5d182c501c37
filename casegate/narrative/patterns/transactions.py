"""Sentences about entries on accounts and what detectors found in them."""

from casegate.narrative.patterns.base import BODY, END, KYC, NO_FILE, SAR, Pattern

_BOTH = frozenset({SAR, NO_FILE})
_WITH_KYC = frozenset({SAR, NO_FILE, KYC})
_SAR = frozenset({SAR})
_NO_FILE = frozenset({NO_FILE})
_CASH = (("channel", "cash"),)
_DAYS = ("first", "last")
_DEPOSITS = "{count} cash {count|deposit|deposits}"


def _credit(id_: str, order: int, template: str, *, cash: bool = False) -> Pattern:
    where = _CASH if cash else ()
    return Pattern(id_, ("credit",), _BOTH, BODY, order, template, where=where)


def _debit(id_: str, order: int, template: str, *, cash: bool = False) -> Pattern:
    where = _CASH if cash else ()
    return Pattern(id_, ("debit",), _BOTH, BODY, order, template, where=where)


_ROWS: tuple[Pattern, ...] = (
    _credit("credit.cash_place", 40,
            "On {date}, {amount} in cash was deposited into account {account} at {place}.",
            cash=True),
    _credit("credit.cash", 40, "On {date}, {amount} in cash was deposited into account {account}.",
            cash=True),
    _credit("credit.from_country", 40,
            "On {date}, account {account} was credited with {amount} by {channel} from "
            "{counterparty} in {country}."),
    _credit("credit.from", 40,
            "On {date}, account {account} was credited with {amount} by {channel} from "
            "{counterparty}."),
    _credit("credit.plain", 40,
            "On {date}, account {account} was credited with {amount} by {channel}."),
    _debit("debit.cash_place", 40,
           "On {date}, {amount} in cash was withdrawn from account {account} at {place}.",
           cash=True),
    _debit("debit.cash", 40, "On {date}, {amount} in cash was withdrawn from account {account}.",
           cash=True),
    _debit("debit.to_country", 40,
           "On {date}, {amount} left account {account} by {channel} to {counterparty} in "
           "{country}."),
    _debit("debit.to", 40, "On {date}, {amount} left account {account} by {channel} to "
           "{counterparty}."),
    _debit("debit.plain", 40, "On {date}, {amount} left account {account} by {channel}."),
)  # fmt: skip

_STRUCTURING: tuple[Pattern, ...] = (
    Pattern("structuring.total", ("structuring",), _BOTH, BODY, 30,
            "{party} made " + _DEPOSITS + " totalling {total} into account {account} between "
            "{first} and {last}.", differ=_DAYS),
    Pattern("structuring.total_day", ("structuring",), _BOTH, BODY, 30,
            "{party} made " + _DEPOSITS + " totalling {total} into account {account}, all on "
            "{first}.", same=_DAYS),
    Pattern("structuring.range", ("structuring",), _BOTH, BODY, 31,
            "The amount of each deposit into account {account} was between {min} and {max}, below "
            "the reporting threshold of {threshold}."),
    Pattern("cash_place.total", ("cash_place",), _BOTH, BODY, 32,
            _DEPOSITS + " totalling {total} {count|was|were} made into account {account} at "
            "{place}."),
    Pattern("structuring.places", ("structuring",), _BOTH, BODY, 33,
            "The method was a series of " + _DEPOSITS + " into account {account} at {places} "
            "{places|place|places}.", always=True),
    Pattern("structuring.method", ("structuring",), _SAR, BODY, 34,
            "The method was a series of " + _DEPOSITS + " into account {account}.", always=True),
    Pattern("structuring.reason", ("structuring",), _SAR, END, 10,
            "A reason for this report is the series of " + _DEPOSITS + ", each below the reporting "
            "threshold of {threshold}.", always=True),
)  # fmt: skip

_FLOWS: tuple[Pattern, ...] = (
    Pattern("activity.both_ways", ("activity",), _WITH_KYC, BODY, 28,
            "Over the period {span}, account {account} received {credits} in {credit_count} "
            "{credit_count|entry|entries} and paid out {debits} in {debit_count} "
            "{debit_count|entry|entries}."),
    Pattern("pass_through.both_legs", ("pass_through",), _BOTH, BODY, 50,
            "Between {first} and {last}, account {account} of {party} received {credited}, and "
            "{debited}, {share} of that amount, left it within {within} of receipt.",
            differ=_DAYS),
    Pattern("pass_through.both_legs_day", ("pass_through",), _BOTH, BODY, 50,
            "On {first}, account {account} of {party} received {credited}, and {debited}, {share} "
            "of that amount, left it within {within} of receipt.", same=_DAYS),
    Pattern("pass_through.method", ("pass_through",), _SAR, BODY, 51,
            "The method was to move funds out of account {account} within {within} of receipt.",
            always=True),
    Pattern("pass_through.reason", ("pass_through",), _SAR, END, 11,
            "A reason for this report is that {share} of the {credited} received left account "
            "{account} within {within}.", always=True),
    Pattern("fan_in.total", ("fan_in",), _BOTH, BODY, 52,
            "{count} different {count|party|parties} paid a total of {total} into account "
            "{account} of {party} between {first} and {last}.", differ=_DAYS),
    Pattern("fan_in.total_day", ("fan_in",), _BOTH, BODY, 52,
            "{count} different {count|party|parties} paid a total of {total} into account "
            "{account} of {party}, all on {first}.", same=_DAYS),
    Pattern("fan_in.reason", ("fan_in",), _SAR, END, 12,
            "A reason for this report is that {count} different {count|party|parties} paid into "
            "account {account}.", always=True),
    Pattern("transfers_to.country", ("transfers_to",), _BOTH, BODY, 60,
            "{count} {count|transfer|transfers} totalling {total} went from account {account} to "
            "{counterparty} in {country} between {first} and {last}.", differ=_DAYS),
    Pattern("transfers_to.country_day", ("transfers_to",), _BOTH, BODY, 60,
            "{count} {count|transfer|transfers} totalling {total} went from account {account} to "
            "{counterparty} in {country}, all on {first}.", same=_DAYS),
    Pattern("transfers_to.total", ("transfers_to",), _BOTH, BODY, 60,
            "{count} {count|transfer|transfers} totalling {total} went from account {account} to "
            "{counterparty} between {first} and {last}.", differ=_DAYS),
    Pattern("transfers_to.total_day", ("transfers_to",), _BOTH, BODY, 60,
            "{count} {count|transfer|transfers} totalling {total} went from account {account} to "
            "{counterparty}, all on {first}.", same=_DAYS),
)  # fmt: skip

_AGAINST_PROFILE: tuple[Pattern, ...] = (
    Pattern("exceeds_expected.multiple", ("exceeds_expected",), _BOTH, BODY, 70,
            "Credits to {party} in {month} came to {measured}, which is {multiple} the declared "
            "monthly credits of {expected}."),
    Pattern("exceeds_expected.reason", ("exceeds_expected",), _SAR, END, 13,
            "A reason for this report is that credits to {party} in {month} were {multiple} the "
            "declared amount.", always=True),
    Pattern("within_expected.month", ("within_expected",), _BOTH, BODY, 71,
            "Credits to {party} in {month} came to {measured}, which stays within the declared "
            "monthly credits of {expected}."),
    Pattern("within_expected.reason", ("within_expected",), _NO_FILE, END, 10,
            "A reason for proposing no report is that credits to {party} in {month} stay within "
            "the declared {expected}.", always=True),
    Pattern("same_season.year_before", ("same_season",), _BOTH, BODY, 72,
            "Credits to {party} in {month} came to {measured}, against {previous} in the same "
            "month of the year before."),
    Pattern("no_typology.account", ("no_typology",), _WITH_KYC, BODY, 80,
            "{count} {count|detector|detectors} found no pattern on account {account}."),
)  # fmt: skip

PATTERNS: tuple[Pattern, ...] = (*_ROWS, *_STRUCTURING, *_FLOWS, *_AGAINST_PROFILE)
