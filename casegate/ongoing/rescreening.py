"""Brings all customers from the lists they were screened against to those in force.

Work goes in slices. Each slice is one transaction that stores its hits and moves the cursor, and
only if nobody else has moved it: a killed process loses nothing, two processes double nothing.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from casegate.audit.events import RescreenEnded, RescreenStarted
from casegate.model.base import Record
from casegate.model.customer import Customer, CustomerHit, HitStatus, Rescreen
from casegate.ongoing.ports import DeltaRun, EntryKey, ListsMoved, Standing
from casegate.ongoing.recording import ONGOING
from casegate.ongoing.screening import BATCH, Counts, CustomerScreening
from casegate.storage import Work
from casegate.storage.customers import HitKey

ENTRIES = 10
"""Entries in one slice of a delta."""
STORED = 200
"""Stored hits in one slice."""
FEWEST = 1000
"""A delta of so few entries is never replaced by a full re-screening."""
CUSTOMERS_AN_ENTRY = 20
"""About so many customers are asked about in the time that one new entry takes: with more new
entries than a twentieth of the customers, a full re-screening is done sooner and misses nothing."""

Told = Callable[[Rescreen], None]
_ALIVE = (HitStatus.OPEN, HitStatus.SUPPRESSED)


class Overtaken(Exception):
    """Another process moved the cursor: it is at work, and this one leaves it to it."""


@dataclass(frozen=True)
class Rescreening:
    """Runs re-screenings; safe to call again at any time."""

    screening: CustomerScreening

    def run(
        self,
        *,
        full: bool = False,
        stop: threading.Event | None = None,
        told: Told = lambda _: None,
    ) -> Rescreen | None:
        """Work until every customer stands at what is in force; gives the last re-screening.

        None if there was nothing to do. Ends early when `stop` is set or another process is at it.

        Args:
            full: ask about every customer anew, whatever changed.

        Raises:
            ScreeningUnavailable: no list is in force; what is behind stays.
        """
        stop = stop or threading.Event()
        while not stop.is_set() and self.screening.pending() is not None:
            pass
        last = None
        while not stop.is_set():
            current = self._current(full=full)
            if current is None:
                break
            full = False
            try:
                last = self._work(current, stop, told)
            except ListsMoved:
                last = self._end(current.id, "superseded")
            except Overtaken:
                return self._get()
        return last

    def _current(self, *, full: bool) -> Rescreen | None:
        """Give the re-screening to work on: the one under way, or a new one if one is needed."""
        with self.screening.store.work() as work:
            target = work.rescreens.key(self.screening.screener().state())
            running = work.rescreens.running()
            if running is not None and running.target == target:
                return running
            if running is not None:
                self._close(work, running, "superseded")
                full = full or running.kind == "full"
            behind = [key for key in work.customers.states() if key != target]
            if full and work.customers.count():
                return self._begin(work, None, target)
            return self._begin(work, behind[0], target) if behind else None

    def _begin(self, work: Work, before: str | None, target: str) -> Rescreen:
        office = self.screening.recorder.intake.office
        at = office.clock()
        new = Rescreen(
            id=office.new_id("rs"),
            kind="full" if before is None else "delta",
            state="running",
            before=before,
            target=target,
            total=work.customers.count(screened=before),
            started_at=at,
            updated_at=at,
        )
        work.rescreens.add(new)
        event = RescreenStarted(rescreen=new.id, scope=new.kind, before=before, target=target)
        office.note(work, event, ONGOING)
        return new

    def _work(self, current: Rescreen, stop: threading.Event, told: Told) -> Rescreen:
        if current.kind == "full":
            return self._full(current, stop, told)
        run = self._delta_run(current)
        if run is None:
            return self._instead(current)
        return self._delta(current, run, stop, told)

    def _delta_run(self, current: Rescreen) -> DeltaRun | None:
        with self.screening.store.read() as work:
            before = work.rescreens.state(str(current.before))
            after = work.rescreens.state(current.target)
            most = max(FEWEST, work.customers.count() // CUSTOMERS_AN_ENTRY)
        if before is None or after is None:
            return None
        return self.screening.screener().delta(before, after, self._customers, most=most)

    def _customers(self) -> Iterator[Customer]:
        with self.screening.store.read() as work:
            for row in work.customers.all_open():
                yield row.customer

    def _instead(self, current: Rescreen) -> Rescreen:
        """Put a full re-screening in the place of a delta that can't be worked out."""
        with self.screening.store.work() as work:
            self._close(work, self._same(work, current), "superseded")
            return self._begin(work, None, current.target)

    def _full(self, current: Rescreen, stop: threading.Event, told: Told) -> Rescreen:
        while not stop.is_set():
            with self.screening.store.read() as work:
                rows = work.customers.page(after=current.cursor, limit=BATCH)
                target = work.rescreens.state(current.target)
            if not rows:
                return self._end(current.id, "done")
            found = self.screening.look(rows)
            if found.state != target:
                raise ListsMoved
            with self.screening.store.work() as work:
                counts = self.screening.keep(work, found)
                cursor = rows[-1].customer.id
                current = self._move(work, current, cursor, len(rows), counts)
            told(current)
        return current

    def _delta(
        self, current: Rescreen, run: DeltaRun, stop: threading.Event, told: Told
    ) -> Rescreen:
        if not current.cursor:
            current = self._size(current, run)
        while not stop.is_set():
            place = _Place.of(current.cursor)
            if place.entry is None:
                current = self._stored_hits(current, run, place)
            elif place.entry < run.entries:
                current = self._entries(current, run, place.entry)
            else:
                return self._end(current.id, "done", run=run)
            told(current)
        return current

    def _size(self, current: Rescreen, run: DeltaRun) -> Rescreen:
        with self.screening.store.work() as work:
            total = work.customers.count_hits(*_ALIVE) + run.entries
            sized = current.model_copy(update={"total": total, "done": 0})
            if not work.rescreens.move(current, sized):
                raise Overtaken
        return sized

    def _stored_hits(self, current: Rescreen, run: DeltaRun, place: "_Place") -> Rescreen:
        """Look again at hits whose entry is gone or another than it was."""
        with self.screening.store.read() as work:
            stored = work.customers.hits(*_ALIVE, after=place.hit, limit=STORED)
            stale = [hit for hit in stored if _is_stale(work, hit, run, str(current.before))]
            rows = {hit.customer: work.customers.get(hit.customer) for hit in stale}
        asked = [(rows[h.customer].customer.query(), _entry(h)) for h in stale]
        again = self.screening.screener().again(asked) if asked else []
        after = (
            _Place(hit=_key(stored[-1]), entry=None)
            if len(stored) == STORED
            else _Place(hit=None, entry=0)
        )
        self._require_state(current)
        with self.screening.store.work() as work:
            hits = removed = 0
            for hit, now in zip(stale, again, strict=True):
                found, gone = self._settle(work, hit, now)
                hits, removed = hits + found, removed + gone
            return self._move(work, current, after.text(), len(stored), Counts(0, hits, removed))

    def _settle(self, work: Work, hit: CustomerHit, now: Standing) -> tuple[int, int]:
        recorder = self.screening.recorder
        if now.hit is not None:
            row = work.customers.get(hit.customer)
            return recorder.record(work, row, [now.hit], actor=ONGOING), 0
        reason = "no_longer_matches" if now.listed else "entry_removed"
        recorder.remove(work, hit, reason, actor=ONGOING)
        return 0, 1

    def _entries(self, current: Rescreen, run: DeltaRun, start: int) -> Rescreen:
        stop = min(start + ENTRIES, run.entries)
        matches = sorted(run.matches(start, stop), key=lambda hit: hit.party)
        with self.screening.store.work() as work:
            found = 0
            for number, hits in groupby(matches, key=lambda hit: hit.party):
                row = work.customers.find(number)
                # One that changed since the index was built was screened in full by itself.
                if row is not None and row.is_open and row.screened == current.before:
                    recorder = self.screening.recorder
                    found += recorder.record(work, row, list(hits), actor=ONGOING)
            counts = Counts(0, found, 0)
            return self._move(
                work, current, _Place(hit=None, entry=stop).text(), stop - start, counts
            )

    def _require_state(self, current: Rescreen) -> None:
        with self.screening.store.read() as work:
            target = work.rescreens.state(current.target)
        if self.screening.screener().state() != target:
            raise ListsMoved

    def _move(
        self, work: Work, current: Rescreen, cursor: str, done: int, counts: Counts
    ) -> Rescreen:
        after = current.model_copy(
            update={
                "cursor": cursor,
                "done": current.done + done,
                "hits": current.hits + counts.hits,
                "removed": current.removed + counts.removed,
                "updated_at": self.screening.recorder.intake.office.clock(),
            }
        )
        if not work.rescreens.move(current, after):
            # Nothing of this slice is stored: leaving the transaction undoes it.
            raise Overtaken
        return after

    def _end(self, id_: str, outcome: str, *, run: DeltaRun | None = None) -> Rescreen:
        with self.screening.store.work() as work:
            current = work.rescreens.running()
            if current is None or current.id != id_:
                raise Overtaken
            if outcome == "done" and run is not None:
                at = self.screening.recorder.intake.office.clock()
                work.customers.mark_all(str(current.before), current.target, at=at)
            return self._close(work, current, outcome)

    def _close(self, work: Work, current: Rescreen, outcome: str) -> Rescreen:
        office = self.screening.recorder.intake.office
        ended = Rescreen.model_validate(
            current.model_dump() | {"state": outcome, "updated_at": office.clock()}
        )
        if not work.rescreens.move(current, ended):
            raise Overtaken
        event = RescreenEnded(
            rescreen=ended.id,
            outcome=outcome,
            done=ended.done,
            hits=ended.hits,
            removed=ended.removed,
        )
        office.note(work, event, ONGOING)
        return ended

    def _same(self, work: Work, current: Rescreen) -> Rescreen:
        running = work.rescreens.running()
        if running is None or running.id != current.id:
            raise Overtaken
        return running

    def _get(self) -> Rescreen | None:
        with self.screening.store.read() as work:
            return work.rescreens.latest()


class _Place(Record):
    """How far a delta is: first through the stored hits, then through the new entries."""

    hit: HitKey | None
    """The last stored hit that is behind; None at the beginning, or once all are."""
    entry: int | None
    """How many entries are behind; None while stored hits are looked at."""

    @classmethod
    def of(cls, cursor: str) -> "_Place":
        return cls.model_validate_json(cursor) if cursor else cls(hit=None, entry=None)

    def text(self) -> str:
        return self.model_dump_json()


def _is_stale(work: Work, hit: CustomerHit, run: DeltaRun, before: str) -> bool:
    if not run.outdated(_entry(hit), hit.entity_hash):
        return False
    row = work.customers.get(hit.customer)
    return row.is_open and row.screened == before


def _entry(hit: CustomerHit) -> EntryKey:
    return EntryKey(list=hit.list, entity_id=hit.entity_id)


def _key(hit: CustomerHit) -> HitKey:
    return HitKey(customer=hit.customer, list=hit.list, entity_id=hit.entity_id)
