"""What people said of documents and their values. Rows only grow."""

from sqlalchemy import Connection, insert, select

from casegate.model.base import Record
from casegate.model.decision import Ruling
from casegate.model.document import DocumentReview, FieldLabel, FieldReview
from casegate.model.narrative import ClaimReport
from casegate.model.proposal import Assessment
from casegate.storage.tables import document_review, field_label, field_review, recheck


class Reruled(Record):
    """What both gates say of the proposal after a review, and the rating that holds since."""

    review: str
    claims: ClaimReport
    ruling: Ruling
    assessment: Assessment | None = None
    """None where the review left it as it was."""


class Reviews:
    """Reviews of the documents as one run read them, oldest first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_field(self, new: FieldReview, label: FieldLabel, *, run_id: str) -> None:
        """Store a person's word on a value, with its label."""
        self._connection.execute(
            insert(field_review).values(
                id=new.id,
                case_id=new.case_id,
                run_id=run_id,
                document_id=new.document_id,
                record=new.model_dump_json(),
            )
        )
        self._connection.execute(
            insert(field_label).values(
                review=new.id, case_id=new.case_id, record=label.model_dump_json()
            )
        )

    def add_document(self, new: DocumentReview, *, run_id: str) -> None:
        """Store a person's word on a document."""
        self._connection.execute(
            insert(document_review).values(
                id=new.id,
                case_id=new.case_id,
                run_id=run_id,
                document_id=new.document_id,
                record=new.model_dump_json(),
            )
        )

    def fields(self, run_id: str) -> tuple[FieldReview, ...]:
        """Give the reviews of values."""
        query = select(field_review.c.record).where(field_review.c.run_id == run_id)
        found = self._connection.scalars(query.order_by(field_review.c.id))
        return tuple(FieldReview.model_validate_json(text) for text in found)

    def documents(self, run_id: str) -> tuple[DocumentReview, ...]:
        """Give the reviews of documents."""
        query = select(document_review.c.record).where(document_review.c.run_id == run_id)
        found = self._connection.scalars(query.order_by(document_review.c.id))
        return tuple(DocumentReview.model_validate_json(text) for text in found)

    def labels(self, case_id: str | None = None) -> tuple[FieldLabel, ...]:
        """Give the labels of values of one case, or of all."""
        query = select(field_label.c.record).order_by(field_label.c.review)
        if case_id is not None:
            query = query.where(field_label.c.case_id == case_id)
        found = self._connection.scalars(query)
        return tuple(FieldLabel.model_validate_json(text) for text in found)

    def add_reruled(self, new: Reruled, *, case_id: str, run_id: str) -> None:
        """Store what the gates say since a review."""
        self._connection.execute(
            insert(recheck).values(
                review=new.review, case_id=case_id, run_id=run_id, record=new.model_dump_json()
            )
        )

    def reruled(self, run_id: str) -> tuple[Reruled, ...]:
        """Give what the gates said after each review that followed the proposal, oldest first."""
        query = select(recheck.c.record).where(recheck.c.run_id == run_id)
        texts = self._connection.scalars(query.order_by(recheck.c.review))
        return tuple(Reruled.model_validate_json(text) for text in texts)
