"""Every screen of the desk, clicked through without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from casegate.client import CaseStatus, ClientError, Dossier, Principal
from tests.ui.conftest import Show, drawn
from tests.ui.desk_client import ADAM, EVA, IVAN, MIRA, MemoryClient

REFUSED = ClientError(
    "version_conflict", "the case has changed", remedy="Load the case again.", status=409
)


def in_status(client: MemoryClient, status: CaseStatus, **changes: object) -> None:
    case = client.case_file.case.model_copy(update={"status": status, **changes})
    client.case_file = client.case_file.model_copy(update={"case": case})


def mine(client: MemoryClient) -> None:
    in_status(client, CaseStatus.INVESTIGATING, assignee=IVAN.id)


def quiet(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def key(client: MemoryClient, what: str) -> str:
    return f"{what}-{client.case_file.case.id}"


def test_the_queue_shows_what_waits_and_opens_it(show: Show, client: MemoryClient) -> None:
    app = quiet(show())
    assert "Suspicious: file a report" in drawn(app)
    app.button(key=f"open-{client.case_file.case.id}").click().run()
    assert "Rosalind Lee Brackenridge</h1>" in drawn(quiet(app))


@pytest.mark.parametrize(
    ("group", "says"),
    [
        ("To approve", "No decision waits"),
        ("Being prepared", "casegate demo"),
        ("Ended", "No case has ended"),
    ],
)
def test_an_empty_queue_says_what_to_do(show: Show, group: str, says: str) -> None:
    assert says in drawn(quiet(show(group=group)))


def test_a_queue_that_can_not_be_read_says_why(show: Show, client: MemoryClient) -> None:
    client.refusal = REFUSED
    assert "the case has changed" in drawn(quiet(show()))


@pytest.mark.parametrize(
    ("tab", "says"),
    [
        ("Narrative", "Four cash deposits totalling"),
        ("Findings", "The filing deadline is less than ten days away"),
        ("Screening", "Demo list, fictional"),
        ("Transactions", "What the detectors found"),
        ("Documents", "Rosalind Lee Brackenridge"),
        ("Customer", "What the customer declared"),
        ("Evidence", "Cash deposits below the reporting threshold"),
        ("Timeline", "Case submitted"),
        ("Decide", "Take the case first"),
    ],
)
def test_each_tab_shows_its_part_below_proposal_and_gate(show: Show, tab: str, says: str) -> None:
    shown = drawn(quiet(show(open_case=True, tab=tab)))
    assert says in shown
    assert "The agent proposes" in shown
    assert "The gate says" in shown


def test_taking_a_case_names_the_version_that_was_read(show: Show, client: MemoryClient) -> None:
    before = client.case_file.case.version
    app = show(open_case=True)
    app.button(key="next").click().run()
    assert client.case_file.case.version == before + 1
    assert "The case is yours." in drawn(quiet(app))


def test_a_refused_claim_is_shown_with_its_remedy(show: Show, client: MemoryClient) -> None:
    app = show(open_case=True)
    client.refusal = REFUSED
    app.button(key="next").click().run()
    shown = drawn(quiet(app))
    assert "the case has changed" in shown
    assert "Load the case again." in shown


def test_a_case_in_preparation_shows_its_steps(show: Show, client: MemoryClient) -> None:
    in_status(client, CaseStatus.PROCESSING)
    shown = drawn(quiet(show(group="Being prepared", open_case=True)))
    assert "Reading the documents" in shown


def test_a_failed_case_offers_to_prepare_it_again(show: Show, client: MemoryClient) -> None:
    in_status(client, CaseStatus.FAILED)
    app = quiet(show(open_case=True))
    assert app.button(key="next").label == "Prepare it again"
    client.refusal = REFUSED
    app.button(key="next").click().run()
    assert "the case has changed" in drawn(quiet(app))


def fill_in(app: AppTest, client: MemoryClient) -> None:
    app.selectbox(key=key(client, "reason")).select("structuring")
    app.text_area(key=key(client, "rationale")).input("Kept below the threshold.")


def test_an_untouched_narrative_is_handed_in_as_it_is(show: Show, client: MemoryClient) -> None:
    mine(client)
    app = quiet(show(open_case=True, tab="Decide"))
    fill_in(app, client)
    app.checkbox[0].check()
    app.button(key="decide").click().run()
    quiet(app)
    draft, version = client.drafts[0]
    assert version == client.case_file.case.version
    assert draft.sentences is None
    assert draft.acknowledged == ("SAR-05",)
    assert (draft.reason_code, draft.rating) == ("structuring", None)


def test_an_edited_sentence_is_checked_at_once_and_the_others_stay_records(
    show: Show, client: MemoryClient
) -> None:
    mine(client)
    app = quiet(show(open_case=True, tab="Decide"))
    app.toggle(key=key(client, "edit")).set_value(True).run()
    app.text_area(key=key(client, "text") + "-1").input("They came to 39,400.00 USD.").run()
    assert "No record supports this" in drawn(quiet(app))
    app.text_area(key=key(client, "text") + "-1").input("They came to 37,400.00 USD.").run()
    assert "No record supports this" not in drawn(quiet(app))
    fill_in(app, client)
    app.button(key="decide").click().run()
    sentences = client.drafts[0][0].sentences
    assert sentences is not None
    assert client.case_file.proposal is not None
    proposed = client.case_file.proposal.narrative.sentences
    assert [s.origin for s in sentences] == ["plan", "human", "plan", "plan"]
    assert (sentences[0], *sentences[2:]) == (proposed[0], *proposed[2:])
    assert sentences[1].evidence == proposed[1].evidence


def test_sentences_can_be_removed_and_added(show: Show, client: MemoryClient) -> None:
    mine(client)
    app = quiet(show(open_case=True, tab="Decide"))
    app.toggle(key=key(client, "edit")).set_value(True).run()
    app.button(key=key(client, "remove") + "-3").click().run()
    next(b for b in app.button if b.label == "Add a sentence").click().run()
    app.text_area(key=key(client, "text") + "-3").input("Nothing else was found.").run()
    fill_in(quiet(app), client)
    app.button(key="decide").click().run()
    sentences = client.drafts[0][0].sentences
    assert sentences is not None
    assert [s.text for s in sentences][-1] == "Nothing else was found."
    assert len(sentences) == 4


def test_what_was_typed_stays_when_the_gate_refuses(show: Show, client: MemoryClient) -> None:
    mine(client)
    app = quiet(show(open_case=True, tab="Decide"))
    fill_in(app, client)
    client.refusal = ClientError(
        "gate_refused",
        "S1: unsupported amount; S3: no record can check it; to be read; SAN-02: a hit is open",
        remedy="Mend it.",
        status=409,
    )
    app.button(key="decide").click().run()
    shown = drawn(quiet(app))
    assert "<li>Sentence 2: unsupported amount</li>" in shown
    assert "<li>Sentence 4: no record can check it; to be read</li>" in shown
    assert "<li>SAN-02: a hit is open</li>" in shown
    assert app.text_area(key=key(client, "rationale")).value == "Kept below the threshold."


@pytest.mark.parametrize("missing", ["disposition", "reason", "rationale"])
def test_an_incomplete_form_never_reaches_the_api(
    show: Show, client: MemoryClient, missing: str
) -> None:
    mine(client)
    app = quiet(show(open_case=True, tab="Decide"))
    fill_in(app, client)
    if missing == "rationale":
        app.text_area(key=key(client, missing)).input("  ")
    else:
        app.selectbox(key=key(client, missing)).set_value(None)
    app.button(key="decide").click().run()
    assert "first." in drawn(quiet(app))
    assert client.drafts == []


@pytest.mark.parametrize("who", [MIRA, IVAN])
def test_an_approval_names_exactly_the_hash_that_was_shown(
    show: Show, client: MemoryClient, pending: Dossier, who: Principal
) -> None:
    client.case_file, client.who = pending, who
    assert pending.decision is not None
    app = quiet(show(group="To approve", open_case=True, tab="Decide"))
    shown = drawn(app)
    assert pending.decision.content_hash in shown
    assert ("You made this decision" in shown) == (who is IVAN)
    # The decision changes behind the screen: the answer still names what was read.
    changed = pending.decision.model_copy(update={"content_hash": "f" * 64})
    client.case_file = pending.model_copy(update={"decision": changed})
    app.button(key="approve").click().run()
    answer = (pending.decision.id, pending.decision.content_hash, True, "")
    assert client.answers == [answer]


def test_a_decision_is_returned_only_with_a_note(
    show: Show, client: MemoryClient, pending: Dossier
) -> None:
    client.case_file, client.who = pending, MIRA
    assert pending.decision is not None
    app = quiet(show(group="To approve", open_case=True, tab="Decide"))
    assert app.button(key="return").disabled
    app.text_area(key=f"note-{pending.decision.id}").input("Say why.").run()
    app.button(key="return").click().run()
    assert [(a[2], a[3]) for a in client.answers] == [(False, "Say why.")]


def test_a_refused_approval_shows_the_apis_words(
    show: Show, client: MemoryClient, pending: Dossier
) -> None:
    client.case_file = pending
    app = quiet(show(group="To approve", open_case=True, tab="Decide"))
    client.refusal = ClientError(
        "self_approval", "ivan made it", remedy="A second person has to approve.", status=403
    )
    app.button(key="approve").click().run()
    assert "A second person has to approve." in drawn(quiet(app))


def test_a_broken_log_is_said_plainly(show: Show, client: MemoryClient) -> None:
    client.who = ADAM
    app = quiet(show())
    next(b for b in app.button if b.label == "Verify the whole log").click().run()
    shown = drawn(quiet(app))
    assert "The log does not verify" in shown
    assert "entry 41 was altered" in shown


def test_a_role_without_screens_is_told_so(show: Show, client: MemoryClient) -> None:
    client.who = EVA
    assert "the desk has no screen for it" in drawn(quiet(show()))


def test_signing_out_leaves_nothing_behind(show: Show, client: MemoryClient) -> None:
    app = show(open_case=True)
    app.button(key="sign-out").click().run()
    assert "You are signed out." in drawn(quiet(app))
    assert "Rosalind" not in drawn(app)


def test_an_ended_session_leads_to_the_sign_in_page(show: Show, client: MemoryClient) -> None:
    def ended() -> Principal:
        raise ClientError("not_signed_in", "the token has expired", status=401)

    client.me = ended  # type: ignore[method-assign]
    shown = drawn(quiet(show()))
    assert 'href="/sign-in"' in shown
