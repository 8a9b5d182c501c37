"""The EU's, the UK's and OFAC's advanced lists, and what goes beside OFAC's table."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegate.errors import InvalidInput, ListRefused
from tests.screening.conftest import NOW, World, asking, table
from tests.screening.published import (
    ADVANCED,
    BECH32,
    EU,
    OFSI,
    SAMPLES,
    SDN,
    UK,
    WALLET,
    advanced,
    eu,
)
from tools.screening.entities import ListEntity
from tools.screening.policy import policy_at
from tools.screening.sources import ParsedList, SourceFormat, Topic
from tools.screening.sources.ftm import parse_ftm
from tools.screening.sources.ofac import SdnFiles, parse_sdn
from tools.screening.sources.reading import ListFiles, read_files
from tools.screening.sources.table import parse_table
from tools.screening.sources.uk import parse_uk
from tools.screening.sources.wallets import wallet_addresses
from tools.screening.versions import hashes_of

PARSED: dict[str, ParsedList] = {
    "eu": eu(EU),
    "uk": parse_uk(UK),
    "ofsi": parse_uk(OFSI),
    "advanced": advanced(ADVANCED),
}
"""Each sample once; parsing is pure."""


def entry(source: str, number: str) -> ListEntity:
    """Give an entry of a sample."""
    return next(entity for entity in PARSED[source].entities if entity.id == number)


@pytest.mark.parametrize(
    ("source", "name", "published", "ids"),
    [
        ("eu", "eu-fsf", "2026-07-20", ["eu-990001", "eu-990002"]),
        ("uk", "uk-sl", "2026-02-13", ["uk-EXA0001", "uk-EXA0002", "uk-EXA0003"]),
        ("ofsi", "uk-ofsi", "2026-06-03", ["uk-99001", "uk-99002"]),
        ("advanced", "ofac-sdn", "2026-05-21", ["ofac-9001", "ofac-9003", "ofac-9002"]),
    ],
)
def test_a_published_list_tells_its_name_its_date_and_the_keys_of_its_entries(
    source: str, name: str, published: str, ids: list[str]
) -> None:
    parsed = PARSED[source]
    assert (parsed.name, str(parsed.published)) == (name, published)
    assert [entity.id for entity in parsed.entities] == ids
    assert all(entity.get("topics") == ("sanction",) for entity in parsed.entities)


@pytest.mark.parametrize(
    ("source", "number", "prop", "values"),
    [
        ("eu", "eu-990001", "name", ("Pyotr Ilyich Orlovsky",)),
        ("eu", "eu-990001", "lastName", ("Orlovsky",)),
        ("eu", "eu-990001", "weakAlias", ("Petya", "The Crow")),
        ("eu", "eu-990001", "gender", ("male",)),
        ("eu", "eu-990001", "nationality", ("bg",)),
        ("eu", "eu-990001", "passportNumber", ("AB123456",)),
        ("eu", "eu-990001", "idNumber", (WALLET, "6105031234")),
        ("eu", "eu-990001", "address", ("1 Nowhere Street, 1000, Sofia, BULGARIA",)),
        ("eu", "eu-990001", "program", ("EU.9901.01", "EXA")),
        ("eu", "eu-990002", "swiftBic", ("NDVKLV22",)),
        ("eu", "eu-990002", "registrationNumber", ("9876-543",)),
        ("eu", "eu-990002", "country", ("cy",)),
        ("uk", "uk-EXA0001", "name", ("Pyotr Ilyich ORLOVSKY",)),
        ("uk", "uk-EXA0001", "weakAlias", ("The Crow",)),
        ("uk", "uk-EXA0001", "birthDate", ("1961-05-03", "1962", "1965-11", "1975")),
        ("uk", "uk-EXA0001", "passportNumber", ("AB123456",)),
        ("uk", "uk-EXA0001", "idNumber", ("6105031234",)),
        ("uk", "uk-EXA0001", "birthCountry", ("bg",)),
        ("uk", "uk-EXA0002", "innCode", ("7744001497",)),
        ("uk", "uk-EXA0002", "ogrnCode", ("1027700167110",)),
        ("uk", "uk-EXA0002", "idNumber", ("0x1111222233334444555566667777888899990000",)),
        ("uk", "uk-EXA0003", "imoNumber", ("IMO7406784",)),
        ("uk", "uk-EXA0003", "flag", ("cu",)),
        ("ofsi", "uk-99001", "birthDate", ("1961-05-03", "1962")),
        ("ofsi", "uk-99001", "nationality", ("bg", "md")),
        ("ofsi", "uk-99001", "passportNumber", ("AB123456", "CD654321")),
        ("ofsi", "uk-99002", "name", ("THISTLE, NETTLE AND CO",)),
        ("ofsi", "uk-99002", "previousName", ("GORSE AND CO",)),
        ("advanced", "ofac-9001", "name", ("Pyotr Ilyich ORLOVSKY",)),
        ("advanced", "ofac-9001", "weakAlias", ("PETYA",)),
        ("advanced", "ofac-9001", "birthDate", ("1953", "1954", "1955", "1961-05-03")),
        ("advanced", "ofac-9001", "nationality", ("bg",)),
        ("advanced", "ofac-9001", "gender", ("male",)),
        ("advanced", "ofac-9001", "passportNumber", ("AB123456",)),
        ("advanced", "ofac-9001", "idNumber", (WALLET, "QX-778899")),
        ("advanced", "ofac-9001", "address", ("1 Nowhere Street, Sofia, Bulgaria",)),
        ("advanced", "ofac-9001", "program", ("EXAMPLE-A",)),
        ("advanced", "ofac-9003", "previousName", ("GORSE AND CO.",)),
        ("advanced", "ofac-9003", "swiftBic", ("NDVKLV22",)),
        ("advanced", "ofac-9002", "imoNumber", ("IMO7406784",)),
        ("advanced", "ofac-9002", "flag", ("cu",)),
    ],
)
def test_values_of_published_lists_are_read(
    source: str, number: str, prop: str, values: tuple[str, ...]
) -> None:
    assert entry(source, number).get(prop) == values


@pytest.mark.parametrize(
    ("source", "number", "name"),
    [
        ("eu", "eu-990001", "Пётр Ильич Орловский"),
        ("uk", "uk-EXA0001", "Пётр Ильич Орловский"),
        ("advanced", "ofac-9001", "Пётр ОРЛОВСКИЙ"),
    ],
)
def test_names_in_their_original_script_are_kept(source: str, number: str, name: str) -> None:
    assert name in entry(source, number).get("alias")


def test_an_eu_birth_date_tells_a_day_years_around_and_a_range_but_no_other_calendar() -> None:
    dates = entry("eu", "eu-990001").get("birthDate")
    assert dates == ("1953", "1954", "1955", "1961-05-03", "1969", "1970", "1971")


@pytest.mark.parametrize(
    ("period", "dates"),
    [
        ("1961-05-03/1961-05-03", ("1961-05-03",)),
        ("1961-01-01/1961-12-31", ("1961",)),
        ("1961-02-01/1961-02-28", ("1961-02",)),
        ("1961-03-05/1961-04-09", ("1961",)),
        ("1961-01-01/1963-12-31", ("1961", "1962", "1963")),
        ("1961-05-03/1961-05-03?", ("1960", "1961", "1962")),
        ("1900-01-01/1990-12-31", ()),
    ],
)
def test_ofac_s_date_periods_mean_days_months_years_and_ranges(
    period: str, dates: tuple[str, ...]
) -> None:
    first, _, last = period.rstrip("?").partition("/")
    true = str(period.endswith("?")).lower()

    def day(text: str) -> str:
        year, month, at = text.split("-")
        return f"<Year>{year}</Year><Month>{int(month)}</Month><Day>{int(at)}</Day>"

    start = f'<Start Approximate="{true}"><From>{day(first)}</From><To>{day(first)}</To></Start>'
    end = f'<End Approximate="{true}"><From>{day(last)}</From><To>{day(last)}</To></End>'
    text = ADVANCED.decode()
    at = text.index("<DatePeriod")
    text = text[:at] + f"<DatePeriod>{start}{end}" + text[text.index("</DatePeriod>", at) :]
    found = {e.id: e for e in advanced(text.encode()).entities}["ofac-9001"].get("birthDate")
    assert set(found) == {"1953", "1954", "1955", *dates}


def test_a_chinese_name_keeps_its_family_name_in_front() -> None:
    text = ADVANCED.decode().replace("ОРЛОВСКИЙ", "习").replace("Пётр", "远明")
    assert "习远明" in advanced(text.encode()).entities[0].get("alias")


def test_a_list_of_ofac_without_the_sdn_list_is_another_list() -> None:
    assert advanced(ADVANCED.replace(b'ListID="1550"', b'ListID="91512"')).name == "ofac-cons"


def test_addresses_and_the_ends_of_long_remarks_come_from_files_of_their_own() -> None:
    person, vessel, company, end = SDN.splitlines(keepends=True)
    head = b"Registration Number 12345-A (Cyprus); Registration Num"
    long = b"x" * (1000 - len(head) - 2) + b"; " + head
    cut = company[: company.index(b'"Organization Established')] + b'"' + long + b'"\r\n'
    files = SdnFiles(
        addresses=(SAMPLES / "add.csv").read_bytes(),
        comments=(SAMPLES / "sdn_comments.csv").read_bytes(),
    )
    parsed = parse_sdn(person + vessel + cut + end, files, around=1)
    found = {entity.id: entity for entity in parsed.entities}
    assert found["ofac-9001"].get("address") == ("1 Nowhere Street, Sofia 1000, Bulgaria",)
    assert found["ofac-9003"].get("address") == ("Limassol, Cyprus",)
    assert found["ofac-9003"].get("country") == ("cy",)
    assert found["ofac-9003"].get("registrationNumber") == ("12345-A", "98765-B")
    assert found["ofac-9003"].get("swiftBic") == ("ABCDLV22",)
    assert parsed.unmatched_aliases == 1


@pytest.mark.parametrize("name", ["addresses", "comments"])
def test_a_file_beside_the_sdn_list_that_is_cut_off_refuses_the_list(name: str) -> None:
    with pytest.raises(ListRefused):
        parse_sdn(SDN, SdnFiles(**{name: b'9001,"1 Now'}), around=1)


@pytest.mark.parametrize(
    ("topic", "row", "topics"),
    [
        (None, "1,Person,Anna,", ("sanction",)),
        (Topic.PEP, "1,Person,Anna,", ("role.pep",)),
        (Topic.ADVERSE_MEDIA, "1,Person,Anna,", ("reg.warn",)),
        (Topic.WATCHLIST, "1,Person,Anna,", ("poi",)),
        (Topic.PEP, "1,Person,Anna,sanction", ("sanction",)),
        (None, "1,Person,Anna,adverse-media;role.rca", ("reg.warn", "role.rca")),
    ],
)
def test_an_entry_is_listed_for_what_it_says_or_else_for_what_the_list_is_for(
    world: World, topic: Topic | None, row: str, topics: tuple[str, ...]
) -> None:
    file = world.folder / "house.csv"
    file.write_bytes(table([row], "id,schema,name,topics"))
    files = ListFiles(file, SourceFormat.CSV, topic=topic)
    (entity,) = read_files(files, policy=policy_at(NOW.date())).parsed.entities
    assert entity.get("topics") == topics


def test_an_unknown_topic_of_a_table_is_refused() -> None:
    with pytest.raises(ListRefused, match="topic"):
        parse_table(table(["1,Person,Anna,villain"], "id,schema,name,topics"), "house")


def test_followthemoney_entities_keep_their_own_topics() -> None:
    lines = [
        {"id": "1", "schema": "Person", "properties": {"name": ["A B"], "topics": ["role.rca"]}},
        {"id": "2", "schema": "Person", "properties": {"name": ["C D"]}},
    ]
    data = "\n".join(map(json.dumps, lines)).encode()
    found = parse_ftm(data, "house", topic="role.pep").entities
    assert [entity.get("topics") for entity in found] == [("role.rca",), ("role.pep",)]


def test_passports_and_wallets_of_followthemoney_are_numbers_of_their_holder() -> None:
    lines = [
        {"id": "p", "schema": "Passport", "properties": {"number": ["AB1"], "holder": ["1"]}},
        {"id": "1", "schema": "Person", "properties": {"name": ["A B"]}},
        {"id": "w", "schema": "CryptoWallet", "properties": {"publicKey": [WALLET],
                                                             "holder": ["1", "gone"]}},
    ]  # fmt: skip
    (entity,) = parse_ftm("\n".join(map(json.dumps, lines)).encode(), "house").entities
    assert entity.get("passportNumber") == ("AB1",)
    assert entity.get("idNumber") == (WALLET,)


def test_half_a_character_breaks_no_load(world: World) -> None:
    line = b'{"id": "1", "schema": "Person", "properties": {"name": ["A \\ud800 B"]}}'
    assert world.load(line, "house.json", SourceFormat.FTM).version.entities == 1
    with pytest.raises(ListRefused, match="Unicode"):
        hashes_of([ListEntity("1", "Person", "A", {"name": ("A \ud800 B",)})])


@pytest.mark.parametrize(
    ("source", "sample", "schema", "number", "found"),
    [
        (SourceFormat.EU_FSF, "eu.xml", "Person", WALLET, "eu-990001"),
        (SourceFormat.UK_SL, "uk.csv", "Company",
         "0x1111222233334444555566667777888899990000", "uk-EXA0002"),
        (SourceFormat.OFAC_ADVANCED, "sdn_advanced.xml", "Person", WALLET, "ofac-9001"),
        (SourceFormat.OFAC_SDN, "sdn.csv", "Company", WALLET, "ofac-9003"),
        (SourceFormat.EU_FSF, "eu.xml", "Person", "ab 123456", "eu-990001"),
    ],
)  # fmt: skip
def test_an_entry_is_found_by_its_number_or_wallet_whatever_the_name(
    world: World, source: SourceFormat, sample: str, schema: str, number: str, found: str
) -> None:
    world.load((SAMPLES / sample).read_bytes(), sample, source)
    (hit,) = asking(world.screener())("Zelda Quux", schema_=schema, ids=(number,)).hits
    assert (hit.entity_id, hit.topics) == (found, ("sanction",))
    assert len(hit.entity_hash) == 64
    assert hit.entry["name"]


def test_a_hit_shows_a_bounded_part_of_its_entry(world: World) -> None:
    aliases = ";".join(f"Anna Falkenrath Number{n}" for n in range(40))
    long = "w" * 900
    header = "id,schema,name,aliases,program"
    world.load(table([f"1,Person,Anna Falkenrath,{aliases},{long}"], header))
    (hit,) = asking(world.screener())("Anna Falkenrath", schema_="Person").hits
    assert len(hit.entry["alias"]) == 12
    assert [len(value) for value in hit.entry["program"]] == [300]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"paid to {WALLET}.", (WALLET,)),
        (f"paid to {WALLET[:-1]}i.", ()),
        (BECH32, (BECH32,)),
        ("Decree 1234567890123456789012345678901", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_wallets_are_told_from_other_words_by_their_check_digits(
    text: str, found: tuple[str, ...]
) -> None:
    assert wallet_addresses(text) == found


@given(st.text(max_size=120))
def test_no_text_breaks_the_search_for_wallets(text: str) -> None:
    assert all(wallet in text for wallet in wallet_addresses(text))


@given(st.binary(max_size=300), st.integers(0, 2**16))
def test_no_bytes_break_a_loader(noise: bytes, at: int) -> None:
    for parse, good in ((eu, EU), (advanced, ADVANCED), (parse_uk, UK)):
        cut = at % len(good)
        try:
            parse(good[:cut] + noise + good[cut:])
        except ListRefused:
            continue


@pytest.mark.parametrize("source", [SourceFormat.UN_SC, SourceFormat.EU_FSF, SourceFormat.OFAC_SDN])
def test_a_published_list_keeps_its_own_name_and_topic(world: World, source: SourceFormat) -> None:
    files = ListFiles(world.folder / "x", source, topic=Topic.PEP)
    with pytest.raises(InvalidInput, match="--topic"):
        read_files(files, policy=policy_at(NOW.date()))
