"""The screener: lists on disk, candidates, scores, bands, coverage. It never clears anything."""

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casegate.desk.ports import Clock
from casegate.errors import ScreeningUnavailable
from casegate.model.evidence import Coverage, Hit, ListVersion
from casegate.model.screening import Matcher, ScreenAnswer, ScreenQuery
from tools.screening.agreement import shared_numbers
from tools.screening.asked import understood
from tools.screening.identifiers import identifier_keys
from tools.screening.index import CandidateIndex, IndexedEntity
from tools.screening.judging import judged, worst_last
from tools.screening.lists import ListStore
from tools.screening.names import romanised, words
from tools.screening.policy import POLICY_FILE, policy_at
from tools.screening.prepared import PreparedQuery
from tools.screening.queries import NewToken
from tools.screening.scoring import Scorer
from tools.screening.wording import Rarity

_TRIES = 5


@dataclass(frozen=True)
class _Opened:
    """An opened index and the state of `current.json` that it belongs to."""

    stamp: tuple[int, int, int]
    index: CandidateIndex
    versions: tuple[ListVersion, ...]
    """Those of the index, with the days on which they were last loaded."""


class LocalScreener:
    """Screens in this process: tantivy for candidates, `LogicV2` for scores.

    Lists that another process loads are in force from the next call of `screen` on.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        threshold: float,
        candidates: int,
        clock: Clock,
        new_token: NewToken,
        policy_file: Path = POLICY_FILE,
    ) -> None:
        """Bind to a data folder; reads the policy, opens no list.

        Args:
            threshold: lower edge of the band `review`, compared with the score before
                contradictions are taken off.
            candidates: how many entries are scored for each spelling of a query.
            new_token: gives a string that was never given before, such as a UUID4.
        """
        self._policy = policy_at(clock().date(), policy_file)
        self._store = ListStore(data_dir, clock=clock, policy=self._policy)
        self._threshold = threshold
        self._candidates = candidates
        self._scorer = Scorer(
            policy=self._policy, threshold=threshold, candidates=candidates, new_token=new_token
        )
        self._clock = clock
        self._opening = threading.Lock()
        self._opened: _Opened | None = None

    def versions(self) -> tuple[ListVersion, ...]:
        """Give the list versions in force; empty when none is loaded."""
        return self._store.versions()

    def warm(self) -> None:
        """Load the matcher's name data and open the index.

        Lists that are missing or broken don't stop a worker here: `screen` says so for every case,
        and each case is then held with the reason on it.
        """
        self._scorer.warm()
        with contextlib.suppress(ScreeningUnavailable):
            self._index()

    def screen(self, queries: Sequence[ScreenQuery]) -> list[ScreenAnswer]:
        """Answer every query, in order, all against the same list versions."""
        opened = self._index()
        return [self._answer(opened, query) for query in queries]

    def compare(self, query: ScreenQuery, items: Sequence[IndexedEntity]) -> tuple[Hit, ...]:
        """Score one party against entries that were picked otherwise, just as `screen` would."""
        index = self._index().index
        asked = understood(query, policy=self._policy, today=self._clock().date())
        if asked.coverage is Coverage.UNAVAILABLE:
            return ()
        prepared = self._scorer.prepare(asked.query)
        hits = (self._hit(asked.query, prepared, item, index.rarity) for item in items)
        return tuple(hit for hit in hits if hit is not None)

    @property
    def matcher(self) -> Matcher:
        """Tell what decides a score here."""
        return self._scorer.matcher

    @property
    def lists(self) -> ListStore:
        """Give the lists that are screened against."""
        return self._store

    def _index(self) -> _Opened:
        """Give the index in force, opened again after every swap.

        While one thread opens a new one, others go on with the one before it: their answers say
        against which versions they were made.
        """
        before = self._opened
        if before is not None and before.stamp == self._stamp():
            return before
        if before is not None and self._opening.locked():
            return before
        with self._opening:
            return self._open()

    def _open(self) -> _Opened:
        for _ in range(_TRIES):
            stamp = self._stamp()
            if self._opened is not None and self._opened.stamp == stamp:
                return self._opened
            try:
                index = CandidateIndex(self._store.index_folder())
                self._opened = _Opened(stamp, index, self._dated(index.manifest.versions))
            except ScreeningUnavailable:
                # Two swaps between reading the state and opening the index take it away.
                if self._stamp() == stamp:
                    raise
        raise ScreeningUnavailable("the lists are being replaced without a pause")

    def _dated(self, versions: Sequence[ListVersion]) -> tuple[ListVersion, ...]:
        now = {(version.list, version.version): version for version in self._store.versions()}
        return tuple(now.get((v.list, v.version), v) for v in versions)

    def _stamp(self) -> tuple[int, int, int]:
        try:
            state = self._store.current_file.stat()
        except OSError:
            raise ScreeningUnavailable("no sanctions list is loaded") from None
        return state.st_ino, state.st_mtime_ns, state.st_size

    def _answer(self, opened: _Opened, query: ScreenQuery) -> ScreenAnswer:
        now = self._clock()
        coverage, reason = Coverage.UNAVAILABLE, ""
        found: tuple[Hit, ...] = ()
        try:
            asked = understood(query, policy=self._policy, today=now.date())
            coverage, reason = asked.coverage, asked.reason
            if coverage is not Coverage.UNAVAILABLE:
                found = self._hits(opened.index, asked.query)
        except Exception as bad:  # noqa: BLE001
            # Whatever a library makes of one party's name must not keep the others from being
            # looked up; this one was not, and the answer says so.
            coverage, reason = Coverage.UNAVAILABLE, f"the matcher failed: {type(bad).__name__}"
        return ScreenAnswer(
            id=query.id,
            coverage=coverage,
            reason=reason,
            hits=found,
            versions=opened.versions,
            matcher=self._scorer.matcher,
            screened_at=now,
        )

    def _hits(self, index: CandidateIndex, query: ScreenQuery) -> tuple[Hit, ...]:
        prepared = self._scorer.prepare(query)
        possible = self._possible(index, query)
        hits = [self._hit(query, prepared, item, index.rarity) for item in possible.values()]
        return tuple(sorted((hit for hit in hits if hit is not None), key=worst_last))

    def _possible(self, index: CandidateIndex, query: ScreenQuery) -> dict[str, IndexedEntity]:
        """Collect candidates by name, for each spelling, and by number."""
        schema = query.schema_.value
        spellings = {words(name): name for name in (query.name, *query.other_names)}
        for name in tuple(spellings.values()):
            if latin := romanised(name):
                spellings.setdefault(words(latin), latin)
        keys = identifier_keys(query.ids, shortest=self._policy.shortest_identifier)
        found = index.with_identifiers(keys)
        for name in spellings.values():
            found += index.candidates(name, schema, limit=self._candidates)
        return {f"{item.list}/{item.entity.id}": item for item in found}

    def _hit(
        self, query: ScreenQuery, prepared: PreparedQuery, item: IndexedEntity, rarity: Rarity
    ) -> Hit | None:
        shortest = self._policy.shortest_identifier
        same = bool(shared_numbers(query, item.entity, shortest=shortest))
        score = self._scorer.score(prepared, item.entity, same_number=same, rarity=rarity)
        return judged(
            query,
            item.entity,
            score,
            list_name=item.list,
            version=item.version,
            policy=self._policy,
            threshold=self._threshold,
        )
