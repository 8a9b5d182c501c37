"""Engines for SQLite and PostgreSQL, and what their errors mean."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from casegate.errors import PartDown, StorageFull, StorageUnavailable

BUSY_SECONDS = 15
"""How long a writer waits for another before it gives up."""
WRITER_LOCK = 0x63617365
"""PostgreSQL advisory lock that every unit of work holds, as SQLite's single writer does."""


def make_engine(url: str) -> Engine:
    """Make an engine; nothing is opened yet.

    Args:
        url: `sqlite:///FILE`, or `postgresql://...` (psycopg 3).
    """
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401
    # The driver's own BEGIN comes late and is deferred; `_begin_sqlite` says it instead.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("casegate_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one state of the database throughout."""
    with named_errors(), engine.connect() as plain:
        if engine.dialect.name == "sqlite":
            connection = plain.execution_options(casegate_reads=True)
        else:
            connection = plain.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open the one transaction that may write now; all of it is stored or none."""
    with named_errors(), engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
        yield connection


@contextmanager
def named_errors() -> Iterator[None]:
    """Turn what the database or the disk says into errors of `casegate.errors`."""
    try:
        yield
    except SQLAlchemyError as bad:
        raise _named(bad) from bad
    except OSError as bad:
        if bad.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull("no space left on the data folder's disk") from bad
        raise


def _named(bad: SQLAlchemyError) -> PartDown:
    original = bad.orig if isinstance(bad, DBAPIError) else None
    name = getattr(original, "sqlite_errorname", "") or getattr(original, "sqlstate", "") or ""
    if name in {"SQLITE_FULL", "53100"}:
        return StorageFull("no space left for the database")
    return StorageUnavailable(f"the database refused: {type(bad).__name__} {name}".rstrip())
