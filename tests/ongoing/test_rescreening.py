"""New list versions, removed entries, changed customers: who is screened again, and what comes."""

import pytest

from casegate.model.case import CaseKind, CaseStatus
from casegate.model.customer import Customer
from casegate.model.party import PartySchema
from tests.kernel.world import MIRA
from tests.ongoing.conftest import BASE, FILLER, Place

PERSON = PartySchema.PERSON
NEW = "n1,Person,Fyodor Timofeyevich Karshenboim,1980-05-06"


def test_a_registered_customer_is_screened_at_once_and_its_hit_opens_one_case(
    place: Place,
) -> None:
    place.register("C-1", "Pyotr Volnogorsky", births=["1968-04-17"])
    assert place.hits() == [("C-1", "a1", "open")]
    (case,) = place.kernel.desk.cases(MIRA).rows
    assert (case.case.kind, case.case.status) == (CaseKind.SCREENING_ALERT, CaseStatus.RECEIVED)
    assert case.case.run_id is not None
    (job,) = place.kernel.store.queued()
    assert job.case_id == case.case.id
    place.register("C-1", "Pyotr Volnogorsky", births=["1968-04-17"])
    assert len(place.cases()) == 1


@pytest.mark.parametrize("birth", ["1968", "1968-04", "1968-02-31", "2999-01-01"])
def test_a_birth_date_that_is_no_day_keeps_no_hit_from_its_case(place: Place, birth: str) -> None:
    place.register("C-1", "Pyotr Volnogorsky", births=[birth])
    assert place.hits() == [("C-1", "a1", "open")]
    assert len(place.cases()) == 1


def test_a_customer_that_resembles_nobody_is_logged_like_one_that_does(place: Place) -> None:
    place.register("C-2", "Unrelated Wexford")
    assert place.hits() == []
    (event,) = place.events("customers_screened")
    assert (event.payload["hits"], event.payload["customers"]) == (0, 1)
    assert "Wexford" not in str(event.payload)
    assert place.desk.customer(MIRA, "C-2").screened == event.payload["state"]


def test_a_new_entry_finds_its_customer_with_the_score_of_a_full_screening(place: Place) -> None:
    place.register("C-1", "Fedor Karshenboim", births=["1980-05-06"])
    place.register("C-2", "Unrelated Wexford")
    assert place.hits() == []
    place.lists(*BASE, *FILLER, NEW, day=2)
    done = place.desk.rescreening.run()
    assert done is not None
    assert (done.kind, done.state, done.hits) == ("delta", "done", 1)
    assert place.hits() == [("C-1", "n1", "open")]
    (stored,) = place.desk.hits(MIRA, "C-1")
    asked = place.desk.customer(MIRA, "C-1").customer.query()
    (full,) = place.desk.screener().screen([asked]).answers[0].hits
    assert stored.hit == full
    assert place.desk.rescreening.run() is None


def test_several_loads_between_two_looks_are_one_delta(place: Place) -> None:
    place.register("C-1", "Fedor Karshenboim")
    place.register("C-2", "Hubertine Vasquelle")
    place.lists(*BASE, *FILLER, NEW, day=2)
    place.lists(*BASE, *FILLER, NEW, "n2,Person,Hubertine Vasquelle,", day=3)
    place.lists(*BASE, *FILLER, NEW, "n2,Person,Hubertine Vasquelle,", "n3,Person,Xu Yi,", day=4)
    done = place.desk.rescreening.run()
    assert done is not None
    assert done.state == "done"
    assert place.hits() == [("C-1", "n1", "open"), ("C-2", "n2", "open")]
    assert len(place.cases()) == 2


def test_a_common_name_is_followed_past_the_first_page_of_customers(place: Place) -> None:
    place.desk.load(
        MIRA,
        [
            Customer.model_validate(
                {"id": f"C-{n:03}", "schema": "Person", "name": "Fyodor Karshenboim"}
            )
            for n in range(70)
        ],
    )
    place.desk.rescreening.run()
    place.lists(*BASE, *FILLER, NEW, day=2)
    done = place.desk.rescreening.run()
    assert done is not None
    assert done.hits == 70


def test_a_removed_entry_closes_its_hit_and_keeps_the_row(place: Place) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    place.lists(*BASE[1:], *FILLER, day=2)
    done = place.desk.rescreening.run()
    assert done is not None
    assert done.removed == 1
    assert place.hits() == [("C-1", "a1", "removed")]
    (event,) = place.events("customer_hit_removed")
    assert event.payload["reason"] == "entry_removed"
    place.lists(*BASE, *FILLER, day=3)
    place.desk.rescreening.run()
    assert place.hits() == [("C-1", "a1", "open")]
    assert len(place.cases()) == 2, "an entry that comes back is work again"


def test_a_changed_entry_that_still_matches_is_work_again(place: Place) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    changed = BASE[0].replace("1968-04-17", "1968-04-18")
    place.lists(changed, *BASE[1:], *FILLER, day=2)
    done = place.desk.rescreening.run()
    assert done is not None
    assert done.hits == 1
    (hit,) = place.desk.hits(MIRA, "C-1")
    assert hit.first_seen.startswith("2026-02-02")
    assert len(place.cases()) == 2


def test_an_entry_that_changed_into_somebody_else_no_longer_matches(place: Place) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    place.lists("a1,Person,Quite Another Name,", *BASE[1:], *FILLER, day=2)
    place.desk.rescreening.run()
    assert place.hits() == [("C-1", "a1", "removed")]
    (event,) = place.events("customer_hit_removed")
    assert event.payload["reason"] == "no_longer_matches"


def test_a_changed_customer_is_screened_in_the_same_call(place: Place) -> None:
    place.register("C-1", "Unrelated Wexford")
    place.register("C-1", "Ludmila Prokhorchuk")
    assert place.hits() == [("C-1", "a3", "open")]
    place.register("C-1", "Unrelated Wexford")
    assert place.hits() == [("C-1", "a3", "removed")]


def test_a_closed_customer_is_screened_no_more(place: Place) -> None:
    place.register("C-1", "Fedor Karshenboim")
    place.desk.close(MIRA, "C-1")
    place.lists(*BASE, *FILLER, NEW, day=2)
    assert place.desk.rescreening.run() is None
    assert place.hits() == []


def test_a_full_rescreening_asks_about_everybody_and_doubles_nothing(place: Place) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    place.register("C-2", "Ludmila Prokhorchuk")
    done = place.desk.rescreening.run(full=True)
    assert done is not None
    assert (done.kind, done.state, done.done, done.hits) == ("full", "done", 2, 0)
    assert len(place.cases()) == 2


def test_a_list_that_changes_meanwhile_starts_the_rescreening_again(place: Place) -> None:
    place.register("C-1", "Fedor Karshenboim")
    place.register("C-2", "Hubertine Vasquelle")
    place.lists(*BASE, *FILLER, NEW, day=2)
    loaded: list[int] = []

    def load_once(_: object) -> None:
        if not loaded:
            loaded.append(1)
            place.lists(*BASE, *FILLER, "n2,Person,Hubertine Vasquelle,", day=3)

    done = place.desk.rescreening.run(told=load_once)
    assert done is not None
    assert done.state == "done"
    ended = [e.payload["outcome"] for e in place.events("rescreen_ended")]
    assert ended == ["superseded", "done"]
    assert ("C-2", "n2", "open") in place.hits()
    assert ("C-1", "n1", "open") not in place.hits()


@pytest.mark.parametrize("name", ["   ", "!!!", "\u202e", "🙂🙂", "x\x01"])
def test_a_name_that_cannot_be_searched_is_never_a_silent_clear(place: Place, name: str) -> None:
    place.register("C-1", name)
    assert place.desk.customer(MIRA, "C-1").coverage != "complete"
    place.lists(*BASE, *FILLER, NEW, day=2)
    done = place.desk.rescreening.run()
    assert done is not None
    assert done.state == "done"


def test_the_log_verifies_and_holds_no_name(place: Place) -> None:
    place.register("C-1", "Pyotr Volnogorsky")
    place.lists(*BASE, *FILLER, NEW, day=2)
    place.desk.rescreening.run()
    assert place.kernel.desk.verify_audit(MIRA).ok
    with place.kernel.store.read() as work:
        told = "".join(row.payload for row in work.log.rows())
    assert "Volnogorsky" not in told
    assert "C-1" not in told
