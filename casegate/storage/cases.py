"""Cases and their bundles. Every change of a case is a compare-and-swap on its version."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, or_, select, update

from casegate.errors import CaseUnknown, VersionConflict
from casegate.model.base import Money, Record
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseStatus, Disposition
from casegate.model.decision import Outcome
from casegate.model.proposal import RiskLevel
from casegate.storage.tables import bundle, case


class CaseSummary(Record):
    """What a queue shows of a case beside the case itself."""

    title: str
    subject: str
    """Name of the first subject: personal data, for screens alone."""
    reference: str
    submitted_by: str
    proposed: Disposition | None = None
    outcome: Outcome | None = None
    """What the gate said of the proposal."""
    rating: RiskLevel | None = None
    amount: Money | None = None
    """The largest total among the facts that a narrative must hold."""


class CaseRow(Record):
    """One line of a queue."""

    case: Case
    summary: CaseSummary


class CaseFilter(Record):
    """Which cases a queue holds; None or an empty field does not narrow it."""

    status: CaseStatus | None = None
    assignee: str | None = None
    submitted_by: str | None = None
    outcome_hidden_from: str | None = None
    """A principal to whom cases of others that await filing look closed."""


class Cases:
    """The cases as one transaction sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, new: Case, summary: CaseSummary, submitted: CaseBundle, *, scope: str, digest: str
    ) -> None:
        """Store a new case with its bundle."""
        self._connection.execute(
            insert(case).values(
                id=new.id,
                scope=scope,
                reference=summary.reference,
                submitted_by=summary.submitted_by,
                title=summary.title,
                subject=summary.subject,
                **_columns(new),
            )
        )
        self._connection.execute(
            insert(bundle).values(
                case_id=new.id, content_hash=digest, record=submitted.model_dump_json()
            )
        )

    def by_reference(self, scope: str, reference: str) -> tuple[Case, str] | None:
        """Find a case by the sender's own key, with the hash of its bundle."""
        row = self._connection.execute(
            select(case.c.record, bundle.c.content_hash)
            .join(bundle, bundle.c.case_id == case.c.id)
            .where(case.c.scope == scope, case.c.reference == reference)
        ).one_or_none()
        return None if row is None else (Case.model_validate_json(row[0]), row[1])

    def get(self, case_id: str) -> Case:
        """Give the case.

        Raises:
            CaseUnknown: there is none of that id.
        """
        return self.row(case_id).case

    def row(self, case_id: str) -> CaseRow:
        """Give the case with its summary.

        Raises:
            CaseUnknown: there is none of that id.
        """
        found = (
            self._connection.execute(select(case).where(case.c.id == case_id)).mappings().first()
        )
        if found is None:
            raise CaseUnknown(f"no case {case_id!r}")
        return _row(found)

    def bundle(self, case_id: str) -> CaseBundle:
        """Give what was submitted."""
        text = self._connection.scalar(select(bundle.c.record).where(bundle.c.case_id == case_id))
        if text is None:
            raise CaseUnknown(f"no case {case_id!r}")
        return CaseBundle.model_validate_json(text)

    def change(self, changed: Case) -> Case:
        """Store a changed case; it gets the next version.

        Raises:
            VersionConflict: someone else changed it since `changed` was read.
        """
        following = changed.model_copy(update={"version": changed.version + 1})
        done = self._connection.execute(
            update(case)
            .where(case.c.id == changed.id, case.c.version == changed.version)
            .values(**_columns(following))
        )
        if done.rowcount != 1:
            raise VersionConflict(f"case {changed.id} is no longer at version {changed.version}")
        return following

    def summarise(
        self,
        case_id: str,
        *,
        proposed: Disposition,
        outcome: Outcome,
        rating: RiskLevel,
        amount: Money | None,
    ) -> None:
        """Set what the queue shows of the proposal."""
        self._connection.execute(
            update(case)
            .where(case.c.id == case_id)
            .values(
                proposed=proposed,
                outcome=outcome,
                rating=rating,
                amount=None if amount is None else str(amount.amount),
                currency=None if amount is None else amount.currency,
            )
        )

    def set_outcome(self, case_id: str, outcome: Outcome, rating: RiskLevel) -> None:
        """Set what the queue shows of the gate once what is known of the case has changed."""
        self._connection.execute(
            update(case).where(case.c.id == case_id).values(outcome=outcome, rating=rating)
        )

    def page(self, wanted: CaseFilter, *, after: str | None, limit: int) -> tuple[CaseRow, ...]:
        """Give up to `limit` cases, newest first, that come after the case `after`."""
        query = select(case).where(*_conditions(wanted)).order_by(case.c.id.desc()).limit(limit)
        if after is not None:
            query = query.where(case.c.id < after)
        return tuple(_row(found) for found in self._connection.execute(query).mappings())

    def ids(self, statuses: Collection[CaseStatus]) -> tuple[str, ...]:
        """Give the ids of all cases in one of `statuses`, oldest first."""
        query = select(case.c.id).where(case.c.status.in_(statuses)).order_by(case.c.id)
        return tuple(self._connection.scalars(query))


def _columns(stored: Case) -> dict[str, object]:
    return {
        "status": stored.status,
        "version": stored.version,
        "assignee": stored.assignee,
        "run_id": stored.run_id,
        "record": stored.model_dump_json(),
    }


def _row(found: RowMapping) -> CaseRow:
    amount = None
    if found["amount"] is not None:
        amount = {"amount": found["amount"], "currency": found["currency"]}
    shown = ("title", "subject", "reference", "submitted_by", "proposed", "outcome", "rating")
    summary = {name: found[name] for name in shown} | {"amount": amount}
    return CaseRow(
        case=Case.model_validate_json(found["record"]), summary=CaseSummary.model_validate(summary)
    )


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.assignee is not None:
        conditions.append(case.c.assignee == wanted.assignee)
    if wanted.submitted_by is not None:
        conditions.append(case.c.submitted_by == wanted.submitted_by)
    if wanted.status is not None:
        conditions.append(_status_condition(wanted.status, wanted.outcome_hidden_from))
    return conditions


def _status_condition(status: CaseStatus, hidden_from: str | None) -> ColumnElement[bool]:
    plain = case.c.status == status
    if hidden_from is None or status not in {CaseStatus.CLOSED, CaseStatus.PENDING_FILING}:
        return plain
    # For those without the right a case of others that awaits filing is closed, in filters too.
    own = and_(case.c.assignee.is_not(None), case.c.assignee == hidden_from)
    if status is CaseStatus.PENDING_FILING:
        return and_(plain, own)
    foreign = or_(case.c.assignee.is_(None), case.c.assignee != hidden_from)
    return or_(plain, and_(case.c.status == CaseStatus.PENDING_FILING, foreign))
