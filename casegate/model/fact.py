"""Facts: typed predicates over evidence, computed by code. The only source of values in a text."""

from enum import StrEnum

from casegate.model.base import Record


class RoleType(StrEnum):
    """What kind of value fills a role; beside each, the canonical form of `RoleValue.value`."""

    MONEY = "money"  # plain decimal with two places: "9500.00"; currency in `unit`
    DATE = "date"  # ISO 8601: "2026-03-04"
    SPAN = "span"  # "2026-03-04/2026-03-11"
    PARTY = "party"  # the name as recorded; party id in `unit` where there is one
    ACCOUNT = "account"  # the number as recorded
    COUNT = "count"  # decimal digits: "4"
    MULTIPLE = "multiple"  # one decimal place: "3.2" (times)
    PERCENT = "percent"  # plain decimal: "92" or "12.5"
    PLACE = "place"  # branch, city or country as recorded
    LIST = "list"  # name of a sanctions list
    DURATION = "duration"  # whole number; `unit` is "days", "hours" or "months"
    TEXT = "text"  # words of a source, such as an occupation or a document type


class RoleValue(Record):
    """One value in one role of a fact."""

    type: RoleType
    value: str
    unit: str = ""


class Fact(Record):
    """One predicate with its roles filled, resting on evidence.

    `predicate` is declared in `casegate.narrative.predicates`, which fixes the role names and
    types; a fact that breaks its declaration is refused when it is recorded.
    """

    id: str
    """`F1`, `F2` ... within the case."""
    predicate: str
    roles: dict[str, RoleValue]
    evidence: tuple[str, ...]
    mitigating: bool = False
    required: bool = False
    """A narrative of this case is incomplete without it."""


class FactDraft(Record):
    """A fact as a tool computes it, before the case numbers it and ties it to evidence."""

    predicate: str
    roles: dict[str, RoleValue]
    mitigating: bool = False
    required: bool = False
