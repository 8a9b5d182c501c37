"""One profile from the submission and all papers: what agrees, what differs, what is missing."""

from datetime import date

import pytest

from casegate.model.bundle import CaseBundle
from casegate.model.document import Document, DocumentVerdict, Engine, Field, Span
from casegate.model.document import DocumentType as T
from casegate.model.party import Attribute
from casegate.narrative.predicates import broken_declaration
from tools.documents.reconcile import Reconciled, reconcile

ON = date(2026, 11, 8)
ANN = {
    "id": "P1", "schema": "Person", "role": "subject", "name": "Ann Joy Lee",
    "date_of_birth": "1979-05-04", "nationality": "GB", "address": "12 Larkspur Avenue, Bath",
    "identifiers": [{"kind": "passport", "value": "KL7828309"}],
}  # fmt: skip
BEN = {"id": "P2", "schema": "Person", "role": "beneficial_owner", "name": "Ben Ash"}
FIRM = {
    "id": "P3", "schema": "Company", "role": "subject", "name": "Copperbeech Cycles LLC",
    "identifiers": [{"kind": "registration", "value": "LLC-1938762"}],
}  # fmt: skip


def _bundle(*parties: object, **more: object) -> CaseBundle:
    return CaseBundle.model_validate(
        {
            "reference": "R-1", "kind": "kyc_person", "jurisdiction": "GB",
            "opened_at": "2026-11-08T09:00:00Z", "parties": parties, **more,
        }
    )  # fmt: skip


def _document(id_: str, type_: T, subject: str | None = None, **values: str) -> Document:
    fields = tuple(
        Field(
            name=name, value=value, normalised=value, page=1, span=Span(start=0, end=1),
            engine=Engine.LABEL, confidence=1.0, subject=subject,
        )
        for name, value in values.items()
    )  # fmt: skip
    return Document(
        id=id_, case_id="c-1", filename="a.pdf", media_type="application/pdf", size=1,
        sha256="0" * 64, verdict=DocumentVerdict.PARSED, type=type_, fields=fields,
    )  # fmt: skip


def _reconciled(bundle: CaseBundle, *documents: Document) -> Reconciled:
    return reconcile(bundle, documents, {d.id: f"E-{d.id}" for d in documents}, on=ON)


def _attribute(found: Reconciled, party: str, name: str) -> Attribute:
    return next(a for a in found.profile.attributes if (a.party, a.name) == (party, name))


PASSPORT = {
    "surname": "LEE", "given_names": "ANN JOY", "date_of_birth": "1979-05-04",
    "nationality": "GB", "document_number": "KL7828309", "expiry_date": "2031-01-01",
}  # fmt: skip


def test_every_reading_is_kept_with_its_source() -> None:
    found = _reconciled(_bundle(ANN), _document("d-1", T.PASSPORT, "P1", **PASSPORT))
    name = _attribute(found, "P1", "name")
    assert [(s.shown, s.value, s.evidence) for s in name.sources] == [
        ("Ann Joy Lee", "ANN JOY LEE", "intake"),
        ("ANN JOY LEE", "ANN JOY LEE", "E-d-1"),
    ]
    assert found.profile.conflicts() == ()
    assert found.profile.expired_documents == ()


@pytest.mark.parametrize(
    ("field", "value", "attribute", "agrees"),
    [
        ("surname", "LEA", "name", False),
        ("given_names", "ANN", "name", True),
        ("date_of_birth", "1979-04-05", "date_of_birth", False),
        ("nationality", "NL", "nationality", False),
        ("document_number", "KL 7828309", "document_number", True),
        ("document_number", "KL7828300", "document_number", False),
    ],
)
def test_a_difference_between_paper_and_submission_stays_a_conflict(
    field: str, value: str, attribute: str, agrees: bool
) -> None:
    paper = _document("d-1", T.PASSPORT, "P1", **(PASSPORT | {field: value}))
    found = _reconciled(_bundle(ANN), paper)
    assert _attribute(found, "P1", attribute).agrees is agrees
    expected = "attribute_agrees" if agrees else "attribute_conflict"
    words = attribute.replace("_", " ")
    facts = [f.predicate for f in found.facts if f.roles["attribute"].value == words]
    assert facts == [expected]


@pytest.mark.parametrize(
    ("address", "agrees"),
    [("Flat 1, 12 Larkspur Ave., Bath", True), ("14 Larkspur Avenue, Bath", False)],
)
def test_addresses_are_compared_by_place(address: str, agrees: bool) -> None:
    paper = _document("d-1", T.PROOF_OF_ADDRESS, "P1", name="Ann Lee", address=address)
    assert _attribute(_reconciled(_bundle(ANN), paper), "P1", "address").agrees is agrees


def test_two_papers_that_differ_are_a_conflict_even_if_the_submission_is_silent() -> None:
    silent = {k: v for k, v in ANN.items() if k != "date_of_birth"}
    first = _document("d-1", T.PASSPORT, "P1", **PASSPORT)
    second = _document(
        "d-2", T.ACCOUNT_APPLICATION, "P1", name="Ann Joy Lee", date_of_birth="1979-05-05"
    )
    found = _reconciled(_bundle(silent), first, second)
    conflict = next(f for f in found.facts if f.predicate == "attribute_conflict")
    assert (conflict.roles["first"].value, conflict.roles["second"].value) == (
        "1979-05-04",
        "1979-05-05",
    )


def test_a_paper_of_a_stranger_counts_for_the_customer_so_that_the_difference_shows() -> None:
    paper = _document("d-1", T.PASSPORT, None, **(PASSPORT | {"surname": "STRANGER"}))
    found = _reconciled(_bundle(ANN), paper)
    assert not _attribute(found, "P1", "name").agrees


def test_among_several_people_a_misspelt_paper_counts_for_the_most_alike() -> None:
    paper = _document("d-1", T.PASSPORT, None, **(PASSPORT | {"surname": "LEEE"}))
    found = _reconciled(_bundle(BEN | {"role": "subject"}, ANN | {"role": "director"}), paper)
    assert not _attribute(found, "P1", "name").agrees
    assert _attribute(found, "P2", "name").agrees


def test_a_passport_number_is_not_held_against_the_number_of_a_card() -> None:
    card = _document(
        "d-1", T.IDENTITY_CARD, "P1", given_names="ANN", surname="LEE", document_number="ID-5599001"
    )
    found = _reconciled(_bundle(ANN), card)
    numbers = [a for a in found.profile.attributes if a.name == "document_number"]
    assert [len(a.sources) for a in numbers] == [1, 1]
    assert found.profile.conflicts() == ()


CARD = _document(
    "d-1", T.IDENTITY_CARD, "P1", given_names="ANN", surname="LEE", document_number="ID-5599001"
)
BOOK = _document("d-2", T.PASSPORT, "P1", **PASSPORT)
LICENCE = _document("d-3", T.DRIVING_LICENCE, "P1", surname="LEE", document_number="LEE99 790504")
OTHER_BOOK = _document(
    "d-2", T.PASSPORT, "P2", given_names="BEN", surname="ASH", document_number="ZZ0000001"
)


def _applied(number: str) -> Document:
    return _document("d-9", T.ACCOUNT_APPLICATION, "P1", name="Ann Joy Lee", document_number=number)


@pytest.mark.parametrize(
    ("number", "papers", "against"),
    [
        pytest.param("ID5599001", (CARD,), None, id="the card's"),
        pytest.param("KL 7828309", (CARD, BOOK), None, id="the passport's beside a card"),
        pytest.param("ID-5599001", (CARD, BOOK), None, id="the card's beside a passport"),
        pytest.param("LEE99790504", (BOOK, LICENCE), None, id="the licence's beside a passport"),
        pytest.param("ID-5599007", (CARD,), "E-d-1", id="none, with a card"),
        pytest.param("ID-5599007", (CARD, BOOK), "E-d-1", id="none, most like the card's"),
        pytest.param("KL7828300", (CARD, BOOK), "E-d-2", id="none, most like the passport's"),
        pytest.param("ZZ0000001", (CARD, OTHER_BOOK), "E-d-1", id="that of another person"),
    ],
)
def test_a_number_in_an_application_is_held_against_every_identity_paper(
    number: str, papers: tuple[Document, ...], against: str | None
) -> None:
    silent = {k: v for k, v in ANN.items() if k != "identifiers"}
    found = _reconciled(_bundle(silent, BEN), *papers, _applied(number))
    conflicts = [[s.evidence for s in a.sources] for a in found.profile.conflicts()]
    assert conflicts == ([] if against is None else [[against, "E-d-9"]])


def test_a_number_in_an_application_may_be_that_of_the_submission() -> None:
    found = _reconciled(_bundle(ANN), CARD, _applied("KL7828309"))
    assert found.profile.conflicts() == ()


def test_a_number_in_an_application_alone_is_held_against_nothing() -> None:
    silent = {k: v for k, v in ANN.items() if k != "identifiers"}
    assert _reconciled(_bundle(silent), _applied("AB1")).profile.conflicts() == ()


def test_shares_are_compared_owner_by_owner() -> None:
    bundle = _bundle(
        FIRM, BEN, kind="kyc_entity",
        ownership=[{"owner": "P2", "owned": "P3", "share_percent": "40"}],
    )  # fmt: skip
    paper = _document("d-1", T.OWNERSHIP_DECLARATION, "P3", company_name="Copperbeech Cycles, LLC")
    owner = _document("d-2", T.PASSPORT, "P2", owner_name="Ben Ash", owner_share="60").fields
    paper = paper.model_copy(update={"fields": paper.fields + owner})
    found = _reconciled(bundle, paper)
    share = _attribute(found, "P2", "share")
    assert [s.value for s in share.sources] == ["40", "60"]
    assert not share.agrees
    assert _attribute(found, "P3", "name").agrees


@pytest.mark.parametrize(("expiry", "expired"), [("2026-11-07", True), ("2026-11-08", False)])
def test_a_paper_is_expired_from_the_day_after_its_expiry(expiry: str, expired: bool) -> None:
    paper = _document("d-1", T.PASSPORT, "P1", **(PASSPORT | {"expiry_date": expiry}))
    found = _reconciled(_bundle(ANN), paper)
    assert (found.profile.expired_documents == ("d-1",)) is expired


def test_letters_and_invoices_say_nothing_of_the_customers_identity() -> None:
    letter = _document("d-1", T.CORRESPONDENCE, "P1", name="Someone Else")
    found = _reconciled(_bundle(ANN), letter)
    assert len(_attribute(found, "P1", "name").sources) == 1


def test_every_fact_keeps_its_declaration() -> None:
    papers = (
        _document("d-1", T.PASSPORT, "P1", **PASSPORT),
        _document("d-2", T.PROOF_OF_ADDRESS, "P1", name="Ann Lee", address="99 Low Road, Bath"),
    )
    facts = _reconciled(_bundle(ANN), *papers).facts
    assert facts
    assert [broken_declaration(fact) for fact in facts] == [None] * len(facts)
