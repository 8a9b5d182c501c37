"""What is new between two states of the lists, run against the customers.

An entry that was added or changed becomes a query against the customer index; each customer found
is then compared with the entry by the very scorer that answers a question about that customer, so a
hit has the score and the band that a full re-screening would give it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casegate.errors import ScreeningUnavailable
from casegate.model.customer import Customer, ListState
from casegate.model.evidence import Hit
from casegate.model.screening import ScreenQuery
from casegate.ongoing.ports import EntryKey, ListsMoved, Screened, Standing
from tools.screening.customers import customer_index, customer_of
from tools.screening.identifiers import identifier_keys
from tools.screening.index import CandidateIndex, IndexedEntity
from tools.screening.screener import LocalScreener
from tools.screening.versions import read_entities, read_manifest

_TRIES = 5
_PAGE = 500
"""Customers looked at first for one spelling. With 60, 5 of 168 hits of a full re-screening were
missed among 100,000 customers: they stood at places 107 to 402."""
_MOST = 5120
"""Customers looked at for one spelling of an entry's name, however many are hits."""

Key = tuple[str, str]
"""List and entity id."""


class LocalCustomerScreener:
    """Ongoing screening in this process, over the lists on disk."""

    def __init__(self, screener: LocalScreener, data_dir: Path, *, page: int = _PAGE) -> None:
        """Bind to a screener; `page` customers are looked at first for one spelling."""
        self._screener = screener
        self._data_dir = data_dir
        self.page = page

    def state(self) -> ListState:
        """Tell what is in force."""
        lists = self._screener.lists.current().versions
        if not lists:
            raise ScreeningUnavailable("no sanctions list is loaded")
        return ListState(lists=lists, matcher=self._screener.matcher.config_hash)

    def screen(self, queries: Sequence[ScreenQuery]) -> Screened:
        """Answer every query under one state; again if the lists change meanwhile."""
        for _ in range(_TRIES):
            state = self.state()
            answers = tuple(self._screener.screen(queries))
            told = {v.list: v.version for answer in answers[:1] for v in answer.versions}
            if not answers or told == self._versions(state):
                return Screened(state, answers)
        raise ScreeningUnavailable("the lists are being replaced without a pause")

    def again(self, asked: Sequence[tuple[ScreenQuery, EntryKey]]) -> list[Standing]:
        """Look at named entries again."""
        state = self.state()
        wanted = {(key.list, key.entity_id) for _, key in asked}
        found = {(item.list, item.entity.id): item for item in self._entries(state, wanted)}
        return [self._standing(query, found.get((key.list, key.entity_id))) for query, key in asked]

    def _standing(self, query: ScreenQuery, item: IndexedEntity | None) -> Standing:
        if item is None:
            return Standing(listed=False, hit=None)
        hits = self._screener.compare(query, [item])
        return Standing(listed=True, hit=hits[0] if hits else None)

    def delta(
        self,
        before: ListState,
        after: ListState,
        customers: Callable[[], Iterable[Customer]],
        *,
        most: int,
    ) -> "LocalDeltaRun | None":
        """Prepare a re-screening by what is new; None if the matcher or a version is another."""
        if before.matcher != after.matcher:
            return None
        try:
            now, past = self._content(after), self._content(before)
        except ScreeningUnavailable:
            return None
        new = {key for key, digest in now.items() if past.get(key) != digest}
        if len(new) > most:
            return None
        items = sorted(self._entries(after, new), key=lambda item: (item.list, item.entity.id))
        index = customer_index(self._data_dir, customers()) if items else None
        return LocalDeltaRun(self, self._screener, index, after, tuple(items), now)

    def _folder(self, state: ListState, name: str) -> Path:
        return self._screener.lists.root / "versions" / name / state.lists[name]

    def _versions(self, state: ListState) -> dict[str, str]:
        return {
            name: read_manifest(self._folder(state, name)).version.version for name in state.lists
        }

    def _content(self, state: ListState) -> dict[Key, str]:
        """Give the content hash of every entry."""
        return {
            (name, entity.id): entity.content_hash
            for name in sorted(state.lists)
            for entity in read_entities(self._folder(state, name))
        }

    def _entries(self, state: ListState, wanted: set[Key]) -> Iterator[IndexedEntity]:
        for name in sorted({name for name, _ in wanted} & state.lists.keys()):
            folder = self._folder(state, name)
            version = read_manifest(folder).version.version
            for entity in read_entities(folder):
                if (name, entity.id) in wanted:
                    yield IndexedEntity(entity, name, version)


@dataclass(frozen=True)
class LocalDeltaRun:
    """Entries that are new, and the customers that they may mean."""

    _of: LocalCustomerScreener
    _screener: LocalScreener
    _index: CandidateIndex | None
    _state: ListState
    _new: tuple[IndexedEntity, ...]
    _now: dict[Key, str]

    @property
    def entries(self) -> int:
        """Count what is new."""
        return len(self._new)

    def outdated(self, entry: EntryKey, entity_hash: str) -> bool:
        """Tell whether an entry is listed no more or has another content than this."""
        return self._now.get((entry.list, entry.entity_id)) != entity_hash

    def matches(self, start: int, stop: int) -> tuple[Hit, ...]:
        """Give the hits of entries `start` to `stop`; `party` is the customer's number."""
        found = [hit for item in self._new[start:stop] for hit in self._of_entry(item)]
        if self._of.state() != self._state:
            raise ListsMoved
        return tuple(found)

    def _of_entry(self, entry: IndexedEntity) -> list[Hit]:
        """Look at the nearest customers page by page, until a page holds no hit."""
        if self._index is None:
            return []
        known: dict[str, tuple[Hit, ...]] = {}
        keys = identifier_keys(entry.entity.identifiers(), shortest=1)
        self._look(entry, self._index.with_identifiers(keys), known)
        for name in entry.entity.names():
            seen, limit = 0, self._of.page
            while limit <= _MOST:
                page = self._index.candidates(name, entry.entity.schema, limit=limit)
                fresh = page[seen:]
                self._look(entry, fresh, known)
                if len(page) < limit or not any(known[item.entity.id] for item in fresh):
                    break
                seen, limit = limit, limit * 2
        return [hit for hits in known.values() for hit in hits]

    def _look(
        self,
        entry: IndexedEntity,
        customers: Iterable[IndexedEntity],
        known: dict[str, tuple[Hit, ...]],
    ) -> None:
        for item in customers:
            if item.entity.id not in known:
                query = customer_of(item).query()
                known[item.entity.id] = self._screener.compare(query, [entry])
