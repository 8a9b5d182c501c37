"""A settled false positive may be suppressed for one customer, until a day or until it changes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from casegate.access.hit_policy import POLICY_FILE, load_hit_policy
from casegate.desk.hits_suppressed import StoredSuppressions
from casegate.errors import (
    ApprovalVoid,
    Conflict,
    InvalidInput,
    RulesInvalid,
    SelfApproval,
    SuppressionUnknown,
    VersionConflict,
)
from casegate.model.screening import Suppression, SuppressionEnd
from tests.kernel.hit_cases import (
    NEXT_MONTH,
    OTHER_ENTRY,
    OTHER_QUERY,
    QUERY,
    HitCase,
    hit,
    with_hits,
)
from tests.kernel.orders import drop_triggers
from tests.kernel.test_proof import edit
from tests.kernel.world import ANA, INES, IVAN, OTTO, World, draft


def suppress(world: World, reference: str = "B-1") -> Suppression:
    """Settle a hit and suppress it for customer 777."""
    desk = with_hits(world, reference=reference)
    desk.second(desk.say(), until=NEXT_MONTH)
    return world.desk.suppressions(OTTO, case_id=desk.case_id).suppressions[0]


def covered(world: World, made: Suppression, reference: str = "B-2") -> HitCase:
    """Give a later case of the customer, screened while the suppression was in force."""
    return with_hits(world, hit(suppressed=made.id), reference=reference)


def test_a_suppression_names_customer_entry_both_contents_and_both_people(world: World) -> None:
    made = suppress(world)
    assert (made.customer, made.list, made.entity_id) == ("777", "demo", "demo-1")
    assert (made.entity_hash, made.query_hash) == (hit().entity_hash, QUERY)
    assert (made.proposed_by, made.approved_by) == ("ana", "ivan")
    assert made.expires_on == NEXT_MONTH
    kinds = [e.kind for e in world.desk.events(OTTO, made.case_id)]
    assert kinds[-3:] == ["hit_seconded", "suppression_made", "gate_ruled"]


def test_a_suppressed_hit_stays_visible_and_is_no_open_work(world: World) -> None:
    made = suppress(world)
    desk = covered(world, made)
    found = desk.standing()
    assert (found.state, found.suppression, found.customer) == ("suppressed", made, "777")
    assert desk.dossier.hits()[0].suppressed == made.id
    assert desk.dossier.open_hits(at=NEXT_MONTH - timedelta(days=1)) == ()
    assert len(desk.dossier.open_hits(at=NEXT_MONTH)) == 1
    assert world.desk.verify_case(OTTO, desk.case_id) == ()


def test_the_lookup_finds_only_what_is_in_force_for_exactly_this_content(world: World) -> None:
    made = suppress(world)
    find, on = StoredSuppressions(world.store), NEXT_MONTH - timedelta(days=1)
    assert find("777", hit(), QUERY, on=on) == made.id
    for customer, found, asked, day in (
        ("778", hit(), QUERY, on),
        ("", hit(), QUERY, on),
        ("777", hit("demo-2"), QUERY, on),
        ("777", hit(list="other"), QUERY, on),
        ("777", hit(entity_hash=OTHER_ENTRY), QUERY, on),
        ("777", hit(entity_hash=""), QUERY, on),
        ("777", hit(), OTHER_QUERY, on),
        ("777", hit(), "", on),
        ("777", hit(), QUERY, NEXT_MONTH),
    ):
        assert find(customer, found, asked, on=day) == ""
    world.desk.end_suppression(INES, made.id, reason="New papers.")
    assert find("777", hit(), QUERY, on=on) == ""


def test_an_ended_suppression_counts_nowhere_any_more(world: World) -> None:
    made = suppress(world)
    desk = covered(world, made)
    end = world.desk.end_suppression(INES, made.id, reason="New papers.")
    found = desk.standing()
    assert (found.state, found.suppression_end) == ("open", end)
    page = world.desk.suppressions(ANA)
    assert (page.suppressions, page.ends, page.next) == ((made,), (end,), None)
    with pytest.raises(Conflict, match="ended already"):
        world.desk.end_suppression(IVAN, made.id, reason="Again.")
    assert [e.kind for e in world.desk.events(OTTO, made.case_id)][-1] == "suppression_ended"
    for case_id in (made.case_id, desk.case_id):
        assert world.desk.verify_case(OTTO, case_id) == ()


def test_ending_a_suppression_voids_a_decision_that_waits_on_it(world: World) -> None:
    desk = covered(world, made := suppress(world))
    decision = world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())
    world.desk.end_suppression(INES, made.id, reason="New papers.")
    with pytest.raises(ApprovalVoid):
        world.approve(IVAN, decision)
    assert desk.standing().state == "open"


def test_a_decision_that_was_approved_stays_carried_out_when_a_suppression_ends(
    world: World,
) -> None:
    desk = covered(world, made := suppress(world))
    decision = world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())
    world.approve(IVAN, decision)
    world.desk.end_suppression(INES, made.id, reason="New papers.")
    world.run.finish(desk.case_id, str(desk.dossier.case.run_id), decision.id)
    assert world.desk.verify_case(OTTO, desk.case_id) == ()


def test_a_suppression_that_ends_between_reading_and_deciding_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = covered(world, made := suppress(world))
    rules = type(world.rules).__call__

    def slow(self: object, *args: object, **kwargs: object) -> object:
        if not world.desk.suppressions(OTTO).ends:
            world.desk.end_suppression(INES, made.id, reason="New papers.")
        return rules(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(type(world.rules), "__call__", slow)
    with pytest.raises(VersionConflict, match="ended meanwhile"):
        world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())


def test_a_word_against_a_suppressed_hit_makes_it_work_again(world: World) -> None:
    desk = covered(world, suppress(world))
    desk.say("unsure", "The new address is the entry's.")
    assert desk.standing().state == "open"
    word = desk.say("true_match", "The number is the same.")
    assert desk.standing().state == "waits_for_second"
    desk.second(word)
    assert desk.standing().state == "settled"


@pytest.mark.parametrize("days", [-1, 0, 366, 4000])
def test_a_suppression_expires_after_today_and_within_the_policys_days(
    world: World, days: int
) -> None:
    desk = with_hits(world)
    until = world.clock.at.date() + timedelta(days=days)
    with pytest.raises(InvalidInput, match="`suppress_until`"):
        desk.second(desk.say(), until=until)
    assert desk.standing().state == "waits_for_second"


@pytest.mark.parametrize("numbers", [(), ("777", "778"), (" ",)])
def test_without_one_customer_number_nothing_is_suppressed(
    world: World, numbers: tuple[str, ...]
) -> None:
    desk = with_hits(world, customer=numbers)
    with pytest.raises(InvalidInput, match="no customer number"):
        desk.second(desk.say(), until=NEXT_MONTH)


def test_only_a_false_positive_that_both_agree_on_is_suppressed(world: World) -> None:
    desk = with_hits(world)
    word = desk.say()
    with pytest.raises(InvalidInput, match="only a false positive"):
        desk.second(word, agrees=False, until=NEXT_MONTH)
    with pytest.raises(InvalidInput, match="only a false positive"):
        desk.second(desk.say("true_match"), until=NEXT_MONTH)
    assert world.desk.suppressions(OTTO).suppressions == ()


def test_without_content_hashes_nothing_is_suppressed(world: World) -> None:
    desk = with_hits(world, hit(entity_hash=""))
    with pytest.raises(Conflict, match="no content hashes"):
        desk.second(desk.say(), until=NEXT_MONTH)


def test_nobody_approves_a_suppression_that_they_proposed(world: World) -> None:
    desk = with_hits(world)
    world.desk.claim(IVAN, desk.case_id, version=desk.version)
    with pytest.raises(SelfApproval):
        desk.second(desk.say(by=IVAN), by=IVAN, until=NEXT_MONTH)
    assert world.desk.suppressions(OTTO).suppressions == ()


def test_a_list_of_suppressions_comes_in_pages(world: World) -> None:
    made = [suppress(world, f"B-{number}") for number in range(3)]
    first = world.desk.suppressions(OTTO, limit=2)
    assert first.suppressions == tuple(made[:2])
    second = world.desk.suppressions(OTTO, after=first.next, limit=2)
    assert (second.suppressions, second.next) == ((made[2],), None)
    with pytest.raises(InvalidInput, match="`limit`"):
        world.desk.suppressions(OTTO, limit=0)
    with pytest.raises(SuppressionUnknown):
        world.desk.end_suppression(IVAN, "sup-0", reason="Why.")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE suppression SET record = replace(record, '2026-04-20', '2036-04-20')",
        "DELETE FROM suppression_end",
        "UPDATE suppression_end SET record = replace(record, 'New', 'Old')",
    ],
)
def test_a_suppression_changed_behind_the_desk_shows_on_every_case_that_uses_it(
    world: World, statement: str
) -> None:
    made = suppress(world)
    desk = covered(world, made)
    world.desk.end_suppression(INES, made.id, reason="New papers.")
    drop_triggers(world)
    edit(world, statement)
    for case_id in (made.case_id, desk.case_id):
        found = {one.record.split()[0] for one in world.desk.verify_case(OTTO, case_id)}
        assert "suppression" in found


def test_an_end_that_no_entry_tells_of_shows(world: World) -> None:
    made = suppress(world)
    end = SuppressionEnd(
        suppression=made.id, reason="x", ended_by="ivan", at=datetime(2026, 3, 21, tzinfo=UTC)
    )
    with world.store.work() as work:
        work.hits.add_end(end)
    (found,) = world.desk.verify_case(OTTO, made.case_id)
    assert found.record == f"suppression_end {made.id}"


# the policy file


def test_the_policy_that_ships_loads_and_has_a_source() -> None:
    policy = load_hit_policy()
    assert policy.effective_from <= date(2026, 11, 1)
    assert policy.source
    assert policy.asks_for_second("false_positive", "likely")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("  unsure: []\n", "", "answers without a rule: ['unsure']"),
        ("[investigator, mlro]", "[analyst]", "roles that never answer"),
        ("[investigator, mlro]", "[]", "at least 1 item"),
        ("longest_suppression_days: 365", "longest_suppression_days: 0", "greater than or equal"),
        ("[likely, review]", "[sure]", "'likely'"),
        ("version:", "verzion:", "Field required"),
        ("needs_second:", "needs_second: [", "can't be read"),
    ],
)
def test_a_policy_file_that_can_not_be_used_is_refused(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    text = POLICY_FILE.read_text()
    assert before in text
    file = tmp_path / "hit_policy.yaml"
    file.write_text(text.replace(before, after))
    with pytest.raises(RulesInvalid) as refused:
        load_hit_policy(file)
    assert said in refused.value.message
