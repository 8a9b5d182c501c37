"""Loaders: the bytes of a published list in, entries in FollowTheMoney's shape out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tools.screening.entities import ListEntity


class SourceFormat(StrEnum):
    """The formats that a list may come in."""

    OFAC_SDN = "ofac-sdn"
    UN_SC = "un-sc"
    FTM = "ftm"
    CSV = "csv"


@dataclass(frozen=True)
class ParsedList:
    """A list as read, before anything is stored."""

    name: str
    entities: tuple[ListEntity, ...]
    published: date | None = None
    """The date inside the file; None where the format carries none."""
    unmatched_aliases: int = 0
    """Rows of an alias file that name no entry: its date differs from the list's."""


Parse = Callable[[bytes], ParsedList]
"""Read a whole file. Raises `ListRefused` for anything it can't read to the end."""
