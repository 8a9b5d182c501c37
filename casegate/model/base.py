"""What all records share."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
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
