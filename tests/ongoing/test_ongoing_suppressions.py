"""Hits that people settled for a time: covered, shown, and back as soon as anything changes."""

from datetime import date, timedelta

import pytest

from casegate.hashing import query_hash
from casegate.model.screening import Suppression, SuppressionEnd
from tests.kernel.world import MIRA, CountingClock
from tests.ongoing.conftest import BASE, FILLER, Place
from tools.screening.tool import query_of


def suppress(place: Place, *, days: int = 365, of_case: bool = True) -> Suppression:
    """Suppress the one hit, on its own case, as a case with papers would ask or as registered."""
    (hit,) = place.desk.hits(MIRA, "C-1")
    assert hit.case_id is not None
    now = place.desk.office.clock()
    made = Suppression(
        id=place.desk.office.new_id("sup"),
        customer="C-1",
        list=hit.list,
        entity_id=hit.entity_id,
        entity_hash=hit.entity_hash,
        query_hash="b" * 64 if of_case else hit.query_hash,
        reason="Another person: born elsewhere",
        case_id=hit.case_id,
        review="hr-1",
        proposed_by="ivan",
        approved_by="mira",
        approved_at=now,
        expires_on=now.date() + timedelta(days=days),
    )
    with place.kernel.store.work() as work:
        work.hits.add_suppression(made)
    return made


@pytest.mark.parametrize("of_case", [True, False])
def test_a_suppressed_hit_stays_visible_and_opens_no_case(place: Place, of_case: bool) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    made = suppress(place, of_case=of_case)
    assert place.hits() == [("C-1", "a1", "suppressed")], "shown at once"
    done = place.desk.rescreening.run(full=True)
    assert done is not None
    (hit,) = place.desk.hits(MIRA, "C-1")
    assert (hit.status, hit.suppression) == ("suppressed", made.id)
    assert len(place.cases()) == 1
    assert place.events("customer_hit_found")[-1].payload["suppression"] == made.id
    assert place.desk.all_hits(MIRA, open_only=True) == ()


def test_another_content_of_the_entry_is_not_covered(place: Place) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    suppress(place)
    changed = BASE[0].replace("1968-04-17", "1968-04-18")
    place.lists(changed, *BASE[1:], *FILLER, day=2)
    place.desk.rescreening.run()
    assert place.hits() == [("C-1", "a1", "open")]
    assert len(place.cases()) == 2


@pytest.mark.parametrize("of_case", [True, False])
def test_another_content_of_the_customer_is_not_covered(place: Place, of_case: bool) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    suppress(place, of_case=of_case)
    place.register("C-1", "Pyotr Volnogorsky", births=["1968-04-17"])
    assert place.hits() == [("C-1", "a1", "open")]
    assert len(place.cases()) == 2


@pytest.mark.parametrize("ended", [True, False])
def test_a_suppression_that_ended_or_expired_covers_nothing(place: Place, ended: bool) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    made = suppress(place, days=30)
    place.desk.rescreening.run(full=True)
    if ended:
        with place.kernel.store.work() as work:
            end = SuppressionEnd(
                suppression=made.id, reason="r", ended_by="mira", at=place.desk.office.clock()
            )
            work.hits.add_end(end)
    else:
        clock = place.desk.office.clock
        assert isinstance(clock, CountingClock)
        clock.at += timedelta(days=31)
    place.desk.rescreening.run(full=True)
    assert place.hits() == [("C-1", "a1", "open")]
    assert len(place.cases()) == 2, "the same hits again are work again, under another reference"


def test_a_customer_and_a_case_hash_one_question_alike(place: Place) -> None:
    place.register("C-1", "Pyotr Volnogorsky", births=["1968-04-17"], countries=["RU"])
    query = place.desk.customer(MIRA, "C-1").customer.query()
    (hit,) = place.desk.hits(MIRA, "C-1")
    case = place.kernel.run_desk.dossier(str(hit.case_id))
    asked = query_of(case, case.bundle.parties[0])
    assert query_hash(asked) == query_hash(query)
    assert date.fromisoformat(query.births[0]).year == 1968
