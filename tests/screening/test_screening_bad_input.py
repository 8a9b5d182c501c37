# ruff: noqa: RUF001 (letters that look like others are what this is about)
"""Questions that nobody should ask: each gets an answer that says what could not be looked up."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casegate.model.evidence import Coverage
from casegate.model.party import PartySchema
from casegate.model.screening import LONGEST_NAME, ScreenQuery
from tests.screening.conftest import Ask, World, asking, table
from tools.screening.asked import MOST_NAMES, MOST_WORDS, readable
from tools.screening.names import words

BOMB = "S" + "\u0336" * 200 + "olmenko"
TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(" .'-‏‎‮\u200d\u0300\u0336\ud800\x00\ufffdaеا王김🙂"),
    ),
    max_size=40,
)
QUERIES = st.builds(
    ScreenQuery,
    id=st.just("q"),
    name=TEXTS,
    other_names=st.lists(TEXTS, max_size=2).map(tuple),
    schema_=st.sampled_from(PartySchema),
    births=st.lists(
        st.sampled_from(["1968", "1968-04-17", "2026-02-31", "2999-01-01", "0000", "1700-01"]),
        max_size=2,
    ).map(tuple),
    countries=st.lists(TEXTS | st.sampled_from(["RU", "XX"]), max_size=2).map(tuple),
    genders=st.lists(TEXTS, max_size=1).map(tuple),
    ids=st.lists(TEXTS | st.just("K4417093"), max_size=2).map(tuple),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=QUERIES)
def test_any_question_gets_an_answer_that_tells_what_was_not_looked_up(
    demo_world: World, query: ScreenQuery
) -> None:
    (answer,) = demo_world.screener().screen([query])
    assert bool(answer.reason) is (answer.coverage is not Coverage.COMPLETE)
    assert "failed" not in answer.reason
    if not any(char.isalpha() for char in readable(query.name)):
        assert answer.coverage is not Coverage.COMPLETE
    if not words(readable(query.name)):
        assert answer.coverage is Coverage.UNAVAILABLE
    answer.model_dump_json()


@pytest.mark.parametrize(
    ("name", "coverage", "told"),
    [
        ("", Coverage.UNAVAILABLE, "no letters"),
        (" \t\n ", Coverage.UNAVAILABLE, "no letters"),
        ("🙂🙂", Coverage.UNAVAILABLE, "no letters"),
        ("\u202e\u200f", Coverage.UNAVAILABLE, "no letters"),
        ("\ud800", Coverage.UNAVAILABLE, "no letters"),
        ("X", Coverage.DEGRADED, "fewer than 2 letters"),
        ("4711", Coverage.DEGRADED, "fewer than 2 letters"),
        ("x" * 10_000, Coverage.UNAVAILABLE, f"longer than {LONGEST_NAME}"),
        ("a " * 140, Coverage.UNAVAILABLE, f"more than {MOST_WORDS} words"),
        ("Viktor Sоlmenko", Coverage.DEGRADED, "Cyrillic"),
        ("Viktor\x00Solmenko", Coverage.DEGRADED, "no writing"),
        ("Viktor Sol\ufffdmenko", Coverage.DEGRADED, "no writing"),
        ("Viktor \ud800Solmenko", Coverage.DEGRADED, "no writing"),
        (f"Viktor {BOMB}", Coverage.DEGRADED, "no writing"),
    ],
)
def test_a_name_that_is_none_is_told_without_being_repeated(
    demo: Ask, name: str, coverage: Coverage, told: str
) -> None:
    answer = demo(name, schema_="Person")
    assert answer.coverage is coverage
    assert told in answer.reason
    assert not name.strip() or name not in answer.reason


@pytest.mark.parametrize(
    "name",
    [
        "Viktor\u200f Solmenko\u200e",
        "\u202eViktor Solmenko",
        "🙂 Viktor Solmenko 🙂",
        "Ｖｉｋｔｏｒ Ｓｏｌｍｅｎｋｏ",
        "𝓥𝓲𝓴𝓽𝓸𝓻 Solmenko",
        "Viktor\u00a0\u2003Solmenko",
        "Vi\u00adktor Sol\u200bmenko",
        "Viktor\tSolmenko\n",
        "Víktor Sólmenkó",
    ],
)
def test_signs_that_are_no_letters_hide_nobody(demo: Ask, name: str) -> None:
    answer = demo(name, schema_="Person")
    assert answer.coverage is Coverage.COMPLETE
    assert [hit.entity_id for hit in answer.hits] == ["demo_sanctions-DEMO-017"]


@pytest.mark.parametrize(
    "name", ["Viktor Sоlmenko", f"Viktor {BOMB}", "Viktor\x00Solmenko", "Viktor \ud800Solmenko"]
)
def test_a_damaged_name_is_still_looked_up_as_far_as_it_can_be_read(demo: Ask, name: str) -> None:
    assert demo(name, schema_="Person").hits


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"births": ("2999-01-01",)}, "date"),
        ({"births": ("2026-11-24",)}, "date"),
        ({"births": ("2026-02-31",)}, "date"),
        ({"births": ("0000",)}, "date"),
        ({"births": ("1802-05-05",)}, "date"),
        ({"births": ("1968-04-17", "2999")}, "date"),
        ({"countries": ("Atlantis",)}, "country"),
        ({"countries": ("BG", "\ud800")}, "country"),
        ({"ids": ("--",)}, "number"),
        ({"other_names": ("???",)}, "another name"),
    ],
)
def test_what_can_t_be_used_is_left_out_and_told(
    demo: Ask, known: dict[str, tuple[str, ...]], told: str
) -> None:
    answer = demo("Eleanor Hartwell Briggs", schema_="Person", **known)
    assert (answer.coverage, answer.hits) == (Coverage.DEGRADED, ())
    assert told in answer.reason
    assert not any(value in answer.reason for values in known.values() for value in values)


def test_a_company_may_be_older_than_any_person(demo: Ask) -> None:
    founded = {"births": ("1668-05-05",)}
    answer = demo("Briggs and Sons Limited", schema_="Company", **founded)
    assert answer.coverage is Coverage.COMPLETE
    assert demo("Eleanor Briggs", schema_="Person", **founded).coverage is Coverage.DEGRADED


def test_too_much_of_everything_is_refused_rather_than_worked_on(demo: Ask) -> None:
    for more in (
        {"other_names": ("Anna Falkenrath",) * MOST_NAMES},
        {"ids": tuple(f"A{n:07}" for n in range(101))},
        {"ids": ("9" * 301,)},
    ):
        answer = demo("Viktor Solmenko", schema_="Person", **more)
        assert answer.coverage is Coverage.UNAVAILABLE
        assert answer.reason


NUMBERS = [
    ("Vessel", "IMO 9990103", "imo:9990103"),
    ("Company", "5493001KJTIIGC8Y1R12", "lei:5493001KJTIIGC8Y1R12"),
    ("Company", "77-0708-3893", "tax:7707083893"),
    ("Person", "AB 123-456", "passport:AB123456"),
    ("Person", "RU:AB123456", "passport:AB123456"),
    ("Person", "ab١٢٣٤٥٦", "passport:AB123456"),
    ("Company", "DEUTDEFF", "bic:DEUTDEFF"),
    ("Company", "DEUTDEFFXXX", "bic:DEUTDEFF"),
    ("Company", "DEUTDEFF", "bic:DEUTDEFF500"),
    ("Company", "deut de ff 500", "bic:DEUTDEFFXXX"),
    ("Person", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "id:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    ("Person", "1A1ZP1EP5QGEFI2DMPTFTL5SLMV7DIVFNA", "id:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    (
        "Company",
        "0x7f367cc41522ce07553e823bf3be79a889debe1b",
        "id:0x7F367cC41522cE07553e823bf3be79A889DEbe1B",
    ),
]


@pytest.mark.parametrize(("schema", "asked", "listed"), NUMBERS)
def test_a_number_is_found_in_any_spelling_whatever_the_name_and_the_kind_of_party(
    world: World, schema: str, asked: str, listed: str
) -> None:
    kind = "registration" if listed.startswith("id:") and schema != "Person" else None
    listed = f"{kind}:{listed[3:]}" if kind else listed
    world.load(table([f"1,{schema},Marlowe Quillfeather,{listed}"], "id,schema,name,identifiers"))
    ask = asking(world.screener())
    for kind_of_party in ("LegalEntity", schema):
        (hit,) = ask("Anna Falkenrath", schema_=kind_of_party, ids=(asked,)).hits
        assert "id" in hit.agreements


def test_a_vessel_s_number_given_for_a_company_is_found(world: World) -> None:
    world.load(table(["1,Vessel,Marlowe,imo:9990103"], "id,schema,name,identifiers"))
    (hit,) = asking(world.screener())("Anna Shipping", schema_="Company", ids=("9990103",)).hits
    assert (hit.agreements, hit.contradictions) == (("id",), ("name",))


def test_a_wallet_address_that_differs_in_a_capital_letter_is_another_wallet(world: World) -> None:
    row = "1,Person,Marlowe Quillfeather,id:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    world.load(table([row], "id,schema,name,identifiers"))
    other = ("1a1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",)
    assert not asking(world.screener())("Anna Falkenrath", schema_="Person", ids=other).hits


def test_a_number_from_another_country_is_a_hit_with_a_contradiction(world: World) -> None:
    world.load(
        table(["1,Person,Marlowe,RU,passport:750123456"], "id,schema,name,country,identifiers")
    )
    ask = asking(world.screener())
    (hit,) = ask("Marlowe", schema_="Person", ids=("BR:750123456",)).hits
    assert (hit.agreements, hit.contradictions) == (("id",), ("country",))
    (hit,) = ask("Marlowe", schema_="Person", ids=("RU:750123456",)).hits
    assert hit.agreements == ("country", "id")


def test_one_party_that_breaks_the_matcher_takes_nobody_with_it(
    demo_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    screener = demo_world.screener()
    names = ["Viktor Solmenko", "Broken", "Viktor Solmenko"]
    prepare = screener._scorer.prepare

    def fragile(query: ScreenQuery) -> object:
        if query.name == "Broken":
            raise ValueError("Broken")
        return prepare(query)

    monkeypatch.setattr(screener._scorer, "prepare", fragile)
    one, two, three = screener.screen([ScreenQuery(id=str(n), name=n) for n in names])
    assert one.hits
    assert three.hits
    assert (two.coverage, two.reason) == (Coverage.UNAVAILABLE, "the matcher failed: ValueError")


def test_hard_names_take_a_bounded_time(demo: Ask) -> None:
    letters = "etaoinshrdlucmfwypvbgkjqxz" * 10
    shuffled = [letters[at * 97 % len(letters)] for at in range(200)]
    for name in ("al " * MOST_WORDS, " ".join(shuffled[:MOST_WORDS]), "".join(shuffled)):
        assert demo(name, schema_="LegalEntity").coverage in (Coverage.COMPLETE, Coverage.DEGRADED)
