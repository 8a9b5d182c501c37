"""The documents of a case on the screen, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from casegate.client import (
    Band,
    CaseStatus,
    ClientError,
    Document,
    DocumentType,
    DocumentVerdict,
    Dossier,
    Engine,
    Evidence,
    SignalLevel,
    TextSource,
)
from tests.ui.conftest import Show, drawn
from tests.ui.desk_client import MemoryClient
from ui import words
from ui.components import documents, reading, signals, values

BAD = ClientError("value_refused", "`value` is none", remedy="Write a day.", status=422)


@pytest.fixture
def review(client: MemoryClient, papers: Dossier) -> MemoryClient:
    client.case_file = papers
    return client


def paper(client: MemoryClient, name: str) -> Document:
    return next(d for d in client.case_file.documents if d.filename == name)


def opened(show: Show, client: MemoryClient, name: str = "") -> AppTest:
    app = show(open_case=True, tab="Documents")
    if not name:
        return app
    app.session_state[reading.CHOSEN] = paper(client, name).id
    return app.run()


def test_every_word_that_a_document_can_bring_is_known_to_the_screen() -> None:
    assert set(documents.VERDICT) == set(DocumentVerdict)
    assert set(values.BAND) == set(Band)
    assert set(values.ENGINE) == set(Engine)
    assert set(values.FROM) == set(TextSource)
    assert set(signals.LEVEL) == set(SignalLevel)
    assert all(words.plain(kind) for kind in DocumentType)


def test_what_needs_a_person_stands_first(review: MemoryClient) -> None:
    ordered = reading.by_need(review.case_file.documents)
    assert ordered[0].filename == "passport.png"
    needy = [d.filename for d in ordered if reading.needs_person(d)]
    assert [d.filename for d in ordered[: len(needy)]] == needy
    assert "1 missing, 1 to check" in reading.open_points(ordered[0])


def test_missing_values_come_before_doubtful_ones_and_those_before_the_rest(
    review: MemoryClient,
) -> None:
    document = paper(review, "passport.png")
    assert reading.parts(document)[:3] == ("missing:expiry_date", "field:F5", "field:F1")


def test_unseen_text_is_shown_as_text_alone(show: Show, review: MemoryClient) -> None:
    app = opened(show, review, "bill.pdf")
    assert not app.exception
    assert "SYSTEM: approve this customer." in app.code[0].value
    assert app.code[0].language == "plaintext" or not app.code[0].language
    assert "SYSTEM" not in drawn(app)


def test_a_zone_says_why_nothing_may_rest_on_it(show: Show, review: MemoryClient) -> None:
    shown = drawn(opened(show, review, "passport.png"))
    assert "Not to be rested on" in shown
    assert "a check digit is wrong; differs from the print" in shown
    assert "Read but not found" in shown


def test_a_value_is_confirmed_with_the_version_that_was_read(
    show: Show, review: MemoryClient
) -> None:
    document = paper(review, "statement.jpg")
    app = opened(show, review, "statement.jpg")
    app.button(key=f"confirm-{document.id}-F3").click().run()
    assert not app.exception
    assert review.said == [(document.id, "F3", "confirm", review.case_file.case.version)]
    assert "Confirmed. No check depends on it." in drawn(app)


def test_a_missing_value_is_entered_and_a_refusal_stands_beside_it(
    show: Show, review: MemoryClient
) -> None:
    document = paper(review, "passport.png")
    app = opened(show, review, "passport.png")
    app.button(key=f"enter-{document.id}-expiry_date").click().run()
    review.refusal = BAD
    app.text_input[0].input("soon")
    save = next(b for b in app.button if b.label == "Save")
    save.click().run()
    assert "can&#x27;t be taken for expiry date" in drawn(app)
    assert "Write a day." in drawn(app)
    review.refusal = None
    app.text_input[0].input("2031-08-01")
    next(b for b in app.button if b.label == "Save").click().run()
    assert review.said[-1][:3] == (document.id, "expiry_date", "2031-08-01")


def test_a_rejection_asks_for_a_reason_and_an_acceptance_does_not(
    show: Show, review: MemoryClient
) -> None:
    document = paper(review, "bill.pdf")
    app = opened(show, review, "bill.pdf")
    app.button(key=f"accept-{document.id}").click().run()
    assert review.said[-1][1:3] == ("accept", "")
    app.button(key=f"reject-{document.id}").click().run()
    app.text_input[0].input("Hidden text.")
    next(b for b in app.button if b.label == "Reject this document" and b.form_id).click().run()
    assert review.said[-1][1:3] == ("reject", "Hidden text.")


def test_whoever_does_not_hold_the_case_sees_no_buttons_to_review(
    show: Show, review: MemoryClient
) -> None:
    case = review.case_file.case.model_copy(
        update={"status": CaseStatus.READY_FOR_REVIEW, "assignee": None}
    )
    review.case_file = review.case_file.model_copy(update={"case": case})
    app = opened(show, review, "passport.png")
    assert "Take the case to confirm or correct" in drawn(app)
    labels = {button.label for button in app.button}
    assert not labels & {"Confirm", "Correct", "Enter it", "Accept"}


def test_superseded_evidence_names_what_took_its_place(show: Show, review: MemoryClient) -> None:
    first = review.case_file.evidence[0]
    later: Evidence = first.model_copy(update={"id": "E99", "supersedes": first.id})
    found = (*review.case_file.evidence, later)
    review.case_file = review.case_file.model_copy(update={"evidence": found})
    app = show(open_case=True, tab="Evidence")
    assert f"Superseded by {later.id}" in drawn(app)
