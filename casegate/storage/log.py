"""The event chain in the database."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, insert, select

from casegate.audit.chain import GENESIS, EventRow, Head, entry_hash
from casegate.audit.event import Event, StoredEvent
from casegate.clock import stamp
from casegate.hashing import canonical_json
from casegate.storage.tables import checkpoint, event


class Log:
    """Appends to the chain and reads it. The caller holds the only writing transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.appended: Head | None = None
        """The newest entry that this transaction wrote; None if it wrote none."""

    def append(
        self, new: Event, *, id: str, at: datetime, actor: str, case_id: str | None = None
    ) -> StoredEvent:
        """Add one event at the end of the chain."""
        last = self.head()
        payload = canonical_json(new.model_dump(mode="json")).decode()
        row = EventRow(
            last.seq + 1, id, new.kind, stamp(at), actor, case_id, payload, last.hash, ""
        )
        row = row._replace(hash=entry_hash(row))
        self._connection.execute(insert(event).values(row._asdict()))
        self.appended = Head(row.seq, row.hash, row.at)
        return row.event()

    def head(self) -> Head:
        """Give the newest entry; number 0 and 64 zeros while the chain is empty."""
        if self.appended is not None:
            return self.appended
        row = self._connection.execute(
            select(event.c.seq, event.c.hash, event.c.at).order_by(event.c.seq.desc()).limit(1)
        ).one_or_none()
        return Head(0, GENESIS, "") if row is None else Head(row[0], row[1], row[2])

    def rows(self) -> Iterator[EventRow]:
        """Stream the whole chain in order."""
        # Plain tuples: building a record for each entry would take longer than verifying it.
        columns = "seq, id, kind, at, actor, case_id, payload, prev_hash, hash"
        result = self._connection.execution_options(yield_per=5000).exec_driver_sql(
            f"SELECT {columns} FROM event ORDER BY seq"  # noqa: S608
        )
        for part in result.partitions():
            for row in part:
                yield EventRow(*row)

    def of_case(self, case_id: str) -> tuple[StoredEvent, ...]:
        """Give the events of one case in order."""
        query = select(event).where(event.c.case_id == case_id).order_by(event.c.seq)
        return tuple(EventRow(*row).event() for row in self._connection.execute(query))

    def actors(self, case_id: str, kind: str) -> frozenset[str]:
        """Give everyone who is the actor of an event of that kind on the case."""
        query = select(event.c.actor).where(event.c.case_id == case_id, event.c.kind == kind)
        return frozenset(self._connection.scalars(query))

    def add_checkpoint(self, seq: int, record: str) -> None:
        """Keep a signed checkpoint; one a sequence number."""
        known = select(checkpoint.c.seq).where(checkpoint.c.seq == seq)
        if self._connection.scalar(known) is None:
            self._connection.execute(insert(checkpoint).values(seq=seq, record=record))

    def newest_checkpoint(self) -> str | None:
        """Give the newest checkpoint's record."""
        query = select(checkpoint.c.record).order_by(checkpoint.c.seq.desc()).limit(1)
        return self._connection.scalar(query)
