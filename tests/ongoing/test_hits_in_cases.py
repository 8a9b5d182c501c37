"""What a customer's hit and the case that people work it in have to do with each other."""

from datetime import timedelta

import pytest

from casegate.model.customer import CustomerHit, HitStatus
from casegate.model.dossier import Dossier
from casegate.model.screening import HitAnswer, HitReview
from tests.kernel.world import MIRA
from tests.ongoing.conftest import BASE, FILLER, Place
from tools.screening.tool import query_of


def _case_of(place: Place, hit: CustomerHit) -> Dossier:
    assert hit.case_id is not None
    return place.kernel.run_desk.dossier(hit.case_id)


def _say(
    place: Place,
    hit: CustomerHit,
    answer: HitAnswer,
    *,
    needs_second: bool = False,
    of_entry: str = "",
) -> HitReview:
    """Store a person's word on the hit, as the desk of cases does."""
    assert hit.case_id is not None
    word = HitReview(
        id=place.desk.office.new_id("v"),
        case_id=hit.case_id,
        evidence="E1",
        party="P1",
        list=hit.list,
        entity_id=hit.entity_id,
        entity_hash=of_entry or hit.entity_hash,
        query_hash="b" * 64,
        answer=answer,
        reason="Another person: born elsewhere",
        needs_second=needs_second,
        reviewer="ivan",
        at=place.desk.office.clock() + timedelta(seconds=1),
    )
    with place.kernel.store.work() as work:
        work.hits.add_review(word)
    return word


def test_the_case_asks_all_that_the_customers_hit_rests_on(place: Place) -> None:
    place.lists(*BASE, *FILLER)
    place.register(
        "C-1",
        "Anna Unlisted",
        schema="Person",
        other_names=["Pyotr Volnogorsky"],
        births=["1968", "1968-04"],
        countries=["RU", "MD"],
        genders=["male"],
    )
    (hit,) = place.desk.hits(MIRA, "C-1")
    dossier = _case_of(place, hit)
    asked = query_of(dossier, dossier.bundle.parties[0])
    known = place.desk.customer(MIRA, "C-1").customer.query()
    assert asked.other_names == known.other_names
    assert set(known.births) <= set(asked.births)
    assert set(known.countries) <= set(asked.countries)
    assert asked.genders == known.genders


@pytest.mark.parametrize(
    ("answer", "needs_second", "status"),
    [
        ("false_positive", False, HitStatus.SETTLED),
        ("true_match", False, HitStatus.SETTLED),
        ("false_positive", True, HitStatus.OPEN),
        ("unsure", False, HitStatus.OPEN),
    ],
)
def test_a_customers_hit_stands_as_people_said_in_its_case(
    place: Place, answer: HitAnswer, needs_second: bool, status: HitStatus
) -> None:
    place.lists(*BASE, *FILLER)
    place.register("C-1", "Pyotr Volnogorsky")
    (hit,) = place.desk.hits(MIRA, "C-1")
    _say(place, hit, answer, needs_second=needs_second)
    (now,) = place.desk.hits(MIRA, "C-1")
    assert now.status is status
    assert (now.disposition == answer) is (not needs_second)
    assert bool(place.desk.all_hits(MIRA, open_only=True)) is (status is HitStatus.OPEN)


def test_a_word_on_another_content_of_the_entry_settles_nothing(place: Place) -> None:
    place.lists(*BASE, *FILLER)
    place.register("C-1", "Pyotr Volnogorsky")
    (hit,) = place.desk.hits(MIRA, "C-1")
    _say(place, hit, "false_positive", of_entry="c" * 64)
    assert place.desk.hits(MIRA, "C-1")[0].status is HitStatus.OPEN
