"""Documents as they stand once people have had their word. What was read stays stored as it was."""

from collections.abc import Iterable, Mapping, Sequence

from casegate.model.document import (
    Band,
    Document,
    DocumentReview,
    Engine,
    Field,
    FieldAnswer,
    FieldReview,
    Signal,
    Span,
)


def counted_values(document: Document) -> tuple[tuple[str, str], ...] | None:
    """Give what checks rest on: names and normalised values; None when nothing may rest on it."""
    if not document.counts:
        return None
    return tuple((field.name, field.normalised) for field in document.fields)


def effective(
    documents: Iterable[Document],
    field_reviews: Sequence[FieldReview],
    document_reviews: Sequence[DocumentReview],
    signals: Mapping[str, Sequence[Signal]],
) -> tuple[Document, ...]:
    """Apply all reviews, oldest first, and add what the checks say of each document."""
    return tuple(
        _document(
            document,
            [one for one in field_reviews if one.document_id == document.id],
            [one for one in document_reviews if one.document_id == document.id],
            signals.get(document.id, ()),
        )
        for document in documents
    )


def _document(
    document: Document,
    field_reviews: Sequence[FieldReview],
    document_reviews: Sequence[DocumentReview],
    signals: Sequence[Signal],
) -> Document:
    fields = list(numbered(document.fields))
    for review in field_reviews:
        fields = _applied(fields, review)
    given = {review.name for review in field_reviews}
    return document.model_copy(
        update={
            "fields": tuple(fields),
            "missing": tuple(name for name in document.missing if name not in given),
            "signals": _signals(document, field_reviews, signals),
            "answer": document_reviews[-1].answer if document_reviews else document.answer,
        }
    )


def _signals(
    document: Document, reviews: Sequence[FieldReview], checked: Sequence[Signal]
) -> tuple[Signal, ...]:
    """Give what the reading found, and what the checks say now.

    What the reading found of a value that a person corrected since still stands, and says so.
    """
    corrected = {r.name for r in reviews if r.answer is FieldAnswer.CORRECT and r.field_id}
    read = tuple(
        s.model_copy(update={"message": f"{s.message} Found before a person corrected the value."})
        if corrected.intersection(s.fields)
        else s
        for s in document.signals
    )
    return (*read, *(s for s in checked if s not in document.signals))


def numbered(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Give every field an id; those that have one keep it."""
    return tuple(
        field if field.id else field.model_copy(update={"id": f"F{place}"})
        for place, field in enumerate(fields, start=1)
    )


def _applied(fields: list[Field], review: FieldReview) -> list[Field]:
    if not review.field_id:
        return [*fields, _added(fields, review)]
    return [_reviewed(one, review) if one.id == review.field_id else one for one in fields]


def _reviewed(field: Field, review: FieldReview) -> Field:
    if review.answer is FieldAnswer.CONFIRM:
        return field.model_copy(update={"band": Band.USE})
    return field.model_copy(
        update={
            "value": review.shown,
            "normalised": review.after,
            "engine": Engine.PERSON,
            "confidence": 1.0,
            "band": Band.USE,
        }
    )


def _added(fields: Sequence[Field], review: FieldReview) -> Field:
    """Make a field of a value that only a person gave: it stands nowhere that a machine found."""
    taken = {field.id for field in fields}
    number = len(fields) + 1
    while f"F{number}" in taken:
        number += 1
    return Field(
        id=f"F{number}",
        name=review.name,
        value=review.shown,
        normalised=review.after,
        page=None,
        span=Span(start=0, end=0),
        engine=Engine.PERSON,
        confidence=1.0,
        band=Band.USE,
    )
