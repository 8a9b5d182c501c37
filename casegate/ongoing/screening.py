"""Screens customers in full and stores what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casegate.access.principals import Principal
from casegate.audit.events import CustomersScreened
from casegate.hashing import canonical_json, content_hash, query_hash, sha256_hex
from casegate.model.customer import CustomerHit, CustomerRow, HitStatus, ListState
from casegate.model.evidence import Coverage, Hit
from casegate.model.screening import ScreenAnswer
from casegate.ongoing.ports import CustomerScreener, EntryKey
from casegate.ongoing.recording import ONGOING, Recorder, number_hash
from casegate.storage import Store, Work

BATCH = 25
"""Customers in one transaction; some 0.4 seconds of screening."""


@dataclass(frozen=True)
class One:
    """What a screening says of one customer."""

    row: CustomerRow
    answer: ScreenAnswer
    hits: tuple[Hit, ...]
    gone: tuple[tuple[CustomerHit, str], ...]
    """Stored hits that no longer stand, each with the reason."""


@dataclass(frozen=True)
class Found:
    """What a screening says of some customers, all under one state."""

    state: ListState
    customers: tuple[One, ...]


@dataclass(frozen=True)
class Counts:
    """What was new."""

    customers: int = 0
    hits: int = 0
    removed: int = 0


@dataclass(frozen=True)
class CustomerScreening:
    """Looks customers up and stores hits, in two steps: the first takes time, the second a lock."""

    store: Store
    screener: Callable[[], CustomerScreener]
    recorder: Recorder

    def look(self, rows: Sequence[CustomerRow]) -> Found:
        """Screen customers; nothing is stored.

        Raises:
            ScreeningUnavailable: nobody was screened.
        """
        screened = self.screener().screen([row.customer.query() for row in rows])
        with self.store.read() as work:
            stored = [_standing(work, row.customer.id) for row in rows]
        missed = [
            (row, hit)
            for row, answer, known in zip(rows, screened.answers, stored, strict=True)
            for hit in known
            if (hit.list, hit.entity_id) not in {(h.list, h.entity_id) for h in answer.hits}
        ]
        asked = [
            (row.customer.query(), EntryKey(list=hit.list, entity_id=hit.entity_id))
            for row, hit in missed
        ]
        again = self.screener().again(asked) if asked else []
        found = []
        for row, answer in zip(rows, screened.answers, strict=True):
            hits, gone = list(answer.hits), []
            for (of, hit), now in zip(missed, again, strict=True):
                if of is not row:
                    continue
                if now.hit is not None:
                    hits.append(now.hit)
                elif not now.listed:
                    gone.append((hit, "entry_removed"))
                elif answer.coverage is not Coverage.UNAVAILABLE:
                    gone.append((hit, "no_longer_matches"))
            found.append(One(row, answer, tuple(hits), tuple(gone)))
        return Found(screened.state, tuple(found))

    def keep(self, work: Work, found: Found, *, actor: Principal = ONGOING) -> Counts:
        """Store what `look` found; a customer that changed meanwhile is passed over."""
        key = work.rescreens.key(found.state)
        at = self.recorder.intake.office.clock()
        kept = [
            one
            for one in found.customers
            if work.customers.mark(one.row, key, coverage=one.answer.coverage, at=at)
        ]
        hits = removed = 0
        for one in kept:
            hits += self.recorder.record(work, one.row, one.hits, actor=actor)
            for hit, reason in one.gone:
                self.recorder.remove(work, hit, reason, actor=actor)
                removed += 1
        if kept:
            self._note(work, key, kept, actor)
        return Counts(len(kept), hits, removed)

    def pending(self, *, limit: int = BATCH) -> Counts | None:
        """Screen some customers that were never screened as they are; None if there are none."""
        with self.store.read() as work:
            rows = work.customers.page(limit=limit, never_screened=True)
        if not rows:
            return None
        found = self.look(rows)
        with self.store.work() as work:
            return self.keep(work, found)

    def _note(self, work: Work, key: str, kept: Sequence[One], actor: Principal) -> None:
        told = [
            [
                number_hash(one.row.customer.id),
                query_hash(one.row.customer.query()),
                one.answer.coverage.value,
                [content_hash(hit) for hit in one.hits],
            ]
            for one in kept
        ]
        first = kept[0].answer
        event = CustomersScreened(
            state=key,
            matcher=first.matcher.config_hash,
            versions=tuple(f"{v.list}@{v.version}" for v in first.versions),
            customers=len(kept),
            incomplete=sum(one.answer.coverage is not Coverage.COMPLETE for one in kept),
            hits=sum(len(one.hits) for one in kept),
            digest=sha256_hex(canonical_json(told)),
        )
        self.recorder.intake.office.note(work, event, actor)


def _standing(work: Work, number: str) -> list[CustomerHit]:
    return [h for h in work.customers.hits_of(number) if h.status is not HitStatus.REMOVED]
