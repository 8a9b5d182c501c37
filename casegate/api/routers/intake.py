"""Handing cases in: bundles, documents, transaction files, runs."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from casegate.access.principals import Principal
from casegate.api.deps import Actor, CaseId, DeskIn
from casegate.api.examples import BUNDLES
from casegate.api.once import IdempotencyKey, once
from casegate.api.problems import problems
from casegate.api.uploads import MULTIPART, Upload, UploadIn, refuse_foreign_type
from casegate.api.wire import CaseProgress, TransactionsStored
from casegate.desk.desk import Desk
from casegate.hashing import content_hash, sha256_hex
from casegate.model.base import Json
from casegate.model.bundle import CaseBundle
from casegate.model.document import Document

Replaces = Annotated[
    str | None,
    Query(max_length=80, description="The document that was asked for again."),
]

router = APIRouter(prefix="/v1/cases", tags=["hand in"])


@router.post("", status_code=201, responses=problems(401, 403, 409, 413))
def submit_case(
    desk: DeskIn,
    actor: Actor,
    bundle: Annotated[CaseBundle, Body(openapi_examples=BUNDLES)],
    response: Response,
    key: IdempotencyKey = None,
) -> CaseProgress:
    """Open a case. The same `reference` with the same content is the same case."""
    return once(
        desk,
        actor,
        key,
        {"to": "cases", "bundle": content_hash(bundle)},
        lambda: _progress(desk, actor, desk.submit(actor, bundle).id),
        kind=CaseProgress,
        response=response,
    )


@router.post(
    "/{case_id}/documents",
    status_code=201,
    openapi_extra=MULTIPART,
    responses=problems(401, 403, 404, 409, 413, 415),
)
def add_document(
    desk: DeskIn,
    actor: Actor,
    case_id: CaseId,
    upload: UploadIn,
    response: Response,
    key: IdempotencyKey = None,
    replaces: Replaces = None,
) -> Document:
    """Hand in a document. The same bytes again are the same document.

    With `replaces`, the copy of a document that was asked for again; it is read at once.

    A damaged, locked or oversized-when-unpacked document is kept and marked as such when the
    case is prepared; only a file that is no document at all is refused here.
    """
    refuse_foreign_type(upload.data)
    return once(
        desk,
        actor,
        key,
        _asked("documents", case_id, upload) | ({"replaces": replaces} if replaces else {}),
        lambda: desk.add_document(
            actor, case_id, filename=upload.filename, data=upload.data, replaces=replaces
        ),
        kind=Document,
        response=response,
    )


@router.post(
    "/{case_id}/transactions",
    status_code=201,
    openapi_extra=MULTIPART,
    responses=problems(401, 403, 404, 409, 413),
)
def add_transactions(
    desk: DeskIn,
    actor: Actor,
    case_id: CaseId,
    upload: UploadIn,
    response: Response,
    key: IdempotencyKey = None,
) -> TransactionsStored:
    """Hand in the case's one transaction file; it is read when the case is prepared."""

    def store() -> TransactionsStored:
        sha256 = desk.add_transactions(actor, case_id, filename=upload.filename, data=upload.data)
        return TransactionsStored(sha256=sha256)

    return once(
        desk,
        actor,
        key,
        _asked("transactions", case_id, upload),
        store,
        kind=TransactionsStored,
        response=response,
    )


@router.post("/{case_id}/run", status_code=202, responses=problems(401, 403, 404, 409))
def start(desk: DeskIn, actor: Actor, case_id: CaseId) -> CaseProgress:
    """Have the case prepared. Asking again changes nothing."""
    desk.start(actor, case_id)
    return _progress(desk, actor, case_id)


@router.post("/{case_id}/retry", status_code=202, responses=problems(401, 403, 404, 409))
def retry(desk: DeskIn, actor: Actor, case_id: CaseId) -> CaseProgress:
    """Have a failed case prepared again."""
    desk.retry(actor, case_id)
    return _progress(desk, actor, case_id)


@router.get("/{case_id}/status", responses=problems(401, 403, 404))
def status(desk: DeskIn, actor: Actor, case_id: CaseId) -> CaseProgress:
    """Tell how far a case is: all that the system that sent it gets to see."""
    return _progress(desk, actor, case_id)


def _progress(desk: Desk, actor: Principal, case_id: str) -> CaseProgress:
    return CaseProgress.model_validate(desk.progress(actor, case_id).model_dump())


def _asked(to: str, case_id: str, upload: Upload) -> Json:
    return {
        "to": to,
        "case": case_id,
        "filename": upload.filename,
        "sha256": sha256_hex(upload.data),
    }
