"""The detectors, as an explicit table. Each is one ibis expression over all accounts at once.

To add one: a file here with `find(entries, values)`, its parameters in `policy.py` and
`policy.yaml`, and a row below.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ibis.expr.types import Table

from casegate.model.base import Record
from tools.transactions.detectors import fan_in, pass_through, structuring
from tools.transactions.policy import PolicyVersion


@dataclass(frozen=True)
class Detector:
    """A typology with the expression that finds its rows and the parameters it reads."""

    name: str
    find: Callable[[Table, PolicyVersion], Table]
    """Gives the rows of all patterns with the columns of the entries and `episode`, which
    numbers the patterns of one account from 1."""
    values: Callable[[PolicyVersion], Record]


DETECTORS: tuple[Detector, ...] = (
    Detector(
        "structuring",
        lambda entries, version: structuring.find(entries, version.structuring),
        lambda version: version.structuring,
    ),
    Detector(
        "pass_through",
        lambda entries, version: pass_through.find(entries, version.pass_through),
        lambda version: version.pass_through,
    ),
    Detector(
        "fan_in",
        lambda entries, version: fan_in.find(entries, version.fan_in),
        lambda version: version.fan_in,
    ),
)
