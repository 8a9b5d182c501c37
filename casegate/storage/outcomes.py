"""What agents propose and people decide."""

from sqlalchemy import Connection, insert, select, update

from casegate.model.decision import Approval, Decision, DecisionStatus, Label, Ruling
from casegate.model.proposal import Proposal, ProposalStatus
from casegate.storage.tables import approval, decision, label, proposal, ruling


class Proposals:
    """One proposal a run, with the gate's ruling on it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Proposal) -> None:
        """Store a proposal."""
        self._connection.execute(
            insert(proposal).values(
                id=new.id,
                case_id=new.case_id,
                run_id=new.run_id,
                status=new.status,
                record=new.model_dump_json(),
            )
        )

    def of_run(self, run_id: str) -> Proposal | None:
        """Give the run's proposal."""
        row = self._connection.execute(
            select(proposal.c.record, proposal.c.status).where(proposal.c.run_id == run_id)
        ).one_or_none()
        if row is None:
            return None
        status = {"status": ProposalStatus(row[1])}
        return Proposal.model_validate_json(row[0]).model_copy(update=status)

    def settle(self, proposal_id: str, status: ProposalStatus) -> None:
        """Set what became of a proposal; its content stays."""
        self._connection.execute(
            update(proposal).where(proposal.c.id == proposal_id).values(status=status)
        )

    def supersede(self, case_id: str) -> None:
        """Mark what earlier runs of the case proposed as superseded."""
        self._connection.execute(
            update(proposal)
            .where(proposal.c.case_id == case_id)
            .values(status=ProposalStatus.SUPERSEDED)
        )

    def add_ruling(self, case_id: str, *, subject: str, stage: str, new: Ruling) -> None:
        """Store the gate's ruling on a proposal, decision or approval."""
        self._connection.execute(
            insert(ruling).values(
                case_id=case_id, subject=subject, stage=stage, record=new.model_dump_json()
            )
        )

    def ruling(self, subject: str, stage: str) -> Ruling | None:
        """Give the gate's ruling."""
        text = self._connection.scalar(
            select(ruling.c.record).where(ruling.c.subject == subject, ruling.c.stage == stage)
        )
        return None if text is None else Ruling.model_validate_json(text)


class Decisions:
    """Decisions, approvals and labels. Their content is never changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Decision, *, evidence_hash: str | None) -> None:
        """Store a decision beside the evidence hash that it was made on."""
        self._connection.execute(
            insert(decision).values(
                id=new.id,
                case_id=new.case_id,
                maker=new.maker,
                evidence_hash=evidence_hash,
                status=new.status,
                record=new.model_dump_json(),
            )
        )

    def all(self, case_id: str) -> tuple[Decision, ...]:
        """Give all decisions of the case, oldest first."""
        query = (
            select(decision.c.record, decision.c.status)
            .where(decision.c.case_id == case_id)
            .order_by(decision.c.id)
        )
        return tuple(_with_status(row[0], row[1]) for row in self._connection.execute(query))

    def evidence_hash(self, decision_id: str) -> str | None:
        """Give the evidence hash that the decision was made on."""
        return self._connection.scalar(
            select(decision.c.evidence_hash).where(decision.c.id == decision_id)
        )

    def settle(self, decision_id: str, status: DecisionStatus) -> bool:
        """Set what became of a pending decision; False if it is pending no more."""
        done = self._connection.execute(
            update(decision)
            .where(decision.c.id == decision_id, decision.c.status == DecisionStatus.PENDING)
            .values(status=status)
        )
        return done.rowcount == 1

    def add_approval(self, case_id: str, new: Approval) -> None:
        """Store a checker's answer."""
        self._connection.execute(
            insert(approval).values(
                id=new.id,
                case_id=case_id,
                decision_id=new.decision_id,
                record=new.model_dump_json(),
            )
        )

    def approvals(self, case_id: str) -> tuple[Approval, ...]:
        """Give all checkers' answers on the case, oldest first."""
        query = select(approval.c.record).where(approval.c.case_id == case_id)
        found = self._connection.scalars(query.order_by(approval.c.id))
        return tuple(Approval.model_validate_json(text) for text in found)

    def add_label(self, new: Label) -> None:
        """Store what a person changed."""
        self._connection.execute(
            insert(label).values(
                case_id=new.case_id,
                proposal_id=new.proposal_id,
                field=new.field,
                record=new.model_dump_json(),
            )
        )

    def labels(self, case_id: str | None = None) -> tuple[Label, ...]:
        """Give the labels of one case, or of all."""
        query = select(label.c.record).order_by(label.c.case_id, label.c.field)
        if case_id is not None:
            query = query.where(label.c.case_id == case_id)
        return tuple(Label.model_validate_json(text) for text in self._connection.scalars(query))


def _with_status(text: str, status: str) -> Decision:
    return Decision.model_validate_json(text).model_copy(update={"status": DecisionStatus(status)})
