"""Puts the kernel's parts together, the same way for API, worker and command line."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from casegate.access.sign_in import SignIn, refuse_demo_passwords
from casegate.audit.checkpoint import Checkpoints
from casegate.clock import utc_now
from casegate.config import Settings
from casegate.desk.desk import Desk
from casegate.desk.office import Office
from casegate.desk.ports import ClaimGate, Clock, NewId, ReviewPorts, RulesGate
from casegate.desk.rechecking import Rechecking
from casegate.desk.replacing import Replacing
from casegate.desk.run import RunDesk
from casegate.ids import TimeSortedIds
from casegate.storage import BlobFolder, Store, open_store


@dataclass(frozen=True)
class Kernel:
    """The kernel's parts over one data folder and database."""

    store: Store
    blobs: BlobFolder
    checkpoints: Checkpoints
    desk: Desk
    run_desk: RunDesk
    replacing: Replacing
    sign_in: SignIn
    rules: RulesGate
    claims: ClaimGate
    clock: Clock
    new_id: NewId

    def close(self) -> None:
        """Close all database connections."""
        self.store.close()


def open_kernel(
    settings: Settings,
    *,
    rules: RulesGate,
    claims: ClaimGate,
    review: ReviewPorts,
    clock: Clock = utc_now,
    new_id: NewId | None = None,
) -> Kernel:
    """Open data folder and database; both are made or brought up to date where needed.

    Raises:
        StorageUnavailable: the database can't be reached or is of another schema version.
        SettingInvalid: in production, while a user with the demo password exists.
    """
    ids = new_id or TimeSortedIds(clock, secrets.token_bytes)
    checkpoints = Checkpoints.open(settings.data / "audit")
    store = open_store(settings.database, witness=checkpoints.witness)
    blobs = BlobFolder(settings.data / "blobs")
    if settings.environment == "production":
        refuse_demo_passwords(store)
    office = Office(store, blobs, clock, ids)
    desk = Desk(
        store,
        blobs,
        clock=clock,
        new_id=ids,
        rules=rules,
        claims=claims,
        review=review,
        checkpoints=checkpoints,
        max_document_bytes=settings.max_document_bytes,
        max_transactions_bytes=settings.max_transactions_bytes,
        answers_kept_for=timedelta(days=settings.idempotency_days),
    )
    return Kernel(
        store=store,
        blobs=blobs,
        checkpoints=checkpoints,
        desk=desk,
        replacing=Replacing(office, Rechecking(office, rules, claims, review)),
        run_desk=RunDesk(store, blobs, clock=clock, new_id=ids, checkpoints=checkpoints),
        sign_in=SignIn(store, clock=clock, new_id=ids, minutes=settings.session_minutes),
        rules=rules,
        claims=claims,
        clock=clock,
        new_id=ids,
    )
