"""What every screening backend does, whatever it screens with."""

from datetime import timedelta

import pytest

from casegate.errors import ScreeningUnavailable
from casegate.model.evidence import Coverage
from casegate.model.screening import ScreenQuery
from tests.conformance.conftest import ROWS, ROWS_LATER, Backend
from tests.screening.conftest import NOW


def test_the_same_name_is_a_likely_hit_with_what_the_list_tells(backend: Backend) -> None:
    answer = backend.ask("Pyotr Orlovsky", schema_="Person")
    (hit,) = answer.hits
    assert (hit.party, hit.entity_id, hit.name) == ("q", "house-1", "ORLOVSKY, Pyotr")
    assert (hit.band, hit.score, hit.list) == ("likely", 1.0, "house")
    assert hit.features["name_match"] == 1.0
    assert hit.topics == ("sanction",)
    assert hit.entry["birthDate"] == ("1961-05-03",)
    assert len(hit.entity_hash) == 64
    assert (answer.coverage, answer.reason) == (Coverage.COMPLETE, "")


def test_a_name_on_no_list_is_no_hit_and_complete(backend: Backend) -> None:
    answer = backend.ask("Eleanor Hartwell Briggs", schema_="Person")
    assert (answer.coverage, answer.hits) == (Coverage.COMPLETE, ())


@pytest.mark.parametrize(
    ("name", "schema", "entry"),
    [
        ("Orlovsky Pyotr", "Person", "house-1"),
        ("Pyotr Orlovsky", "LegalEntity", "house-1"),
        ("Viktor Arkadyevich Solmenko", "Person", "house-2"),
        ("Viktor Arkadyevich Solmenko", "LegalEntity", "house-2"),
        ("Kostrava Metals Trading", "Company", "house-3"),
        ("Kostrava Metals Trading", "LegalEntity", "house-3"),
        ("Northern Heron", "Vessel", "house-5"),
        ("Пётр Орловский", "Person", "house-1"),
    ],
)
def test_other_spellings_and_unknown_kinds_are_found(
    backend: Backend, name: str, schema: str, entry: str
) -> None:
    assert [hit.entity_id for hit in backend.ask(name, schema_=schema).hits] == [entry]


def test_a_weak_name_is_a_hit_and_never_a_likely_one(backend: Backend) -> None:
    (hit,) = backend.ask("Grey Heron", schema_="Person").hits
    assert (hit.entity_id, hit.band) == ("house-1", "review")


@pytest.mark.parametrize("number", ["AB123456", "ab-123456"])
def test_a_shared_number_is_a_hit_whatever_the_name(backend: Backend, number: str) -> None:
    (hit,) = backend.ask("Someone Else Entirely", schema_="Person", ids=(number,)).hits
    assert hit.entity_id == "house-1"
    assert (hit.agreements, hit.contradictions) == (("id",), ("name",))


@pytest.mark.parametrize(
    ("known", "contradictions"),
    [
        ({"births": ("1975-01-01",)}, ("dob",)),
        ({"births": ("1961-05-04",)}, ("dob",)),
        ({"countries": ("MX",)}, ("country",)),
        (
            {"births": ("1975-01-01",), "countries": ("MX",), "genders": ("female",)},
            ("dob", "country", "gender"),
        ),
    ],
)
def test_contradictions_lower_a_hit_and_never_take_it_away(
    backend: Backend, known: dict[str, tuple[str, ...]], contradictions: tuple[str, ...]
) -> None:
    (hit,) = backend.ask("Pyotr Orlovsky", schema_="Person", **known).hits
    assert hit.contradictions == contradictions
    assert hit.score < 1.0
    assert hit.score == pytest.approx(1.0 + sum(v for v in hit.features.values() if v < 0))


def test_agreements_are_shown(backend: Backend) -> None:
    (hit,) = backend.ask(
        "Pyotr Orlovsky", schema_="Person", births=("1961-05-03",), countries=("RU",)
    ).hits
    assert (hit.score, hit.agreements) == (1.0, ("dob", "country"))


@pytest.mark.parametrize(
    ("names", "coverage"),
    [
        (("梁宝轩",), Coverage.DEGRADED),
        (("فيصل الضميري",), Coverage.DEGRADED),
        (("梁宝轩", "Liang Baoxuan"), Coverage.COMPLETE),
        (("",), Coverage.UNAVAILABLE),
        (("???",), Coverage.UNAVAILABLE),
        (("x" * 301,), Coverage.UNAVAILABLE),
        (("x" * 10_000,), Coverage.UNAVAILABLE),
    ],
)
def test_a_name_that_can_t_be_searched_in_full_says_so(
    backend: Backend, names: tuple[str, ...], coverage: Coverage
) -> None:
    answer = backend.ask(names[0], other_names=names[1:], schema_="Person")
    assert answer.coverage is coverage
    assert bool(answer.reason) is (coverage is not Coverage.COMPLETE)
    assert answer.versions
    if coverage is Coverage.UNAVAILABLE:
        assert answer.hits == ()


def test_a_name_in_the_list_s_own_script_is_found(backend: Backend) -> None:
    assert [hit.entity_id for hit in backend.ask("梁宝轩", schema_="Person").hits] == ["house-4"]


@pytest.mark.parametrize("name", ["Pyotr Orlovsky", "Eleanor Hartwell Briggs", "???"])
def test_hit_no_hit_and_no_look_name_versions_matcher_and_time(backend: Backend, name: str) -> None:
    answer = backend.ask(name, schema_="Person")
    (version,) = answer.versions
    assert answer.versions == backend.screener.versions()
    assert (version.list, version.published, version.entities) == ("house", "2026-01-31", len(ROWS))
    assert version.loaded_at <= NOW + timedelta(days=1)
    assert answer.matcher.name.startswith("logic-v2 (")
    assert (answer.matcher.threshold, answer.matcher.candidates) == (0.7, 20)
    assert answer.screened_at == NOW
    assert all(hit.version == version.version for hit in answer.hits)


def test_a_batch_is_answered_in_order_against_one_version(backend: Backend) -> None:
    names = ("Pyotr Orlovsky", "Eleanor Hartwell Briggs", "", "Viktor Solmenko") * 10
    queries = [ScreenQuery(id=f"q{n}", name=name) for n, name in enumerate(names)]
    answers = backend.screener.screen(queries)
    assert [answer.id for answer in answers] == [query.id for query in queries]
    assert len({answer.versions for answer in answers}) == 1
    assert [hit.entity_id for hit in answers[-1].hits] == ["house-2"]
    assert all(hit.party == answer.id for answer in answers for hit in answer.hits)


def test_no_question_gets_no_answer(backend: Backend) -> None:
    assert backend.screener.screen([]) == []


def test_the_same_id_with_another_name_gets_its_own_answer(backend: Backend) -> None:
    assert backend.ask("Pyotr Orlovsky", schema_="Person").hits
    assert not backend.ask("Eleanor Hartwell Briggs", schema_="Person").hits


def test_another_list_version_is_used_at_once_and_named(backend: Backend) -> None:
    before = backend.ask("Anna Falkenrath", schema_="Person")
    backend.load((*ROWS, *ROWS_LATER))
    after = backend.ask("Anna Falkenrath", schema_="Person")
    assert (len(before.hits), len(after.hits)) == (0, 1)
    assert before.versions != after.versions


def test_an_entry_that_changes_has_another_hash(backend: Backend) -> None:
    before = backend.ask("Pyotr Orlovsky", schema_="Person").hits[0].entity_hash
    assert backend.ask("Pyotr Orlovsky", schema_="Person").hits[0].entity_hash == before
    backend.load((ROWS[0].replace("1961", "1962"), *ROWS[1:]))
    assert backend.ask("Pyotr Orlovsky", schema_="Person").hits[0].entity_hash != before


def test_a_backend_that_is_down_answers_nobody(backend: Backend) -> None:
    backend.screener.warm()
    backend.down()
    with pytest.raises(ScreeningUnavailable):
        backend.ask("Eleanor Hartwell Briggs", schema_="Person")
    backend.screener.warm()
