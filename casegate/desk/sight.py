"""What a principal sees of a case: own cases of API clients, and the filing compartment."""

from datetime import datetime

from casegate.access.principals import Principal, Role
from casegate.access.rights import Action, acting_role, may
from casegate.errors import CaseUnknown
from casegate.model.base import Record
from casegate.model.case import Case, CaseStatus
from casegate.model.dossier import Dossier
from casegate.storage import CaseRow, Work

S = CaseStatus

_OUTSIDE: dict[CaseStatus, CaseStatus] = {
    S.RECEIVED: S.RECEIVED,
    S.PROCESSING: S.PROCESSING,
    S.FAILED: S.PROCESSING,
    S.PENDING_FILING: S.CLOSED,
    S.CLOSED: S.CLOSED,
    S.MERGED: S.CLOSED,
}
"""What an API client is told; every other status is `ready_for_review`: people are at work."""

_ENDED = frozenset({S.PENDING_FILING, S.CLOSED, S.PENDING_REOPEN})


class CaseProgress(Record):
    """How far a case is, for the system that sent it: no content and no outcome."""

    id: str
    reference: str
    status: CaseStatus
    received_at: datetime
    documents: int


def is_outside(actor: Principal) -> bool:
    """Tell whether the principal is a sending system and nothing else."""
    return set(actor.roles) <= {Role.API_CLIENT}


def case_row(work: Work, actor: Principal, action: Action, case_id: str) -> CaseRow:
    """Give a case that `actor` may do `action` with.

    Raises:
        AccessRefused: the actor lacks the right.
        CaseUnknown: there is no such case, or it is another API client's.
    """
    acting_role(actor, action)
    row = work.cases.row(case_id)
    if is_outside(actor) and row.summary.submitted_by != actor.id:
        raise CaseUnknown(f"no case {case_id!r}")
    return row


def shown_case(actor: Principal, case: Case) -> Case:
    """Give the case as `actor` may see it."""
    gone: dict[str, object] = {"disposition": None, "detection_date": None}
    if is_outside(actor):
        gone |= {"status": outside_status(case.status), "assignee": None, "version": 1}
    elif _outcome_hidden(actor, case):
        gone |= {"status": S.CLOSED}
    else:
        return case
    return case.model_copy(update=gone)


def shown_row(actor: Principal, row: CaseRow) -> CaseRow:
    """Give a queue line as `actor` may see it."""
    case = shown_case(actor, row.case)
    if not is_outside(actor) and not _outcome_hidden(actor, row.case):
        return row
    gone: dict[str, object] = dict.fromkeys(("proposed", "outcome", "rating", "amount"))
    if is_outside(actor):
        gone |= {"subject": "", "title": ""}
    return CaseRow(case=case, summary=row.summary.model_copy(update=gone))


def shown_dossier(actor: Principal, dossier: Dossier) -> Dossier:
    """Give the dossier as `actor` may see it: the same whether or not a filing was decided."""
    if not _outcome_hidden(actor, dossier.case):
        return dossier
    gone: dict[str, object] = dict.fromkeys(("assessment", "proposal", "ruling", "decision"))
    gone["approvals"] = ()
    return dossier.model_copy(update={"case": shown_case(actor, dossier.case), **gone})


def outcome_hidden(actor: Principal, case: Case) -> bool:
    """Tell whether how the case ended is kept from `actor`."""
    return is_outside(actor) or _outcome_hidden(actor, case)


def outside_status(status: CaseStatus) -> CaseStatus:
    """Give the status that an API client is told."""
    return _OUTSIDE.get(status, S.READY_FOR_REVIEW)


def _outcome_hidden(actor: Principal, case: Case) -> bool:
    foreign = case.assignee != actor.id
    return case.status in _ENDED and foreign and not may(actor, Action.SEE_OUTCOME)
