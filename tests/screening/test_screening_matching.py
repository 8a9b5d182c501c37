"""The comparison of two entities: the matcher's own scores, and the features beside them."""

import itertools
import json
import threading
from pathlib import Path

import pytest
from followthemoney import EntityProxy, model
from nomenklatura.matching.logic_v2.model import LogicV2

from casegate.model.evidence import Hit
from casegate.model.screening import ScreenQuery
from tests.screening.conftest import NOW, Ask, World, asking, new_token, table
from tools.screening.comparing import QUALIFIERS, WEIGHTS, Comparer, analysed
from tools.screening.entities import ListEntity
from tools.screening.features import FEATURE_WORDS, SOUND, SPELLING, WORDING
from tools.screening.index import CandidateIndex
from tools.screening.policy import policy_at
from tools.screening.prepared import PreparedEntries
from tools.screening.scoring import Scorer
from tools.screening.sound import arabic_sound, latin_sound
from tools.screening.wording import Wording, any_word

ASKED = (
    {"name": ["Viktor Solmenko"], "birthDate": ["1975-01-01"], "nationality": ["mx"]},
    {"name": ["V A Solmenko"], "gender": ["female"]},
    {"name": ["Nasser Al-Qashtami"], "alias": ["ناصر القشطمي"]},
    {"name": ["Grey Heron"], "idNumber": ["K4417093"]},
)


def entities(world: World) -> list[ListEntity]:
    (file,) = (world.folder / "lists" / "versions").rglob("entities.jsonl")
    return [ListEntity.of_json(json.loads(row)) for row in file.read_text("utf-8").splitlines()]


def proxy(schema: str, id_: str, properties: dict[str, list[str]]) -> EntityProxy:
    return EntityProxy(model[schema], {"id": id_, "properties": properties})


@pytest.mark.parametrize("schema", ["Person", "Organization", "LegalEntity", "Vessel"])
def test_every_pair_gets_the_very_scores_of_the_matcher(demo_world: World, schema: str) -> None:
    comparer, config = Comparer(), LogicV2.default_config()
    for told, entity in itertools.product(ASKED, entities(demo_world)):
        known = {name: values for name, values in told.items() if name in model[schema].properties}
        query = analysed(proxy(schema, new_token(), known), query=True)
        properties = {name: list(values) for name, values in entity.properties.items()}
        entry = analysed(proxy(entity.schema, new_token(), properties), query=False)
        parts = comparer.parts(query, entry)
        theirs = LogicV2.compare(query.proxy, entry.proxy, config)
        explained = theirs.explanations
        expected = {n: e.score * WEIGHTS[n] for n, e in explained.items() if e.score}
        if not all(name in QUALIFIERS for name in parts):
            assert parts == pytest.approx(expected)
        assert bool(expected) is any(name not in QUALIFIERS for name in parts)


def test_every_part_of_a_score_has_words(demo: Ask) -> None:
    assert set(WEIGHTS) | {SPELLING, WORDING, SOUND} == set(FEATURE_WORDS)
    assert set(demo("Viktor Solmenko").hits[0].features) <= set(FEATURE_WORDS)


def test_an_entry_is_kept_by_its_content_and_only_so_many_are_kept() -> None:
    entries = PreparedEntries(2)
    names = ("Anna Falkenrath", "Pyotr Orlovsky", "Marlowe Quillfeather")
    made = [ListEntity("same-id", "Person", name, {"name": (name,)}) for name in names]
    kept = [entries(entity) for entity in made]
    assert [entry.words for entry in kept] == [{tuple(n.lower().split())} for n in names]
    assert entries(made[2]) is kept[2]
    assert entries(made[0]) is not kept[0]


def test_one_scorer_never_takes_an_entry_for_the_one_that_had_its_id() -> None:
    scorer = Scorer(policy=policy_at(NOW.date()), threshold=0.7, candidates=1, new_token=new_token)
    query = scorer.prepare(ScreenQuery(id="q", name="Anna Falkenrath"))
    for name, expected in (("Pyotr Orlov", 0.0), ("Anna Falkenrath", 1.0), ("Pyotr Orlov", 0.0)):
        entity = ListEntity("same-id", "Person", name, {"name": (name,)})
        assert scorer.score(query, entity).base == pytest.approx(expected, abs=0.4)


COMPANIES = "id,schema,name"
OTHERS = ("Alba", "Brenta", "Corvo", "Delmar", "Esker", "Fjord", "Gorst", "Hadal")
CROWD = [
    f"{number},Company,{word} Trading Limited Liability Company"
    for number, word in enumerate(OTHERS, 10)
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Volnogorsk Trading Limited Liability Company", True),
        ("Limited Liability Volnogorsk Trading", True),
        ("VOLNOGRSK TRADING LIMITED LIABILITY COMPANY", True),
        ("Volnogorsk Tradign LIMTED LIABILITY COMPAYN", True),
        ("Quillfeather Trading Limited Liability Company", False),
    ],
)
def test_of_a_company_the_words_count_that_others_do_not_have(
    world: World, asked: str, found: bool
) -> None:
    own = "1,Company,Volnogorsk Trading Limited Liability Company"
    world.load(table([*CROWD, own], COMPANIES))
    hits = asking(world.screener())(asked, schema_="Company").hits
    assert [hit.entity_id for hit in hits if hit.entity_id == "house-1"] == ["house-1"] * found


def test_two_slips_of_the_pen_and_another_transliteration_find_a_person(world: World) -> None:
    world.load(table(["1,Person,Sergey Viktorovich Chizhov"]))
    ask = asking(world.screener())
    for name in ("Sregey Viktorovich Chizov", "sergej wiktorowitsch chizhow"):
        assert ask(name, schema_="Person").hits


def test_agreement_of_words_follows_likeness_rarity_and_what_is_left_over() -> None:
    wording = Wording(policy_at(NOW.date()).wording)
    rare = {"company": 0.1}
    assert wording.agreement(("anna", "orlov"), ("orlov", "anna"), any_word) == 1.0
    assert wording.agreement(("anna",), ("boris",), any_word) == 0.0
    assert wording.agreement((), ("boris",), any_word) == 0.0
    assert wording.agreement(("anna", "orlov"), ("anna",), any_word) == 0.5
    assert wording.agreement(("anna",), ("anna", "orlov"), any_word) == pytest.approx(2 / 3)
    left_out = wording.agreement(("gorsk",), ("gorsk", "company"), lambda word: rare.get(word, 1.0))
    assert left_out == pytest.approx(1 / 1.005)


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("فيصل الضميري", "Faysal al-Dhumayri"),
        ("محمد أمين مصطفى", "Mohammed Amin Mustafa"),
        ("محمد أمين مصطفى", "Muhamad Ameen Moustapha"),
        ("عبد الله بن خالد", "Abdullah bin Khaled"),
        ("قاسم", "Qassem"),
    ],
)
def test_arabic_and_latin_spellings_of_one_name_have_the_same_consonants(
    arabic: str, latin: str
) -> None:
    assert arabic_sound(arabic) == latin_sound(latin)


def hit_of(world: World, name: str, **known: object) -> Hit | None:
    hits = asking(world.screener())(name, schema_="Person", **known).hits
    return hits[0] if hits else None


def test_an_arabic_name_finds_the_latin_one_by_sound_and_never_clears(world: World) -> None:
    world.load(table(["1,Person,Faysal al-Dhumayri,1961-05-03"], "id,schema,name,birth_date"))
    near = "فيصل الضمير بكر"
    answer = asking(world.screener())("فيصل الضميري", schema_="Person")
    assert answer.coverage == "degraded"
    assert answer.hits[0].features[SOUND] == pytest.approx(0.78)
    assert hit_of(world, near) is None
    corroborated = hit_of(world, near, births=("1961",))
    assert corroborated is not None
    assert (corroborated.band, corroborated.agreements) == ("corroborate", ("birth_year",))


def test_answers_go_on_while_a_new_version_is_put_in_force(world: World) -> None:
    crowd = [f"{n},Person,Marlowe Quill{n}" for n in range(2, 40)]
    world.load(table(["1,Person,Pyotr Orlovsky", *crowd]), "house_2026-01-31.csv")
    screener = world.screener()
    screener.warm()
    ask, done, wrong = asking(screener), threading.Event(), list[str]()

    def work() -> None:
        while not done.is_set():
            for name, listed in (("Pyotr Orlovsky", "01"), ("Anna Falkenrath", "02")):
                answer = ask(name, schema_="Person")
                in_force = answer.versions[0].published[5:7]
                if bool(answer.hits) is not (listed == in_force):
                    wrong.append(name)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for _ in range(3):
            world.load(table(["1,Person,Anna Falkenrath", *crowd]), "house_2026-02-28.csv")
            world.load(table(["1,Person,Pyotr Orlovsky", *crowd]), "house_2026-01-31.csv")
        world.load(table(["1,Person,Anna Falkenrath", *crowd]), "house_2026-02-28.csv")
    finally:
        done.set()
        worker.join()
    assert wrong == []
    assert ask("Anna Falkenrath", schema_="Person").hits


def test_rarity_is_counted_over_the_names_in_force(world: World) -> None:
    world.load(table([*CROWD, "1,Company,Volnogorsk Limited Liability Company"], COMPANIES))
    index = CandidateIndex(Path(world.store().index_folder()))
    never, once, often = map(index.rarity, ("never", "volnogorsk", "company"))
    assert 1.0 >= never > once > often > 0.0
