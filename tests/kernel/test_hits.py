"""People settle screening hits, and every check runs again on what they say."""

import json
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from casegate.access.principals import Principal, Role
from casegate.errors import (
    AccessRefused,
    ApprovalVoid,
    Conflict,
    HitUnknown,
    InvalidInput,
    SelfApproval,
    VersionConflict,
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
    with_hits,
)
from tests.kernel.orders import drop_triggers
from tests.kernel.test_proof import edit
from tests.kernel.world import (
    ADAM,
    ANA,
    ASSESSMENT,
    BANK,
    EVA,
    INES,
    IVAN,
    LOW,
    MIRA,
    OTTO,
    REVIEW,
    ROBOT,
    World,
    draft,
    finding,
)


@pytest.fixture
def desk(world: World) -> HitCase:
    return with_hits(world)


def states(desk: HitCase) -> tuple[str, str]:
    found = desk.standing()
    return found.state, found.hit.disposition


def kinds(desk: HitCase, since: int = 0) -> list[str]:
    return [e.kind for e in desk.world.desk.events(OTTO, desk.case_id)[since:]]


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


# decisions


def test_hits_are_answered_while_a_case_is_investigated(world: World) -> None:
    desk = with_hits(world, claimed=False)
    with pytest.raises(Conflict, match="`ready_for_review`"):
        desk.say()
    world.desk.claim(ANA, desk.case_id, version=desk.version)
    word = desk.say()
    world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())
    with pytest.raises(Conflict, match="`pending_approval`"):
        desk.say()
    with pytest.raises(Conflict, match="`pending_approval`"):
        desk.second(word)


def test_who_gave_the_first_word_can_not_approve_and_who_seconded_it_can(world: World) -> None:
    desk = with_hits(world)
    world.desk.claim(INES, desk.case_id, version=desk.version)
    word = desk.say(by=INES)
    world.desk.claim(IVAN, desk.case_id, version=desk.version)
    desk.second(word, by=MIRA)
    decision = world.desk.decide(IVAN, desk.case_id, version=desk.version, draft=draft())
    with pytest.raises(SelfApproval):
        world.approve(INES, decision)
    world.approve(MIRA, decision)


def test_a_decision_covers_the_words_that_it_was_made_on(desk: HitCase) -> None:
    world = desk.world
    desk.second(desk.say())
    first = world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())
    world.approve(IVAN, first, approved=False)
    desk.second(desk.say("true_match", "A new paper."))
    second = world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())
    assert second.content_hash != first.content_hash
    assert world.desk.verify_case(OTTO, desk.case_id) == ()
    world.approve(INES, second)
    run_id = str(desk.dossier.case.run_id)
    world.run.finish(desk.case_id, run_id, second.id)
    assert world.desk.verify_case(OTTO, desk.case_id) == ()
    assert world.desk.verify_audit(OTTO).ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hit_review SET record = replace(record, 'Born in', 'Born at')",
        "UPDATE hit_review SET record = replace(record, 'ivan', 'mira')",
        "DELETE FROM hit_review WHERE record LIKE '%ivan%'",
        "INSERT INTO hit_review SELECT 'v-zz', case_id, replace(record, '\"id\":\"v-', "
        '\'"id":"v-zz\') FROM hit_review LIMIT 1',
    ],
)
def test_a_word_changed_behind_the_desk_shows_and_voids_the_decision(
    desk: HitCase, statement: str
) -> None:
    world = desk.world
    desk.second(desk.say())
    decision = world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())
    drop_triggers(world)
    edit(world, statement)
    found = world.desk.verify_case(OTTO, desk.case_id)
    assert found
    assert {one.record.split()[0] for one in found} <= {"hit", "review", "decision"}
    with pytest.raises(ApprovalVoid):
        world.approve(INES, decision)


def test_the_rows_of_words_are_sealed(desk: HitCase) -> None:
    import sqlite3

    desk.say()
    connection = sqlite3.connect(desk.world.folder / "casegate.db")
    for statement in ("UPDATE hit_review SET record = '{}'", "DELETE FROM hit_review"):
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute(statement)
    connection.close()


# two at once


def test_a_word_names_the_version_that_was_read(desk: HitCase) -> None:
    version = desk.version
    word = desk.say()
    assert desk.version == version + 1
    with pytest.raises(VersionConflict):
        desk.say(version=version)
    with pytest.raises(VersionConflict):
        desk.second(word, version=version)
    with pytest.raises(VersionConflict):
        desk.world.desk.decide(ANA, desk.case_id, version=version, draft=draft())


def test_of_two_people_who_answer_at_once_one_is_told_to_read_again(desk: HitCase) -> None:
    word, version = desk.say(), desk.version
    start, told = Barrier(2), []

    def answer(by: Principal, agrees: bool) -> None:
        start.wait()
        try:
            desk.second(word, by=by, agrees=agrees, version=version)
            told.append("kept")
        except (VersionConflict, Conflict) as refused:
            told.append(refused.code)

    threads = [Thread(target=answer, args=(by, agrees))
               for by, agrees in ((IVAN, True), (INES, False))]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["kept", "version_conflict"]
    assert len(desk.standing().words) == 2
    assert desk.world.desk.verify_case(OTTO, desk.case_id) == ()


def test_of_a_word_and_a_decision_at_once_one_is_told_to_read_again(desk: HitCase) -> None:
    word, version = desk.say(), desk.version
    start, told = Barrier(2), []

    def run(kind: str) -> None:
        start.wait()
        try:
            if kind == "word":
                desk.second(word, version=version)
            else:
                desk.world.desk.decide(ANA, desk.case_id, version=version, draft=draft())
            told.append(kind)
        except Conflict:
            # Either the version is another, or the case is pending approval already.
            told.append("refused")

    threads = [Thread(target=run, args=(kind,)) for kind in ("word", "decision")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count("refused") == 1
    assert desk.world.desk.verify_case(OTTO, desk.case_id) == ()
