"""People settle screening hits, and every check runs again on what they say."""

import json
from dataclasses import replace

import pytest

from casegate.access.principals import Principal, Role
from casegate.errors import (
    AccessRefused,
    Conflict,
    HitUnknown,
    InvalidInput,
    SelfApproval,
)
from casegate.model.decision import Outcome
from casegate.model.proposal import RiskLevel
from casegate.model.screening import HitAnswer
from tests.kernel.hit_cases import (
    OTHER_ENTRY,
    OTHER_QUERY,
    Band,
    HitCase,
    assess_by_hits,
    hit,
    kinds,
    states,
    with_hits,
)
from tests.kernel.world import (
    ADAM,
    ANA,
    ASSESSMENT,
    BANK,
    EVA,
    INES,
    IVAN,
    LOW,
    OTTO,
    REVIEW,
    ROBOT,
    World,
    finding,
)


@pytest.fixture
def desk(world: World) -> HitCase:
    return with_hits(world)


def test_a_word_that_needs_a_second_person_waits_and_the_hit_stays_open(desk: HitCase) -> None:
    word = desk.say()
    assert states(desk) == ("waits_for_second", "open")
    assert desk.standing().waiting == word
    assert desk.dossier.hits()[0].disposition == "open"


def test_a_second_person_who_agrees_settles_the_hit(desk: HitCase) -> None:
    second = desk.second(desk.say())
    assert states(desk) == ("settled", "false_positive")
    assert (second.answer, second.reviewer, second.agrees) == ("false_positive", "ivan", True)
    assert [word.reviewer for word in desk.standing().words] == ["ana", "ivan"]


def test_a_second_person_who_disagrees_sets_it_back_to_open_with_a_trail(desk: HitCase) -> None:
    first = desk.say()
    desk.second(first, agrees=False, reason="The passport number is the same.")
    assert states(desk) == ("open", "open")
    assert desk.standing().waiting is None
    assert [word.reason for word in desk.standing().words] == [
        "Born in another year.",
        "The passport number is the same.",
    ]
    desk.second(desk.say("true_match", "The number is the same."))
    assert states(desk) == ("settled", "true_match")


@pytest.mark.parametrize(
    ("answer", "band", "state"),
    [
        ("false_positive", "likely", "waits_for_second"),
        ("false_positive", "review", "waits_for_second"),
        ("false_positive", "corroborate", "settled"),
        ("true_match", "likely", "waits_for_second"),
        ("true_match", "review", "waits_for_second"),
        ("true_match", "corroborate", "waits_for_second"),
        ("unsure", "likely", "open"),
        ("unsure", "corroborate", "open"),
    ],
)
def test_the_policy_says_which_word_needs_a_second_person(
    world: World, answer: HitAnswer, band: Band, state: str
) -> None:
    desk = with_hits(world, hit(band=band))
    desk.say(answer)
    assert states(desk)[0] == state


def test_a_word_that_counts_alone_can_still_be_contradicted(world: World) -> None:
    desk = with_hits(world, hit(band="corroborate"))
    desk.second(desk.say(), agrees=False)
    assert states(desk) == ("open", "open")


def test_nobody_agrees_with_themselves_not_even_after_taking_the_case_over(world: World) -> None:
    desk = with_hits(world)
    world.desk.claim(IVAN, desk.case_id, version=desk.version)
    word = desk.say(by=IVAN)
    world.desk.claim(INES, desk.case_id, version=desk.version)
    with pytest.raises(SelfApproval):
        desk.second(word, by=IVAN)
    desk.second(word, by=INES)
    assert states(desk)[0] == "settled"


@pytest.mark.parametrize("actor", [ANA, OTTO, EVA, ADAM, BANK, ROBOT])
def test_agents_keys_and_roles_without_the_right_never_second(
    desk: HitCase, actor: Principal
) -> None:
    word = desk.say()
    with pytest.raises(AccessRefused):
        desk.second(word, by=actor)
    assert states(desk)[0] == "waits_for_second"


@pytest.mark.parametrize("role", [Role.AGENT, Role.API_CLIENT, Role.AUDITOR, Role.ADMIN])
def test_agents_keys_and_roles_without_the_right_never_answer(desk: HitCase, role: Role) -> None:
    with pytest.raises(AccessRefused):
        desk.say(by=Principal(id="ana", name="Ana", roles=(role,)))


def test_only_who_holds_the_case_gives_the_first_word(desk: HitCase) -> None:
    with pytest.raises(AccessRefused, match="hands of ana"):
        desk.say(by=IVAN)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_word_has_a_reason_of_at_most_a_thousand_characters(desk: HitCase, reason: str) -> None:
    with pytest.raises(InvalidInput, match="`reason`"):
        desk.say(reason=reason)
    word = desk.say(reason="x" * 1000)
    with pytest.raises(InvalidInput, match="`reason`"):
        desk.second(word, reason=reason)


def test_what_is_not_there_is_refused(desk: HitCase) -> None:
    with pytest.raises(HitUnknown):
        desk.say(entity_id="demo-2")
    with pytest.raises(InvalidInput, match="`answer`"):
        desk.say("cleared")  # type: ignore[arg-type]
    word = desk.say()
    with pytest.raises(HitUnknown):
        desk.second(word.model_copy(update={"id": "v-0"}))
    agreed = desk.second(word)
    with pytest.raises(HitUnknown):
        desk.second(agreed, by=INES)


def test_a_word_is_answered_once_and_only_the_newest(desk: HitCase) -> None:
    first = desk.say()
    newer = desk.say("true_match", "On second thoughts.")
    with pytest.raises(Conflict, match="answered or replaced"):
        desk.second(first)
    desk.second(newer)
    with pytest.raises(Conflict, match="answered or replaced"):
        desk.second(newer, by=INES)
    assert states(desk) == ("settled", "true_match")


def test_a_newer_word_opens_a_settled_hit_again(desk: HitCase) -> None:
    desk.second(desk.say())
    desk.say("true_match", "A new paper shows the number.")
    assert states(desk) == ("waits_for_second", "open")


# what follows


def test_the_gates_and_the_rating_follow_every_word(world: World) -> None:
    world.close()
    rated = World(world.folder, review=replace(REVIEW, assess=assess_by_hits))
    desk = with_hits(rated)
    rated.rules.findings = (finding("SAN-02", Outcome.HOLD),)
    word = desk.say()
    assert desk.dossier.ruling is not None
    assert desk.dossier.ruling.outcome is Outcome.HOLD
    assert desk.dossier.assessment == ASSESSMENT
    rated.rules.findings = ()
    since = len(rated.desk.events(OTTO, desk.case_id))
    desk.second(word)
    assert kinds(desk, since) == ["hit_seconded", "assessment_recomputed", "gate_ruled"]
    after = desk.dossier
    assert after.ruling is not None
    assert after.assessment is not None
    assert (after.ruling.outcome, after.assessment) == (Outcome.CLEAR, LOW)
    (row,) = rated.desk.cases(IVAN).rows
    assert (row.summary.outcome, row.summary.rating) == (Outcome.CLEAR, RiskLevel.LOW)
    desk.second(desk.say("true_match", "Another paper."))
    assert desk.dossier.assessment is not None
    assert desk.dossier.assessment.rating is RiskLevel.PROHIBITED
    assert rated.desk.verify_case(OTTO, desk.case_id) == ()
    rated.close()


def test_a_word_changes_no_evidence(desk: HitCase) -> None:
    before = desk.dossier
    desk.second(desk.say())
    assert desk.dossier.evidence == before.evidence
    assert desk.dossier.evidence_hash == before.evidence_hash


def test_every_word_is_in_the_log_without_names_reasons_or_entries(desk: HitCase) -> None:
    word = desk.say()
    desk.second(word)
    events = desk.world.desk.events(OTTO, desk.case_id)
    told = {e.kind: e.payload for e in events}
    assert told["hit_reviewed"]["review"] == word.id
    assert (told["hit_reviewed"]["answer"], told["hit_reviewed"]["needs_second"]) == (
        "false_positive", True,
    )  # fmt: skip
    assert (told["hit_seconded"]["seconds"], told["hit_seconded"]["agrees"]) == (word.id, True)
    text = json.dumps([e.payload for e in events])
    for secret in ("Born in another year", "Seen the same", "ROE", "Roe", "demo-1", "777"):
        assert secret not in text


# changed content


def test_a_screening_with_the_same_content_keeps_the_word(desk: HitCase) -> None:
    desk.second(desk.say())
    desk.screened_again(hit(score=0.93, version="2026-04-01-def"))
    assert states(desk) == ("settled", "false_positive")


@pytest.mark.parametrize(
    ("entry", "asked"), [(OTHER_ENTRY, None), (None, OTHER_QUERY)], ids=["entry", "party"]
)
def test_a_changed_entry_or_party_opens_the_hit_again_and_keeps_the_trail(
    desk: HitCase, entry: str | None, asked: str | None
) -> None:
    word = desk.say()
    desk.second(word)
    found = hit() if entry is None else hit(entity_hash=entry)
    desk.screened_again(found, **({} if asked is None else {"asked": asked}))
    assert states(desk) == ("open", "open")
    assert desk.standing().earlier[0] == word
    with pytest.raises(Conflict, match="has changed since"):
        desk.second(word, by=INES)


def test_without_content_hashes_a_word_holds_for_its_own_screening_alone(world: World) -> None:
    desk = with_hits(world, hit(entity_hash=""), asked="")
    desk.second(desk.say())
    assert states(desk) == ("settled", "false_positive")
    desk.screened_again(hit(entity_hash=""), asked="")
    assert states(desk) == ("open", "open")


def test_a_hit_that_the_newest_screening_lacks_is_no_work(desk: HitCase) -> None:
    desk.say()
    desk.screened_again(hit("demo-2"))
    with pytest.raises(HitUnknown):
        desk.say()
    assert [one.hit.entity_id for one in desk.world.desk.hits(IVAN, desk.case_id).hits] == [
        "demo-2",
    ]  # fmt: skip
