"""Tables of customers, their hits, re-screenings and webhooks; in the metadata of `tables`."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from casegate.storage.tables import metadata

customer = Table(
    "customer",
    metadata,
    Column("id", String, primary_key=True),
    Column("is_open", Boolean, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("changed_at", String, nullable=False),
    Column("screened", String, index=True),
    Column("screened_at", String),
    Column("coverage", String),
    Column("record", Text, nullable=False),
)

customer_hit = Table(
    "customer_hit",
    metadata,
    Column("customer", String, ForeignKey("customer.id"), primary_key=True),
    Column("list", String, primary_key=True),
    Column("entity_id", String, primary_key=True),
    Column("status", String, nullable=False, index=True),
    Column("record", Text, nullable=False),
)

list_state = Table(
    "list_state",
    metadata,
    Column("key", String, primary_key=True),
    Column("record", Text, nullable=False),
)

rescreen = Table(
    "rescreen",
    metadata,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
    Column("cursor", String, nullable=False),
    Column("record", Text, nullable=False),
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("record", Text, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", String, primary_key=True),
    Column("subscription", String, ForeignKey("subscription.id"), nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", String, nullable=False),
    Column("record", Text, nullable=False),
)
Index("ix_delivery_state_due", delivery.c.state, delivery.c.due_at)
