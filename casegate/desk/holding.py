"""That whoever reviews a case holds it, and reads it as it is now."""

from casegate.access.principals import Principal
from casegate.access.rights import Action
from casegate.desk.dossier import assemble
from casegate.desk.office import Office
from casegate.desk.sight import case_row
from casegate.errors import AccessRefused, Conflict, VersionConflict
from casegate.model.case import CaseStatus
from casegate.model.dossier import Dossier


def held(office: Office, actor: Principal, case_id: str, *, version: int, reviewed: str) -> Dossier:
    """Give the dossier of a case that the actor is working on; `reviewed` names what they review.

    Raises:
        AccessRefused, CaseUnknown, VersionConflict, Conflict: they may not review it now.
    """
    dossier = investigated(
        office, actor, Action.REVIEW, case_id, version=version, reviewed=reviewed
    )
    if dossier.case.assignee != actor.id:
        raise AccessRefused(
            f"case {case_id} is in the hands of {dossier.case.assignee}",
            remedy="Claim the case first.",
        )
    return dossier


def investigated(
    office: Office, actor: Principal, action: Action, case_id: str, *, version: int, reviewed: str
) -> Dossier:
    """Give the dossier of a case that somebody is working on.

    Raises:
        AccessRefused, CaseUnknown: the actor may not do `action`, or not on this case.
        VersionConflict: the case changed since `version` was read.
        Conflict: nobody investigates it.
    """
    with office.store.read() as work:
        case = case_row(work, actor, action, case_id).case
        dossier = assemble(work, case_id)
    if case.version != version:
        raise VersionConflict(
            f"case {case_id} is at version {case.version}; `version` names {version}"
        )
    if case.status is not CaseStatus.INVESTIGATING:
        raise Conflict(
            f"case {case_id} is `{case.status}`; {reviewed} are reviewed while a case is "
            "`investigating`",
            remedy="Claim the case first; a decision that waits has to be returned.",
        )
    return dossier
