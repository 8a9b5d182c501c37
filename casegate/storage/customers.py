"""Customers, their hits and re-screenings in the database."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from casegate.clock import moment, stamp
from casegate.errors import CustomerUnknown
from casegate.hashing import content_hash
from casegate.model.base import Record
from casegate.model.customer import (
    Customer,
    CustomerHit,
    CustomerRow,
    HitStatus,
    ListState,
    Rescreen,
)
from casegate.model.evidence import Coverage
from casegate.storage.customer_tables import customer, customer_hit, list_state, rescreen


class HitKey(Record):
    """What tells one customer's hit from another."""

    customer: str
    list: str
    entity_id: str


class Customers:
    """One row for each customer, one for each hit that a customer ever had."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, number: str) -> CustomerRow:
        """Give a customer.

        Raises:
            CustomerUnknown: there is none of that number.
        """
        found = self.find(number)
        if found is None:
            raise CustomerUnknown("no customer of that number is registered")
        return found

    def find(self, number: str) -> CustomerRow | None:
        """Give a customer; None if nobody registered it."""
        found = self._connection.execute(select(customer).where(customer.c.id == number))
        row = found.mappings().one_or_none()
        return None if row is None else _row(row)

    def put(self, new: Customer, *, at: datetime) -> bool:
        """Store or change a customer, open; False if the same content is there and open.

        What changed is to be screened: `screened` becomes None.
        """
        digest = content_hash(new)
        before = self._connection.execute(
            select(customer.c.content_hash, customer.c.is_open).where(customer.c.id == new.id)
        ).one_or_none()
        if before is not None and (before[0], bool(before[1])) == (digest, True):
            return False
        values = {
            "is_open": True,
            "content_hash": digest,
            "changed_at": stamp(at),
            "screened": None,
            "coverage": None,
            "record": new.model_dump_json(),
        }
        if before is None:
            self._connection.execute(insert(customer).values(id=new.id, **values))
        else:
            self._connection.execute(
                update(customer).where(customer.c.id == new.id).values(**values)
            )
        return True

    def close(self, number: str) -> bool:
        """Screen a customer no more; False if it was closed before."""
        done = self._connection.execute(
            update(customer)
            .where(customer.c.id == number, customer.c.is_open.is_(True))
            .values(is_open=False)
        )
        return done.rowcount == 1

    def mark(self, row: CustomerRow, state: str, *, coverage: Coverage, at: datetime) -> bool:
        """Note under what a customer was screened; False if its content is another by now."""
        done = self._connection.execute(
            update(customer)
            .where(
                customer.c.id == row.customer.id,
                customer.c.content_hash == row.content_hash,
                customer.c.is_open.is_(True),
            )
            .values(screened=state, screened_at=stamp(at), coverage=coverage)
        )
        return done.rowcount == 1

    def mark_all(self, before: str, state: str, *, at: datetime) -> int:
        """Move every open customer that stands at `before` on to `state`."""
        done = self._connection.execute(
            update(customer)
            .where(customer.c.screened == before, customer.c.is_open.is_(True))
            .values(screened=state, screened_at=stamp(at))
        )
        return done.rowcount

    def page(
        self, *, after: str = "", limit: int, never_screened: bool = False, closed: bool = False
    ) -> tuple[CustomerRow, ...]:
        """Give customers by number, after the one named; open ones unless `closed` asks for all."""
        query = select(customer).where(customer.c.id > after)
        if not closed:
            query = query.where(customer.c.is_open.is_(True))
        if never_screened:
            query = query.where(customer.c.screened.is_(None))
        found = self._connection.execute(query.order_by(customer.c.id).limit(limit))
        return tuple(_row(row) for row in found.mappings())

    def all_open(self) -> Iterator[CustomerRow]:
        """Stream all open customers by number."""
        query = select(customer).where(customer.c.is_open.is_(True)).order_by(customer.c.id)
        result = self._connection.execution_options(yield_per=2000).execute(query)
        for row in result.mappings():
            yield _row(row)

    def count(self, *, screened: str | None = None) -> int:
        """Count open customers, or those of them that stand at one state."""
        query = select(func.count()).select_from(customer).where(customer.c.is_open.is_(True))
        if screened is not None:
            query = query.where(customer.c.screened == screened)
        return self._connection.scalar(query) or 0

    def oldest_change(self) -> datetime | None:
        """Tell since when an open customer has stood as it is; None without customers."""
        query = select(func.min(customer.c.changed_at)).where(customer.c.is_open.is_(True))
        text = self._connection.scalar(query)
        return None if text is None else moment(text)

    def states(self) -> tuple[str, ...]:
        """Give the keys of all states under which open customers were last screened."""
        query = (
            select(customer.c.screened)
            .distinct()
            .where(customer.c.is_open.is_(True), customer.c.screened.is_not(None))
        )
        return tuple(sorted(self._connection.scalars(query)))

    def hit(self, key: HitKey) -> CustomerHit | None:
        """Give a customer's hit of one entry."""
        query = select(customer_hit.c.record).where(
            customer_hit.c.customer == key.customer,
            customer_hit.c.list == key.list,
            customer_hit.c.entity_id == key.entity_id,
        )
        text = self._connection.scalar(query)
        return None if text is None else CustomerHit.model_validate_json(text)

    def put_hit(self, new: CustomerHit) -> None:
        """Store a hit in the place of what was known of it."""
        values = {"status": new.status, "record": new.model_dump_json()}
        done = self._connection.execute(
            update(customer_hit)
            .where(
                customer_hit.c.customer == new.customer,
                customer_hit.c.list == new.list,
                customer_hit.c.entity_id == new.entity_id,
            )
            .values(**values)
        )
        if not done.rowcount:
            self._connection.execute(
                insert(customer_hit).values(
                    customer=new.customer, list=new.list, entity_id=new.entity_id, **values
                )
            )

    def hits_of(self, number: str) -> tuple[CustomerHit, ...]:
        """Give all hits of a customer, removed ones too."""
        return self._hits(select(customer_hit.c.record).where(customer_hit.c.customer == number))

    def hits(
        self, *statuses: HitStatus, after: HitKey | None = None, limit: int
    ) -> tuple[CustomerHit, ...]:
        """Give hits by customer, list and entry, after the one named."""
        query = select(customer_hit.c.record).where(customer_hit.c.status.in_(statuses))
        if after is not None:
            c = customer_hit.c
            query = query.where(
                (c.customer > after.customer)
                | ((c.customer == after.customer) & (c.list > after.list))
                | (
                    (c.customer == after.customer)
                    & (c.list == after.list)
                    & (c.entity_id > after.entity_id)
                )
            )
        return self._hits(query.limit(limit))

    def count_hits(self, *statuses: HitStatus) -> int:
        """Count hits."""
        query = select(func.count()).select_from(customer_hit)
        return self._connection.scalar(query.where(customer_hit.c.status.in_(statuses))) or 0

    def _hits(self, query: Select[Any]) -> tuple[CustomerHit, ...]:
        order = (customer_hit.c.customer, customer_hit.c.list, customer_hit.c.entity_id)
        found = self._connection.scalars(query.order_by(*order))
        return tuple(CustomerHit.model_validate_json(text) for text in found)


class Rescreens:
    """States of lists and matcher, and the re-screenings from one to the next."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def key(self, state: ListState) -> str:
        """Give the key of a state, storing the state with its first use."""
        key = content_hash(state)[:32]
        known = select(list_state.c.key).where(list_state.c.key == key)
        if self._connection.scalar(known) is None:
            self._connection.execute(
                insert(list_state).values(key=key, record=state.model_dump_json())
            )
        return key

    def state(self, key: str) -> ListState | None:
        """Give the state of a key."""
        text = self._connection.scalar(select(list_state.c.record).where(list_state.c.key == key))
        return None if text is None else ListState.model_validate_json(text)

    def add(self, new: Rescreen) -> None:
        """Store a re-screening that begins."""
        self._connection.execute(
            insert(rescreen).values(
                id=new.id, state=new.state, cursor=new.cursor, record=new.model_dump_json()
            )
        )

    def move(self, before: Rescreen, after: Rescreen) -> bool:
        """Store progress; False if somebody else moved it since `before` was read."""
        done = self._connection.execute(
            update(rescreen)
            .where(
                rescreen.c.id == before.id,
                rescreen.c.state == before.state,
                rescreen.c.cursor == before.cursor,
            )
            .values(state=after.state, cursor=after.cursor, record=after.model_dump_json())
        )
        return done.rowcount == 1

    def running(self) -> Rescreen | None:
        """Give the re-screening that is under way."""
        return self._first(select(rescreen.c.record).where(rescreen.c.state == "running"))

    def latest(self, *, kind: str | None = None) -> Rescreen | None:
        """Give the newest re-screening, or the newest done one of a kind."""
        query = select(rescreen.c.record)
        if kind is None:
            return self._first(query)
        found = self._connection.scalars(
            query.where(rescreen.c.state == "done").order_by(rescreen.c.id.desc())
        )
        rows = (Rescreen.model_validate_json(text) for text in found)
        return next((row for row in rows if row.kind == kind), None)

    def _first(self, query: Select[Any]) -> Rescreen | None:
        text = self._connection.scalar(query.order_by(rescreen.c.id.desc()).limit(1))
        return None if text is None else Rescreen.model_validate_json(text)


def _row(found: RowMapping) -> CustomerRow:
    at = found["screened_at"]
    return CustomerRow(
        customer=Customer.model_validate_json(found["record"]),
        content_hash=found["content_hash"],
        is_open=found["is_open"],
        changed_at=moment(found["changed_at"]),
        screened=found["screened"],
        screened_at=None if at is None else moment(at),
        coverage=found["coverage"],
    )
