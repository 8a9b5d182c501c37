"""What people said of a paper decides whether anything rests on it and whether it is still open."""

import pytest

from agents.assess import assess
from agents.assess.reasons import Reason
from casegate.model.case import CaseKind
from casegate.model.document import DocumentAnswer, DocumentVerdict
from tests.assess.assess_dossiers import DAY, of_kind, unread


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        (None, False),
        (DocumentAnswer.ACCEPT, False),
        (DocumentAnswer.REJECT, True),
        (DocumentAnswer.ASK_AGAIN, True),
        (DocumentAnswer.REPLACED, True),
    ],
)
def test_a_paper_that_a_person_does_not_take_proves_no_identity(
    answer: DocumentAnswer | None, missing: bool
) -> None:
    dossier = of_kind(CaseKind.KYC_PERSON)
    papers = tuple(d.model_copy(update={"answer": answer}) for d in dossier.documents)
    found = assess(dossier.model_copy(update={"documents": papers}), at=DAY)
    assert (Reason.IDENTITY_INCOMPLETE.value in found.reason_codes) is missing
    points = [f.because for f in found.factors if "missing" in f.because]
    assert bool(points) is missing


@pytest.mark.parametrize(
    ("answer", "open_"),
    [
        (None, True),
        (DocumentAnswer.ACCEPT, False),
        (DocumentAnswer.REJECT, False),
        (DocumentAnswer.ASK_AGAIN, True),
        (DocumentAnswer.REPLACED, False),
    ],
)
def test_an_unread_document_is_open_until_a_person_settles_it(
    answer: DocumentAnswer | None, open_: bool
) -> None:
    dossier = unread(DocumentVerdict.NEEDS_OCR)(of_kind(CaseKind.KYC_PERSON))
    first, *rest = dossier.documents
    answered = (first.model_copy(update={"answer": answer}), *rest)
    found = assess(dossier.model_copy(update={"documents": answered}), at=DAY)
    assert (Reason.DOCUMENT_UNREADABLE.value in found.reason_codes) is open_
