"""Loaders: what the published formats trip readers with."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.errors import InvalidInput, ListRefused
from tests.screening.conftest import NOW, World, table
from tools.screening.entities import ListEntity
from tools.screening.policy import policy_at
from tools.screening.sources import SourceFormat
from tools.screening.sources.ftm import parse_ftm
from tools.screening.sources.ofac import SdnFiles, parse_sdn
from tools.screening.sources.reading import read_list
from tools.screening.sources.table import COLUMNS, parse_table
from tools.screening.sources.un import parse_un
from tools.screening.sources.values import birth_dates, country_code, partial_date

SAMPLES = Path(__file__).parent / "samples"
"""Invented entries in the bytes of the published formats."""
SDN = (SAMPLES / "sdn.csv").read_bytes()
PERSON, VESSEL, COMPANY, END = SDN.splitlines(keepends=True)
ALIASES = (SAMPLES / "alt.csv").read_bytes()
UN = (SAMPLES / "un.xml").read_text(encoding="utf-8")


def sdn(*rows: bytes, aliases: bytes | None = None) -> dict[str, ListEntity]:
    """Parse rows of the SDN file and give its entries by id."""
    parsed = parse_sdn(b"".join(rows), SdnFiles(aliases), around=1)
    return {entity.id: entity for entity in parsed.entities}


def test_the_end_mark_of_the_sdn_file_is_no_entry() -> None:
    assert list(sdn(PERSON, VESSEL, COMPANY, END)) == ["ofac-9001", "ofac-9002", "ofac-9003"]


def test_nulls_of_the_sdn_file_are_no_values() -> None:
    said = json.dumps([entity.as_json() for entity in sdn(PERSON, VESSEL, COMPANY, END).values()])
    assert "-0-" not in said
    assert "\\u001a" not in said


def test_a_family_name_before_the_comma_becomes_name_parts() -> None:
    person = sdn(PERSON)["ofac-9001"]
    assert person.caption == "ORLOVSKY, Pyotr Ilyich"
    assert person.get("name") == ("Pyotr Ilyich ORLOVSKY",)
    assert "Pyotr Ilyich" in person.get("firstName")
    assert "ORLOVSKY" in person.get("lastName")


def test_a_comma_in_a_company_s_name_parts_nothing() -> None:
    assert sdn(COMPANY)["ofac-9003"].get("name") == ("THISTLE, NETTLE AND CO.",)


@pytest.mark.parametrize(
    ("prop", "values"),
    [
        ("birthDate", ("1959", "1960", "1961", "1961-05-03")),
        ("nationality", ("bg", "ru")),
        ("birthCountry", ("ru",)),
        ("gender", ("male",)),
        ("passportNumber", ("AB123456",)),
        ("taxNumber", ("770106425720",)),
        ("weakAlias", ("PETYA", "The CROW")),
        ("program", ("EXAMPLE-A", "EXAMPLE-B")),
        ("position", ("Chief of Nothing",)),
    ],
)
def test_remarks_of_a_person_are_read(prop: str, values: tuple[str, ...]) -> None:
    assert sdn(PERSON)["ofac-9001"].get(prop) == values


@pytest.mark.parametrize(
    ("row", "prop", "values"),
    [
        (VESSEL, "imoNumber", ("IMO7406784",)),
        (VESSEL, "mmsi", ("273354000",)),
        (VESSEL, "previousName", ("SEA NETTLE",)),
        (VESSEL, "flag", ("cu",)),
        (VESSEL, "callSign", ("CL2059",)),
        (COMPANY, "incorporationDate", ("2004-03-12",)),
        (COMPANY, "registrationNumber", ("12345-A",)),
        (COMPANY, "swiftBic", ("NDVKLV22",)),
        (COMPANY, "idNumber", ("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "6123454")),
    ],
)
def test_remarks_of_vessels_and_companies_are_read(
    row: bytes, prop: str, values: tuple[str, ...]
) -> None:
    (entity,) = sdn(row).values()
    assert entity.get(prop) == values


def test_aliases_come_from_their_own_file_and_strangers_are_counted() -> None:
    parsed = parse_sdn(PERSON + VESSEL + END, SdnFiles(ALIASES), around=1)
    person, vessel = parsed.entities
    assert "Petr ORLOVSKII" in person.get("alias")
    assert vessel.get("previousName") == ("GORSE", "SEA NETTLE")
    assert parsed.unmatched_aliases == 1


@pytest.mark.parametrize(
    "data",
    [
        PERSON + VESSEL[:60],
        b"<html><body>Service unavailable</body></html>",
        PERSON + PERSON,
        PERSON.replace(b'"individual"', b'"starship"'),
        b'9001,"never closed',
    ],
    ids=["cut off", "an error page", "a doubled number", "an unknown type", "an open quotation"],
)
def test_an_sdn_file_that_breaks_its_layout_is_refused(data: bytes) -> None:
    with pytest.raises(ListRefused):
        parse_sdn(data, SdnFiles(), around=1)


def test_the_un_list_keeps_original_script_weak_aliases_and_uncertain_birth_years() -> None:
    parsed = parse_un(UN.encode(), around=1)
    person, entity = parsed.entities
    assert str(parsed.published) == "2026-02-27"
    assert (person.id, person.schema) == ("un-6900001", "Person")
    assert person.get("name") == ("FAYSAL HAMUD AL-DHUMAYRI",)
    assert "فيصل حمود الضميري" in person.get("alias")
    assert {"Faisal Dumairi", "Feisal Dumayri"} <= set(person.get("alias"))
    assert person.get("weakAlias") == ("Abu Luqa",)
    assert person.get("birthDate") == ("1973", "1974", "1975", "1979", "1980", "1981")
    assert person.get("nationality") == ("sy",)
    assert person.get("passportNumber") == ("N0011",)
    assert (entity.schema, entity.get("previousName")) == ("Organization", ("Comite",))
    assert entity.get("country") == ("ml",)


def test_a_name_in_another_script_also_gets_a_spelling_in_latin_letters() -> None:
    rows = ["1,Person,Павло Довженський,,", "2,Person,习远明,,", "3,Person,김보람,,"]
    parsed = parse_table(table(rows, "id,schema,name,aliases,weak_aliases"), "house")
    assert [entity.get("alias") for entity in parsed.entities] == [
        ("Pavlo Dovzhensky",), ("xi yuan ming",), ("gim bo lam",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        UN[:900],
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>',
        "<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>",
        UN.replace("6900002", "6900001"),
    ],
    ids=["cut off", "entity declarations", "half a list", "a doubled id"],
)
def test_a_un_file_that_is_broken_or_unsafe_is_refused(text: str) -> None:
    with pytest.raises(ListRefused):
        parse_un(text.encode(), around=1)


def test_a_table_gives_every_documented_column_its_meaning() -> None:
    header = ",".join(COLUMNS)
    row = (
        '7,Person,"ORLOV, P.V.",Petr Orlow;Pyotr Orloff,Petya,1961-05-03;1960,male,BG;Moldova,'
        "passport:AB 123;tax:99,EXAMPLE,house,2026-01-31,pep;role.rca"
    )
    parsed = parse_table(table(["# a comment", row], header), "other")
    (entity,) = parsed.entities
    assert (parsed.name, str(parsed.published)) == ("house", "2026-01-31")
    assert (entity.id, entity.caption) == ("house-7", "ORLOV, P.V.")
    assert entity.get("name") == ("P V ORLOV",)
    assert entity.get("birthDate") == ("1960", "1961-05-03")
    assert entity.get("nationality") == ("bg", "md")
    assert entity.identifiers() == ("AB 123", "99")
    assert entity.get("topics") == ("role.pep", "role.rca")


@pytest.mark.parametrize(
    "data",
    [
        table(["1,Person"]),
        table(["1,Person,A,B"]),
        table(["1,Starship,A"]),
        table([",Person,A"]),
        table(["1,Person,A", "1,Person,B"]),
        table(["1,Person,A,x"], "id,schema,name,surprise"),
        table(["1,A"], "id,name"),
        table(["1,Person,A,1961-31-31"], "id,schema,name,birth_date"),
        table(["1,Person,A,Atlantis"], "id,schema,name,country"),
        table(["1,Person,A,12345"], "id,schema,name,identifiers"),
        table(["1,Person,A,one", "2,Person,B,two"], "id,schema,name,list"),
        table(["1,Person,\xff"]).replace(b"\xc3\xbf", b"\xff"),
    ],
    ids=["too few cells", "too many cells", "unknown schema", "no id", "doubled id",
         "unknown column", "missing column", "no date", "no country", "no kind of number",
         "two lists", "no UTF-8"],
)  # fmt: skip
def test_a_table_with_anything_unreadable_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(ListRefused):
        parse_table(data, "house")


def test_followthemoney_lines_keep_their_ids_and_leave_edges_out() -> None:
    lines = [
        {
            "id": "NK-1",
            "schema": "Person",
            "properties": {"name": ["V.I. Orlov"], "country": ["ru"]},
        },
        {"id": "NK-2", "schema": "Company", "properties": {"name": ["Thistle"], "leiCode": ["x"]}},
        {"id": "NK-3", "schema": "Address", "properties": {"full": ["Harbour Street 1"]}},
    ]
    parsed = parse_ftm("\n".join(map(json.dumps, lines)).encode(), "house")
    assert [entity.id for entity in parsed.entities] == ["NK-1", "NK-2"]
    assert parsed.entities[0].get("name") == ("V I Orlov",)


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "1", "schema": "Per',
        '["1"]',
        '{"id": "1", "schema": "Starship", "properties": {}}',
        '{"id": "1", "schema": "Person", "properties": {"name": ["A"]}}\n' * 2,
        '{"schema": "Person", "properties": {"name": ["A"]}}',
    ],
    ids=["cut off", "no object", "unknown schema", "doubled id", "no id"],
)
def test_followthemoney_lines_that_are_unreadable_are_refused(line: str) -> None:
    with pytest.raises(ListRefused):
        parse_ftm(line.encode(), "house")


def test_a_packed_file_is_unpacked_and_a_broken_one_refused(world: World) -> None:
    rows = table(["1,Person,Pyotr Orlov"])
    assert world.load(gzip.compress(rows), "house.csv.gz").version.entities == 1
    with pytest.raises(ListRefused):
        world.load(gzip.compress(rows)[:-12], "house.csv.gz")


def test_an_alias_file_goes_with_ofac_alone(world: World) -> None:
    file = world.folder / "house.csv"
    file.write_bytes(table(["1,Person,Pyotr Orlov"]))
    with pytest.raises(InvalidInput, match="ofac-sdn"):
        read_list(file, SourceFormat.CSV, aliases=file, policy=policy_at(NOW.date()))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("16 Dec 1949", ("1949-12-16",)),
        ("Dec 1949", ("1949-12",)),
        ("1949", ("1949",)),
        ("1984 to 1986", ("1984", "1985", "1986")),
        ("circa 1960", ("1959", "1960", "1961")),
        ("circa 1961 to 1962", ("1961", "1962")),
        ("01 Jan 1962 to 31 Dec 1963", ("1962", "1963")),
        ("1900 to 1990", ()),
        ("unknown", ()),
        ("31 Feb 1970", ()),
    ],
)
def test_birth_dates_are_read_as_lists_write_them(text: str, dates: tuple[str, ...]) -> None:
    assert birth_dates(text, around=1) == dates


@given(st.text(max_size=40), st.integers(0, 3))
def test_no_text_breaks_the_reading_of_dates_and_countries(text: str, around: int) -> None:
    for value in birth_dates(text, around=around):
        assert value[:4].isdigit()
    partial_date(text)
    country_code(text)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Korea, North", "kp"), ("Iran (Islamic Republic of)", "ir"), ("Burma", "mm"), ("MDA", "md"),
     ("Region: Crimea", None), ("undetermined", None)],
)  # fmt: skip
def test_countries_are_known_under_the_names_that_lists_use(name: str, code: str | None) -> None:
    assert country_code(name) == code
