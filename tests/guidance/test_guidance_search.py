"""The notes and their search: bounds, sources, meaning, kept vectors, a server that is gone."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from casegate.errors import GuidanceUnavailable
from tools.guidance.index import GuidanceIndex, open_client
from tools.guidance.notes import LONGEST, NOTES, Note, Topic, load_notes
from tools.guidance.vectors import SIZE, KeptVectors, Vector


def test_every_topic_has_a_note() -> None:
    assert {note.typology for note in load_notes()} == set(Topic)


@pytest.mark.parametrize("note", load_notes(), ids=lambda note: str(note.id))
def test_a_note_is_short_names_law_and_paragraph_and_says_how_sure_it_is(note: Note) -> None:
    assert len(note.text) <= LONGEST
    assert all(source.law and source.paragraph for source in note.sources)
    assert note.confidence in ("verified", "from_memory")
    assert 1 <= len(note.passages()) <= 3


GOOD = (NOTES / "structuring.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("date: ", "dates: "),
        GOOD.replace("confidence: from_memory", "confidence: sure"),
        GOOD.replace("typology: structuring", "typology: magic"),
        GOOD.replace("id: structuring", "id: other"),
        GOOD + "x" * LONGEST,
        GOOD.split("---\n", 2)[2],
        "---\n- a list\n---\n" + "x" * 200,
        "",
    ],
    ids=["unknown key", "unknown confidence", "unknown topic", "other id", "too long",
         "no front matter", "no mapping", "empty"],
)  # fmt: skip
def test_a_note_that_breaks_its_form_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "structuring.md").write_text(text, encoding="utf-8")
    with pytest.raises(GuidanceUnavailable):
        load_notes(tmp_path)


def test_a_folder_without_notes_is_no_guidance(tmp_path: Path) -> None:
    with pytest.raises(GuidanceUnavailable):
        load_notes(tmp_path)


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("somebody splits his takings so the bank need not file a currency report", "structuring"),
        ("a payment of 9,900 dollars, is that enough to report", "near_threshold"),
        ("money arrives and is wired out again the next day", "pass_through"),
        ("dozens of strangers send small sums to one customer", "fan_in"),
        ("deposits in another state by people who are not the holder", "funnel_account"),
        ("turnover is much higher in summer than in winter", "seasonal_business"),
        ("customer says he sold his house, which papers prove it", "source_of_funds"),
        ("which shareholders of a company must be identified", "beneficial_ownership"),
        ("the name resembles someone on the OFAC list", "sanctions_hit"),
        ("client is the wife of a foreign minister", "politically_exposed"),
        ("credits are three times what was declared at opening", "expected_profile"),
        ("may I approve my own decision", "four_eyes"),
        ("may I tell the client that we reported him", "tipping_off"),
        ("how many days do we have to file", "filing_clock"),
        ("several cash deposits just under ten thousand at different branches", "structuring"),
        ("money leaves the account within hours of arriving", "pass_through"),
        ("who owns more than a quarter of the company", "beneficial_ownership"),
        ("a shop that earns most of its cash in December", "seasonal_business"),
        ("the name resembles an entry of a sanctions list", "sanctions_hit"),
    ],
)
def test_a_question_in_other_words_finds_its_note_among_the_first_five_passages(
    guidance_index: GuidanceIndex, question: str, note: str
) -> None:
    assert note in [passage.note.id for passage in guidance_index.search(question, limit=5)]


def test_a_quote_stands_in_its_note_word_for_word(guidance_index: GuidanceIndex) -> None:
    for passage in guidance_index.search("cash", limit=20):
        assert passage.quote in passage.note.text


def test_a_search_within_a_topic_stays_there(guidance_index: GuidanceIndex) -> None:
    found = guidance_index.search("the clock", limit=9, topic=Topic.FILING_CLOCK)
    assert {passage.note.id for passage in found} == {"filing_clock"}


def test_equal_questions_get_equal_answers_from_a_second_index(
    guidance_index: GuidanceIndex, guidance_vectors: Path
) -> None:
    first = guidance_index.search("cash deposits", limit=5)
    again = GuidanceIndex(guidance_vectors)
    assert again.search("cash deposits", limit=5) == first


class CountedEmbed:
    """Vectors that mean nothing, counted."""

    def __init__(self, name: str = "counted-1") -> None:
        self.name = name
        self.embedded = 0

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Give a vector by the length of each text."""
        self.embedded += len(texts)
        return [self.query(text) for text in texts]

    def query(self, text: str) -> Vector:
        """Give a unit vector."""
        return tuple(1.0 if at == len(text) % SIZE else 0.0 for at in range(SIZE))


def test_vectors_are_computed_once_and_again_only_for_what_changed(tmp_path: Path) -> None:
    file, first, second = tmp_path / "v.json", CountedEmbed(), CountedEmbed()
    vectors = KeptVectors(file, first).of(["one", "three"])
    assert KeptVectors(file, second).of(["one", "three"]) == vectors
    assert (first.embedded, second.embedded) == (2, 0)
    KeptVectors(file, second).of(["one", "seven!"])
    assert second.embedded == 1


@pytest.mark.parametrize("damage", ["", "{", '{"format": 1}', "[]", '{"format": 1, "model": "x"}'])
def test_a_damaged_file_of_vectors_is_written_anew(tmp_path: Path, damage: str) -> None:
    file, embed = tmp_path / "v.json", CountedEmbed()
    file.write_text(damage, encoding="utf-8")
    KeptVectors(file, embed).of(["one"])
    assert embed.embedded == 1
    assert json.loads(file.read_bytes())["model"] == "counted-1"


def test_vectors_of_another_model_are_not_used(tmp_path: Path) -> None:
    file = tmp_path / "v.json"
    KeptVectors(file, CountedEmbed("counted-1")).of(["one"])
    other = CountedEmbed("counted-2")
    KeptVectors(file, other).of(["one"])
    assert other.embedded == 1


def test_a_filled_collection_is_used_as_it_is_and_other_notes_get_their_own(
    tmp_path: Path,
) -> None:
    client, embed = QdrantClient(":memory:"), CountedEmbed()
    for folder in (NOTES, NOTES, tmp_path):
        (tmp_path / "structuring.md").write_text(GOOD, encoding="utf-8")
        file = tmp_path / f"{embed.embedded}.json"
        index = GuidanceIndex(file, folder=folder, embed=embed, client=lambda _: client)
        assert index.search("cash", limit=1)
    passages = sum(len(note.passages()) for note in load_notes())
    assert embed.embedded == passages + 2
    assert len(client.get_collections().collections) == 2
    client.close()


def test_without_a_url_the_store_is_in_this_process_and_with_one_it_is_a_server() -> None:
    local, remote = open_client(""), open_client("http://127.0.0.1:6333")
    assert type(local.init_options.get("location")) is str
    assert local.init_options["location"] == ":memory:"
    assert remote.init_options["url"] == "http://127.0.0.1:6333"
    local.close()
    remote.close()


def test_a_server_that_does_not_answer_is_said_and_not_mistaken_for_no_guidance(
    tmp_path: Path,
) -> None:
    index = GuidanceIndex(tmp_path / "v.json", url="http://127.0.0.1:9", embed=CountedEmbed())
    with pytest.raises(GuidanceUnavailable, match="can't be searched"):
        index.search("cash")
