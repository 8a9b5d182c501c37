"""The ownership tool over a case's screening: what stands in the evidence, and the policy."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseStatus
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    Coverage,
    Evidence,
    EvidenceKind,
    Hit,
    ListSource,
    OwnershipContent,
    ScreenedParty,
    ScreeningContent,
)
from casegate.model.standing import is_sanction
from casegate.ownership.listed import listed_parties
from tests.ownership.owning import Edge, owning
from tools.ownership import OwnershipTool
from tools.ownership_policy import read_ownership_policy

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
EDGES: tuple[Edge, ...] = (("X", "A", "50"), ("P", "A", "50"), ("A", "C", "60"), ("Q", "C", "40"))


def hit(party: str, disposition: str, *topics: str) -> Hit:
    return Hit.model_validate(
        {
            "party": party, "entity_id": "e-1", "list": "demo", "version": "v1", "name": "LISTED",
            "score": 0.9, "band": "likely", "features": {}, "disposition": disposition,
            "topics": topics,
        }
    )  # fmt: skip


def screened(case: CaseBundle, *hits: Hit, coverage: Coverage = Coverage.COMPLETE) -> Dossier:
    content = ScreeningContent(
        screened=tuple(
            ScreenedParty(
                party=p.id, coverage=coverage, hits=tuple(h for h in hits if h.party == p.id)
            )
            for p in case.parties
        ),
        matcher="logic-v2", config_hash="0" * 64, threshold=0.7, candidates=20, screened_at=NOON,
    )  # fmt: skip
    found = Evidence(
        id="E3", case_id="c-1", run_id="r-1", kind=EvidenceKind.SCREENING, title="Screening",
        tool="screening", tool_version="1", parameters={}, source=ListSource(versions=()),
        content=content.model_dump(mode="json"), content_hash="0" * 64, recorded_at=NOON,
    )  # fmt: skip
    return unscreened(case).model_copy(update={"evidence": (found,)})


def unscreened(case: CaseBundle) -> Dossier:
    about = Case(
        id="c-1", bundle="b-1", kind=case.kind, jurisdiction=case.jurisdiction,
        status=CaseStatus.PROCESSING, version=1, opened_at=NOON, received_at=NOON,
    )  # fmt: skip
    return Dossier(case=about, bundle=case)


def content(dossier: Dossier) -> OwnershipContent:
    outcome = OwnershipTool(policy=read_ownership_policy())(dossier, {})
    return OwnershipContent.model_validate(outcome.content)


@pytest.mark.parametrize(
    ("disposition", "topics", "status"),
    [
        ("true_match", ("sanction",), "blocked"),
        ("true_match", (), "blocked"),
        ("open", ("sanction",), "conditional"),
        ("unsure", ("sanction",), "conditional"),
        ("false_positive", ("sanction",), None),
        ("true_match", ("role.pep",), None),
    ],
)
def test_what_the_screening_found_decides_who_is_blocked(
    disposition: str, topics: tuple[str, ...], status: str | None
) -> None:
    dossier = screened(owning(*EDGES), hit("X", disposition, *topics))
    found = content(dossier)
    assert found.blocked is not None
    assert {b.party: b.status for b in found.blocked} == (
        {} if status is None else {"A": status, "C": status}
    )
    assert found.blocking is not None
    assert found.blocking.policy == "US@2014-08-13"


def test_the_title_says_so_first() -> None:
    dossier = screened(owning(*EDGES), hit("X", "true_match", "sanction"))
    outcome = OwnershipTool(policy=read_ownership_policy())(dossier, {})
    assert outcome.title.startswith("Ownership: 2 parties blocked by ownership, or possibly so")


def test_without_a_screening_nobody_can_tell() -> None:
    assert content(unscreened(owning(*EDGES))).blocked is None
    assert listed_parties(unscreened(owning(*EDGES)), at=NOON.date()) is None


def test_owners_of_a_counterparty_count_though_the_case_is_about_a_person() -> None:
    case = owning(("X", "A", "60"), ("P", "A", "40"), subject="P")
    found = content(screened(case, hit("X", "open", "sanction")))
    assert found.companies == ()
    assert [b.party for b in found.blocked or ()] == ["A"]


def test_a_topic_under_sanction_counts_and_others_do_not() -> None:
    assert is_sanction(hit("X", "open", "sanction.linked"))
    assert is_sanction(hit("X", "open", "role.pep", "sanction"))
    assert not is_sanction(hit("X", "open", "reg.warn"))


@pytest.mark.parametrize(
    ("country", "day", "inclusive", "aggregate", "control"),
    [
        ("US", date(2014, 8, 13), True, True, False),
        ("DE", date(2024, 7, 2), False, True, True),
        ("DE", date(2024, 7, 3), True, True, True),
        ("GB", date(2026, 1, 1), False, False, True),
    ],
)
def test_the_rule_is_that_of_jurisdiction_and_day(
    country: str, day: date, inclusive: bool, aggregate: bool, control: bool
) -> None:
    rule = read_ownership_policy().blocking_in_force(country, day)
    assert rule is not None
    assert (rule.inclusive, rule.aggregate, rule.control) == (inclusive, aggregate, control)
    assert rule.threshold_percent == Decimal(50)
    assert rule.source


@pytest.mark.parametrize(("country", "day"), [("US", date(2014, 8, 12)), ("BR", date(2026, 1, 1))])
def test_where_the_policy_says_nothing_there_is_no_rule(country: str, day: date) -> None:
    assert read_ownership_policy().blocking_in_force(country, day) is None
