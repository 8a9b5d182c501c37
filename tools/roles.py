"""Role values in their canonical form (`casegate.model.fact.RoleType`)."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.party import Party


def money(amount: Decimal, currency: str) -> RoleValue:
    """Give an amount with two places."""
    return RoleValue(type=RoleType.MONEY, value=f"{amount:.2f}", unit=currency)


def day(value: date) -> RoleValue:
    """Give a day."""
    return RoleValue(type=RoleType.DATE, value=value.isoformat())


def span(first: date, last: date) -> RoleValue:
    """Give the days from `first` to `last`, both included."""
    return RoleValue(type=RoleType.SPAN, value=f"{first.isoformat()}/{last.isoformat()}")


def party(who: Party) -> RoleValue:
    """Give a party of the case."""
    return RoleValue(type=RoleType.PARTY, value=who.name, unit=who.id)


def counterparty(name: str) -> RoleValue:
    """Give a party that the case knows by name alone."""
    return RoleValue(type=RoleType.PARTY, value=name)


def account(number: str) -> RoleValue:
    """Give an account."""
    return RoleValue(type=RoleType.ACCOUNT, value=number)


def count(number: int) -> RoleValue:
    """Give a count."""
    return RoleValue(type=RoleType.COUNT, value=str(number))


def percent(share: Decimal) -> RoleValue:
    """Give a percentage, rounded to one place where it has more."""
    return RoleValue(type=RoleType.PERCENT, value=plain(_one_place(share)))


def multiple(times: Decimal) -> RoleValue:
    """Give a multiple with one place."""
    return RoleValue(type=RoleType.MULTIPLE, value=f"{_one_place(times)}")


def place(name: str) -> RoleValue:
    """Give a branch, a city, or a country by its code."""
    return RoleValue(type=RoleType.PLACE, value=name)


def hours(number: int) -> RoleValue:
    """Give a duration in hours."""
    return RoleValue(type=RoleType.DURATION, value=str(number), unit="hours")


def text(words: str) -> RoleValue:
    """Give words of a source."""
    return RoleValue(type=RoleType.TEXT, value=words)


def fact(
    predicate: str,
    roles: Mapping[str, RoleValue | None],
    *,
    mitigating: bool = False,
    required: bool = False,
) -> FactDraft:
    """Make a fact; roles that are None or empty are left out."""
    return FactDraft(
        predicate=predicate,
        roles={name: value for name, value in roles.items() if value is not None and value.value},
        mitigating=mitigating,
        required=required,
    )


def plain(number: Decimal) -> str:
    """Write a number without exponent or trailing zeros."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _one_place(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)
