"""A request that is sent twice under one key is done once and answered alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casegate.access.principals import Principal
from casegate.desk.office import Office
from casegate.errors import CasegateError, IdempotencyKeyReused, InvalidInput
from casegate.hashing import sha256_hex
from casegate.storage import Work

LONGEST_KEY = 200
BETWEEN_PURGES = timedelta(hours=1)


@dataclass
class Repeats:
    """Keeps answers by principal and key. Keys are stored as hashes: they may say anything.

    A key is forgotten once `kept_for` has passed since it was first used; the same request is then
    a new one.
    """

    office: Office
    kept_for: timedelta
    purged_at: datetime | None = field(default=None, init=False)

    def answer(
        self, actor: Principal, key: str, request_hash: str, make: Callable[[], str]
    ) -> tuple[str, bool]:
        """Give the answer that was first given under `key`, or make it; and whether it was kept.

        What is asked for must be harmless to do twice: a process that ends in between has done it
        and kept no answer. A refusal frees the key.

        Raises:
            IdempotencyKeyReused: the key was used for another request.
            InvalidInput: the key is empty, too long or not printable ASCII.
        """
        if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
            raise InvalidInput(
                f"the header `Idempotency-Key` must hold 1 to {LONGEST_KEY} printable characters"
            )
        key_hash = sha256_hex(key.encode())
        kept = self._begin(actor, key_hash, request_hash)
        if kept is not None:
            return kept, True
        with self._freed_if_refused(actor, key_hash):
            made = make()
        with self.office.store.work() as work:
            work.answers.keep(actor.id, key_hash, made)
        return made, False

    def _begin(self, actor: Principal, key_hash: str, request_hash: str) -> str | None:
        now = self.office.clock()
        since = now - self.kept_for
        with self.office.store.work() as work:
            kept = work.answers.get(actor.id, key_hash, since=since)
            if kept is None:
                work.answers.begin(actor.id, key_hash, request_hash, now, since=since)
                self._purge(work, now)
                return None
        if kept.request_hash != request_hash:
            raise IdempotencyKeyReused("`Idempotency-Key` was sent before with another request")
        return kept.answer

    def _purge(self, work: Work, now: datetime) -> None:
        """Forget all old keys with a new one, at most once an hour in each process."""
        if self.purged_at is None or now - self.purged_at >= BETWEEN_PURGES:
            work.answers.purge(now - self.kept_for)
            self.purged_at = now

    @contextmanager
    def _freed_if_refused(self, actor: Principal, key_hash: str) -> Iterator[None]:
        try:
            yield
        except CasegateError:
            with self.office.store.work() as work:
                work.answers.forget(actor.id, key_hash)
            raise
