"""Answers kept under a client's idempotency key."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from casegate.clock import stamp
from casegate.model.base import Record
from casegate.storage.tables import answered


class Kept(Record):
    """What was asked under a key, by its hash, and the answer; None while it is being made."""

    request_hash: str
    answer: str | None


class Answers:
    """One row for each key that a principal used."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, actor: str, key_hash: str, *, since: datetime) -> Kept | None:
        """Give what is kept under a key; what was asked before `since` is forgotten."""
        row = self._connection.execute(
            select(answered.c.request_hash, answered.c.answer).where(
                answered.c.actor == actor,
                answered.c.key_hash == key_hash,
                answered.c.created_at >= stamp(since),
            )
        ).one_or_none()
        return None if row is None else Kept(request_hash=row[0], answer=row[1])

    def begin(
        self, actor: str, key_hash: str, request_hash: str, at: datetime, *, since: datetime
    ) -> None:
        """Remember what was asked under a key, in place of what was asked before `since`."""
        self._connection.execute(
            delete(answered).where(
                answered.c.actor == actor,
                answered.c.key_hash == key_hash,
                answered.c.created_at < stamp(since),
            )
        )
        self._connection.execute(
            insert(answered).values(
                actor=actor, key_hash=key_hash, request_hash=request_hash, created_at=stamp(at)
            )
        )

    def keep(self, actor: str, key_hash: str, answer: str) -> None:
        """Keep the first answer given under a key."""
        self._connection.execute(
            update(answered)
            .where(
                answered.c.actor == actor,
                answered.c.key_hash == key_hash,
                answered.c.answer.is_(None),
            )
            .values(answer=answer)
        )

    def forget(self, actor: str, key_hash: str) -> None:
        """Free a key whose request was refused."""
        self._connection.execute(
            delete(answered).where(
                answered.c.actor == actor,
                answered.c.key_hash == key_hash,
                answered.c.answer.is_(None),
            )
        )

    def purge(self, before: datetime) -> int:
        """Forget every key that was first used before a moment; gives how many."""
        gone = self._connection.execute(
            delete(answered).where(answered.c.created_at < stamp(before))
        )
        return gone.rowcount
