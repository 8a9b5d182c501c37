"""The store: one unit of work is one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from casegate.audit.chain import Head
from casegate.storage.answers import Answers
from casegate.storage.cases import Cases
from casegate.storage.customers import Customers, Rescreens
from casegate.storage.engine import make_engine, named_errors, reading, writing
from casegate.storage.hits import HitWords
from casegate.storage.log import Log
from casegate.storage.materials import Documents, Findings, TransactionFiles
from casegate.storage.migrations import check, upgrade
from casegate.storage.outcomes import Decisions, Proposals
from casegate.storage.reviews import Reviews
from casegate.storage.runs import Job, Jobs, JobState, Runs
from casegate.storage.users import Users
from casegate.storage.webhooks import Webhooks

Witness = Callable[[Head], None]
"""Told of the chain's newest entry after each transaction that wrote to it."""


class Work:
    """All that one transaction can read and write."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.cases = Cases(connection)
        self.documents = Documents(connection)
        self.transactions = TransactionFiles(connection)
        self.findings = Findings(connection)
        self.proposals = Proposals(connection)
        self.decisions = Decisions(connection)
        self.reviews = Reviews(connection)
        self.hits = HitWords(connection)
        self.customers = Customers(connection)
        self.rescreens = Rescreens(connection)
        self.webhooks = Webhooks(connection)
        self.answers = Answers(connection)
        self.runs = Runs(connection)
        self.jobs = Jobs(connection)
        self.users = Users(connection)
        self.log = Log(connection)


class Store:
    """The database. Safe to share between threads; each thread opens its own unit of work."""

    def __init__(self, engine: Engine, *, witness: Witness | None = None) -> None:
        self._engine = engine
        self._witness = witness

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Open a transaction that may write; an error inside undoes all of it.

        Raises:
            StorageFull: the disk is full; nothing of this work was stored.
            StorageUnavailable: the database can't be reached or refuses.
        """
        with writing(self._engine) as connection:
            work = Work(connection)
            yield work
        if self._witness is not None and work.log.appended is not None:
            self._witness(work.log.appended)

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Open a transaction that reads one state of the database."""
        with reading(self._engine) as connection:
            yield Work(connection)

    def queued(self) -> tuple[Job, ...]:
        """Give the jobs that no worker has taken, oldest first."""
        with self.read() as work:
            return work.jobs.in_states(JobState.QUEUED)

    def unfinished(self) -> tuple[Job, ...]:
        """Give the jobs that are queued or taken: what a restarted worker looks at."""
        with self.read() as work:
            return work.jobs.in_states(JobState.QUEUED, JobState.TAKEN)

    def mark(self, job_id: str, state: JobState) -> None:
        """Move a job on; `done` and `failed` are final."""
        with self.work() as work:
            work.jobs.mark(job_id, state)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_store(url: str, *, witness: Witness | None = None) -> Store:
    """Open the database, bringing an older schema up to date first.

    Args:
        url: SQLAlchemy URL, as `Settings.database` gives it.
        witness: told of each new end of the event chain, such as `Checkpoints.witness`.

    Raises:
        StorageUnavailable: the database can't be reached or is of another schema version.
    """
    engine = make_engine(url)
    with named_errors():
        if engine.dialect.name == "sqlite" and engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    try:
        upgrade(engine)
        with reading(engine) as connection:
            check(connection)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, witness=witness)
