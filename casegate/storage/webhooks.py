"""Subscriptions and the outbox of messages to them."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from casegate.clock import stamp
from casegate.errors import SubscriptionUnknown
from casegate.model.customer import Delivery, Subscription
from casegate.storage.customer_tables import delivery, subscription


class Webhooks:
    """A message is written in the transaction of the hit that it tells of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def subscribe(self, new: Subscription) -> None:
        """Store a subscription."""
        self._connection.execute(
            insert(subscription).values(id=new.id, owner=new.owner, record=new.model_dump_json())
        )

    def subscriptions(self, *, owner: str | None = None) -> tuple[Subscription, ...]:
        """Give all subscriptions, or one principal's, oldest first."""
        query = select(subscription.c.record).order_by(subscription.c.id)
        if owner is not None:
            query = query.where(subscription.c.owner == owner)
        found = self._connection.scalars(query)
        return tuple(Subscription.model_validate_json(text) for text in found)

    def subscription(self, id_: str) -> Subscription:
        """Give one subscription.

        Raises:
            SubscriptionUnknown: there is none of that id.
        """
        query = select(subscription.c.record).where(subscription.c.id == id_)
        text = self._connection.scalar(query)
        if text is None:
            raise SubscriptionUnknown(f"no subscription {id_!r}")
        return Subscription.model_validate_json(text)

    def unsubscribe(self, id_: str) -> None:
        """Forget a subscription and what was to be told to it."""
        self._connection.execute(delete(delivery).where(delivery.c.subscription == id_))
        self._connection.execute(delete(subscription).where(subscription.c.id == id_))

    def add(self, new: Delivery) -> None:
        """Queue a message."""
        self._connection.execute(
            insert(delivery).values(id=new.id, subscription=new.subscription, **_columns(new))
        )

    def due(self, at: datetime, *, limit: int) -> tuple[Delivery, ...]:
        """Give the messages whose time has come, the longest waiting first."""
        query = (
            select(delivery.c.record)
            .where(delivery.c.state == "pending", delivery.c.due_at <= stamp(at))
            .order_by(delivery.c.due_at, delivery.c.id)
            .limit(limit)
        )
        found = self._connection.scalars(query)
        return tuple(Delivery.model_validate_json(text) for text in found)

    def move(self, before: Delivery, after: Delivery) -> bool:
        """Store what came of a try; False if somebody else tried since `before` was read."""
        done = self._connection.execute(
            update(delivery)
            .where(
                delivery.c.id == before.id,
                delivery.c.state == before.state,
                delivery.c.attempts == before.attempts,
            )
            .values(**_columns(after))
        )
        return done.rowcount == 1

    def newest(self, subscription_id: str, *, limit: int) -> tuple[Delivery, ...]:
        """Give a subscription's newest messages."""
        query = select(delivery.c.record).where(delivery.c.subscription == subscription_id)
        found = self._connection.scalars(query.order_by(delivery.c.id.desc()).limit(limit))
        return tuple(Delivery.model_validate_json(text) for text in found)

    def counts(self, subscription_id: str) -> dict[str, int]:
        """Count a subscription's messages by state."""
        query = (
            select(delivery.c.state, func.count())
            .where(delivery.c.subscription == subscription_id)
            .group_by(delivery.c.state)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}


def _columns(row: Delivery) -> dict[str, object]:
    return {
        "state": row.state,
        "attempts": row.attempts,
        "due_at": stamp(row.due_at),
        "record": row.model_dump_json(),
    }
