"""Guidance as a case tool and as a command."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casegate.cli import GROUPS, frame
from casegate.errors import ToolInputError
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseKind, CaseStatus
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, EvidenceKind
from casegate.model.party import Party, PartyRole, PartySchema
from casegate.narrative.predicates import broken_declaration
from tests.guidance.test_guidance_search import CountedEmbed
from tools.guidance.index import GuidanceIndex
from tools.guidance.notes import Topic
from tools.guidance.tool import GuidanceTool

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PARTY = Party(id="P1", schema=PartySchema.PERSON, role=PartyRole.SUBJECT, name="Anna Falkenrath")
DOSSIER = Dossier(
    case=Case(
        id="c-1", bundle="b-1", kind=CaseKind.KYC_PERSON, jurisdiction="US",
        status=CaseStatus.PROCESSING, version=1, opened_at=AT, received_at=AT,
    ),
    bundle=CaseBundle(
        reference="R-1", kind=CaseKind.KYC_PERSON, jurisdiction="US", opened_at=AT, parties=(PARTY,)
    ),
)  # fmt: skip


@pytest.mark.parametrize("topic", list(Topic))
def test_a_topic_is_answered_with_quotes_sources_and_a_fact(
    guidance_index: GuidanceIndex, topic: Topic
) -> None:
    outcome = GuidanceTool(guidance_index)(DOSSIER, {"topic": topic.value})
    first, *_ = passages = outcome.content["passages"]
    assert (outcome.kind, outcome.coverage) == (EvidenceKind.GUIDANCE, Coverage.COMPLETE)
    assert first["note"] == topic.value
    assert len(passages) == 3
    assert all(p["quote"] and p["sources"] and p["confidence"] for p in passages)
    (fact,) = outcome.facts
    assert broken_declaration(fact) is None
    assert fact.roles["note"].value == topic.value
    assert json.loads(json.dumps(outcome.content)) == outcome.content


@pytest.mark.parametrize("parameters", [{}, {"topic": "magic"}, {"topic": "fan_in", "more": 1}])
def test_parameters_outside_the_contract_are_refused(
    guidance_index: GuidanceIndex, parameters: dict[str, str]
) -> None:
    with pytest.raises(ToolInputError):
        GuidanceTool(guidance_index)(DOSSIER, parameters)


def test_guidance_that_is_down_is_unavailable_and_tells_no_fact(tmp_path: Path) -> None:
    index = GuidanceIndex(tmp_path / "v.json", url="http://127.0.0.1:9", embed=CountedEmbed())
    outcome = GuidanceTool(index)(DOSSIER, {"topic": "fan_in"})
    assert outcome.coverage is Coverage.UNAVAILABLE
    assert outcome.problem is not None
    assert outcome.problem.code == "guidance_unavailable"
    assert outcome.facts == ()


def test_the_command_prints_passages_with_their_notes(
    tmp_path: Path,
    guidance_index: GuidanceIndex,
    guidance_vectors: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guidance_index.search("cash")
    kept = tmp_path / "guidance" / "vectors.json"
    kept.parent.mkdir()
    kept.write_bytes(guidance_vectors.read_bytes())
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path))
    assert frame.run(GROUPS, ["guidance", "search", "may I tell the customer", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert len(said["passages"]) == 3
    assert {"note", "quote", "score"} <= set(said["passages"][0])
