"""A person reviews what was read from a document; every check runs again on what they say."""

from dataclasses import dataclass

from casegate.access.principals import Principal
from casegate.audit.event import Event
from casegate.audit.events import (
    DocumentAccepted,
    DocumentAskedAgain,
    DocumentRejected,
    FieldConfirmed,
    FieldCorrected,
)
from casegate.desk.effective import effective
from casegate.desk.holding import held
from casegate.desk.labels import field_label
from casegate.desk.office import Office
from casegate.desk.ports import ReadValue
from casegate.desk.rechecking import Rechecking
from casegate.errors import (
    Conflict,
    DocumentUnknown,
    InvalidInput,
    ValueRefused,
)
from casegate.hashing import content_hash, sha256_hex
from casegate.model.document import (
    CopyReason,
    Document,
    DocumentAnswer,
    DocumentReview,
    Field,
    FieldAnswer,
    FieldReview,
)
from casegate.model.dossier import Dossier
from casegate.storage import Work

MOST_LETTERS = 1000
"""A value as a person writes it is no longer; nor is a reason."""

_ANSWERED: dict[
    DocumentAnswer, type[DocumentAccepted] | type[DocumentRejected] | type[DocumentAskedAgain]
] = {
    DocumentAnswer.ACCEPT: DocumentAccepted,
    DocumentAnswer.REJECT: DocumentRejected,
    DocumentAnswer.ASK_AGAIN: DocumentAskedAgain,
}


@dataclass(frozen=True)
class Reviewing:
    """The use cases of whoever holds the case: one review is one change of it."""

    office: Office
    read_value: ReadValue
    rechecking: Rechecking

    def review_field(
        self,
        actor: Principal,
        case_id: str,
        document_id: str,
        *,
        field_id: str,
        name: str,
        answer: FieldAnswer,
        value: str | None,
        version: int,
    ) -> FieldReview:
        """Keep a person's word on one value, or a value that was not read at all."""
        before = self._held(actor, case_id, version)
        document = _document(before, document_id)
        field = _field(document, field_id, name)
        if field is None and answer is FieldAnswer.CONFIRM:
            raise InvalidInput("`answer`: a value that was not read can't be confirmed, only given")
        shown, after = "", field.normalised if field is not None else ""
        if answer is FieldAnswer.CORRECT:
            shown, after = self._read(
                before, document, name or (field.name if field else ""), value
            )
        review = FieldReview(
            id=self.office.new_id("v"),
            case_id=case_id,
            document_id=document_id,
            field_id=field_id,
            name=field.name if field is not None else name,
            answer=answer,
            before=field.normalised if field is not None else "",
            after=after,
            shown=shown,
            reviewer=actor.id,
            at=self.office.clock(),
            salt=self.office.new_id("s"),
        )
        reviewed = effective((document,), (review,), (), {})[0]
        plan = self.rechecking.plan(before, reviewed, review.id)
        with self.office.store.work() as work:
            run_id = self._change(work, before)
            label = field_label(work, before, document, review)
            work.reviews.add_field(review, label, run_id=run_id)
            self.office.note(work, _told(review), actor, case_id)
            self.rechecking.keep(work, actor, before, plan)
        return review

    def review_document(
        self,
        actor: Principal,
        case_id: str,
        document_id: str,
        *,
        answer: DocumentAnswer,
        reason: str,
        reason_code: CopyReason | None,
        version: int,
    ) -> DocumentReview:
        """Keep a person's word on a document; what they don't accept nothing may rest on."""
        if answer not in _ANSWERED:
            raise InvalidInput(f"`answer`: `{answer}` is no person's answer")
        before = self._held(actor, case_id, version)
        document = _document(before, document_id)
        reason = " ".join(reason.split())
        if not reason and answer is not DocumentAnswer.ACCEPT:
            raise InvalidInput(f"`reason` must say why, when the answer is `{answer}`")
        if len(reason) > MOST_LETTERS:
            raise InvalidInput(f"`reason` has more than {MOST_LETTERS} letters")
        review = DocumentReview(
            id=self.office.new_id("v"),
            case_id=case_id,
            document_id=document_id,
            answer=answer,
            reason=reason,
            reason_code=_code(answer, reason_code),
            reviewer=actor.id,
            at=self.office.clock(),
        )
        reviewed = document.model_copy(update={"answer": answer})
        plan = self.rechecking.plan(before, reviewed, review.id)
        told = _ANSWERED[answer](
            review=review.id, document=document_id, content_hash=content_hash(review)
        )
        with self.office.store.work() as work:
            run_id = self._change(work, before)
            work.reviews.add_document(review, run_id=run_id)
            self.office.note(work, told, actor, case_id)
            self.rechecking.keep(work, actor, before, plan)
        return review

    def _held(self, actor: Principal, case_id: str, version: int) -> Dossier:
        """Give the dossier of a case that the actor is working on."""
        return held(self.office, actor, case_id, version=version, reviewed="documents")

    def _read(
        self, dossier: Dossier, document: Document, name: str, value: str | None
    ) -> tuple[str, str]:
        """Give a value as the person wrote it, and normalised as the reader would."""
        shown = " ".join((value or "").split())
        if not shown:
            raise ValueRefused("`value` must hold what the field is to say")
        if len(shown) > MOST_LETTERS:
            raise ValueRefused(f"`value` has more than {MOST_LETTERS} letters")
        on = dossier.case.opened_at.date()
        return shown, self.read_value(document.type, name, shown, on=on)

    def _change(self, work: Work, before: Dossier) -> str:
        """Take the case's next version, which fails if anything changed it since it was read."""
        work.cases.change(before.case)
        if before.case.run_id is None:
            raise Conflict(f"case {before.case.id} was never prepared")
        return before.case.run_id


def _code(answer: DocumentAnswer, given: CopyReason | None) -> CopyReason | None:
    """Give the code of a request for another copy; other answers have none."""
    if answer is DocumentAnswer.ASK_AGAIN:
        return given or CopyReason.OTHER
    if given is not None:
        raise InvalidInput(f"`reason_code` says why a copy is wanted; the answer is `{answer}`")
    return None


def _document(dossier: Dossier, document_id: str) -> Document:
    for document in dossier.documents:
        if document.id == document_id:
            return document
    raise DocumentUnknown(f"case {dossier.case.id} has no document {document_id!r}")


def _field(document: Document, field_id: str, name: str) -> Field | None:
    """Give the reviewed field; None for a value that was not read."""
    if field_id:
        for field in document.fields:
            if field.id == field_id:
                return field
        raise DocumentUnknown(f"document {document.id} has no field {field_id!r}")
    if not name:
        raise InvalidInput("`name` must name the field that the value is for")
    for field in document.fields:
        if field.name == name:
            raise InvalidInput(
                f"document {document.id} has the field already, as {field.id}",
                remedy="Correct that field instead.",
            )
    return None


def _told(review: FieldReview) -> Event:
    if review.answer is FieldAnswer.CONFIRM:
        return FieldConfirmed(
            review=review.id,
            document=review.document_id,
            field=review.field_id,
            name=review.name,
            value_hash=_salted(review, review.after),
            content_hash=content_hash(review),
        )
    return FieldCorrected(
        review=review.id,
        document=review.document_id,
        field=review.field_id or None,
        name=review.name,
        before_hash=_salted(review, review.before),
        after_hash=_salted(review, review.after),
        content_hash=content_hash(review),
    )


def _salted(review: FieldReview, value: str) -> str:
    return sha256_hex(f"{review.salt}:{value}".encode())
