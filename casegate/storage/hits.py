"""What people said of screening hits, and the hits that need no person again. Rows only grow."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from casegate.errors import SuppressionUnknown
from casegate.model.screening import HitReview, Suppression, SuppressionEnd
from casegate.storage.tables import hit_review, suppression, suppression_end


class HitWords:
    """Words on hits by case, suppressions by case, customer and entry."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_review(self, new: HitReview) -> None:
        """Store a person's word on a hit."""
        self._connection.execute(
            insert(hit_review).values(id=new.id, case_id=new.case_id, record=new.model_dump_json())
        )

    def reviews(self, case_id: str) -> tuple[HitReview, ...]:
        """Give all words on the hits of a case, oldest first."""
        query = select(hit_review.c.record).where(hit_review.c.case_id == case_id)
        found = self._connection.scalars(query.order_by(hit_review.c.id))
        return tuple(HitReview.model_validate_json(text) for text in found)

    def add_suppression(self, new: Suppression) -> None:
        """Store a suppression."""
        self._connection.execute(
            insert(suppression).values(
                id=new.id,
                case_id=new.case_id,
                customer=new.customer,
                entity_id=new.entity_id,
                record=new.model_dump_json(),
            )
        )

    def suppression(self, suppression_id: str) -> Suppression:
        """Give one suppression.

        Raises:
            SuppressionUnknown: there is none of that id.
        """
        (*found,) = self._suppressions(_SELECT.where(suppression.c.id == suppression_id))
        if not found:
            raise SuppressionUnknown(f"no suppression {suppression_id!r}")
        return found[0]

    def suppressions(
        self, *, case_id: str | None = None, after: str | None = None, limit: int | None = None
    ) -> tuple[Suppression, ...]:
        """Give the suppressions made on one case, or all, oldest first, after the one named."""
        query = _SELECT if case_id is None else _SELECT.where(suppression.c.case_id == case_id)
        if after is not None:
            query = query.where(suppression.c.id > after)
        return self._suppressions(query.limit(limit))

    def named(self, ids: Collection[str]) -> tuple[Suppression, ...]:
        """Give the suppressions of these ids, oldest first; unknown ids are left out."""
        return self._suppressions(_SELECT.where(suppression.c.id.in_(ids))) if ids else ()

    def of_customer(self, customer: str, entity_id: str) -> tuple[Suppression, ...]:
        """Give all suppressions of an entry on a customer that nobody ended, oldest first."""
        ended = select(suppression_end.c.suppression)
        return self._suppressions(
            _SELECT.where(
                suppression.c.customer == customer,
                suppression.c.entity_id == entity_id,
                suppression.c.id.not_in(ended),
            )
        )

    def add_end(self, new: SuppressionEnd) -> None:
        """Store that a person ended a suppression."""
        self._connection.execute(
            insert(suppression_end).values(
                suppression=new.suppression, record=new.model_dump_json()
            )
        )

    def ends(self, ids: Collection[str]) -> tuple[SuppressionEnd, ...]:
        """Give the ends of these suppressions."""
        if not ids:
            return ()
        query = select(suppression_end.c.record).where(suppression_end.c.suppression.in_(ids))
        found = self._connection.scalars(query.order_by(suppression_end.c.suppression))
        return tuple(SuppressionEnd.model_validate_json(text) for text in found)

    def _suppressions(self, query: Select[Any]) -> tuple[Suppression, ...]:
        found = self._connection.scalars(query.order_by(suppression.c.id))
        return tuple(Suppression.model_validate_json(text) for text in found)


_SELECT: Select[Any] = select(suppression.c.record)
