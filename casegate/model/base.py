"""What all records share."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
PartialDate = Annotated[str, StringConstraints(pattern=PARTIAL_DATE)]
"""ISO 8601 as far as it is known: `1968`, `1968-04` or `1968-04-17`."""
Gender = Literal["male", "female", "other"]
Json = dict[str, Any]


class Record(BaseModel):
    """A value that never changes; unknown keys are an error, so a typo can't pass for data."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(Record):
    """An amount in one currency (ISO 4217 code). Never a float."""

    amount: Decimal
    currency: Currency


class Problem(Record):
    """Something that went wrong on a case, as the case shows it. No personal data."""

    code: str
    message: str
    remedy: str = ""
    where: str = ""
    """The id of the document, tool or node that it is about, such as `d-17` or `screening`."""


def faults(bad: ValidationError, *, whole: str) -> list[str]:
    """Name each field that can't be used and why, never its value; `whole` is the input itself."""
    return [
        f"`{'.'.join(map(str, e['loc'])) or whole}`: {e['msg']}"
        for e in bad.errors(include_input=False, include_url=False, include_context=False)
    ]
