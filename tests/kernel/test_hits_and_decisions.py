"""Words on hits, decisions that rest on them, and several people at once."""

from threading import Barrier, Thread

import pytest

from casegate.access.principals import Principal
from casegate.errors import (
    ApprovalVoid,
    Conflict,
    SelfApproval,
    VersionConflict,
)
from tests.kernel.hit_cases import (
    HitCase,
    with_hits,
)
from tests.kernel.orders import drop_triggers
from tests.kernel.test_proof import edit
from tests.kernel.world import (
    ANA,
    INES,
    IVAN,
    MIRA,
    OTTO,
    World,
    draft,
)


@pytest.fixture
def desk(world: World) -> HitCase:
    return with_hits(world)


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
