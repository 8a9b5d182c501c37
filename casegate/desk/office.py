"""What all use cases share: the parts they work with, events, and the one way to change status."""

from dataclasses import dataclass

from casegate.access.principals import Principal
from casegate.audit.event import Event
from casegate.audit.events import StatusChanged
from casegate.desk.ports import Clock, NewId
from casegate.errors import IllegalTransition
from casegate.model.case import Case, CaseStatus, may_follow
from casegate.storage import BlobFolder, Store, Work


@dataclass(frozen=True)
class Office:
    """The parts a use case works with."""

    store: Store
    blobs: BlobFolder
    clock: Clock
    new_id: NewId

    def note(self, work: Work, event: Event, actor: Principal, case_id: str | None = None) -> None:
        """Append an event in the transaction of the change that it tells of."""
        work.log.append(
            event, id=self.new_id("e"), at=self.clock(), actor=actor.id, case_id=case_id
        )

    def move(
        self, work: Work, case: Case, status: CaseStatus, actor: Principal, **changes: object
    ) -> Case:
        """Change a case's status, and `changes` of other fields with it.

        Raises:
            IllegalTransition: the machine has no such step; names both states.
            VersionConflict: someone else changed the case since it was read.
        """
        require(case, status)
        moved = work.cases.change(case.model_copy(update={"status": status, **changes}))
        changed = StatusChanged(before=case.status, after=status, version=moved.version)
        self.note(work, changed, actor, case.id)
        return moved


def require(case: Case, status: CaseStatus) -> None:
    """Refuse a step that the status machine does not have.

    Raises:
        IllegalTransition: names both states.
    """
    if not may_follow(case.status, status):
        raise IllegalTransition(f"case {case.id} can't go from `{case.status}` to `{status}`")
