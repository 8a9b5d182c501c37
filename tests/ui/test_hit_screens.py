"""Screening hits on the screen, without a browser."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from casegate.client import ClientError, Dossier, HitStanding
from casegate.desk.kernel import Kernel
from tests.api.seed import PEOPLE
from tests.api.seed_hits import CUSTOMER, KNOWN, STRONG, WEAK, put_hits_into_queue, suppress_known
from tests.ui.conftest import Show, drawn
from tests.ui.desk_client import MIRA, MemoryClient
from tools.screening.features import FEATURE_WORDS
from ui.components import screening_hit
from ui.components.review import Desk
from ui.components.screening import by_need

REFUSED = ClientError("input_invalid", "`reason` must say why", remedy="Say why.", status=422)
FIRST = f"P1-{STRONG.list}-{STRONG.entity_id}"
KNOWN_KEY = f"P1-{KNOWN.list}-{KNOWN.entity_id}"


@pytest.fixture(scope="session")
def with_hits(kernel: Kernel) -> Dossier:
    """Give a case with three hits, one of them suppressed, in ivan's hands."""
    case_id = put_hits_into_queue(kernel, reference="HITS-UI", suppressed=suppress_known(kernel))
    ivan = PEOPLE["ivan"]
    kernel.desk.claim(ivan, case_id, version=kernel.desk.read(ivan, case_id).case.version)
    return kernel.desk.read(ivan, case_id)


@pytest.fixture(scope="session")
def answered(kernel: Kernel) -> Dossier:
    """Give a case on which ivan answered the first hit."""
    case_id, ivan = put_hits_into_queue(kernel, reference="HITS-UI-2"), PEOPLE["ivan"]
    version = kernel.desk.read(ivan, case_id).case.version
    version = kernel.desk.claim(ivan, case_id, version=version).version
    kernel.desk.review_hit(
        ivan, case_id, party="P1", list=STRONG.list, entity_id=STRONG.entity_id,
        answer="false_positive", reason="Another **passport** <b>number</b>.", version=version,
    )  # fmt: skip
    return kernel.desk.read(ivan, case_id)


@pytest.fixture
def desk(client: MemoryClient, with_hits: Dossier) -> MemoryClient:
    client.case_file = with_hits
    return client


def opened(show: Show) -> AppTest:
    app = show(open_case=True, tab="Screening")
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def test_every_part_of_a_score_has_words_on_the_screen() -> None:
    assert set(FEATURE_WORDS) <= set(screening_hit.PARTS)


@pytest.mark.parametrize(
    ("name", "points", "said"),
    [
        ("name_match", 0.92, "Names: 0.92 of 1"),
        ("dob_year_disjoint", -0.15, "Birth year differs: -0.15"),
        ("address_prop_match", 0.2, "Address agrees: +0.20"),
        ("something_new_match", 0.4, "Something new: 0.40 of 1"),
    ],
)
def test_a_part_of_the_score_is_said_in_words(name: str, points: float, said: str) -> None:
    assert screening_hit.part(name, points) == said


def test_open_hits_stand_first_and_what_is_done_is_folded_below(
    show: Show, desk: MemoryClient
) -> None:
    app = opened(show)
    assert "2 open hits, 1 settled or suppressed" in drawn(app)
    shown = drawn(app)
    assert shown.index("DEMO-017") < shown.index("DEMO-031") < shown.index("DEMO-044")
    (folded,) = [e for e in app.expander if e.label.startswith("Settled and suppressed")]
    assert not folded.proto.expanded
    assert "Suppressed until" in shown
    assert "by ivan, proposed by ana: Passport seen: a man." in shown


def test_party_and_entry_stand_side_by_side_marked_row_by_row(
    show: Show, desk: MemoryClient
) -> None:
    shown = drawn(opened(show))
    for both in ("Viktor Arkadyevich Solmenko", "SOLMENKO, Viktor A.", "17 Apr 1968", "BG<br>US"):
        assert both in shown
    assert "Passport C18163197" in shown
    assert "Passport number K4417093" in shown
    assert "Year agrees" in shown
    assert "alike: 0.92 of 1" in shown
    assert "none in common" in shown
    assert "Country differs" in shown
    assert "the case does not tell" in shown
    assert CUSTOMER not in shown


def test_text_of_an_entry_is_text_alone(show: Show, desk: MemoryClient) -> None:
    app = opened(show)
    assert "<img" not in drawn(app)
    assert "&lt;img src=https://evil.example/x.png&gt; **bold**" in drawn(app)
    assert not any("evil" in str(part.value) for part in app.markdown)


def test_a_hit_is_answered_with_a_reason_and_the_version_that_was_read(
    show: Show, desk: MemoryClient
) -> None:
    app = opened(show)
    app.radio(key=f"is-{FIRST}").set_value("false_positive")
    app.text_area(key=f"why-{FIRST}").input("Another passport.")
    press(app, "Save the answer")
    assert desk.hit_words == [
        ("P1", STRONG.list, STRONG.entity_id, "false_positive", "Another passport.",
         desk.case_file.case.version),
    ]  # fmt: skip
    assert "Answered: false positive." in drawn(app)


def test_an_answer_is_chosen_and_a_refusal_stands_beside_it(show: Show, desk: MemoryClient) -> None:
    app = press(opened(show), "Save the answer")
    assert "Choose what this hit is." in drawn(app)
    assert desk.hit_words == []
    desk.refusal = REFUSED
    app.radio(key=f"is-{FIRST}").set_value("unsure")
    press(app, "Save the answer")
    assert "`reason` must say why" in drawn(app)
    assert "Say why." in drawn(app)


def test_another_hit_s_form_opens_at_its_button(show: Show, desk: MemoryClient) -> None:
    app = opened(show)
    app.button(key=f"answer-P1-{WEAK.list}-{WEAK.entity_id}").click().run()
    assert [box.key for box in app.radio] == [f"is-P1-{WEAK.list}-{WEAK.entity_id}"]


def test_an_answer_that_waits_says_for_whom_and_its_author_can_t_agree(
    show: Show, client: MemoryClient, answered: Dossier
) -> None:
    client.case_file = answered
    app = opened(show)
    assert "Waits for a second person" in drawn(app)
    assert "an investigator or the MLRO other than ivan agrees" in drawn(app)
    assert "Another **passport** &lt;b&gt;number&lt;/b&gt;." in drawn(app)
    assert not any(b.label == "Save as second person" for b in app.button)


def test_a_colleague_agrees_and_suppresses_until_a_day(
    show: Show, client: MemoryClient, answered: Dossier
) -> None:
    client.case_file, client.who = answered, MIRA
    app = opened(show)
    app.radio(key=f"agrees-{FIRST}").set_value(True)
    app.text_area(key=f"second-why-{FIRST}").input("Seen the passport.")
    app.date_input(key=f"until-{FIRST}").set_value(date(2027, 3, 1))
    press(app, "Save as second person")
    word = answered.hit_reviews[0]
    assert client.hit_words == [
        (word.id, True, "Seen the passport.", date(2027, 3, 1), answered.case.version)
    ]
    assert "You agreed: the answer counts. Suppressed until 1 Mar 2027." in drawn(app)


def test_a_colleague_chooses_before_saving_and_may_disagree(
    show: Show, client: MemoryClient, answered: Dossier
) -> None:
    client.case_file, client.who = answered, MIRA
    app = press(opened(show), "Save as second person")
    assert "Choose whether you agree." in drawn(app)
    app.radio(key=f"agrees-{FIRST}").set_value(False)
    app.text_area(key=f"second-why-{FIRST}").input("The alias fits.")
    press(app, "Save as second person")
    assert client.hit_words[-1][1:4] == (False, "The alias fits.", None)


def test_a_suppression_is_ended_with_a_reason(show: Show, desk: MemoryClient) -> None:
    app = opened(show)
    app.text_area(key=f"end-why-{KNOWN_KEY}").input("A second nationality.")
    press(app, "End it now")
    assert desk.hit_words == [(desk.case_file.suppressions[0].id, "A second nationality.")]


def test_whoever_does_not_hold_the_case_is_shown_no_form(show: Show, desk: MemoryClient) -> None:
    desk.who = MIRA
    app = opened(show)
    assert not app.radio
    assert not any(b.label.startswith("Answer") for b in app.button)


def test_a_colleague_s_own_work_and_the_likeliest_hits_come_first(
    client: MemoryClient, answered: Dossier
) -> None:
    def order(who: str, *changed: HitStanding) -> list[str]:
        hits = changed or answered.standings(at=date(2026, 11, 1))
        me = PEOPLE[who]
        return [one.hit.entity_id for one in by_need(Desk(client, answered, me), tuple(hits))]

    assert order("mira") == [STRONG.entity_id, WEAK.entity_id]
    strong, weak = answered.standings(at=date(2026, 11, 1))
    assert order("ivan", weak, strong) == [STRONG.entity_id, WEAK.entity_id]
    settled = strong.model_copy(update={"state": "settled"})
    assert order("ivan", settled, weak) == [WEAK.entity_id, STRONG.entity_id]


def test_the_party_is_shown_with_all_that_was_asked_about_it(
    client: MemoryClient, with_hits: Dossier, show: Show
) -> None:
    party = with_hits.bundle.parties[0]
    more = {"other_names": ["Witja S."], "births": ["1967", "1968-04-17"], "countries": ["MD"]}
    told = type(party).model_validate({**party.model_dump(by_alias=True), "further": more})
    bundle = with_hits.bundle.model_copy(update={"parties": (told,)})
    client.case_file = with_hits.model_copy(update={"bundle": bundle})
    shown = drawn(opened(show))
    assert "Witja S." in shown
    assert "17 Apr 1968<br>1967" in shown, "one day is shown once, however it was given"
