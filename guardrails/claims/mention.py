"""A value found in a text, before anything is known of its truth."""

from dataclasses import dataclass
from enum import StrEnum

from casegate.model.narrative import ClaimKind


class Form(StrEnum):
    """What a reading can be compared with; beside each, its canonical key."""

    MONEY = "money"  # "9500.00|USD"; without a currency "9500.00|"
    DAY = "day"  # "2026-03-04"
    DAY_OF_YEAR = "day_of_year"  # "03-04": the year is left out
    MONTH = "month"  # "2026-03"
    MONTH_OF_YEAR = "month_of_year"  # "03"
    YEAR = "year"  # "2026"
    COUNT = "count"  # "4"
    PERCENT = "percent"  # "92"
    MULTIPLE = "multiple"  # "3.2"
    HOURS = "hours"  # "48": days and weeks are turned into hours
    MONTHS = "months"  # "6": a duration
    ACCOUNT = "account"  # letters and digits, upper case
    ACCOUNT_END = "account_end"  # "8819": the last characters of an account
    WORDS = "words"  # tokens of a recorded name, place, list or text, joined by blanks
    NONE = "none"  # looks like a value and can't be read


class Hint(StrEnum):
    """What the words around a value say of its part."""

    NONE = ""
    START = "start"
    END = "end"
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True)
class Reading:
    """One thing that a mention can mean."""

    form: Form
    key: str


@dataclass(frozen=True)
class Mention:
    """A value in a sentence with everything that it can mean."""

    kind: ClaimKind
    start: int
    end: int
    text: str
    readings: tuple[Reading, ...]
    hint: Hint = Hint.NONE
    wrong: str = ""
    """Why it can't be right whatever the records say, such as a day that does not exist."""

    @property
    def hard(self) -> bool:
        """True for numbers and days; names, accounts, places and ids only say whose they are."""
        return self.kind in _HARD


_HARD = frozenset(
    {ClaimKind.AMOUNT, ClaimKind.DATE, ClaimKind.SPAN, ClaimKind.COUNT, ClaimKind.PERCENT,
     ClaimKind.MULTIPLE, ClaimKind.DURATION}
)  # fmt: skip


def decimal_key(text: str) -> str:
    """Bring a plain decimal to one form: `92.50` and `92.5` are equal."""
    trimmed = text.rstrip("0").rstrip(".") if "." in text else text
    return trimmed or "0"
