"""The durable queue: rows of the outbox, carried out exactly once by DBOS."""
