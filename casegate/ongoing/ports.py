"""What ongoing screening needs of a screener beside single questions, as Protocols."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from casegate.model.base import Record
from casegate.model.customer import Customer, ListState
from casegate.model.evidence import Hit
from casegate.model.screening import ScreenAnswer, ScreenQuery


class EntryKey(Record):
    """An entry of a list, whichever version."""

    list: str
    entity_id: str


@dataclass(frozen=True)
class Screened:
    """Answers that were all given under one state of lists and matcher."""

    state: ListState
    answers: tuple[ScreenAnswer, ...]


@dataclass(frozen=True)
class Standing:
    """What the present lists say of an entry that was a hit before."""

    listed: bool
    hit: Hit | None
    """None: the entry is listed no more, or no longer resembles the customer."""


class DeltaRun(Protocol):
    """The entries that one state of the lists has and another had not, against all customers."""

    @property
    def entries(self) -> int:
        """Count the entries that were added or changed."""
        ...

    def matches(self, start: int, stop: int) -> tuple[Hit, ...]:
        """Give the hits of entries `start` to `stop`; `party` is the customer's number.

        Raises:
            ListsMoved: another state is in force than the one this run is for.
        """
        ...

    def outdated(self, entry: EntryKey, entity_hash: str) -> bool:
        """Tell whether an entry is listed no more or has another content than this."""
        ...


class CustomerScreener(Protocol):
    """Screens customers, one at a time or all against what is new."""

    def state(self) -> ListState:
        """Tell what is in force.

        Raises:
            ScreeningUnavailable: no list is loaded, or the state can't be read.
        """
        ...

    def screen(self, queries: Sequence[ScreenQuery]) -> Screened:
        """Answer every query under one state.

        Raises:
            ScreeningUnavailable: nobody was screened.
        """
        ...

    def again(self, asked: Sequence[tuple[ScreenQuery, EntryKey]]) -> list[Standing]:
        """Look at named entries again, whether or not a search by name would find them."""
        ...

    def delta(
        self,
        before: ListState,
        after: ListState,
        customers: Callable[[], Iterable[Customer]],
        *,
        most: int,
    ) -> DeltaRun | None:
        """Prepare a re-screening by what is new.

        None if the versions can't tell what is new, or more than `most` entries are: then every
        customer has to be asked about.

        Args:
            customers: opens all that may be meant, in the order of their numbers.
        """
        ...


class ListsMoved(Exception):
    """The lists in force are others than those that a re-screening began with."""
