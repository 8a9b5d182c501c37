"""How far each document of a case is, for screens and for whoever sent it."""

from collections import Counter

from casegate.desk.dossier import assemble
from casegate.desk.replacing import is_wanted_again
from casegate.desk.sight import outside_status
from casegate.model.case import CaseStatus
from casegate.model.document import (
    Band,
    CopyReason,
    Document,
    DocumentType,
    DocumentVerdict,
    SignalLevel,
)
from casegate.model.dossier import Dossier
from casegate.model.progress import (
    WANTED_COPY,
    CaseDocuments,
    DocumentProgress,
    ReadingState,
    RequestedAgain,
)
from casegate.storage import Work


def case_documents(work: Work, case_id: str, *, outside: bool) -> CaseDocuments:
    """Give all documents with the run's last step.

    A sending system learns what it can act on, such as a locked file or a missing value, and
    nothing that would tell a customer of suspicion: no signal and no person's answer, save that
    another copy is wanted, in fixed words.
    """
    dossier = assemble(work, case_id)
    case = dossier.case
    steps = () if case.run_id is None else work.runs.steps(case.run_id)
    readers = work.documents.readers(case_id)
    return CaseDocuments(
        case_id=case_id,
        status=outside_status(case.status) if outside else case.status,
        node=steps[-1].node if steps and _at_work(case.status, outside=outside) else None,
        documents=tuple(
            _progress(
                document,
                read=case.run_id is not None and readers[document.id] == case.run_id,
                running=case.status is CaseStatus.PROCESSING,
                outside=outside,
                wanted=requested_again(dossier, document),
            )
            for document in dossier.documents
        ),
    )


def requested_again(dossier: Dossier, document: Document) -> RequestedAgain | None:
    """Give what is asked for in a document's place.

    None when nothing is, a copy has come and waits to be read, or the case has ended.
    """
    ended = outside_status(dossier.case.status) is CaseStatus.CLOSED
    if ended or not is_wanted_again(dossier, document):
        return None
    asked = [r for r in dossier.document_reviews if r.document_id == document.id]
    code = asked[-1].reason_code or CopyReason.OTHER
    known = document.type is not DocumentType.UNKNOWN
    name = document.type.value.replace("_", " ") if known else "document"
    return RequestedAgain(reason_code=code, asked=f"{name}: {WANTED_COPY[code]}", at=asked[-1].at)


def _at_work(status: CaseStatus, *, outside: bool) -> bool:
    return not outside or status in {CaseStatus.RECEIVED, CaseStatus.PROCESSING}


def _progress(
    document: Document,
    *,
    read: bool,
    running: bool,
    outside: bool,
    wanted: RequestedAgain | None,
) -> DocumentProgress:
    bands = Counter(field.band for field in document.fields)
    levels = Counter(signal.level for signal in document.signals)
    return DocumentProgress(
        id=document.id,
        parent=document.parent,
        replaces=document.replaces,
        filename=document.filename,
        state=_state(document, read=read, running=running),
        verdict=document.verdict,
        type=document.type,
        pages=document.page_count,
        fields={band: bands[band] for band in Band},
        missing=document.missing,
        signals=None if outside else len(document.signals),
        alarms=None if outside else levels[SignalLevel.ALARM],
        answer=None if outside else document.answer,
        requested_again=wanted,
    )


def _state(document: Document, *, read: bool, running: bool) -> ReadingState:
    if not read:
        # What an earlier run read is read anew: it is not known until then.
        return ReadingState.READING if running else ReadingState.PENDING
    if document.verdict is DocumentVerdict.PARSED:
        return ReadingState.READ
    return ReadingState.UNREADABLE
