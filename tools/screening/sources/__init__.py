"""Loaders: the bytes of a published list in, entries in FollowTheMoney's shape out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tools.screening.entities import ListEntity


class SourceFormat(StrEnum):
    """The formats that a list may come in."""

    OFAC_SDN = "ofac-sdn"
    OFAC_ADVANCED = "ofac-advanced"
    UN_SC = "un-sc"
    EU_FSF = "eu-fsf"
    UK_SL = "uk-sl"
    FTM = "ftm"
    CSV = "csv"


class Topic(StrEnum):
    """What a list is for, in the words of the command line."""

    SANCTION = "sanction"
    PEP = "pep"
    ADVERSE_MEDIA = "adverse-media"
    WATCHLIST = "watchlist"


FTM_TOPICS = {
    Topic.SANCTION: "sanction",
    Topic.PEP: "role.pep",
    Topic.ADVERSE_MEDIA: "reg.warn",
    Topic.WATCHLIST: "poi",
}
"""The same in FollowTheMoney's words, as entries hold it."""
LIST_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,63}$")
"""What a list may be called: it names a folder."""
SANCTION = FTM_TOPICS[Topic.SANCTION]


@dataclass(frozen=True)
class ParsedList:
    """A list as read, before anything is stored."""

    name: str
    entities: tuple[ListEntity, ...]
    published: date | None = None
    """The date inside the file; None where the format carries none."""
    unmatched_aliases: int = 0
    """Rows of a file beside the list that name no entry: its date differs from the list's."""


Parse = Callable[[bytes], ParsedList]
"""Read a whole file. Raises `ListRefused` for anything it can't read to the end."""
