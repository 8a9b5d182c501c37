"""Answers: what is a hit, what is shown beside it, and when the answer is not worth its name."""

import pytest
from pydantic import ValidationError

from casegate.errors import RulesInvalid, ScreeningUnavailable
from casegate.model.evidence import Coverage
from casegate.model.screening import ScreenQuery
from tests.screening.conftest import NOW, Ask, World, asking, now, table
from tools.screening.names import romanised, skeleton, tidy, words
from tools.screening.policy import policy_at

FULL = "id,schema,name,aliases,weak_aliases,birth_date,gender,country,identifiers"


def test_the_near_namesake_of_the_demonstration_list_is_found(demo: Ask) -> None:
    (hit,) = demo("Viktor Arkadyevich Solmenko", schema_="Person", births=("1968-04-17",)).hits
    assert (hit.entity_id, hit.list) == ("demo_sanctions-DEMO-017", "demo_sanctions")
    assert (hit.name, hit.band) == ("SOLMENKO, Viktor A.", "likely")
    assert hit.agreements == ("birth_year",)


@pytest.mark.parametrize("name", ["Viktor Arkadyevich Solmenko", "Eleanor Hartwell Briggs"])
def test_a_hit_and_a_no_hit_both_carry_versions_and_configuration(demo: Ask, name: str) -> None:
    answer = demo(name, schema_="Person")
    (version,) = answer.versions
    assert (version.list, version.published) == ("demo_sanctions", "2026-11-01")
    assert (version.entities, len(version.sha256)) == (60, 64)
    assert answer.matcher.name.startswith("logic-v2 (nomenklatura 4.17.4 ")
    assert (answer.matcher.threshold, answer.matcher.candidates) == (0.7, 20)
    assert all(hit.version == version.version for hit in answer.hits)


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("V.A. Solmenko", "DEMO-017"),
        ("Solmenko Viktor", "DEMO-017"),
        ("viktorsolmenko", "DEMO-017"),
        ("Віктор Солменко", "DEMO-017"),
        ("Nasser Al-Qashtami", "DEMO-003"),
        ("Kostrava Metals Trading", "DEMO-033"),
        ("Volnogorsk Investproekt Limited Liability Company", "DEMO-034"),
        ("Zelnik & Partners Nominees Ltd.", "DEMO-036"),
        ("Gleb Radionovich Arzhantsev", "DEMO-008"),
        ("梁宝轩", "DEMO-026"),
    ],
)
def test_spellings_of_one_name_are_found_whatever_kind_of_party_it_is(
    demo: Ask, name: str, entry: str
) -> None:
    found = [hit.entity_id for hit in demo(name, schema_="LegalEntity").hits]
    assert found[:1] == [f"demo_sanctions-{entry}"]


@pytest.mark.parametrize("number", ["K4417093", "k 441-7093"])
def test_an_exact_number_is_found_whatever_the_name(demo: Ask, number: str) -> None:
    (hit,) = demo("Someone Else Entirely", schema_="Person", ids=(number,)).hits
    assert hit.entity_id == "demo_sanctions-DEMO-001"
    assert hit.agreements == ("id",)
    assert hit.contradictions == ("name",)


def test_a_vessel_is_found_by_its_imo_number(demo: Ask) -> None:
    (hit,) = demo("Whatever Name", schema_="Vessel", ids=("IMO 9990103",)).hits
    assert hit.entity_id == "demo_sanctions-DEMO-051"


def test_a_number_that_is_too_short_to_identify_is_not_looked_up(world: World) -> None:
    world.load(table(["1,Person,Pyotr Orlov,,,,,,passport:1234"], FULL))
    assert not asking(world.screener())("Anna Falkenrath", schema_="Person", ids=("1234",)).hits


@pytest.mark.parametrize(
    ("asked", "listed", "hit"),
    [
        ("Person", "Person", True),
        ("Person", "Company", False),
        ("Company", "Organization", True),
        ("Company", "Person", False),
        ("LegalEntity", "Person", True),
        ("LegalEntity", "Company", True),
        ("Vessel", "Vessel", True),
        ("Vessel", "Company", False),
        ("Person", "Vessel", False),
    ],
)
def test_only_entries_of_a_kind_that_may_be_meant_are_hits(
    world: World, asked: str, listed: str, hit: bool
) -> None:
    world.load(table([f"1,{listed},Marlowe Quillfeather"]))
    answer = asking(world.screener())("Marlowe Quillfeather", schema_=asked)
    assert bool(answer.hits) is hit


def test_entries_of_other_kinds_take_no_place_among_the_candidates(world: World) -> None:
    crowd = [f"{n},Company,Marlowe Quillfeather" for n in range(50)]
    world.load(table([*crowd, "99,Person,Marlowe Quillfeather"]))
    answer = asking(world.screener(candidates=3))("Marlowe Quillfeather", schema_="Person")
    assert [hit.entity_id for hit in answer.hits] == ["house-99"]


def test_the_same_query_id_with_another_name_gets_its_own_answer(demo: Ask) -> None:
    assert demo("Viktor Solmenko", schema_="Person", id="one").hits
    assert not demo("Eleanor Hartwell Briggs", schema_="Person", id="one").hits


def test_an_entry_that_keeps_its_id_and_changes_its_name_is_scored_by_the_new_name(
    world: World,
) -> None:
    world.load(table(["1,Person,Pyotr Orlovsky"]))
    ask = asking(world.screener())
    assert ask("Pyotr Orlovsky", schema_="Person").hits[0].score == 1.0
    world.load(table(["1,Person,Anna Falkenrath"]), "house_2026-02-28.csv")
    assert not ask("Pyotr Orlovsky", schema_="Person").hits
    assert ask("Anna Falkenrath", schema_="Person").hits[0].score == 1.0


@pytest.mark.parametrize(
    ("names", "coverage"),
    [
        (("Faysal al-Dhumayri",), Coverage.COMPLETE),
        (("فيصل الضميري",), Coverage.DEGRADED),
        (("梁宝轩",), Coverage.DEGRADED),
        (("Виктор Солменко",), Coverage.DEGRADED),
        (("فيصل الضميري", "Faysal al-Dhumayri"), Coverage.COMPLETE),
        (("Faysal الضميري",), Coverage.DEGRADED),
        (("???",), Coverage.UNAVAILABLE),
        (("",), Coverage.UNAVAILABLE),
        (("x" * 301,), Coverage.UNAVAILABLE),
        (("Anna", "x" * 301), Coverage.UNAVAILABLE),
    ],
)
def test_a_name_that_can_t_be_searched_in_full_says_so(
    demo: Ask, names: tuple[str, ...], coverage: Coverage
) -> None:
    answer = demo(names[0], other_names=names[1:])
    assert answer.coverage is coverage
    assert bool(answer.reason) is (coverage is not Coverage.COMPLETE)
    assert all(name not in answer.reason for name in names if name)


LISTED = '1,Person,"ORLOVSKY, Pyotr",,,1961-05-03,male,RU,passport:AB123456'


@pytest.mark.parametrize(
    ("known", "agreements", "contradictions"),
    [
        ({}, (), ()),
        ({"births": ("1961-05-03",)}, ("dob",), ()),
        ({"births": ("1961",)}, ("birth_year",), ()),
        ({"births": ("1961-05",)}, ("birth_year",), ()),
        ({"births": ("1961-05-04",)}, (), ("dob",)),
        ({"births": ("1975-01-01",)}, (), ("dob",)),
        ({"births": ("1975-01-01", "1961-05-03")}, ("dob",), ()),
        ({"countries": ("RU",)}, ("country",), ()),
        ({"countries": ("MX",)}, (), ("country",)),
        ({"genders": ("female",)}, (), ("gender",)),
        ({"ids": ("ab-123456",)}, ("id",), ()),
        ({"ids": ("ZZ999999",)}, (), ()),
        (
            {"births": ("1975-01-01",), "countries": ("MX",), "genders": ("female",)},
            (),
            ("dob", "country", "gender"),
        ),
    ],
)
def test_agreements_and_contradictions_are_shown_and_never_remove_a_hit(
    world: World, known: dict[str, tuple[str, ...]], agreements: tuple[str, ...],
    contradictions: tuple[str, ...],
) -> None:  # fmt: skip
    world.load(table([LISTED], FULL))
    (hit,) = asking(world.screener())("Pyotr Orlovsky", schema_="Person", **known).hits
    assert (hit.agreements, hit.contradictions) == (agreements, contradictions)
    assert (hit.score < 1.0) is bool(contradictions)


def test_everything_against_a_hit_puts_it_last_but_keeps_it(world: World) -> None:
    world.load(table([LISTED, '2,Person,"ORLOVSKY, Pyotr",,,1980-01-01,,,'], FULL))
    born = {"births": ("1980-01-01",), "countries": ("MX",), "genders": ("female",)}
    hits = asking(world.screener())("Pyotr Orlovsky", schema_="Person", **born).hits
    assert [(hit.entity_id, hit.band) for hit in hits] == [
        ("house-2", "likely"),
        ("house-1", "corroborate"),
    ]


@pytest.mark.parametrize(
    ("name", "births", "band"),
    [
        ("Pyotr Orlovsky", (), "likely"),
        ("Pyotr Ilyich Orlovsky", (), "review"),
        ("Pyotr Orlowskij", (), "review"),
        ("Piotr Orlowskij", (), None),
        ("Piotr Orlowskij", ("1961-05-03",), "corroborate"),
        ("Piotr Orlowskij", ("1999-05-03",), None),
        ("Pyotr Karl Anton Orlovsky", ("1961-05-03",), None),
        ("Anna Falkenrath", ("1961-05-03",), None),
    ],
)
def test_bands_follow_the_policy(
    world: World, name: str, births: tuple[str, ...], band: str | None
) -> None:
    world.load(table([LISTED], FULL))
    hits = asking(world.screener())(name, schema_="Person", births=births).hits
    assert [hit.band for hit in hits] == ([] if band is None else [band])


def test_a_weak_alias_counts_less_than_a_name(world: World) -> None:
    world.load(table(["1,Person,Pyotr Orlovsky,,Grey Heron,,,,"], FULL))
    ask = asking(world.screener())
    assert ask("Grey Heron", schema_="Person").hits[0].score < 0.85
    assert ask("Pyotr Orlovsky", schema_="Person").hits[0].score == 1.0


def test_score_parts_add_up_to_the_score(world: World) -> None:
    world.load(table([LISTED], FULL))
    (hit,) = asking(world.screener())(
        "Pyotr Orlovsky", schema_="Person", births=("1975-01-01",), countries=("MX",)
    ).hits
    best = max(value for value in hit.features.values() if value > 0)
    against = sum(value for value in hit.features.values() if value < 0)
    assert hit.score == pytest.approx(best + against)


def test_equal_questions_get_equal_answers(demo_world: World) -> None:
    queries = [
        ScreenQuery(id=str(n), name=name)
        for n, name in enumerate(("Viktor Solmenko", "Bahrqand", "Anna Falkenrath") * 2)
    ]
    first = demo_world.screener().screen(queries)
    assert first == demo_world.screener().screen(queries)
    assert [answer.id for answer in first] == [query.id for query in queries]


def test_the_threshold_belongs_to_the_configuration_hash(demo_world: World) -> None:
    query = ScreenQuery(id="q", name="Anna")
    hashes = {
        screener.screen([query])[0].matcher.config_hash
        for screener in (
            demo_world.screener(),
            demo_world.screener(),
            demo_world.screener(threshold=0.8),
            demo_world.screener(candidates=5),
        )
    }
    assert len(hashes) == 3


def test_without_a_list_nobody_is_screened(world: World) -> None:
    screener = world.screener()
    assert screener.versions() == ()
    screener.warm()
    with pytest.raises(ScreeningUnavailable, match="no sanctions list"):
        screener.screen([ScreenQuery(id="q", name="Anna Falkenrath")])


def test_a_list_that_another_loader_puts_in_force_is_used_at_once(world: World) -> None:
    world.load(table(["1,Person,Pyotr Orlovsky"]))
    ask = asking(world.screener())
    assert not ask("Anna Falkenrath", schema_="Person").hits
    world.load(table(["1,Person,Pyotr Orlovsky", "2,Person,Anna Falkenrath"]), "house.csv")
    assert ask("Anna Falkenrath", schema_="Person").hits


@pytest.mark.parametrize("born", ["17.04.1968", "1968-13", "68", "1968-04-32"])
def test_a_birth_date_in_another_form_is_refused_rather_than_ignored(born: str) -> None:
    with pytest.raises(ValidationError):
        ScreenQuery(id="q", name="Anna", births=(born,))


def test_a_day_before_the_first_policy_has_none() -> None:
    assert policy_at(NOW.date()).likely == 0.85
    with pytest.raises(RulesInvalid):
        policy_at(now().date().replace(year=1999))


@pytest.mark.parametrize(
    ("written", "tidied"),
    [("V.V. Orlov", "V V Orlov"), ("Orlov V.V.", "Orlov V V"), ("J.R.R.  Holm", "J R R Holm"),
     ("Dr. Orlov", "Dr. Orlov"), ("A. Orlov", "A. Orlov"), ("И.П. Орлов", "И П Орлов")],
)  # fmt: skip
def test_joined_initials_are_split(written: str, tidied: str) -> None:
    assert tidy(written) == tidied


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mohammed", "muhamad"),
        ("zaytsev", "zaitsew"),
        ("qashtami", "kashtamy"),
        ("aleksey", "alexei"),
    ],
)
def test_transliterations_of_one_name_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_legal_forms_are_one_word_in_every_language() -> None:
    assert words("OOO Ромашка") == words("Romashka LLC")[::-1]
    assert romanised("Plain Name") is None
