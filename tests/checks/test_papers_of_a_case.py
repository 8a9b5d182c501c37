"""What several papers and the submission say of one person, paper by paper."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from casegate.model.bundle import CaseBundle
from casegate.model.case import CaseKind
from casegate.model.document import (
    Box,
    Document,
    DocumentType,
    DocumentVerdict,
    Engine,
    Field,
    Signal,
    SignalLevel,
    Span,
)
from casegate.model.party import PartyRole
from tests.documents.reading_papers import person
from tools.documents.checks import check_values
from tools.documents.reconcile import reconcile

ON = date(2026, 11, 8)
BOX = Box(x0=10, y0=20, x1=60, y1=30)
EVIDENCE = {"d-1": "E1", "d-2": "E2"}


def paper(id_: str, type_: DocumentType, **values: str) -> Document:
    fields = tuple(
        Field(
            id=f"F{number}", name=name, value=value, normalised=value, page=1, boxes=(BOX,),
            span=Span(start=0, end=1), engine=Engine.LABEL, confidence=0.9, subject="P1",
        )
        for number, (name, value) in enumerate(values.items(), start=1)
    )  # fmt: skip
    return Document(
        id=id_, case_id="c-1", filename="a.pdf", media_type="application/pdf", size=1,
        sha256="0" * 64, verdict=DocumentVerdict.PARSED, type=type_, fields=fields,
    )  # fmt: skip


def told(*papers: Document, **submitted: str) -> Mapping[str, tuple[Signal, ...]]:
    bundle = CaseBundle(
        schema_version="casegate.case/1",
        reference="B-1",
        kind=CaseKind.KYC_PERSON,
        jurisdiction="US",
        opened_at=datetime(2026, 11, 8, tzinfo=UTC),
        parties=(person("P1", "Ada Berg", PartyRole.SUBJECT, **submitted),),
    )
    profile = reconcile(bundle, papers, EVIDENCE, on=ON).profile
    return check_values(profile, papers, EVIDENCE, on=ON)


PASSPORT = {"given_names": "Ada", "surname": "Berg", "date_of_birth": "1984-05-17"}
BILL = {"name": "Ada Berg", "address": "1 Harbour Street, Dover, DE 19901"}


def test_papers_that_agree_give_no_signal() -> None:
    assert (
        told(
            paper("d-1", DocumentType.PASSPORT, **PASSPORT),
            paper("d-2", DocumentType.PROOF_OF_ADDRESS, **BILL),
            date_of_birth="1984-05-17",
        )
        == {}
    )


@pytest.mark.parametrize(
    ("second", "submitted", "expected"),
    [
        pytest.param(
            BILL | {"name": "Ida Berg"},
            {},
            {
                "d-1": "name here is another than in document d-2",
                "d-2": "the submission, document d-1",
            },
            id="name",
        ),
        pytest.param(
            BILL,
            {"date_of_birth": "1984-05-18"},
            {"d-1": "date of birth here is another than in the submission"},
            id="date of birth",
        ),
        pytest.param(
            BILL,
            {"address": "9 Lake Road, Dover, DE 19901"},
            {"d-2": "address here is another than in the submission"},
            id="address",
        ),
    ],
)
def test_what_differs_is_told_at_each_paper_that_says_it(
    second: dict[str, str], submitted: dict[str, str], expected: dict[str, str]
) -> None:
    found = told(
        paper("d-1", DocumentType.PASSPORT, **PASSPORT),
        paper("d-2", DocumentType.PROOF_OF_ADDRESS, **second),
        **submitted,
    )
    assert set(found) == set(expected)
    for document, message in expected.items():
        (signal,) = found[document]
        assert signal.kind == "differs_from_others"
        assert message in signal.message
        assert signal.boxes


def test_a_birth_date_that_differs_alarms_and_an_address_asks_to_look() -> None:
    found = told(
        paper("d-1", DocumentType.PASSPORT, **PASSPORT),
        paper("d-2", DocumentType.PROOF_OF_ADDRESS, **BILL),
        date_of_birth="1984-05-18",
        address="9 Lake Road, Dover, DE 19901",
    )
    levels = {document: signals[0].level for document, signals in found.items()}
    assert levels == {"d-1": SignalLevel.ALARM, "d-2": SignalLevel.LOOK}


def test_the_dates_of_each_paper_are_held_against_the_day_of_the_case() -> None:
    found = told(paper("d-1", DocumentType.PASSPORT, **PASSPORT, expiry_date="2020-01-01"))
    assert [signal.kind for signal in found["d-1"]] == ["expired"]


def test_a_number_that_no_identity_paper_has_alarms_on_card_and_application() -> None:
    card = {"given_names": "Ada", "surname": "Berg", "document_number": "T22000129"}
    asked = {"name": "Ada Berg", "document_number": "T22000120"}
    found = told(
        paper("d-1", DocumentType.IDENTITY_CARD, **card),
        paper("d-2", DocumentType.ACCOUNT_APPLICATION, **asked),
    )
    assert set(found) == {"d-1", "d-2"}
    for signals in found.values():
        (signal,) = signals
        assert (signal.kind, signal.level) == ("differs_from_others", SignalLevel.ALARM)
        assert signal.fields == ("document_number",)
